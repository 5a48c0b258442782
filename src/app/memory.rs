//! What is remembered from run to run: which reviews were read, where their readers stopped, and how far they have got in
//! a work. Never which curtains were lifted, and no measure of what is behind one. It knows the form of the state file and
//! nothing of where that is, or of locks.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::typeset::Place;
use crate::work::{Progress, WorkId};

/// The contents of the state file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    version: u32,
    read: BTreeSet<String>,
    /// Section and offset.
    places: BTreeMap<String, (u32, u32)>,
    progress: BTreeMap<String, String>,
    /// For what was read, its turn: the last one read has the largest number.
    turns: BTreeMap<String, u32>,
    /// Section and offset of the bookmark in a review.
    bookmarks: BTreeMap<String, (u32, u32)>,
    /// How the list of each library was when it was last left.
    lists: BTreeMap<String, ListState>,
    /// What was typed as a filter, the latest last.
    filters: Vec<String>,
    /// What was looked for in texts, the latest last.
    searches: Vec<String>,
    /// What this program knows nothing of is not its to throw away.
    #[serde(flatten)]
    other: toml::Table,
}

/// How a list was when it was last left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListState {
    /// The name of the selected file.
    pub selected: Option<String>,
    /// The order, as the command line has it.
    pub sort: Option<String>,
    /// What the list was grouped by.
    pub group: Option<String>,
    /// What the list was narrowed to.
    pub filter: Option<String>,
}

/// Lines of one kind that were typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// Those that filtered the list.
    Filters,
    /// Those that were searched for in texts.
    Searches,
}

/// Lines of each kind that are kept.
const MOST_LINES: usize = 100;

/// Puts a line at the end of a history, once.
fn record(history: &mut Vec<String>, line: &str) {
    history.retain(|past| past != line);
    history.push(line.to_owned());
    let surplus = history.len().saturating_sub(MOST_LINES);
    history.drain(..surplus);
}

/// The version of the state file's form.
const VERSION: u32 = 1;

/// Why a text is of no use as a state file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It is of a later version of the form.
    Newer,
    /// It is not a state file at all.
    Damaged,
}

impl Saved {
    /// Reads the text of a state file.
    ///
    /// # Errors
    /// If it is of a later version, or no state file. The text is not quoted.
    pub fn parse(text: &str) -> Result<Self, Unusable> {
        let table: toml::Table = text.parse().map_err(|_| Unusable::Damaged)?;
        match table.get("version").map(toml::Value::as_integer) {
            Some(Some(version)) if version > i64::from(VERSION) => Err(Unusable::Newer),
            _ => table.try_into().map_err(|_| Unusable::Damaged),
        }
    }

    /// The names of all reviews of which something is known, each with what that is.
    #[must_use]
    pub fn reviews(&self) -> BTreeMap<&str, Vec<&'static str>> {
        let read = self.read.iter().map(|name| (name, "read"));
        let places = self.places.keys().map(|name| (name, "place"));
        let bookmarks = self.bookmarks.keys().map(|name| (name, "bookmark"));
        let mut reviews = BTreeMap::<_, Vec<_>>::new();
        for (name, what) in read.chain(places).chain(bookmarks) {
            reviews.entry(name.as_str()).or_default().push(what);
        }
        reviews
    }

    /// The names of the libraries whose lists are known.
    pub fn libraries(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// How many lines were typed that are known.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.filters.len() + self.searches.len()
    }
}

/// What has changed since the last time that changes were taken out to be saved.
///
/// Only changes are saved: what another program that runs at the same time has saved meanwhile is not undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateChanges {
    /// The turn of what was read; nothing for what is unread again.
    read: BTreeMap<String, Option<u32>>,
    places: BTreeMap<String, Place>,
    progress: ProgressChanges,
    bookmarks: BTreeMap<String, Option<Place>>,
    lists: BTreeMap<String, ListState>,
    filters: Vec<String>,
    searches: Vec<String>,
    /// Reviews of which nothing is to be known any more.
    forgotten: BTreeSet<String>,
}

/// For each work the progress to record, or nothing if it is to be forgotten.
pub type ProgressChanges = BTreeMap<WorkId, Option<Progress>>;

impl StateChanges {
    /// Changes to nothing but progress.
    #[must_use]
    pub fn of_progress(progress: ProgressChanges) -> Self {
        StateChanges { progress, ..StateChanges::default() }
    }

    /// Forgets everything about a review.
    #[must_use]
    pub fn forgetting(names: impl IntoIterator<Item = String>) -> Self {
        StateChanges { forgotten: names.into_iter().collect(), ..StateChanges::default() }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == StateChanges::default()
    }

