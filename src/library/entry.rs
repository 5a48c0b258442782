//! A file of the library: what was read from it, its last good version if it broke, and the changes that bring it in.
//! It knows nothing of the other files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::SharedProgress;
use crate::curtain::ReviewId;
use crate::review::{Fault, Parsed, Parser, Review, WorkFile, fingerprint};

/// A file as it was loaded.
#[derive(Debug)]
pub struct Loaded {
    /// The library folder that it is in; for bundled reviews, the name of their [`Source`](super::Source).
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
            content: Content::read(name, text.as_bytes()),
        }
    }
}

impl Content {
    /// The contents in the bytes of a file with this name.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Self {
        if let Some(shared) = SharedProgress::read(name, bytes) {
            return Content::Progress(shared);
        }
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

/// The contents of a file.
#[derive(Debug)]
pub enum Content {
    /// A review.
    Review(Review),
    /// The reasons why it is not one.
    Problem(Box<[Fault]>),
    /// Facts about a work, for every review of it. The library uses them, but has no entry for the file.
    Work(WorkFile),
    /// How far somebody has got who shares the library, which has no entry for it.
    Progress(SharedProgress),
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
    /// The file as it was when it could last be read as a review.
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

    /// The name that identifies the file across runs, even if its library is moved: the library folder's own name, and
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

    /// The review in the file, or its last good version in this run if the file cannot be read now.
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        match (&self.file.content, &self.last_good) {
            (Content::Review(review), _) => Some(review),
            (_, Some(last_good)) => last_good.review(),
            (Content::Problem(_) | Content::Work(_) | Content::Progress(_), None) => None,
        }
    }

    /// What is wrong with the file, if it cannot be read as a review now.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        match &self.file.content {
            Content::Review(_) | Content::Work(_) | Content::Progress(_) => &[],
            Content::Problem(faults) => faults,
        }
    }

    /// Whether the review is an earlier version, because the file cannot be read now.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        self.last_good.is_some()
    }
}

/// A file as an entry. One that can no longer be read as a review keeps its last good version.
pub(super) fn entry(id: ReviewId, mut file: Loaded, before: Option<&Arc<Entry>>) -> Arc<Entry> {
    let last_good = match &mut file.content {
        Content::Review(review) => {
            review.name(id);
            None
        }
        Content::Problem(_) | Content::Work(_) | Content::Progress(_) => before
            .filter(|before| before.review().is_some())
            .map(|before| before.last_good.as_ref().unwrap_or(before).clone()),
    };
    Arc::new(Entry { id, file, last_good })
}
