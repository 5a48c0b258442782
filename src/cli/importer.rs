//! What becomes of reviews from elsewhere in a folder, where some of them may be already: moved, edited, or as they were.
//!
//! Which file is which review, the manifest says. It is saved before the new files are written: one that is not there then
//! is written the next time, so that an import which is interrupted goes on where it was.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use super::folder::Folder;
use super::manifest::{Known, Manifest, hash};
use super::progress::each;
use super::strays::Strays;
use super::{Failure, Outcome, shown, told};
use crate::import::{Draft, Format, Made};

/// Puts reviews into a folder.
pub(super) struct Importer<'i> {
    folder: &'i Path,
    is_dry: bool,
    manifest: Manifest,
    /// Files that are a review's already.
    taken: HashSet<String>,
    /// What lies in the folder itself.
    listed: HashSet<String>,
    /// How far the numbers behind each name are used up.
    numbers: HashMap<String, u32>,
    /// The files that the manifest does not know; looked for only if one is missing that it does.
    strays: Option<Strays>,
}

/// What became of the reviews of one file.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) imported: usize,
    pub(super) updated: usize,
    pub(super) unchanged: usize,
    pub(super) kept: Vec<String>,
    pub(super) refused: Vec<String>,
    pub(super) without_text: usize,
    pub(super) curtains: usize,
    pub(super) with_curtains: usize,
}

/// A review as it would be written, and what lies where it was written the last time.
struct Ready {
    made: Made,
    hash: String,
    /// The hash of the file, if there is one that can be read.
    there: Option<String>,
}

/// What is to be done with one review.
enum Step {
    Write(String),
    Update(String),
    Leave(String),
    Keep(String),
}

impl<'i> Importer<'i> {
    pub(super) fn new(folder: &'i Path, is_dry: bool) -> Result<Self, Failure> {
        let manifest = Manifest::load(folder)
            .map_err(|error| Failure::Failed(format!("{}: {}", shown(folder), told(&error))))?;
        let taken = manifest.names().map(str::to_owned).collect();
        // A folder that cannot be listed is not there yet, or will not be written to either.
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let listed = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        Ok(Importer { folder, is_dry, manifest, taken, listed, numbers: HashMap::new(), strays: None })
    }

