//! The only module that touches the terminal, threads, signals and the state file.
//!
//! One channel leads into the loop. The threads for keys, signals, loading and searching each hold a sender and nothing
//! else. The loop blocks on the channel, without ticks or polling, so an idle program uses no processor time.

mod abilities;
mod configuration;
mod decode;
mod drive;
mod editor;
mod hyperlinks;
mod input;
mod perform;
mod save;
mod screen;
mod search_worker;
mod shared;
mod state;
mod terminal;

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

pub use abilities::{Abilities, ask_terminal};
pub use configuration::Configuration;
pub use drive::{Events, Perform, drive};
pub use editor::{EditorFault, edit};
use input::Keys;
use perform::{Helpers, Performed};
use ratatui::Terminal;
use save::Saver;
use screen::Screen;
pub(crate) use screen::styled;
use search_worker::SearchWorker;
pub use shared::shared_file;
pub use terminal::{Session, Wanted, give_back_on_panic};

use crate::app::{App, Event, Memory, Saved, StateChanges};
use crate::find::Alphabet;
use crate::library::{Live, News, Source};
use crate::work::ProgressChanges;

/// The buffer for a frame in bytes, large enough for a frame to reach the terminal in a single write.
const FRAME_BYTES: usize = 64 << 10;

/// Runs the reader in the terminal until the user quits. What was read, and where the reader stopped, is saved for the next
/// run.
///
/// # Errors
/// If the terminal cannot be set up or is lost, or the state cannot be saved.
pub fn read(sources: Vec<Source>, configuration: Configuration) -> io::Result<()> {
    let size = screen::size()?;
    let (sender, events) = channel();
    let ending = input::Ending::new(sender.clone());
    input::watch_signals(sender.clone(), ending.clone())?;
    let start = (configuration.read)();
    let session = Session::start(Wanted::of(&start.settings.screen))?;
    let out = io::BufWriter::with_capacity(FRAME_BYTES, io::stdout());
    // Dropping it would write to a terminal that may be gone, and panic.
    let mut terminal =
        ManuallyDrop::new(Terminal::new(Screen::new(out, start.settings.screen.is_synchronised))?);
    let (remembers, has_title) = (start.settings.remembers, start.settings.screen.has_title);
    let mut app = App::new(start.settings.clone(), size);
    if let Some(warning) = &start.warning {
        app.warn(warning);
    }
    if has_title {
        terminal::set_title(&app.title())?;
    }
    // Draw the first frame before any file is read.
    drive::draw(&app, &mut terminal)?;
    let live = Live::default();
    let helpers = Helpers {
        search: SearchWorker::start(sender.clone())?,
        saver: remembers
            .then(|| Saver::start(sender.clone(), shared_file(&sources, &app.settings().reader)))
            .transpose()?,
        reload: live.reload(),
        keys: Keys::start(sender.clone(), ending.clone())?,
        session,
        events: sender.clone(),
        refresh: configuration::watch(configuration, start, sender.clone())?,
    };
    read_library(sender, sources, live, remembers)?;
    let ended = run(&mut app, &mut terminal, events, &helpers);
    if let Some(saver) = &helpers.saver {
        saver.save(app.remember());
    }
    ending.loop_is_over();
    let Helpers { session, saver, .. } = helpers;
    session.end();
    let saved = saver.map_or(Ok(()), Saver::finish);
    // The process is about to end, and freeing a hundred thousand reviews would only delay it.
    std::mem::forget(app);
    ending.die_of_the_signal();
    ended.and(saved)
}

fn run(
    app: &mut App,
    terminal: &mut Terminal<Screen<impl Write>>,
    mut events: Receiver<Event>,
    helpers: &Helpers,
) -> io::Result<()> {
    drive(app, terminal, &mut events, &mut |effect, terminal| match helpers.perform(effect)? {
        Performed::Aside => Ok(ControlFlow::Continue(())),
        Performed::OnTheScreen => {
            terminal.clear()?;
            Ok(ControlFlow::Continue(()))
        }
        Performed::End => Ok(ControlFlow::Break(())),
    })
}

/// Starts the thread that reads the library and keeps it fresh.
fn read_library(sender: Sender<Event>, sources: Vec<Source>, live: Live, remembers: bool) -> io::Result<()> {
    let read = move || {
        if remembers {
            // This must come first: the first review shown should open where the reader left off.
            let (saved, troubles) = state::load();
            let _ = sender.send(Event::Recalled(saved));
            troubles.into_iter().for_each(|trouble| drop(sender.send(Event::Failed(trouble))));
        }
        live.run(&sources, |news| {
            let event = match news {
                News::Changed(changes) => Event::Changed(changes),
                News::Complete => Event::Complete,
                News::Unwatched(reason) => Event::Unwatched(reason),
            };
            sender.send(event).is_ok()
        });
    };
    thread::Builder::new().name("library".into()).spawn(read).map(drop)
}

/// The path of the state file, which may not exist.
///
/// # Errors
/// If there is no home folder.
pub fn state_file() -> io::Result<PathBuf> {
    state::path()
}

/// Where the progress file is, which need not be there.
///
/// # Errors
/// If there is no home folder.
pub fn progress_file() -> io::Result<PathBuf> {
    Ok(state::progress_beside(&state::path()?))
}

/// The state saved by earlier runs; empty if it cannot be read.
#[must_use]
pub fn recalled() -> Memory {
    let mut memory = Memory::default();
    memory.recall(state::load().0);
    memory
}

/// Records how far the reader has got in works, and in a shared file if there is one.
///
/// # Errors
/// If it cannot be saved, in words for the reader.
pub fn save_progress(progress: ProgressChanges, shared: Option<&Path>) -> io::Result<()> {
    save::save(&StateChanges::of_progress(progress), shared)
}

/// The path of the state file, and its contents.
///
/// # Errors
/// If it cannot be read.
pub fn kept() -> io::Result<(PathBuf, Saved)> {
    match state::load() {
        (saved, troubles) if troubles.is_empty() => Ok((state::path()?, saved)),
        (_, troubles) => Err(io::Error::other(troubles.join("; "))),
    }
}

/// Makes the state file forget something.
///
/// # Errors
/// If it cannot be saved.
pub fn forget(changes: &StateChanges) -> io::Result<()> {
    state::save(changes)
}

/// Makes the state file forget everything.
///
/// # Errors
/// If it cannot be saved.
pub fn forget_everything() -> io::Result<()> {
    state::clear()
}

/// The alphabet of the reader's language, from the first variable that is set among those that POSIX defines for
/// collation.
#[must_use]
pub fn alphabet() -> Alphabet {
    let locales = ["LC_ALL", "LC_COLLATE", "LANG"].into_iter().filter_map(std::env::var_os);
    let locale = locales.into_iter().find(|locale| !locale.is_empty()).unwrap_or_default();
    Alphabet::of(&locale.to_string_lossy())
}
