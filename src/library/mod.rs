//! The reviews of a run, and what could not be read as one.
//!
//! A bad file is data: it is an item like any other, with its faults in place of a review. This module knows folders and
//! files, and nothing of terminals.

mod bundled;
mod load;
mod queue;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use load::load;

use crate::curtain::ReviewKey;
use crate::review::{Fault, Review};

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

/// A file of the library.
#[derive(Debug)]
pub struct Item {
    /// The folder that the id is a path in; the name of its [`Source`] for the program's own.
    pub folder: Arc<str>,
    /// The path below the library folder without `.toml`: what a review is called on the command line.
    pub id: Box<str>,
    /// What was in it.
    pub content: Content,
}

impl Item {
    /// The name of the file across runs: folder and id.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}", self.folder, self.id)
    }

    /// The review, if the file could be read as one.
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        match &self.content {
            Content::Review(review) => Some(review),
            Content::Problem(_) => None,
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

/// All files that have been read so far. A file keeps its key for the whole run.
///
/// A clone shares the files: it is what a search in the background looks through.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// As they were delivered.
    chunks: Vec<Arc<[Item]>>,
    /// The number of the first file of each chunk.
    starts: Vec<u32>,
    len: u32,
    problems: usize,
    is_complete: bool,
}

impl Library {
    /// Adds files, and returns the keys that they got.
    pub fn add(&mut self, items: Vec<Item>) -> impl Iterator<Item = ReviewKey> + use<> {
        let first = self.len;
        self.problems += items.iter().filter(|item| item.review().is_none()).count();
        let added = u32::try_from(items.len()).expect("memory ends long before four thousand million files");
        if added > 0 {
            self.starts.push(first);
            self.chunks.push(items.into());
        }
        self.len += added;
        (first..self.len).map(ReviewKey)
    }

    /// Takes down that all files have been read.
    pub fn complete(&mut self) {
        self.is_complete = true;
    }

    /// Whether all files have been read.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The file with this key.
    #[must_use]
    pub fn get(&self, key: ReviewKey) -> Option<&Item> {
        let chunk = self.starts.partition_point(|start| *start <= key.0).checked_sub(1)?;
        self.chunks[chunk].get((key.0 - self.starts[chunk]) as usize)
    }

    /// The keys of all files, in order.
    pub fn keys(&self) -> impl Iterator<Item = ReviewKey> + use<> {
        (0..self.len).map(ReviewKey)
    }

    /// A number that every change makes larger.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.len.into()
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
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
