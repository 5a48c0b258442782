//! The thread that saves while the loop goes on: a slow disk keeps nobody from reading.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::state;
use crate::app::{Event, StateChanges};

/// The way to the thread.
pub(super) struct Saver {
    changes: Sender<StateChanges>,
    thread: JoinHandle<io::Result<()>>,
}

impl Saver {
    /// Starts the thread. What cannot be saved is told to `sender`.
    pub(super) fn start(sender: Sender<Event>) -> io::Result<Self> {
        let (changes, waiting) = channel();
        let thread = thread::Builder::new().name("save".into()).spawn(move || work(&waiting, &sender))?;
        Ok(Saver { changes, thread })
    }

    /// Has changes saved.
    pub(super) fn save(&self, changes: StateChanges) {
        // The thread ends only after this end of the channel is gone.
        let _ = self.changes.send(changes);
    }

    /// Waits until all is saved.
    ///
    /// # Errors
    /// If something could not be saved to the last, in words for the reader.
    pub(super) fn finish(self) -> io::Result<()> {
        drop(self.changes);
        self.thread.join().unwrap_or(Ok(()))
    }
}

/// Saves what comes, in one go what comes together. What could not be saved is tried again with what comes next.
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
                let _ = sender.send(Event::Unsaved(error.to_string()));
            }
        }
    }
    outcome
}
