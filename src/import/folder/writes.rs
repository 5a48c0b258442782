//! Files to be written into a folder, and the outcome. It does not know the manifest.

use std::path::Path;

use super::super::ImportedReview;
use super::Error;
use crate::files;

/// Files to be written.
#[derive(Default)]
pub(super) struct Writes<'r> {
    /// New ones: names and texts.
    pub(super) new: Vec<(String, String)>,
    /// Existing ones to be written again: names, texts and their checksums.
    pub(super) changed: Vec<(&'r ImportedReview, String, String, String)>,
}

/// The outcome.
pub(super) struct Written<'r> {
    /// The existing ones that were written again: names and checksums.
    pub(super) updated: Vec<(&'r ImportedReview, String, String)>,
    /// The first error; the other files were written regardless.
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
