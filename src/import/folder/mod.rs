//! Imports reviews into a folder that may already contain some of them: moved, edited, or unchanged.
//!
//! The manifest says which file is which review. It is saved before new files are written: a file that is missing then
//! is written by the next import, so that an interrupted import continues where it stopped. Together with `files`, this
//! is the part of an import that touches the disk; it knows neither the command line nor terminals.

mod manifest;
mod source;
mod untracked;
mod writes;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use manifest::{Manifest, Record};
use untracked::Untracked;
use writes::Writes;

use super::dates::is_day;
use super::{Format, Guess, ImportedReview, Made, checksum};
use crate::parallel::{both, map_parts};

/// How many reviews are written at a time, while the next ones are being read.
const BLOCK: usize = 2048;

/// How an import into a folder failed.
#[derive(Debug)]
pub enum Error {
    /// The manifest could not be read.
    Read(PathBuf, io::Error),
    /// The manifest was not written by this program.
    Foreign(PathBuf),
    /// The manifest names a file that is not in the folder.
    Outside(PathBuf),
    /// A review could not be written.
    Write(PathBuf, io::Error),
    /// The imported files could not be recorded.
    Note(PathBuf, io::Error),
}

/// Is told what is being done, and the number of reviews so far and in all.
pub type Progress<'p> = &'p dyn Fn(&'static str, usize, usize);

/// A folder that reviews are imported into.
pub struct Folder<'f> {
    path: &'f Path,
    is_dry: bool,
    manifest: Manifest,
    /// Files that already belong to a review.
    taken: HashSet<String>,
    /// Files of reviews in this run.
    handled: HashSet<String>,
    /// The names in the folder itself.
    listed: HashSet<String>,
    /// The numbers that have been used after each name.
    numbers: HashMap<String, u32>,
    /// Files that the manifest does not know, which are looked for only if one that it knows is missing.
    untracked: Option<Untracked>,
    /// How to identify text files by their names without a folder.
    by_base_name: HashMap<String, Vec<String>>,
}

/// The result of importing one file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many files are new.
    pub imported: usize,
    /// How many files were updated.
    pub updated: usize,
    /// How many files are already up to date.
    pub unchanged: usize,
    /// The files that were kept because somebody has edited them.
    pub kept: Vec<String>,
    /// Why reviews could not be written, without quoting them.
    pub refused: Vec<String>,
    /// How many had no text.
    pub without_text: usize,
    /// How many curtains there are in total.
    pub curtains: usize,
    /// How many reviews have curtains.
    pub with_curtains: usize,
    /// Where something is hidden without a pair of marks, with the row of the review if it has one.
    pub guesses: Vec<(Option<usize>, Guess)>,
}

impl Outcome {
    /// Adds the result of another file.
    pub fn add(&mut self, other: Outcome) {
        self.imported += other.imported;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.kept.extend(other.kept);
        self.refused.extend(other.refused);
        self.without_text += other.without_text;
        self.curtains += other.curtains;
        self.with_curtains += other.with_curtains;
        self.guesses.extend(other.guesses);
    }
}

/// A review as it would be written, and what is in the place where it was last written.
struct Ready {
    made: Made,
    hash: String,
    /// The checksum of the file, if it can be read.
    there: Option<String>,
}

/// What to do with a review.
enum Step {
    Create(String),
    Update(String),
    Leave(String),
    Keep(String),
}

impl<'f> Folder<'f> {
    /// Opens a folder, which may not exist yet. A dry run writes nothing into it.
    ///
    /// # Errors
    /// If it is not known what was imported into it before.
    pub fn open(path: &'f Path, is_dry: bool) -> Result<Self, Error> {
        let manifest = Manifest::load(path)?;
        let taken = manifest.names().map(str::to_owned).collect();
        // A folder that cannot be listed does not exist yet, or cannot be written to either.
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        let listed = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        let mut by_base_name = HashMap::<_, Vec<_>>::new();
        for id in manifest.ids(Format::Text.name()) {
            by_base_name.entry(source::base_name(id).to_owned()).or_default().push(id.to_owned());
        }
        Ok(Folder {
            path,
            is_dry,
            manifest,
            taken,
            handled: HashSet::new(),
            listed,
            numbers: HashMap::new(),
            untracked: None,
            by_base_name,
        })
    }

    /// How the review in a text file is identified.
    #[must_use]
    pub fn source_name(&self, file: &Path) -> String {
        source::relative(self.path, file)
    }

