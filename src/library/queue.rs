//! A queue of work that its workers add to, and that ends when none of them can add any more.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Jobs of two kinds: urgent ones are handed out first.
pub(super) struct Queue<Urgent, Job> {
    state: Mutex<State<Urgent, Job>>,
    changed: Condvar,
}

struct State<Urgent, Job> {
    urgent: VecDeque<Urgent>,
    rest: VecDeque<Job>,
    /// Workers that are at work and may still add to the queue.
    working: usize,
    is_stopped: bool,
}

/// A job that was handed out.
pub(super) enum Either<Urgent, Job> {
    Urgent(Urgent),
    Rest(Job),
}

impl<Urgent, Job> Queue<Urgent, Job> {
    pub(super) fn new(jobs: impl IntoIterator<Item = Job>) -> Self {
        let rest = jobs.into_iter().collect();
        let state = State { urgent: VecDeque::new(), rest, working: 0, is_stopped: false };
        Queue { state: Mutex::new(state), changed: Condvar::new() }
    }

    pub(super) fn push_urgent(&self, job: Urgent) {
        self.lock().urgent.push_back(job);
        self.changed.notify_one();
    }

    pub(super) fn push(&self, job: Job) {
        self.lock().rest.push_back(job);
        self.changed.notify_one();
    }

    /// Makes every worker stop before its next job.
    pub(super) fn stop(&self) {
        self.lock().is_stopped = true;
        self.changed.notify_all();
    }

    /// Does jobs until there are none and no worker can add one.
    pub(super) fn work(&self, mut act: impl FnMut(Either<Urgent, Job>)) {
        let mut state = self.lock();
        loop {
            if state.is_stopped {
                return;
            }
            let urgent = state.urgent.pop_front().map(Either::Urgent);
            let Some(job) = urgent.or_else(|| state.rest.pop_front().map(Either::Rest)) else {
                if state.working == 0 {
                    self.changed.notify_all();
                    return;
                }
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            state.working += 1;
            drop(state);
            act(job);
            state = self.lock();
            state.working -= 1;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<Urgent, Job>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
