//! The reviews of a run, and what could not be read as one.
//!
//! A bad file is data: it is an entry like any other, with its faults in place of a review. The library changes while it is
//! read: files come, are edited and go, and each keeps its [`ReviewId`] from when it comes until it goes. This module knows
//! folders and files, and nothing of terminals.

mod bundled;
mod load;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use load::load;

use crate::curtain::{Curtains, ReviewId};
use crate::review::{Fault, Parser, Review, Visible, fingerprint};

/// Where reviews come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Those that are compiled into the program.
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

    /// What a reader calls it: the last part of its path.
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

/// A file as it was read.
#[derive(Debug)]
pub struct Loaded {
    /// The library folder that it is in; for the program's own reviews the name of their [`Source`].
    pub folder: Arc<str>,
    /// Where it is below that folder, without `.toml`, fit to be shown: what the review is called on the command line.
    pub name: Box<str>,
    /// Where it is: what tells it from all other files.
    pub path: Arc<Path>,
    /// A hash of its bytes: another text has another one.
    pub fingerprint: u64,
    /// What was in it.
    pub content: Content,
}

impl Loaded {
    /// A file of this text, which is at this name in a library folder.
    #[must_use]
    pub fn from_text(folder: &str, name: &str, text: &str) -> Self {
        Loaded {
            folder: folder.into(),
            name: name.into(),
            path: Path::new(folder).join(name).with_added_extension("toml").into(),
            fingerprint: fingerprint(text.as_bytes()),
            content: Parser::default().parse(text.as_bytes()).into(),
        }
    }
}

impl From<Result<Review, Vec<Fault>>> for Content {
    fn from(parsed: Result<Review, Vec<Fault>>) -> Self {
        match parsed {
            Ok(review) => Content::Review(review),
            Err(faults) => Content::Problem(faults.into()),
        }
    }
}

/// What a file holds.
#[derive(Debug)]
pub enum Content {
    /// A review.
    Review(Review),
    /// What is wrong with it.
    Problem(Box<[Fault]>),
}

/// Something that happened to a file of the library.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all changes are files that were read, and boxing each would cost more"
)]
pub enum Change {
    /// It was read: for the first time, or anew.
    Upsert(Loaded),
    /// The file at this path is gone.
    Remove(PathBuf),
}

/// A file of the library.
#[derive(Debug)]
pub struct Entry {
    id: ReviewId,
    file: Loaded,
}

impl Entry {
    /// The name that it goes by in this run.
    #[must_use]
    pub fn id(&self) -> ReviewId {
        self.id
    }

    /// Where it is below its library folder, without `.toml`, fit to be shown: what the review is called on the command
    /// line.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// The library folder that it is in.
    #[must_use]
    pub fn folder(&self) -> &str {
        &self.file.folder
    }

    /// The name of the file across runs: folder and name.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.file.folder, self.file.name)
    }

    /// Where the file is. That of one of the program's own reviews is no path in the file system: it is not absolute.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// A hash of what is in the file: another text has another one.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.file.fingerprint
    }

    /// What is in the file.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.file.content
    }

    /// The review, if the file could be read as one.
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        match &self.file.content {
            Content::Review(review) => Some(review),
            Content::Problem(_) => None,
        }
    }
}

/// What tells the state of a library from every other one that it has been in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// How often a file was edited or went.
    edits: u64,
    /// How many names have been given out.
    slots: u32,
}

impl Revision {
    /// Whether nothing but new files has come since an older state: what was made from that one holds still, as far as it
    /// goes.
    #[must_use]
    pub fn extends(self, older: Revision) -> bool {
        self.edits == older.edits
    }
}

/// What a batch of changes came to.
#[derive(Debug, Default)]
pub struct Applied {
    /// Files that are new.
    pub added: Vec<ReviewId>,
    /// Files that say something else now, as they were before.
    pub replaced: Vec<Arc<Entry>>,
    /// Files that are gone, as they were before.
    pub removed: Vec<Arc<Entry>>,
}

/// Some files in the order of their ids, shared by clones; nothing in the place of a file that is gone.
type Chunk = Arc<Vec<Option<Arc<Entry>>>>;

