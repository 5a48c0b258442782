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
    jobs: Sender<Job>,
    /// The number of the newest search: an older one is given up.
    newest: Arc<AtomicU64>,
}

impl Search {
    /// Starts the thread. What it finds goes to `sender`.
    pub(super) fn start(sender: Sender<Event>) -> io::Result<Self> {
        let (jobs, waiting) = channel();
        let newest = Arc::new(AtomicU64::new(0));
        let shared = newest.clone();
        thread::Builder::new().name("search".into()).spawn(move || work(&waiting, &shared, &sender))?;
        Ok(Search { jobs, newest })
    }

    /// Begins a search in place of any other.
    pub(super) fn begin(&self, job: Job) {
        self.newest.store(job.generation, Ordering::Relaxed);
        // Without its thread, a search finds nothing; the list stays as it is.
        let _ = self.jobs.send(job);
    }
}

fn work(waiting: &Receiver<Job>, newest: &AtomicU64, sender: &Sender<Event>) {
    let mut searcher = Searcher::default();
    while let Ok(job) = waiting.recv() {
        let job = waiting.try_iter().last().unwrap_or(job);
        let is_wanted = || newest.load(Ordering::Relaxed) == job.generation;
        if let Some(found) = searcher.run(&job, is_wanted)
            && sender.send(Event::Found(found)).is_err()
        {
            return;
        }
    }
}
