//! What is remembered from run to run: which reviews were read, where their readers stopped, and how far they have got
//! in a work. Never what was revealed, and no measure of what is hidden. The file format is in `saved`.

use std::collections::HashMap;

use super::saved::{ListState, Saved, StateChanges};
use crate::typeset::Place;
use crate::work::{Progress, WorkId};

/// The lines of one history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// Lines that filtered the list.
    Filters,
    /// Lines that were searched for in texts.
    Searches,
}

/// Everything remembered, and the part of it that has not been saved.
#[derive(Debug, Default)]
pub struct Memory {
    known: Saved,
    unsaved: StateChanges,
    /// The number of the latest reading.
    turn: u32,
    /// Changes when what was read does.
    reads_revision: u64,
}

impl Memory {
    /// Adds what was saved before this run.
    pub fn recall(&mut self, saved: Saved) {
        self.turn = self.turn.max(saved.turns.values().copied().max().unwrap_or(0));
        self.known = saved;
        self.reads_revision += 1;
        self.unsaved.apply(&mut self.known);
    }

    /// Whether there is anything to save.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        !self.unsaved.is_empty()
    }

    /// Takes the changes that have not been saved.
    pub fn take_changes(&mut self) -> StateChanges {
        std::mem::take(&mut self.unsaved)
    }

    fn change(&mut self, changes: StateChanges) {
        changes.apply(&mut self.known);
        self.unsaved.extend(changes);
    }

    /// How far the reader had got in each work, for progress that can be parsed.
    pub fn recalled_progress(&self) -> impl Iterator<Item = (WorkId, Progress)> {
        self.known.progress().into_iter().filter_map(|(work, progress)| Some((work, progress?)))
    }

    /// Whether a review has been read.
    #[must_use]
    pub fn is_read(&self, name: &str) -> bool {
        self.known.read.contains(name)
    }

    /// When a review was last read: larger is later, 0 is not yet.
    #[must_use]
    pub fn last_read(&self, name: &str) -> u32 {
        let turn = || self.known.turns.get(name).copied().unwrap_or(1);
        if self.is_read(name) { turn() } else { 0 }
    }

    /// Changes when what was read does.
    #[must_use]
    pub(super) fn reads_revision(&self) -> u64 {
        self.reads_revision
    }

    /// Whether nothing has been read.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.known.read.is_empty()
    }

    /// Records that a review has been read, or that it has not.
    pub fn set_read(&mut self, name: String, is_read: bool) {
        if self.is_read(&name) == is_read {
            return;
        }
        self.reads_revision += 1;
        if is_read {
            self.turn = self.turn.saturating_add(1).max(2);
        }
        let turn = is_read.then_some(self.turn);
        self.change(StateChanges { read: [(name, turn)].into(), ..StateChanges::default() });
    }

    /// Where the reader of a review stopped.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<Place> {
        self.known.places.get(name).map(|&(section, offset)| Place { section, offset, within: 0 })
    }

    /// Records where the reader is. The place must not say anything about hidden text. An unchanged place is not a
    /// change, since the one in the state file may be newer.
    pub fn set_place(&mut self, name: String, place: Place) {
        if self.place(&name).unwrap_or_default() != (Place { within: 0, ..place }) {
            self.change(StateChanges { places: [(name, place)].into(), ..StateChanges::default() });
        }
    }

    /// The bookmark in a review.
    #[must_use]
    pub fn bookmark(&self, name: &str) -> Option<Place> {
        self.known.bookmarks.get(name).map(|&(section, offset)| Place { section, offset, within: 0 })
    }

    /// Sets or removes the bookmark in a review. The place must not say anything about hidden text.
    pub fn set_bookmark(&mut self, name: String, place: Option<Place>) {
        self.change(StateChanges { bookmarks: [(name, place)].into(), ..StateChanges::default() });
    }

    /// The list of a library as it was last left.
    #[must_use]
    pub fn list(&self, library: &str) -> Option<&ListState> {
        self.known.lists.get(library)
    }

    /// Records the list of a library as it is now.
    pub fn set_list(&mut self, library: &str, list: ListState) {
        if self.list(library) != Some(&list) {
            self.change(StateChanges {
                lists: [(library.to_owned(), list)].into(),
                ..StateChanges::default()
            });
        }
    }

    /// The lines of a history, the latest last.
    #[must_use]
    pub fn history(&self, kind: History) -> &[String] {
        match kind {
            History::Filters => &self.known.filters,
            History::Searches => &self.known.searches,
        }
    }

    /// Adds a line to a history.
    pub fn record(&mut self, kind: History, line: &str) {
        let lines = vec![line.to_owned()];
        self.change(match kind {
            History::Filters => StateChanges { filters: lines, ..StateChanges::default() },
            History::Searches => StateChanges { searches: lines, ..StateChanges::default() },
        });
    }

    /// Up to where all that was open of a review has been read.
    #[must_use]
    pub fn caught_up(&self, name: &str) -> Option<Progress> {
        self.known.caught_up.get(name)?.parse().ok()
    }

    /// The same for every review.
    #[must_use]
    pub fn all_caught_up(&self) -> HashMap<String, Progress> {
        let known = self.known.caught_up.iter();
        known.filter_map(|(name, at)| Some((name.clone(), at.parse().ok()?))).collect()
    }

    /// Records that everything open in a review, up to a point, has been read.
    pub fn set_caught_up(&mut self, name: String, at: Progress) {
        self.change(StateChanges { caught_up: [(name, at)].into(), ..StateChanges::default() });
    }

    /// Records how far the reader has got in a work.
    pub fn set_progress(&mut self, work: WorkId, progress: Option<Progress>) {
        let known = self.known.progress.get(work.as_str());
        if known != progress.as_ref().map(ToString::to_string).as_ref() {
            self.change(StateChanges { progress: [(work, progress)].into(), ..StateChanges::default() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::Unusable;

    const SOMEWHERE: Place = Place { section: 2, offset: 30, within: 0 };

    fn nine() -> (WorkId, Progress) {
        (WorkId::read("middlemarch (book, 1871)"), "chapter 9".parse().expect("it is a point"))
    }

    #[test]
    fn two_runs_at_once_keep_each_others_changes() {
        let (mut one, mut other) = (Memory::default(), Memory::default());
        one.set_read("a".into(), true);
        one.set_place("a".into(), Place { within: 9, ..SOMEWHERE });
        other.set_read("b".into(), true);
        let (work, progress) = nine();
        other.set_progress(work.clone(), Some(progress.clone()));
        let mut file = Saved::default();
        one.take_changes().apply(&mut file);
        other.take_changes().apply(&mut file);
        let mut next = Memory::default();
        next.recall(file);
        assert!(next.is_read("a") && next.is_read("b"));
        assert_eq!(next.place("a"), Some(SOMEWHERE));
        assert_eq!(next.recalled_progress().collect::<Vec<_>>(), [(work, progress)]);
    }

    #[test]
    fn what_was_saved_is_not_saved_again_over_what_others_have_changed_since() {
        let (mut one, mut other, mut file) = (Memory::default(), Memory::default(), Saved::default());
        let (work, nine) = nine();
        one.set_progress(work.clone(), "chapter 5".parse().ok());
        one.take_changes().apply(&mut file);
        other.set_progress(work.clone(), Some(nine.clone()));
        other.take_changes().apply(&mut file);
        one.take_changes().apply(&mut file);
        let mut next = Memory::default();
        next.recall(file);
        assert_eq!(next.recalled_progress().collect::<Vec<_>>(), [(work, nine)]);
    }

    #[test]
    fn what_is_as_it_was_is_no_change() {
        let mut memory = Memory::default();
        let mut file = Saved::default();
        memory.set_place("a".into(), SOMEWHERE);
        memory.take_changes().apply(&mut file);
        memory.recall(file);
        memory.set_read("a".into(), false);
        memory.set_place("a".into(), SOMEWHERE);
        memory.set_place("b".into(), Place::default());
        memory.set_progress(WorkId::read("w (?, ?)"), None);
        assert!(memory.take_changes().is_empty(), "nothing was done");
        memory.set_place("a".into(), Place::default());
        assert!(!memory.take_changes().is_empty(), "going back to the start is a change");
    }

    #[test]
    fn what_happens_before_anything_is_recalled_holds() {
        let mut memory = Memory::default();
        memory.set_read("a".into(), true);
        memory.recall(Saved::default());
        assert!(memory.is_read("a"));
    }

    #[test]
    fn the_state_file_is_toml_that_reads_back_with_what_others_keep_in_it() {
        let mut saved =
            Saved::parse("version = 1\nlast = 'x'\n[bookmarks]\na = [1, 2]\n").expect("it is one");
        let mut memory = Memory::default();
        memory.set_read("/home/a \"b\"\\c/x".into(), true);
        memory.set_place("n".into(), SOMEWHERE);
        memory.set_progress(WorkId::read("w (?, ?)"), "S01E02".parse().ok());
        memory.take_changes().apply(&mut saved);
        let text = toml::to_string(&saved).expect("it can be written");
        assert!(text.contains("last = \"x\"") && text.contains("[bookmarks]"), "{text}");
        assert_eq!(Saved::parse(&text), Ok(saved));
    }

    #[test]
    fn a_file_of_another_kind_is_told_from_a_newer_one() {
        for (text, read) in [
            ("version = 2\nread = 5", Err(Unusable::Newer)),
            ("version = 'x'", Err(Unusable::Damaged)),
            ("version = -1", Err(Unusable::Damaged)),
            ("read = 'Rosebud'", Err(Unusable::Damaged)),
            ("[[[", Err(Unusable::Damaged)),
            ("", Ok(Saved::default())),
        ] {
            assert_eq!(Saved::parse(text), read, "{text}");
        }
    }
}
