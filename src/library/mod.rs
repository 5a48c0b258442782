//! The reviews of a run, and the files that could not be read as reviews.
//!
//! A bad file is data: an entry like any other, with faults in place of a review. Files may appear, change and
//! disappear at any time, and each keeps its [`ReviewId`] for as long as it exists. This module knows folders and
//! files, but no terminals.

mod bundled;
mod delivery;
mod entry;
mod load;
mod shared;
mod source;
mod watch;
mod works;

use std::borrow::Borrow;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use entry::entry;
pub use entry::{Change, Content, Entry, Loaded};
use foldhash::fast::RandomState;
pub use load::load;
use shared::SharedFiles;
pub use shared::{SHARED, SharedProgress};
pub use source::Source;
pub use watch::{Live, News, Reload};
use works::WorkFiles;

use crate::curtain::{Curtains, ReviewId};
use crate::review::Visible;
use crate::work::Spines;

/// Identifies a state of a library, to tell when derived data is stale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// How many times a file was changed or removed.
    edits: u64,
    /// How many ids have been assigned.
    slots: u32,
}

impl Revision {
    /// Whether files were only added since an older state, so that everything derived from that state is still valid as
    /// far as it goes.
    #[must_use]
    pub fn extends(self, older: Revision) -> bool {
        self.edits == older.edits
    }
}

/// The result of a batch of changes.
#[derive(Debug, Default)]
pub struct Applied {
    /// New files.
    pub added: Vec<ReviewId>,
    /// The old versions of files that have changed.
    pub replaced: Vec<Arc<Entry>>,
    /// The files that were removed.
    pub removed: Vec<Arc<Entry>>,
}

/// Some files in the order of their ids, shared by clones. Removed files leave `None`.
type Chunk = Arc<Vec<Option<Arc<Entry>>>>;

/// A path as a key. Paths are compared byte by byte: those of a library are all made in the same way, and splitting
/// each into components would cost more than the rest of the lookup.
#[derive(Clone, Debug)]
struct PathKey(Arc<Path>);

impl Hash for PathKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_os_str().hash(state);
    }
}

impl PartialEq for PathKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_os_str() == other.0.as_os_str()
    }
}

impl Eq for PathKey {}

impl Borrow<OsStr> for PathKey {
    fn borrow(&self) -> &OsStr {
        self.0.as_os_str()
    }
}

/// All files read so far.
///
/// Clones share the files, which makes it cheap to give one to a search in the background.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Files by id, in chunks, each with the id of its first file.
    chunks: Vec<(u32, Chunk)>,
    by_path: Arc<HashMap<PathKey, ReviewId, RandomState>>,
    /// The work files.
    works: WorkFiles,
    /// How far others have got.
    shared: SharedFiles,
    /// What work files and reviews say about how works are divided.
    spines: Arc<Spines>,
    revision: Revision,
    problems: usize,
    is_complete: bool,
}

impl Library {
    /// Applies changes to files. A file with the same contents as before does not count as changed.
    pub fn apply(&mut self, changes: Vec<Change>) -> Applied {
        let mut applied = Applied::default();
        let (changes, are_works_changed) = self.take_non_entries(changes);
        let (start, mut new) = (self.revision.slots, Vec::<Option<Arc<Entry>>>::new());
        for change in changes {
            match change {
                Change::Upsert(file) => match self.by_path.get(file.path.as_os_str()).copied() {
                    // It was added by this same batch.
                    Some(id) if id.index() >= start as usize => {
                        let at = id.index() - start as usize;
                        let after = entry(id, file, new[at].as_ref());
                        self.count(new[at].as_deref(), Some(&after));
                        new[at] = Some(after);
                    }
                    Some(id) => applied.replaced.extend(self.replace(id, file)),
                    None => {
                        let id = ReviewId::new(self.revision.slots);
                        self.revision.slots += 1;
                        Arc::make_mut(&mut self.by_path).insert(PathKey(file.path.clone()), id);
                        let entry = entry(id, file, None);
                        self.count(None, Some(&entry));
                        new.push(Some(entry));
                        applied.added.push(id);
                    }
                },
                Change::Remove(path) => {
                    let Some(id) = Arc::make_mut(&mut self.by_path).remove(path.as_os_str()) else {
                        continue;
                    };
                    if id.index() >= start as usize {
                        let gone = new[id.index() - start as usize].take();
                        self.count(gone.as_deref(), None);
                        applied.added.retain(|added| *added != id);
                    } else if let Some(gone) = self.slot(id).and_then(Option::take) {
                        self.count(Some(&gone), None);
                        self.revision.edits += 1;
                        applied.removed.push(gone);
                    }
                }
            }
        }
        if !new.is_empty() {
            self.chunks.push((start, Arc::new(new)));
        }
        self.settle_spines(&applied, are_works_changed);
        applied
    }

    /// Replaces a file, and returns the old one if the contents have changed.
    fn replace(&mut self, id: ReviewId, file: Loaded) -> Option<Arc<Entry>> {
        let before = self.get(id).filter(|before| before.fingerprint() != file.fingerprint)?.clone();
        let after = entry(id, file, Some(&before));
        self.count(Some(&before), Some(&after));
        *self.slot(id)? = Some(after);
        self.revision.edits += 1;
        Some(before)
    }

    fn count(&mut self, before: Option<&Entry>, after: Option<&Entry>) {
        let is_problem = |entry: &Entry| usize::from(entry.review().is_none());
        self.problems += after.map_or(0, is_problem);
        self.problems -= before.map_or(0, is_problem);
    }

    fn slot(&mut self, id: ReviewId) -> Option<&mut Option<Arc<Entry>>> {
        let at = self.chunk(id)?;
        let (start, chunk) = &mut self.chunks[at];
        Arc::make_mut(chunk).get_mut(id.index() - *start as usize)
    }

    fn chunk(&self, id: ReviewId) -> Option<usize> {
        self.chunks.partition_point(|(start, _)| *start as usize <= id.index()).checked_sub(1)
    }

    /// Records that all files have been read.
    pub fn complete(&mut self) {
        self.is_complete = true;
    }

    /// Whether all files have been read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Identifies this state. Everything derived from a library is stamped with it.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// A file, if it still exists.
    #[must_use]
    pub fn get(&self, id: ReviewId) -> Option<&Arc<Entry>> {
        let (start, chunk) = &self.chunks[self.chunk(id)?];
        chunk.get(id.index() - *start as usize)?.as_ref()
    }

    /// The file at a path.
    #[must_use]
    pub fn at(&self, path: &Path) -> Option<&Arc<Entry>> {
        self.get(*self.by_path.get(path.as_os_str())?)
    }

    /// A review as far as its reader may see it: the one door to its text.
    #[must_use]
    pub fn visible<'l>(&'l self, curtains: &'l Curtains, id: ReviewId) -> Option<Visible<'l>> {
        Some(Visible::new(self.get(id)?.review()?, curtains))
    }

    /// All files, in the order in which they were added.
    pub fn entries(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.chunks.iter().flat_map(|(_, chunk)| chunk.iter().flatten())
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_path.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many reviews there are.
    #[must_use]
    pub fn review_count(&self) -> usize {
        self.len() - self.problems
    }

    /// How many files could not be read as reviews.
    #[must_use]
    pub fn problem_count(&self) -> usize {
        self.problems
    }
}

#[cfg(test)]
mod tests;
