//! The format of the state file, and the changes that runs make to it. It does not know where the file is, and knows
//! nothing of locks or of when anything is saved.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::typeset::Place;
use crate::work::{Progress, ProgressChanges, ProgressFile, Unusable, WorkId};

/// The contents of the state file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    version: u32,
    pub(super) read: BTreeSet<String>,
    /// Section and offset.
    pub(super) places: BTreeMap<String, (u32, u32)>,
    /// In the state file itself, only what versions without a progress file have left there.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) progress: BTreeMap<String, String>,
    /// For each review, the point up to which everything open has been read.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) caught_up: BTreeMap<String, String>,
    /// For each review that was read, the number of the reading: the latest has the largest.
    pub(super) turns: BTreeMap<String, u32>,
    /// Section and offset of the bookmark in a review.
    pub(super) bookmarks: BTreeMap<String, (u32, u32)>,
    /// The list of each library as it was last left.
    pub(super) lists: BTreeMap<String, ListState>,
    /// The history of filters, the latest last.
    pub(super) filters: Vec<String>,
    /// The history of searches in texts, the latest last.
    pub(super) searches: Vec<String>,
    /// Keys that this program does not know must not be lost.
    #[serde(flatten)]
    other: toml::Table,
}

/// The state of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListState {
    /// The name of the selected file.
    pub selected: Option<String>,
    /// The order, in the form of the command line.
    pub sort: Option<String>,
    /// The grouping.
    pub group: Option<String>,
    /// The filter.
    pub filter: Option<String>,
}

/// The maximum number of lines in each history.
const MOST_LINES: usize = 100;

/// Moves a line to the end of a history.
fn record(history: &mut Vec<String>, line: &str) {
    history.retain(|past| past != line);
    history.push(line.to_owned());
    let surplus = history.len().saturating_sub(MOST_LINES);
    history.drain(..surplus);
}

/// The version of the file format.
const VERSION: u32 = 1;

impl Saved {
    /// Reads the text of a state file.
    ///
    /// # Errors
    /// If it has a later version, or is not a state file. The text is not quoted.
    pub fn parse(text: &str) -> Result<Self, Unusable> {
        let table: toml::Table = text.parse().map_err(|_| Unusable::Damaged)?;
        match table.get("version").map(toml::Value::as_integer) {
            Some(Some(version)) if version > i64::from(VERSION) => Err(Unusable::Newer),
            _ => table.try_into().map_err(|_| Unusable::Damaged),
        }
    }

    /// The names of all reviews that anything is remembered about, and what that is.
    #[must_use]
    pub fn reviews(&self) -> BTreeMap<&str, Vec<&'static str>> {
        let read = self.read.iter().map(|name| (name, "read"));
        let places = self.places.keys().map(|name| (name, "place"));
        let bookmarks = self.bookmarks.keys().map(|name| (name, "bookmark"));
        let caught_up = self.caught_up.keys().map(|name| (name, "what had opened"));
        let mut reviews = BTreeMap::<_, Vec<_>>::new();
        for (name, what) in read.chain(places).chain(bookmarks).chain(caught_up) {
            reviews.entry(name.as_str()).or_default().push(what);
        }
        reviews
    }

    /// The names of the libraries whose lists are remembered.
    pub fn libraries(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// The same, with the progress from its own file.
    #[must_use]
    pub fn with_progress(mut self, file: &ProgressFile) -> Self {
        let line = |(work, progress): (&WorkId, &Progress)| (work.to_string(), progress.to_string());
        self.progress = file.lines().map(line).collect();
        self
    }

    /// The progress in it, as changes to an empty progress file.
    #[must_use]
    pub fn progress(&self) -> ProgressChanges {
        let line =
            |(work, progress): (&String, &String)| Some((WorkId::read(work), Some(progress.parse().ok()?)));
        self.progress.iter().filter_map(line).collect()
    }

    /// The number of lines in the histories.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.filters.len() + self.searches.len()
    }
}

/// What has changed since changes were last taken to be saved.
///
/// Only changes are saved, so that nothing another program has saved in the meantime is undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateChanges {
    /// The number of each reading; `None` for a review marked as unread.
    pub(super) read: BTreeMap<String, Option<u32>>,
    pub(super) places: BTreeMap<String, Place>,
    pub(super) progress: ProgressChanges,
    pub(super) caught_up: BTreeMap<String, Progress>,
    pub(super) bookmarks: BTreeMap<String, Option<Place>>,
    pub(super) lists: BTreeMap<String, ListState>,
    pub(super) filters: Vec<String>,
    pub(super) searches: Vec<String>,
    /// Reviews to forget.
    pub(super) forgotten: BTreeSet<String>,
}

impl StateChanges {
    /// Changes to progress only.
    #[must_use]
    pub fn of_progress(progress: ProgressChanges) -> Self {
        StateChanges { progress, ..StateChanges::default() }
    }

    /// The changes to progress, which has a file of its own.
    #[must_use]
    pub fn progress(&self) -> &ProgressChanges {
        &self.progress
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

    /// Adds later changes.
    pub fn extend(&mut self, later: StateChanges) {
        self.read.extend(later.read);
        self.places.extend(later.places);
        self.progress.extend(later.progress);
        self.caught_up.extend(later.caught_up);
        self.bookmarks.extend(later.bookmarks);
        self.lists.extend(later.lists);
        self.filters.extend(later.filters);
        self.searches.extend(later.searches);
        self.forgotten.extend(later.forgotten);
    }

    /// Applies these changes to the current contents of the state file.
    pub fn apply(&self, saved: &mut Saved) {
        saved.version = VERSION;
        for name in &self.forgotten {
            saved.read.remove(name);
            saved.turns.remove(name);
            saved.places.remove(name);
            saved.caught_up.remove(name);
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
        let caught_up = self.caught_up.iter().map(|(name, at)| (name.clone(), at.to_string()));
        saved.caught_up.extend(caught_up);
        for (work, progress) in &self.progress {
            match progress {
                Some(progress) => saved.progress.insert(work.to_string(), progress.to_string()),
                None => saved.progress.remove(work.as_str()),
            };
        }
    }
}