    /// Imports the reviews of one file.
    ///
    /// # Errors
    /// If a file could not be written; all others were.
    pub fn take(
        &mut self,
        format: Format,
        reviews: &[ImportedReview],
        progress: Progress<'_>,
    ) -> Result<Outcome, Error> {
        let mut outcome = Outcome::default();
        let mut result = Ok(());
        let mut blocks = reviews.chunks(BLOCK);
        let mut block = blocks.next().unwrap_or_default();
        let mut ready = self.all_ready(format, block);
        let mut done = 0;
        while !block.is_empty() {
            let mut writes = Writes::default();
            for (review, (ready, number)) in block.iter().zip(ready.into_iter().zip(done + 1..)) {
                match ready {
                    Ok(Some(ready)) => self.settle(format, review, ready, &mut outcome, &mut writes),
                    Ok(None) => outcome.without_text += 1,
                    Err(reason) => outcome.refused.push(format!("review {number}: {reason}")),
                }
            }
            outcome.imported += writes.new.len();
            outcome.updated += writes.changed.len();
            let next = blocks.next().unwrap_or_default();
            // While these are being written, the next ones are read.
            ready = match self.is_dry {
                true => self.all_ready(format, next),
                false => {
                    self.manifest.save_if_due(self.path)?;
                    let folder = &*self;
                    let write = || writes.write(folder.path);
                    let (written, ready) = both(write, || folder.all_ready(format, next));
                    for (review, name, hash) in written.updated {
                        self.note(format, review, &name, Some(hash));
                    }
                    result = result.and(written.result);
                    ready
                }
            };
            done += block.len();
            progress("importing", done, reviews.len());
            block = next;
        }
        let noted = match (self.is_dry, &result) {
            (true, _) => Ok(()),
            (false, Ok(())) => self.manifest.save_if_due(self.path),
            // Stop after an error.
            (false, Err(_)) => self.manifest.save(self.path),
        };
        result.and(noted)?;
        Ok(outcome)
    }

    /// Ends an import, recording all that was imported.
    ///
    /// # Errors
    /// If it could not be recorded.
    pub fn finish(mut self) -> Result<(), Error> {
        if self.is_dry { Ok(()) } else { self.manifest.save(self.path) }
    }

    /// The files of several reviews.
    fn all_ready(&self, format: Format, reviews: &[ImportedReview]) -> Vec<Result<Option<Ready>, String>> {
        each(reviews, |review| self.ready(format, review))
    }

    fn ready(&self, format: Format, review: &ImportedReview) -> Result<Option<Ready>, String> {
        let Some(made) = review.to_toml()? else { return Ok(None) };
        let record = self.manifest.find(format.name(), review.id());
        let there = record.and_then(|record| fs::read(self.path.join(&record.name)).ok());
        let hash = checksum(made.text.as_bytes());
        Ok(Some(Ready { hash, there: there.map(|bytes| checksum(&bytes)), made }))
    }

