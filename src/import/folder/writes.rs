//! Files that are to be written into a folder, and what becomes of them. It knows nothing of what is noted of them.

use std::path::Path;

use super::super::ImportedReview;
use super::Error;
use crate::files;

/// Files that are to be written.
#[derive(Default)]
pub(super) struct Writes<'r> {
    /// The names and the texts of new ones.
    pub(super) new: Vec<(String, String)>,
    /// Reviews whose files are written again: names, texts and their checksums.
    pub(super) changed: Vec<(&'r ImportedReview, String, String, String)>,
}

/// What became of them.
pub(super) struct Written<'r> {
    /// The reviews whose files were written again, with names and checksums.
    pub(super) updated: Vec<(&'r ImportedReview, String, String)>,
    /// The first fault; the other files were written all the same.
    pub(super) result: Result<(), Error>,
}

impl<'r> Writes<'r> {
    pub(super) fn write(self, folder: &Path) -> Written<'r> {
        let mut written = Written { updated: Vec::new(), result: Ok(()) };
        let mut failed = |name: &str, error| {
            if written.result.is_ok() {
                written.result = Err(Error::Write(folder.join(name), error));
            }
        };
        if !self.new.is_empty() {
            let results = files::create_all(folder, &self.new);
            for ((name, _), result) in self.new.iter().zip(results) {
                let _ = result.map_err(|error| failed(name, error));
            }
        }
        for (review, name, text, hash) in self.changed {
            match files::replace(&folder.join(&name), text.as_bytes()) {
                Ok(()) => written.updated.push((review, name, hash)),
                Err(error) => failed(&name, error),
            }
        }
        written
    }
}
