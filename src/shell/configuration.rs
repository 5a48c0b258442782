//! Keeps the settings of a running reader fresh: a thread that waits for changes in the folders of the configuration.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use notify::{Config, EventKindMask, RecommendedWatcher, RecursiveMode, Watcher};

use crate::app::{Event, Reconfigured};

/// Editors write a file in several steps. A change is complete when nothing has happened for this long.
const QUIET: Duration = Duration::from_millis(30);

/// Where settings come from.
pub struct Configuration {
    /// The folders in which a change may change them. They need not be there.
    pub folders: Vec<PathBuf>,
    /// Reads them.
    pub read: Box<dyn Fn() -> Reconfigured + Send>,
}

/// A handle to have the settings read again.
pub(super) struct Refresh(Sender<()>);

impl Refresh {
    pub(super) fn begin(&self) {
        // If nobody is listening, the program is about to end.
        let _ = self.0.send(());
    }
}

/// Starts the thread, which sends the settings whenever they differ from what they were.
pub(super) fn watch(
    configuration: Configuration,
    known: Reconfigured,
    sender: Sender<Event>,
) -> io::Result<Refresh> {
    let (wake, woken) = channel();
    let refresh = Refresh(wake.clone());
    thread::Builder::new()
        .name("configuration".into())
        .spawn(move || run(configuration, known, wake, &woken, &sender))?;
    Ok(refresh)
}

fn run(
    configuration: Configuration,
    mut known: Reconfigured,
    wake: Sender<()>,
    woken: &Receiver<()>,
    sender: &Sender<Event>,
) {
    loop {
        // Folders are watched before anything in them is read, so that no change is missed. A folder may be new, or may
        // have been replaced.
        let _watcher = watcher(&configuration.folders, wake.clone());
        let now = (configuration.read)();
        if now != known {
            known = now.clone();
            if sender.send(Event::Configured(Box::new(now))).is_err() {
                return;
            }
        }
        if woken.recv().is_err() {
            return;
        }
        while woken.recv_timeout(QUIET).is_ok() {}
    }
}

/// Watches folders. Whatever cannot be watched is reread when the reader asks for it.
fn watcher(folders: &[PathBuf], wake: Sender<()>) -> Option<RecommendedWatcher> {
    let report = move |_: notify::Result<notify::Event>| {
        let _ = wake.send(());
    };
    // Files that are merely opened do not matter, and we open them ourselves.
    let kinds = EventKindMask::CREATE
        | EventKindMask::REMOVE
        | EventKindMask::MODIFY_DATA
        | EventKindMask::MODIFY_NAME;
    let mut watcher = RecommendedWatcher::new(report, Config::default().with_event_kinds(kinds)).ok()?;
    for folder in folders {
        let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
    }
    Some(watcher)
}