    /// Adds changes that were made after these.
    pub fn extend(&mut self, later: StateChanges) {
        self.read.extend(later.read);
        self.places.extend(later.places);
        self.progress.extend(later.progress);
        self.bookmarks.extend(later.bookmarks);
        self.lists.extend(later.lists);
        self.filters.extend(later.filters);
        self.searches.extend(later.searches);
        self.forgotten.extend(later.forgotten);
    }

    /// Makes these changes to what is in the state file by now.
    pub fn apply(&self, saved: &mut Saved) {
        saved.version = VERSION;
        for name in &self.forgotten {
            saved.read.remove(name);
            saved.turns.remove(name);
            saved.places.remove(name);
            saved.bookmarks.remove(name);
            for list in saved.lists.values_mut() {
                list.selected = list.selected.take().filter(|selected| selected != name);
            }
        }
        for (name, place) in &self.bookmarks {
            match place {
                Some(place) => saved.bookmarks.insert(name.clone(), (place.section, place.offset)),
                None => saved.bookmarks.remove(name),
            };
        }
        saved.lists.extend(self.lists.clone());
        self.filters.iter().for_each(|line| record(&mut saved.filters, line));
        self.searches.iter().for_each(|line| record(&mut saved.searches, line));
        for (name, turn) in &self.read {
            saved.turns.remove(name);
            match turn {
                Some(turn) => {
                    saved.turns.insert(name.clone(), *turn);
                    saved.read.insert(name.clone())
                }
                None => saved.read.remove(name),
            };
        }
        for (name, place) in &self.places {
            match *place == Place::default() {
                true => saved.places.remove(name),
                false => saved.places.insert(name.clone(), (place.section, place.offset)),
            };
        }
        for (work, progress) in &self.progress {
            match progress {
                Some(progress) => saved.progress.insert(work.to_string(), progress.to_string()),
                None => saved.progress.remove(work.as_str()),
            };
        }
    }
}

/// All that is known, and what of it has yet to be saved.
#[derive(Debug, Default)]
pub struct Memory {
    known: Saved,
    unsaved: StateChanges,
    /// The latest turn.
    turn: u32,
    /// Changes when what was read does.
    reads_revision: u64,
}

impl Memory {
    /// Takes in what was saved before this run.
    pub fn recall(&mut self, saved: Saved) {
        self.turn = self.turn.max(saved.turns.values().copied().max().unwrap_or(0));
        self.known = saved;
        self.reads_revision += 1;
        self.unsaved.apply(&mut self.known);
    }

    /// Whether anything has yet to be saved.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        !self.unsaved.is_empty()
    }

    /// Takes out what has yet to be saved.
    pub fn take_changes(&mut self) -> StateChanges {
        std::mem::take(&mut self.unsaved)
    }

    fn change(&mut self, changes: StateChanges) {
        changes.apply(&mut self.known);
        self.unsaved.extend(changes);
    }

    /// How far the reader had got in each work, as far as that can be read.
    pub fn recalled_progress(&self) -> impl Iterator<Item = (WorkId, Progress)> {
        let progress = self.known.progress.iter();
        progress.filter_map(|(work, point)| Some((WorkId::read(work), point.parse().ok()?)))
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

    /// Takes down that a review has been read, or that it has not.
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

    /// Where a review's reader stopped.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<Place> {
        self.known.places.get(name).map(|&(section, offset)| Place { section, offset, within: 0 })
    }

    /// Takes down where the reader is. The place must be one that says nothing of hidden text. Whoever has not moved has
    /// changed nothing: the place may be another by now in the state file.
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

    /// Sets the bookmark in a review, or removes it. The place must be one that says nothing of hidden text.
    pub fn set_bookmark(&mut self, name: String, place: Option<Place>) {
        self.change(StateChanges { bookmarks: [(name, place)].into(), ..StateChanges::default() });
    }

    /// How the list of a library was when it was last left.
    #[must_use]
    pub fn list(&self, library: &str) -> Option<&ListState> {
        self.known.lists.get(library)
    }

    /// Notes how the list of a library is now.
    pub fn set_list(&mut self, library: &str, list: ListState) {
        if self.list(library) != Some(&list) {
            self.change(StateChanges {
                lists: [(library.to_owned(), list)].into(),
                ..StateChanges::default()
            });
        }
    }

    /// The lines of a kind, the latest last.
    #[must_use]
    pub fn history(&self, kind: History) -> &[String] {
        match kind {
            History::Filters => &self.known.filters,
            History::Searches => &self.known.searches,
        }
    }

    /// Notes a line that was typed.
    pub fn record(&mut self, kind: History, line: &str) {
        let lines = vec![line.to_owned()];
        self.change(match kind {
            History::Filters => StateChanges { filters: lines, ..StateChanges::default() },
            History::Searches => StateChanges { searches: lines, ..StateChanges::default() },
        });
    }

    /// Notes how far the reader has got in a work.
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
