//! The thread that saves state, so that a slow disk does not block reading.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::state;
use crate::app::{Event, StateChanges};

/// A handle to the thread.
pub(super) struct Saver {
    changes: Sender<StateChanges>,
    thread: JoinHandle<io::Result<()>>,
}

impl Saver {
    /// Starts the thread. Failures are reported to `sender`.
    pub(super) fn start(sender: Sender<Event>) -> io::Result<Self> {
        let (changes, waiting) = channel();
        let thread = thread::Builder::new().name("save".into()).spawn(move || work(&waiting, &sender))?;
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

/// Saves changes, in one write if several are waiting. Changes that could not be saved are retried with the next ones.
fn work(waiting: &Receiver<StateChanges>, sender: &Sender<Event>) -> io::Result<()> {
    let mut unsaved = StateChanges::default();
    let mut outcome = Ok(());
    while let Ok(changes) = waiting.recv() {
        unsaved.extend(changes);
        waiting.try_iter().for_each(|changes| unsaved.extend(changes));
        if unsaved.is_empty() {
            continue;
        }
        outcome = state::save(&unsaved);
        match &outcome {
            Ok(()) => unsaved = StateChanges::default(),
            Err(error) => {
                let _ = sender.send(Event::Failed(error.to_string()));
            }
        }
    }
    outcome
}
