//! What is remembered from run to run: which reviews were read, where their readers stopped, and how far they have got in
//! a work. Never which curtains were lifted, and no measure of what is behind one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::typeset::Place;
use crate::work::{Progress, WorkId};

/// The contents of the state file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    version: u32,
    read: BTreeSet<String>,
    /// Section and offset.
    places: BTreeMap<String, (u32, u32)>,
    progress: BTreeMap<String, String>,
    /// For what was read, its turn: the last one read has the largest number.
    turns: BTreeMap<String, u32>,
}

/// The version of the state file's form.
const VERSION: u32 = 1;

/// What was saved before this run, and what this run has changed. Kept apart, so that two programs that run at the same
/// time do not undo each other's changes.
#[derive(Debug, Default)]
pub struct Memory {
    saved: Saved,
    read: BTreeMap<String, bool>,
    places: BTreeMap<String, Place>,
    progress: BTreeMap<WorkId, Option<Progress>>,
    turns: BTreeMap<String, u32>,
    /// The latest turn.
    turn: u32,
}

impl Memory {
    /// Takes in what was saved before this run.
    pub fn recall(&mut self, saved: Saved) {
        self.turn = self.turn.max(saved.turns.values().copied().max().unwrap_or(0));
        self.saved = saved;
    }

    /// How far the reader had got in each work, as far as that can be read.
    pub fn recalled_progress(&self) -> impl Iterator<Item = (WorkId, Progress)> {
        let progress = self.saved.progress.iter();
        progress.filter_map(|(work, point)| Some((WorkId::from_name(work), point.parse().ok()?)))
    }

    /// Whether a review has been read.
    #[must_use]
    pub fn is_read(&self, name: &str) -> bool {
        self.read.get(name).copied().unwrap_or_else(|| self.saved.read.contains(name))
    }

    /// When a review was last read: larger is later, 0 is not yet.
    #[must_use]
    pub fn last_read(&self, name: &str) -> u32 {
        let turn = || self.turns.get(name).or_else(|| self.saved.turns.get(name)).copied().unwrap_or(1);
        if self.is_read(name) { turn() } else { 0 }
    }

    /// Whether nothing was ever read.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.read.is_empty() && self.saved.read.is_empty()
    }

    /// Takes down that a review has been read, or that it has not.
    pub fn set_read(&mut self, name: String, is_read: bool) {
        if self.is_read(&name) != is_read {
            if is_read {
                self.turn = self.turn.saturating_add(1).max(2);
                self.turns.insert(name.clone(), self.turn);
            }
            self.read.insert(name, is_read);
        }
    }

    /// Where a review's reader stopped in an earlier run.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<Place> {
        self.saved.places.get(name).map(|&(section, offset)| Place { section, offset, within: 0 })
    }

    /// Takes down where the reader is. The place must be one that says nothing of hidden text.
    pub fn set_place(&mut self, name: String, place: Place) {
        self.places.insert(name, place);
    }

    /// Notes how far the reader has got in a work.
    pub fn set_progress(&mut self, work: WorkId, progress: Option<Progress>) {
        self.progress.insert(work, progress);
    }

    /// Whether this run has changed anything.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        !(self.read.is_empty() && self.places.is_empty() && self.progress.is_empty())
    }

    /// The state file's next contents: what is in it now, with this run's changes.
    #[must_use]
    pub fn to_save(&self, now: Saved) -> Saved {
        let mut next = Saved { version: VERSION, ..now };
        for (name, is_read) in &self.read {
            match is_read {
                true => next.read.insert(name.clone()),
                false => next.read.remove(name),
            };
        }
        next.turns.extend(self.turns.iter().map(|(name, turn)| (name.clone(), *turn)));
        next.turns.retain(|name, _| next.read.contains(name));
        for (name, place) in &self.places {
            match *place == Place::default() {
                true => next.places.remove(name),
                false => next.places.insert(name.clone(), (place.section, place.offset)),
            };
        }
        for (work, progress) in &self.progress {
            match progress {
                Some(progress) => next.progress.insert(work.to_string(), progress.to_string()),
                None => next.progress.remove(work.as_str()),
            };
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_runs_at_once_keep_each_others_changes() {
        let (mut one, mut other) = (Memory::default(), Memory::default());
        one.set_read("a".into(), true);
        one.set_place("a".into(), Place { section: 2, offset: 30, within: 9 });
        other.set_read("b".into(), true);
        let work = WorkId::from_name("middlemarch (book, 1871)");
        let progress: Progress = "chapter 9".parse().expect("it is a point");
        other.set_progress(work.clone(), Some(progress.clone()));
        let both = other.to_save(one.to_save(Saved::default()));
        let mut next = Memory::default();
        next.recall(both);
        assert!(next.is_read("a") && next.is_read("b"));
        assert_eq!(next.place("a"), Some(Place { section: 2, offset: 30, within: 0 }));
        assert_eq!(next.recalled_progress().collect::<Vec<_>>(), [(work, progress)]);
    }

    #[test]
    fn what_is_as_it_was_is_no_change() {
        let mut memory = Memory::default();
        memory.set_read("a".into(), false);
        assert!(!memory.is_changed());
    }

    #[test]
    fn the_state_file_is_toml_that_reads_back() {
        let mut memory = Memory::default();
        memory.set_read("/home/a \"b\"\\c/x".into(), true);
        memory.set_place("n".into(), Place { section: 1, offset: 5, within: 0 });
        memory.set_progress(WorkId::from_name("w (?, ?)"), "S01E02".parse().ok());
        let saved = memory.to_save(Saved::default());
        let text = toml::to_string(&saved).expect("it can be written");
        assert_eq!(toml::from_str::<Saved>(&text), Ok(saved));
    }
}