    /// Decides what to do with a review, and records where it is.
    fn settle<'r>(
        &mut self,
        format: Format,
        review: &'r ImportedReview,
        mut ready: Ready,
        outcome: &mut Outcome,
        writes: &mut Writes<'r>,
    ) {
        outcome.curtains += ready.made.curtains;
        outcome.with_curtains += usize::from(ready.made.curtains > 0);
        let guesses = std::mem::take(&mut ready.made.guesses);
        outcome.guesses.extend(guesses.into_iter().map(|guess| (review.row(), guess)));
        let step = self.step(format, review, &mut ready);
        let Ready { made: Made { text, .. }, hash, .. } = ready;
        match step {
            Step::Keep(name) => {
                self.note(format, review, &name, None);
                outcome.kept.push(name);
            }
            Step::Leave(name) => {
                self.note(format, review, &name, Some(hash));
                outcome.unchanged += 1;
            }
            Step::Create(name) => {
                self.note(format, review, &name, Some(hash));
                writes.new.push((name, text));
            }
            Step::Update(name) => {
                // Recorded only once it is done, or else it would look edited.
                self.handled.insert(name.clone());
                writes.changed.push((review, name, text, hash));
            }
        }
    }

    /// Compares what is known about the review with the disk.
    fn step(&mut self, format: Format, review: &ImportedReview, ready: &mut Ready) -> Step {
        let known = self.manifest.find(format.name(), review.id()).cloned();
        let known = known.or_else(|| self.adopt(format, review, ready));
        // Two ids for the same file cannot both be right.
        let Some(known) = known.filter(|known| !self.handled.contains(&known.name)) else {
            return self.name(review, ready);
        };
        let compared = |name: String, there: &String| match there {
            there if *there == ready.hash => Step::Leave(name),
            // Edited, while the source stayed the same.
            _ if known.hash == ready.hash => Step::Leave(name),
            there if *there == known.hash => Step::Update(name),
            _ => Step::Keep(name),
        };
        match &ready.there {
            Some(there) => compared(known.name, there),
            // Something is there, but it is not a readable file.
            None if self.path.join(&known.name).symlink_metadata().is_ok() => Step::Keep(known.name),
            None => {
                let untracked =
                    self.untracked.get_or_insert_with(|| Untracked::below(self.path, &self.taken));
                match untracked.take(&[&known.hash, &ready.hash], &ready.made.text) {
                    Some((name, there)) => compared(name, &there),
                    // The folder that it had been moved to may be gone too.
                    None if known.name.contains('/') => self.name(review, ready),
                    None => Step::Create(known.name),
                }
            }
        }
    }

    /// A review that is known by another id, because an older version used less for it or its file was moved. Only
    /// exactly the same text is taken for the same review, since another one may have that id.
    fn adopt(&mut self, format: Format, review: &ImportedReview, ready: &mut Ready) -> Option<Record> {
        let id = match format {
            Format::Text => self.moved_text(review, ready),
            _ => self.moved_row(format, review, ready),
        }?;
        let record = self.manifest.take(format.name(), &id)?;
        ready.there = fs::read(self.path.join(&record.name)).ok().map(|bytes| checksum(&bytes));
        self.manifest.set(format.name(), review.id(), record.clone());
        Some(record)
    }

    /// The id of a text file that has been moved.
    fn moved_text(&self, review: &ImportedReview, ready: &Ready) -> Option<String> {
        let ids = self.by_base_name.get(source::base_name(review.id()))?;
        let is_moved = |id: &&String| source::is_bare(id) || !source::is_there(self.path, id);
        ids.iter().filter(is_moved).find(|id| self.is_same(Format::Text, id, ready)).cloned()
    }

    /// The id of a row that was identified only by its work, or by another file.
    fn moved_row(&self, format: Format, review: &ImportedReview, ready: &Ready) -> Option<String> {
        let (work, _) = review.id().rsplit_once('@')?;
        let is_of_file = |id: &&str| id.get(work.len() + 1..).is_none_or(|own| !is_day(own));
        let ids = self.manifest.ids_of(format.name(), work).filter(is_of_file);
        ids.filter(|id| self.is_same(format, id, ready)).map(str::to_owned).next()
    }

    fn is_same(&self, format: Format, id: &str, ready: &Ready) -> bool {
        self.manifest.find(format.name(), id).is_some_and(|record| record.hash == ready.hash)
    }

    /// A name that no other review has. A file with exactly this text is taken for the review, wherever it came from.
    fn name(&mut self, review: &ImportedReview, ready: &Ready) -> Step {
        let stem = review.file_name();
        let number = self.numbers.entry(stem.clone()).or_default();
        loop {
            *number += 1;
            let name = if *number == 1 { format!("{stem}.toml") } else { format!("{stem}-{number}.toml") };
            if self.taken.contains(&name) {
                continue;
            }
            if !self.listed.contains(&name) {
                return Step::Create(name);
            }
            if fs::read(self.path.join(&name)).is_ok_and(|bytes| checksum(&bytes) == ready.hash) {
                return Step::Leave(name);
            }
        }
    }

    /// Records where a review is and what was written there, or if nothing was, what was known before.
    fn note(&mut self, format: Format, review: &ImportedReview, name: &str, written: Option<String>) {
        self.taken.insert(name.to_owned());
        self.handled.insert(name.to_owned());
        let before = || self.manifest.find(format.name(), review.id()).map(|known| known.hash.clone());
        if let Some(hash) = written.or_else(before) {
            self.manifest.set(format.name(), review.id(), Record { name: name.to_owned(), hash });
        }
    }
}

/// Runs a function on each item, and returns the results in order.
fn each<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    /// How many items a thread takes at a time.
    const STRETCH: usize = 32;
    let stretches: Vec<_> = things.chunks(STRETCH).collect();
    let stretch = |(): &mut (), number: usize| Some(stretches[number].iter().map(&work).collect::<Vec<_>>());
    map_parts(stretches.len(), || (), stretch).into_iter().flatten().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_things_is_in_their_order() {
        for count in [0, 1, 31, 32, 33, 5000] {
            let things: Vec<_> = (0..count).collect();
            let twice = each(&things, |n| n * 2);
            assert_eq!(twice, (0..count).map(|n| n * 2).collect::<Vec<_>>());
        }
    }
}
