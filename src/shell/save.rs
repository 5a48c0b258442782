//! The thread that saves state, so that a slow disk does not block reading.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::{shared, state};
use crate::app::{Event, StateChanges};

/// A handle to the thread.
pub(super) struct Saver {
    changes: Sender<StateChanges>,
    thread: JoinHandle<io::Result<()>>,
}

impl Saver {
    /// Starts the thread. Failures are reported to `sender`. Progress is also saved to a shared file, if there is one.
    pub(super) fn start(sender: Sender<Event>, shared: Option<PathBuf>) -> io::Result<Self> {
        let (changes, waiting) = channel();
        let thread = thread::Builder::new()
            .name("save".into())
            .spawn(move || work(&waiting, &sender, shared.as_deref()))?;
        Ok(Saver { changes, thread })
    }

    /// Queues changes to be saved.
    pub(super) fn save(&self, changes: StateChanges) {
        // The thread only ends after this sender is dropped.
        let _ = self.changes.send(changes);
    }

    /// Waits until everything is saved.
    ///
    /// # Errors
    /// If something could still not be saved, in words for the reader.
    pub(super) fn finish(self) -> io::Result<()> {
        drop(self.changes);
        self.thread.join().unwrap_or(Ok(()))
    }
}

/// Saves changes, those to progress to the shared file too.
pub(super) fn save(changes: &StateChanges, shared: Option<&Path>) -> io::Result<()> {
    state::save(changes)?;
    match shared.filter(|_| !changes.progress().is_empty()) {
        Some(path) => shared::save(path, changes.progress()),
        None => Ok(()),
    }
}

/// Saves changes, in one write if several are waiting. Changes that could not be saved are retried with the next ones.
fn work(waiting: &Receiver<StateChanges>, sender: &Sender<Event>, shared: Option<&Path>) -> io::Result<()> {
    let mut unsaved = StateChanges::default();
    let mut outcome = Ok(());
    while let Ok(changes) = waiting.recv() {
        unsaved.extend(changes);
        waiting.try_iter().for_each(|changes| unsaved.extend(changes));
        if unsaved.is_empty() {
            continue;
        }
        outcome = save(&unsaved, shared);
        match &outcome {
            Ok(()) => unsaved = StateChanges::default(),
            Err(error) => {
                let _ = sender.send(Event::Failed(error.to_string()));
            }
        }
    }
    outcome
}
