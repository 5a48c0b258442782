//! The number of unread reviews in the library. It is recounted when the library or what was read has changed, but not
//! while files are still being loaded.

use super::Memory;
use crate::library::{Library, Revision};

/// The count, and what it was made from.
#[derive(Debug, Default)]
pub(super) struct Unread {
    stamp: Option<(Revision, u64)>,
    count: usize,
}

impl Unread {
    pub(super) fn settle(&mut self, library: &Library, memory: &Memory) {
        let stamp = library.is_complete().then(|| (library.revision(), memory.reads_revision()));
        if stamp.is_some() && stamp != self.stamp {
            let reviews = library.entries().filter(|entry| entry.review().is_some());
            self.count = match memory.is_blank() {
                true => reviews.count(),
                false => reviews.filter(|entry| !memory.is_read(&entry.full_name())).count(),
            };
        }
        self.stamp = stamp;
    }

    /// How many there are, once that is known.
    pub(super) fn count(&self) -> Option<usize> {
        self.stamp.map(|_| self.count)
    }
}
