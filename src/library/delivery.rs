//! Gathers what threads have read into deliveries that are each worth a frame.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Change, Loaded};

/// The first delivery is small, so that there is soon something to read. Later ones grow, since each costs a frame, but
/// not without limit: waiting files take up memory, and all of them must still be added after the last one has been
/// read.
const FIRST_DELIVERY: usize = 64;
const LARGEST_DELIVERY: usize = 4 << 10;

/// Files waiting to be delivered.
pub(super) struct Delivery<D> {
    deliver: D,
    waiting: Mutex<Waiting>,
    is_stopped: AtomicBool,
}

struct Waiting {
    files: Vec<Change>,
    /// The number of files that makes a delivery.
    enough: usize,
}

impl<D: Fn(Vec<Change>) -> bool> Delivery<D> {
    pub(super) fn new(deliver: D) -> Self {
        let waiting = Mutex::new(Waiting { files: Vec::new(), enough: FIRST_DELIVERY });
        Delivery { deliver, waiting, is_stopped: AtomicBool::new(false) }
    }

    pub(super) fn add(&self, files: Vec<Loaded>) {
        let mut waiting = lock(&self.waiting);
        waiting.files.extend(files.into_iter().map(Change::Upsert));
        if waiting.files.len() < waiting.enough {
            return;
        }
        waiting.enough = (waiting.enough * 4).min(LARGEST_DELIVERY);
        let ready = std::mem::take(&mut waiting.files);
        drop(waiting);
        if !(self.deliver)(ready) {
            self.is_stopped.store(true, Ordering::Relaxed);
        }
    }

    /// Delivers these files along with all that are waiting. Returns whether more are wanted.
    pub(super) fn flush(&self, files: Vec<Loaded>) -> bool {
        let mut ready = std::mem::take(&mut lock(&self.waiting).files);
        ready.extend(files.into_iter().map(Change::Upsert));
        ready.is_empty() || (self.deliver)(ready)
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
