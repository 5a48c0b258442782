//! Review files below a folder that the manifest does not know: some of them may have been imported, and then moved or
//! renamed.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::import::checksum;
use crate::review::{Date, Parser};
use crate::work::WorkId;

/// The files that have not been matched to a review yet.
pub(super) struct Untracked(Vec<UntrackedFile>);

struct UntrackedFile {
    /// Its path below the folder.
    name: String,
    hash: String,
    subject: Option<Subject>,
}

/// What a review is about and when it was written, which identifies it even after its text was edited.
type Subject = (WorkId, Option<Date>);

impl Untracked {
    /// All review files below a folder, except those that are taken.
    pub(super) fn below(folder: &Path, taken: &HashSet<String>) -> Self {
        let mut files = Vec::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(below) = folders.pop() {
            let entries = fs::read_dir(folder.join(&below)).into_iter().flatten().flatten();
            for entry in entries {
                let path = below.join(entry.file_name());
                let Some(name) = path.to_str() else { continue };
                // Names that begin with a dot are skipped, as in a library. Links are not followed.
                let is_open = !entry.file_name().as_encoded_bytes().starts_with(b".");
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() && is_open => folders.push(path),
                    Ok(kind) if kind.is_file() && is_open && name.ends_with(".toml") => {
                        if !taken.contains(name)
                            && let Ok(bytes) = fs::read(folder.join(name))
                        {
                            let (hash, subject) = (checksum(&bytes), subject(&bytes));
                            files.push(UntrackedFile { name: name.to_owned(), hash, subject });
                        }
                    }
                    _ => {}
                }
            }
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Untracked(files)
    }

    /// The file of a review, and its hash: one with the first of these hashes that occurs, or else the only one about
    /// the same work and from the same day.
    pub(super) fn take(&mut self, hashes: &[&str], text: &str) -> Option<(String, String)> {
        if self.0.is_empty() {
            return None;
        }
        let with = |hash: &&str| self.0.iter().position(|file| file.hash == *hash);
        let at = hashes.iter().find_map(with).or_else(|| self.about(text))?;
        let file = self.0.remove(at);
        Some((file.name, file.hash))
    }

    fn about(&self, text: &str) -> Option<usize> {
        let subject = subject(text.as_bytes())?;
        let mut same = self.0.iter().zip(0..).filter(|(file, _)| file.subject.as_ref() == Some(&subject));
        let (_, at) = same.next()?;
        same.next().is_none().then_some(at)
    }
}

fn subject(bytes: &[u8]) -> Option<Subject> {
    let review = Parser::default().parse(bytes).ok()?;
    Some((review.work().id(), review.date()))
}
