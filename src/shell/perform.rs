//! Performs what the program wants done outside.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use super::configuration::Refresh;
use super::editor::edit;
use super::input::Keys;
use super::save::Saver;
use super::search_worker::SearchWorker;
use super::terminal::{self, Session};
use crate::app::{EditStart, Effect, Event};
use crate::library::Reload;
use crate::review::passage_line;

/// All the workers of the loop.
pub(super) struct Helpers {
    pub(super) search: SearchWorker,
    /// `None` if nothing is to be remembered.
    pub(super) saver: Option<Saver>,
    pub(super) reload: Reload,
    pub(super) refresh: Refresh,
    pub(super) keys: Keys,
    pub(super) session: Session,
    pub(super) events: Sender<Event>,
}

/// What an effect means for the screen.
pub(super) enum Performed {
    /// Nothing.
    Aside,
    /// It must be redrawn.
    OnTheScreen,
    /// The program ends.
    End,
}

impl Helpers {
    /// Performs an effect.
    ///
    /// # Errors
    /// If the terminal is lost. Other failures are reported as events.
    pub(super) fn perform(&self, effect: Effect) -> io::Result<Performed> {
        match effect {
            Effect::Prepare(job) => self.search.prepare(*job),
            Effect::Search(job) => self.search.begin(*job),
            Effect::Save(changes) => {
                if let Some(saver) = &self.saver {
                    saver.save(*changes);
                }
            }
            Effect::Reload => self.reload.begin(),
            Effect::Configure => self.refresh.begin(),
            Effect::Mouse(has_mouse) => self.session.listen_to_mouse(has_mouse)?,
            Effect::Open(address) => self.open(&address),
            Effect::Copy(text) => terminal::copy(&text)?,
            Effect::Title(title) => terminal::set_title(&title)?,
            Effect::Quit => return Ok(Performed::End),
            Effect::Edit { path, start } => {
                let line = line(&path, start);
                self.tell(self.lend(|| edit(&path, line).map_err(|fault| fault.reason().to_owned()))?);
                return Ok(Performed::OnTheScreen);
            }
            Effect::Pipe { command, text } => {
                self.tell(self.lend(|| pipe(&command, &text))?);
                return Ok(Performed::OnTheScreen);
            }
            Effect::Suspend => {
                self.session.suspend()?;
                return Ok(Performed::OnTheScreen);
            }
            Effect::Resume => {
                self.session.resume()?;
                return Ok(Performed::OnTheScreen);
            }
            Effect::Redraw => return Ok(Performed::OnTheScreen),
        }
        Ok(Performed::Aside)
    }

    /// Lends the terminal to another program.
    fn lend<T>(&self, run: impl FnOnce() -> T) -> io::Result<T> {
        self.keys.stopped_while(|| self.session.lend(run))
    }

    fn tell(&self, done: Result<(), String>) {
        if let Err(reason) = done {
            let _ = self.events.send(Event::Failed(reason));
        }
    }

    /// Opens an address in the user's browser, without waiting for it.
    fn open(&self, address: &str) {
        let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        let mut command = Command::new(opener);
        command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let events = self.events.clone();
        let run = move || {
            // Waited for, so that no zombie process is left.
            let reason = match command.status() {
                Ok(status) if status.success() => return,
                Ok(_) => format!("{opener} could not open the link"),
                Err(_) => format!("there is no {opener} to open the link with"),
            };
            let _ = events.send(Event::Failed(reason));
        };
        let _ = thread::Builder::new().name("open".into()).spawn(run);
    }
}

/// The line of a file where an editor should begin, as the file is now.
fn line(path: &Path, start: EditStart) -> Option<usize> {
    match start {
        EditStart::Top => None,
        EditStart::Line(line) => Some(line),
        EditStart::Passage(number) => passage_line(&fs::read_to_string(path).ok()?, number),
    }
}

/// Pipes a text to a shell command, and waits for Enter after it has ended, so that its output can be read.
fn pipe(command: &str, text: &str) -> Result<(), String> {
    let run = || -> io::Result<()> {
        let mut child = Command::new("sh").args(["-c", command]).stdin(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A command that has read enough may end before everything is written.
            let _ = stdin.write_all(text.as_bytes());
        }
        child.wait()?;
        let mut out = io::stdout();
        out.write_all(b"\n[Enter: back to the reviews]")?;
        out.flush()?;
        let mut line = String::new();
        BufReader::new(fs::File::open("/dev/tty")?).read_line(&mut line).map(drop)
    };
    run().map_err(|error| format!("the command could not be run: {}", error.kind()))
}
