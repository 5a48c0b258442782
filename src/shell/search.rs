//! The thread that searches while the loop goes on.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::app::Event;
use crate::find::{Job, Searcher};

/// The way to the thread.
pub(super) struct Search {
    tasks: Sender<Task>,
    /// The number of the newest search: an older one is given up.
    newest: Arc<AtomicU64>,
}

/// What the thread is asked for.
enum Task {
    /// What every search in this library needs.
    Prepare(Job),
    Search(Job),
}

impl Search {
    /// Starts the thread. What it finds goes to `sender`.
    pub(super) fn start(sender: Sender<Event>) -> io::Result<Self> {
        let (tasks, waiting) = channel();
        let newest = Arc::new(AtomicU64::new(0));
        let shared = newest.clone();
        thread::Builder::new().name("search".into()).spawn(move || work(&waiting, &shared, &sender))?;
        Ok(Search { tasks, newest })
    }

    /// Makes ready for searches that will come.
    pub(super) fn prepare(&self, job: Job) {
        let _ = self.tasks.send(Task::Prepare(job));
    }

    /// Begins a search in place of any other.
    pub(super) fn begin(&self, job: Job) {
        self.newest.store(job.generation, Ordering::Relaxed);
        // Without its thread, a search finds nothing; the list stays as it is.
        let _ = self.tasks.send(Task::Search(job));
    }
}

fn work(waiting: &Receiver<Task>, newest: &AtomicU64, sender: &Sender<Event>) {
    let mut searcher = Searcher::default();
    while let Ok(task) = waiting.recv() {
        match waiting.try_iter().last().unwrap_or(task) {
            Task::Prepare(job) => searcher.prepare(&job),
            Task::Search(job) => {
                let is_wanted = || newest.load(Ordering::Relaxed) == job.generation;
                if let Some(found) = searcher.run(&job, is_wanted)
                    && sender.send(Event::Found(found)).is_err()
                {
                    return;
                }
            }
        }
    }
}