    /// Takes the reviews of one file in.
    pub(super) fn take(&mut self, format: Format, drafts: &[Draft]) -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        let ready = each("reading", drafts, |draft| self.ready(format, draft));
        for ((draft, ready), number) in drafts.iter().zip(ready).zip(1..) {
            let ready = match ready {
                Ok(Some(ready)) => ready,
                Ok(None) => {
                    tally.without_text += 1;
                    continue;
                }
                Err(reason) => {
                    tally.refused.push(format!("review {number}: {reason}"));
                    continue;
                }
            };
            tally.curtains += ready.made.curtains;
            tally.with_curtains += usize::from(ready.made.curtains > 0);
            let step = self.step(format, draft, &ready);
            let Ready { made: Made { text, .. }, hash, .. } = ready;
            match step {
                Step::Keep(name) => {
                    self.know(format, draft, &name, None);
                    tally.kept.push(name);
                }
                Step::Leave(name) => {
                    self.know(format, draft, &name, Some(hash));
                    tally.unchanged += 1;
                }
                Step::Write(name) => {
                    self.know(format, draft, &name, Some(hash));
                    new.push((name, text));
                }
                // Known only when it is done, or else it would look edited.
                Step::Update(name) => changed.push((draft, name, text, hash)),
            }
        }
        (tally.imported, tally.updated) = (new.len(), changed.len());
        if !self.is_dry {
            self.save()?;
            self.write(format, &new, changed)?;
        }
        Ok(tally)
    }

    fn ready(&self, format: Format, draft: &Draft) -> Result<Option<Ready>, String> {
        let Some(made) = draft.to_toml()? else { return Ok(None) };
        let known = self.manifest.find(format.name(), draft.id());
        let there = known.and_then(|known| fs::read(self.folder.join(&known.name)).ok());
        let hash_of = |bytes: Vec<u8>| hash(&bytes);
        Ok(Some(Ready { hash: hash(made.text.as_bytes()), there: there.map(hash_of), made }))
    }

    /// What is known of the review, against what is on the disk now.
    fn step(&mut self, format: Format, draft: &Draft, ready: &Ready) -> Step {
        let Some(known) = self.manifest.find(format.name(), draft.id()).cloned() else {
            return self.name(draft, ready);
        };
        let compared = |name: String, there: &String| match there {
            there if *there == ready.hash => Step::Leave(name),
            // Edited since, while the source stayed as it was.
            _ if known.hash == ready.hash => Step::Leave(name),
            there if *there == known.hash => Step::Update(name),
            _ => Step::Keep(name),
        };
        match &ready.there {
            Some(there) => compared(known.name, there),
            // Something is there, and it is no file that can be read.
            None if self.folder.join(&known.name).symlink_metadata().is_ok() => Step::Keep(known.name),
            None => {
                let strays = self.strays.get_or_insert_with(|| Strays::below(self.folder, &self.taken));
                match strays.take(&[&known.hash, &ready.hash], &ready.made.text) {
                    Some((name, there)) => compared(name, &there),
                    // The folder that it had been moved into may be gone with it.
                    None if known.name.contains('/') => self.name(draft, ready),
                    None => Step::Write(known.name),
                }
            }
        }
    }

    /// A name that no other review has. A file that holds just this is taken for the review, whatever brought it there.
    fn name(&mut self, draft: &Draft, ready: &Ready) -> Step {
        let stem = draft.file_name();
        let number = self.numbers.entry(stem.clone()).or_default();
        loop {
            *number += 1;
            let name = if *number == 1 { format!("{stem}.toml") } else { format!("{stem}-{number}.toml") };
            if self.taken.contains(&name) {
                continue;
            }
            if !self.listed.contains(&name) {
                return Step::Write(name);
            }
            if fs::read(self.folder.join(&name)).is_ok_and(|bytes| hash(&bytes) == ready.hash) {
                return Step::Leave(name);
            }
        }
    }

    /// Notes where a review is, and what was written there; what it was before, if nothing was.
    fn know(&mut self, format: Format, draft: &Draft, name: &str, written: Option<String>) {
        self.taken.insert(name.to_owned());
        let before = || self.manifest.find(format.name(), draft.id()).map(|known| known.hash.clone());
        if let Some(hash) = written.or_else(before) {
            self.manifest.set(format.name(), draft.id(), Known { name: name.to_owned(), hash });
        }
    }

    fn write(
        &mut self,
        format: Format,
        new: &[(String, String)],
        changed: Vec<(&Draft, String, String, String)>,
    ) -> Outcome {
        if new.is_empty() && changed.is_empty() {
            return self.save();
        }
        let folder = Folder::open(self.folder).map_err(|error| could_not(self.folder, &error))?;
        let done = each("writing", new, |(name, text)| folder.create(name, text.as_bytes()));
        let mut outcome = Ok(());
        for ((name, _), done) in new.iter().zip(done) {
            outcome = outcome.and(done.map_err(|error| could_not(&self.folder.join(name), &error)));
        }
        for (draft, name, text, hash) in changed {
            match folder.replace(&name, text.as_bytes()) {
                Ok(()) => self.know(format, draft, &name, Some(hash)),
                Err(error) => outcome = outcome.and(Err(could_not(&self.folder.join(&name), &error))),
            }
        }
        outcome.and(self.save())
    }

    fn save(&mut self) -> Outcome {
        self.manifest.save(self.folder).map_err(|error| {
            let reason = told(&error);
            Failure::Failed(format!(
                "what was imported into {} could not be noted: {reason}",
                shown(self.folder)
            ))
        })
    }
}

fn could_not(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("{} could not be written: {}", shown(path), told(error)))
}
