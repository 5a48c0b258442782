//! The only module that touches the terminal, threads, signals and the state file.
//!
//! One channel leads into the loop; threads for keys, signals, loading and searching hold a sender each and nothing more. The loop
//! blocks on it: no tick, no polling, no time taken while nothing happens.

mod drive;
mod input;
mod screen;
mod search_worker;
mod state;
mod terminal;

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

pub use drive::{Events, Perform, drive};
use ratatui::Terminal;
use screen::Screen;
use search_worker::SearchWorker;
pub use terminal::{Session, give_back_on_panic};

use crate::app::{App, Effect, Event, Memory};
use crate::find::Alphabet;
use crate::library::{Source, load};
use crate::view::Theme;

/// Bytes that a frame is gathered in, so that it reaches the terminal as one write.
const FRAME_BYTES: usize = 64 << 10;

/// Runs the reader on these sources, in the terminal, until its user ends it. `measure` is the greatest width of text in
/// columns. What was read, and where, is remembered for the next run.
///
/// # Errors
/// If the terminal cannot be set up or goes away, or what was to be remembered cannot be saved.
pub fn read(sources: Vec<Source>, name: String, measure: u16) -> io::Result<()> {
    let size = crossterm::terminal::size()?;
    let (sender, events) = channel();
    let signals = input::Signals::watch(sender.clone())?;
    let session = Session::start()?;
    let out = io::BufWriter::with_capacity(FRAME_BYTES, io::stdout());
    let mut terminal = Terminal::new(Screen::new(out))?;
    let mut app = App::new(name, measure, size).with_alphabet(alphabet());
    // The first frame does not wait for a single file.
    let theme = Theme::new(has_colour());
    drive::draw(&app, theme, &mut terminal)?;
    let search = SearchWorker::start(sender.clone())?;
    start_threads(sender, sources)?;
    let ended = run(&mut app, theme, &mut terminal, events, &session, &search);
    session.end();
    let saved = state::save(app.remember());
    // The process ends here; giving back a hundred thousand reviews one by one would only keep its user waiting.
    std::mem::forget(app);
    signals.die_of_the_last_one();
    ended.and(saved)
}

fn run(
    app: &mut App,
    theme: Theme,
    terminal: &mut Terminal<Screen<impl Write>>,
    mut events: Receiver<Event>,
    session: &Session,
    search: &SearchWorker,
) -> io::Result<()> {
    drive(app, theme, terminal, &mut events, &mut |effect, terminal| {
        match effect {
            Effect::Prepare(job) => {
                search.prepare(*job);
                return Ok(ControlFlow::Continue(()));
            }
            Effect::Search(job) => {
                search.begin(*job);
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

fn start_threads(sender: Sender<Event>, sources: Vec<Source>) -> io::Result<()> {
    let loading = sender.clone();
    thread::Builder::new().name("load".into()).spawn(move || {
        load(&sources, |items| loading.send(Event::Loaded(items)).is_ok());
        let _ = loading.send(Event::Complete);
    })?;
    let recalling = sender.clone();
    thread::Builder::new().name("recall".into()).spawn(move || {
        let _ = recalling.send(Event::Recalled(state::load().map_err(|error| error.to_string())));
    })?;
    input::read_keys(sender)
}

/// What is remembered from earlier runs; nothing, where that cannot be read.
#[must_use]
pub fn recalled() -> Memory {
    let mut memory = Memory::default();
    memory.recall(state::load().unwrap_or_default());
    memory
}

/// The alphabet of the reader's language: that of the first of the variables that POSIX names for the order of letters.
#[must_use]
pub fn alphabet() -> Alphabet {
    let locales = ["LC_ALL", "LC_COLLATE", "LANG"].into_iter().filter_map(std::env::var_os);
    let locale = locales.into_iter().find(|locale| !locale.is_empty()).unwrap_or_default();
    Alphabet::of(&locale.to_string_lossy())
}

/// Whether colours are wanted: <https://no-color.org> says that any value of `NO_COLOR` but an empty one means no.
fn has_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
