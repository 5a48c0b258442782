//! The only module that touches the terminal, threads, signals and the state file.
//!
//! One channel leads into the loop. The threads for keys, signals, loading and searching each hold a sender and nothing
//! else. The loop blocks on the channel, without ticks or polling, so an idle program uses no processor time.

mod decode;
mod drive;
mod input;
mod save;
mod screen;
mod search_worker;
mod state;
mod terminal;

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

pub use drive::{Events, Perform, drive};
use ratatui::Terminal;
use save::Saver;
use screen::Screen;
pub(crate) use screen::styled;
use search_worker::SearchWorker;
pub use terminal::{Session, give_back_on_panic};

use crate::app::{App, Effect, Event, Memory};
use crate::find::Alphabet;
use crate::library::{Live, News, Reload, Source};
use crate::settings::Settings;

/// The buffer for a frame in bytes, large enough for a frame to reach the terminal in a single write.
const FRAME_BYTES: usize = 64 << 10;

/// Runs the reader in the terminal until the user quits. What was read, and where the reader stopped, is saved for the next
/// run.
///
/// # Errors
/// If the terminal cannot be set up or is lost, or the state cannot be saved.
pub fn read(sources: Vec<Source>, settings: Settings) -> io::Result<()> {
    let size = screen::size()?;
    let (sender, events) = channel();
    let ending = input::Ending::new(sender.clone());
    input::watch_signals(sender.clone(), ending.clone())?;
    let session = Session::start()?;
    let out = io::BufWriter::with_capacity(FRAME_BYTES, io::stdout());
    // Dropping it would write to a terminal that may be gone, and panic.
    let mut terminal = ManuallyDrop::new(Terminal::new(Screen::new(out))?);
    let mut app = App::new(settings, size);
    // Draw the first frame before any file is read.
    drive::draw(&app, &mut terminal)?;
    let live = Live::default();
    let helpers = Helpers {
        search: SearchWorker::start(sender.clone())?,
        saver: Saver::start(sender.clone())?,
        reload: live.reload(),
    };
    start_threads(sender, sources, live, ending.clone())?;
    let ended = run(&mut app, &mut terminal, events, &session, &helpers);
    helpers.saver.save(app.remember());
    ending.loop_is_over();
    session.end();
    let saved = helpers.saver.finish();
    // The process is about to end, and freeing a hundred thousand reviews would only delay it.
    std::mem::forget(app);
    ending.die_of_the_signal();
    ended.and(saved)
}

/// The threads that work for the loop.
struct Helpers {
    search: SearchWorker,
    saver: Saver,
    reload: Reload,
}

fn run(
    app: &mut App,
    terminal: &mut Terminal<Screen<impl Write>>,
    mut events: Receiver<Event>,
    session: &Session,
    helpers: &Helpers,
) -> io::Result<()> {
    drive(app, terminal, &mut events, &mut |effect, terminal| {
        match effect {
            Effect::Prepare(job) => {
                helpers.search.prepare(*job);
                return Ok(ControlFlow::Continue(()));
            }
            Effect::Search(job) => {
                helpers.search.begin(*job);
                return Ok(ControlFlow::Continue(()));
            }
            Effect::Save(changes) => {
                helpers.saver.save(*changes);
                return Ok(ControlFlow::Continue(()));
            }
            Effect::Reload => {
                helpers.reload.begin();
                return Ok(ControlFlow::Continue(()));
            }
            Effect::Quit => return Ok(ControlFlow::Break(())),
            Effect::Suspend => session.suspend()?,
            Effect::Resume => session.resume()?,
            Effect::Redraw => {}
        }
        terminal.clear()?;
        Ok(ControlFlow::Continue(()))
    })
}

fn start_threads(
    sender: Sender<Event>,
    sources: Vec<Source>,
    live: Live,
    ending: input::Ending,
) -> io::Result<()> {
    let loading = sender.clone();
    thread::Builder::new().name("library".into()).spawn(move || {
        // This must come first: the first review shown should open where the reader left off.
        let _ = loading.send(Event::Recalled(state::load().map_err(|error| error.to_string())));
        live.run(&sources, |news| {
            let event = match news {
                News::Changed(changes) => Event::Changed(changes),
                News::Complete => Event::Complete,
                News::Unwatched(reason) => Event::Unwatched(reason),
            };
            loading.send(event).is_ok()
        });
    })?;
    input::read_keys(sender, ending)
}

/// The state saved by earlier runs; empty if it cannot be read.
#[must_use]
pub fn recalled() -> Memory {
    let mut memory = Memory::default();
    memory.recall(state::load().unwrap_or_default());
    memory
}

/// The alphabet of the reader's language, from the first variable that is set of those that POSIX defines for
/// collation.
#[must_use]
pub fn alphabet() -> Alphabet {
    let locales = ["LC_ALL", "LC_COLLATE", "LANG"].into_iter().filter_map(std::env::var_os);
    let locale = locales.into_iter().find(|locale| !locale.is_empty()).unwrap_or_default();
    Alphabet::of(&locale.to_string_lossy())
}

/// Whether colours are wanted: <https://no-color.org> says that any non-empty value of `NO_COLOR` means no.
#[must_use]
pub fn has_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
