//! The thread that searches in the background.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::app::Event;
use crate::find::{Job, Searcher};

/// A handle to the thread.
pub(super) struct SearchWorker {
    tasks: Sender<Task>,
    /// The number of the newest search; older ones are cancelled.
    newest: Arc<AtomicU64>,
}

/// A request to the thread.
enum Task {
    /// Prepare what every search in this library needs.
    Prepare(Job),
    Search(Job),
}

/// The pending tasks. A newer task replaces an older one of its kind, but not one of the other kind.
#[derive(Default)]
struct Pending {
    preparation: Option<Job>,
    search: Option<Job>,
}

impl SearchWorker {
    /// Starts the thread. Results go to `sender`.
    pub(super) fn start(sender: Sender<Event>) -> io::Result<Self> {
        let (tasks, waiting) = channel();
        let newest = Arc::new(AtomicU64::new(0));
        let shared = newest.clone();
        thread::Builder::new().name("search".into()).spawn(move || work(&waiting, &shared, &sender))?;
        Ok(SearchWorker { tasks, newest })
    }

    /// Prepares for future searches.
    pub(super) fn prepare(&self, job: Job) {
        let _ = self.tasks.send(Task::Prepare(job));
    }

    /// Starts a search that replaces any other.
    pub(super) fn begin(&self, job: Job) {
        self.newest.store(job.generation, Ordering::Relaxed);
        // If the thread is gone, the search finds nothing and the list stays as it is.
        let _ = self.tasks.send(Task::Search(job));
    }
}

impl Pending {
    fn add(&mut self, task: Task) {
        match task {
            Task::Prepare(job) => self.preparation = Some(job),
            Task::Search(job) => self.search = Some(job),
        }
    }
}

fn work(waiting: &Receiver<Task>, newest: &AtomicU64, sender: &Sender<Event>) {
    let mut searcher = Searcher::default();
    while let Ok(task) = waiting.recv() {
        let mut pending = Pending::default();
        pending.add(task);
        waiting.try_iter().for_each(|task| pending.add(task));
        // The user is waiting for the search, which also does most of the preparation.
        if let Some(job) = pending.search {
            let is_wanted = || newest.load(Ordering::Relaxed) == job.generation;
            if let Some(found) = searcher.run(&job, is_wanted)
                && sender.send(Event::Found(found)).is_err()
            {
                return;
            }
        }
        if let Some(job) = pending.preparation {
            searcher.prepare(&job);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curtain::Curtains;
    use crate::find::{Arrangement, Standing};
    use crate::library::Library;

    fn job(generation: u64) -> Job {
        Job {
            generation,
            library: Library::default(),
            curtains: Curtains::default(),
            reads: Arc::default(),
            standing: Standing::default(),
            query: crate::query::parse("a").query,
            arrangement: Arrangement::default(),
        }
    }

    #[test]
    fn a_preparation_makes_no_search_vanish() {
        // The last search has number 9, and nothing runs before all tasks are queued.
        for tasks in [
            vec![Task::Search(job(9)), Task::Prepare(job(9))],
            vec![Task::Prepare(job(8)), Task::Search(job(9)), Task::Prepare(job(9)), Task::Prepare(job(9))],
            vec![Task::Search(job(8)), Task::Prepare(job(8)), Task::Search(job(9))],
            vec![Task::Search(job(9))],
        ] {
            let ((sender, events), (to_thread, waiting)) = (channel(), channel());
            tasks.into_iter().for_each(|task| to_thread.send(task).expect("the other end is here"));
            drop(to_thread);
            work(&waiting, &AtomicU64::new(9), &sender);
            drop(sender);
            let found: Vec<_> = events
                .iter()
                .map(|event| match event {
                    Event::Found(found) => found.generation,
                    other => panic!("{other:?} is nothing that was found"),
                })
                .collect();
            assert_eq!(found, [9], "the newest search comes to its end, and no other");
        }
    }
}
