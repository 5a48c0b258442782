//! The reviews of a run, and the files that could not be read as one.
//!
//! A bad file is data: an entry like any other, with faults in place of a review. Files may appear, change and
//! disappear at any time, and each keeps its [`ReviewId`] for as long as it exists. This module knows folders and
//! files, but no terminals.

mod bundled;
mod load;
mod watch;
mod works;

use std::borrow::Borrow;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::fast::RandomState;
pub use load::load;
pub use watch::{Live, News, Reload};
use works::WorkFiles;

use crate::curtain::{Curtains, ReviewId};
use crate::review::{Fault, Parsed, Parser, Review, Visible, WorkFile, fingerprint};
use crate::work::Spines;

/// Where reviews come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The reviews compiled into the program.
    Bundled,
    /// Every `.toml` file in a folder, at any depth.
    Folder(PathBuf),
    /// One file.
    File(PathBuf),
}

impl Source {
    /// The source at a path.
    ///
    /// # Errors
    /// If nothing is there, or it is neither a folder nor a file.
    pub fn at(path: &Path) -> std::io::Result<Self> {
        let metadata = std::fs::metadata(path)?;
        if metadata.is_dir() {
            Ok(Source::Folder(path.to_owned()))
        } else if metadata.is_file() {
            Ok(Source::File(path.to_owned()))
        } else {
            Err(std::io::Error::other("neither a folder nor a file"))
        }
    }

    /// The name to display: the last part of the path.
    #[must_use]
    pub fn name(&self) -> String {
        let last = |path: &Path| {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            crate::review::clean_line(&name.unwrap_or_else(|| "/".to_owned())).into_owned()
        };
        match self {
            Source::Bundled => "bundled reviews".to_owned(),
            Source::Folder(path) => format!("{}/", last(path)),
            Source::File(path) => last(path),
        }
    }
}

/// A file as it was loaded.
#[derive(Debug)]
pub struct Loaded {
    /// The library folder that it is in; for bundled reviews, the name of their [`Source`].
    pub folder: Arc<str>,
    /// The path below that folder without `.toml`, safe to display. The command line identifies reviews by it.
    pub name: Box<str>,
    /// The path, which identifies the file.
    pub path: Arc<Path>,
    /// A hash of the contents.
    pub fingerprint: u64,
    /// The contents.
    pub content: Content,
}

impl Loaded {
    /// Creates a file from its text and its name in a library folder.
    #[must_use]
    pub fn from_text(folder: &str, name: &str, text: &str) -> Self {
        Loaded {
            folder: folder.into(),
            name: name.into(),
            path: Path::new(folder).join(name).with_added_extension("toml").into(),
            fingerprint: fingerprint(text.as_bytes()),
            content: Content::read(text.as_bytes()),
        }
    }
}

impl Content {
    /// What the bytes of a file hold.
    fn read(bytes: &[u8]) -> Self {
        let mut parser = Parser::default();
        match parser.parse_unbound(bytes) {
            Ok(Parsed::Review(unbound)) => match parser.finish(vec![unbound]).next() {
                Some(review) => Content::Review(review),
                None => Content::Problem([].into()),
            },
            Ok(Parsed::Work(work)) => Content::Work(work),
            Err(faults) => Content::Problem(faults.into()),
        }
    }
}

/// What a file holds.
#[derive(Debug)]
pub enum Content {
    /// A review.
    Review(Review),
    /// The reasons why it is not one.
    Problem(Box<[Fault]>),
    /// What holds for every review of a work. The library takes it in, and has no entry for it.
    Work(WorkFile),
}

/// A change to a file of the library.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all changes are files that were read, and boxing each would cost more"
)]
pub enum Change {
    /// The file is new or has changed.
    Upsert(Loaded),
    /// The file at this path is gone.
    Remove(PathBuf),
}

/// A file of the library.
#[derive(Debug)]
pub struct Entry {
    id: ReviewId,
    file: Loaded,
    /// The file as it was before it could no longer be read as a review.
    last_good: Option<Arc<Entry>>,
}

impl Entry {
    /// Its identity in this run.
    #[must_use]
    pub fn id(&self) -> ReviewId {
        self.id
    }

    /// The path below the library folder without `.toml`, safe to display. The command line identifies reviews by it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// The library folder that it is in.
    #[must_use]
    pub fn folder(&self) -> &str {
        &self.file.folder
    }

    /// The name that identifies the file across runs, wherever its library is moved to: the library folder's own name, and
    /// the path below it.
    #[must_use]
    pub fn full_name(&self) -> String {
        let folder = Path::new(&*self.file.folder).file_name().unwrap_or_default();
        format!("{}/{}", folder.to_string_lossy(), self.file.name)
    }

    /// The path of the file. A bundled review has a relative path that exists in no file system.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// A hash of the file's contents.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.file.fingerprint
    }

    /// The file's contents.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.file.content
    }

    /// The review: the file's contents, or what they were when they could last be read as one in this run.
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        match (&self.file.content, &self.last_good) {
            (Content::Review(review), _) => Some(review),
            (_, Some(last_good)) => last_good.review(),
            (Content::Problem(_) | Content::Work(_), None) => None,
        }
    }

    /// What is wrong with the file, if it cannot be read as a review, or cannot any more.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        match &self.file.content {
            Content::Review(_) | Content::Work(_) => &[],
            Content::Problem(faults) => faults,
        }
    }

    /// Whether the review is what the file was before it could no longer be read.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        self.last_good.is_some()
    }
}

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

/// A path as a key. Paths are compared byte by byte: those of a library are all made in the same way, and to take each
/// apart into its components would cost more than the rest of the lookup.
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
    /// What they and the reviews say of how works are divided.
    spines: Arc<Spines>,
    revision: Revision,
    problems: usize,
    is_complete: bool,
}

impl Library {
    /// Applies changes to files. A file with the same contents as before does not count as changed.
    pub fn apply(&mut self, changes: Vec<Change>) -> Applied {
        let mut applied = Applied::default();
        let (changes, are_works_changed) = self.take_work_files(changes);
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

/// A file as an entry. One that can no longer be read as a review keeps what it was when it could.
fn entry(id: ReviewId, mut file: Loaded, before: Option<&Arc<Entry>>) -> Arc<Entry> {
    let last_good = match &mut file.content {
        Content::Review(review) => {
            review.name(id);
            None
        }
        Content::Problem(_) | Content::Work(_) => before
            .filter(|before| before.review().is_some())
            .map(|before| before.last_good.as_ref().unwrap_or(before).clone()),
    };
    Arc::new(Entry { id, file, last_good })
}

#[cfg(test)]
mod tests;