/// All files that have been read so far.
///
/// A clone shares the files: it is what a search in the background looks through.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Files in the order of their ids, in chunks, each with the number of the id that it begins with.
    chunks: Vec<(u32, Chunk)>,
    by_path: Arc<HashMap<Arc<Path>, ReviewId>>,
    revision: Revision,
    problems: usize,
    is_complete: bool,
}

impl Library {
    /// Takes in what happened to files. A file that says what it said before is no change.
    pub fn apply(&mut self, changes: Vec<Change>) -> Applied {
        let mut applied = Applied::default();
        let (start, mut new) = (self.revision.slots, Vec::<Option<Arc<Entry>>>::new());
        for change in changes {
            match change {
                Change::Upsert(file) => match self.by_path.get(&file.path).copied() {
                    // It may have come in this very batch.
                    Some(id) if id.index() >= start as usize => {
                        let at = id.index() - start as usize;
                        self.count(new[at].as_deref(), Some(&file));
                        new[at] = Some(entry(id, file));
                    }
                    Some(id) => applied.replaced.extend(self.replace(id, file)),
                    None => {
                        let id = ReviewId::new(self.revision.slots);
                        self.revision.slots += 1;
                        self.count(None, Some(&file));
                        Arc::make_mut(&mut self.by_path).insert(file.path.clone(), id);
                        new.push(Some(entry(id, file)));
                        applied.added.push(id);
                    }
                },
                Change::Remove(path) => {
                    let Some(id) = Arc::make_mut(&mut self.by_path).remove(&*path) else { continue };
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
        applied
    }

    /// Puts a file into the place of what it was. Returns what it was, if it says something else now.
    fn replace(&mut self, id: ReviewId, file: Loaded) -> Option<Arc<Entry>> {
        let before = self.get(id).filter(|before| before.fingerprint() != file.fingerprint)?;
        let before_review = before.review().is_some();
        let slot = self.slot(id)?;
        let is_review = matches!(file.content, Content::Review(_));
        let before = slot.replace(entry(id, file))?;
        self.problems = self.problems + usize::from(!is_review) - usize::from(!before_review);
        self.revision.edits += 1;
        Some(before)
    }

    fn count(&mut self, before: Option<&Entry>, after: Option<&Loaded>) {
        let is_problem = |content: &Content| usize::from(matches!(content, Content::Problem(_)));
        self.problems += after.map_or(0, |file| is_problem(&file.content));
        self.problems -= before.map_or(0, |entry| is_problem(entry.content()));
    }

    fn slot(&mut self, id: ReviewId) -> Option<&mut Option<Arc<Entry>>> {
        let at = self.chunk(id)?;
        let (start, chunk) = &mut self.chunks[at];
        Arc::make_mut(chunk).get_mut(id.index() - *start as usize)
    }

    fn chunk(&self, id: ReviewId) -> Option<usize> {
        self.chunks.partition_point(|(start, _)| *start as usize <= id.index()).checked_sub(1)
    }

    /// Notes that all files have been read.
    pub fn complete(&mut self) {
        self.is_complete = true;
    }

    /// Whether all files have been read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// What tells this state from every other one. Everything that is made from a library is stamped with it.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// A file, if it is still there.
    #[must_use]
    pub fn get(&self, id: ReviewId) -> Option<&Arc<Entry>> {
        let (start, chunk) = &self.chunks[self.chunk(id)?];
        chunk.get(id.index() - *start as usize)?.as_ref()
    }

    /// The file at a path.
    #[must_use]
    pub fn at(&self, path: &Path) -> Option<&Arc<Entry>> {
        self.get(*self.by_path.get(path)?)
    }

    /// A review as far as its reader may see it now: the one door to its text.
    #[must_use]
    pub fn visible<'l>(&'l self, curtains: &'l Curtains, id: ReviewId) -> Option<Visible<'l>> {
        Some(Visible::new(self.get(id)?.review()?, curtains))
    }

    /// All files, in the order in which they came.
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

    /// How many files could not be read as a review.
    #[must_use]
    pub fn problem_count(&self) -> usize {
        self.problems
    }
}

fn entry(id: ReviewId, mut file: Loaded) -> Arc<Entry> {
    if let Content::Review(review) = &mut file.content {
        review.name(id);
    }
    Arc::new(Entry { id, file })
}

#[cfg(test)]
mod tests;
