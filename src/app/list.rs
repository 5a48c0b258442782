//! The list: an order of the library's files, the selected one, and the rows on the screen.

use std::collections::BTreeSet;

use super::Filter;
use super::hits::Hits;
use super::rows::{Results, Row};
use crate::curtain::{Curtains, ReviewId};
use crate::find::{Gathered, Hit, Rank, Rows, newest_first, rank};
use crate::keymap::Step;
use crate::library::{Applied, Library};

/// The list's state.
#[derive(Debug, Default)]
pub struct List {
    /// All files, newest first: the sort key and id of each.
    all: Vec<(Rank, ReviewId)>,
    /// The results shown in its place, if there is a filter.
    shown: Option<Results>,
    selected: usize,
    /// The row at the top of the pane.
    top: usize,
    /// Whether the reader has chosen the selected row; until then, the list stays at its top while it fills.
    is_chosen: bool,
    /// The file to select once it appears, and the row to put at the top: what Esc restores.
    wanted: Option<(ReviewId, usize)>,
    pub(super) filter: Filter,
    hits: Hits,
    /// How often the files in the list, or their order, have changed.
    revision: u64,
}

impl List {
    /// Inserts files in order, and removes those that are gone. The selected file stays selected, at the same place on
    /// the screen.
    pub fn apply(&mut self, library: &Library, applied: &Applied) {
        self.revision += 1;
        let selected = self.selected();
        let replaced: BTreeSet<_> = applied.replaced.iter().map(|entry| entry.id()).collect();
        let removed: BTreeSet<_> = applied.removed.iter().map(|entry| entry.id()).collect();
        if !(replaced.is_empty() && removed.is_empty()) {
            self.all.retain(|(_, id)| !replaced.contains(id) && !removed.contains(id));
        }
        let new = applied.added.iter().chain(&replaced);
        self.all.extend(new.map(|id| (rank(library, *id), *id)));
        newest_first(library, &mut self.all);
        if self.shown.is_none() && self.is_chosen {
            self.select(selected);
        } else if !removed.is_empty() {
            // Until the filter is applied again, removed files must not be among its results.
            self.retain(|id| !removed.contains(&id));
        }
    }

    /// The list's filter.
    #[must_use]
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Shows all files in the default order.
    pub(super) fn show_all(&mut self) {
        self.revision += 1;
        let selected = self.selected();
        self.shown = None;
        self.arrive(selected);
    }

    /// Shows the results of a search.
    pub(super) fn show(&mut self, found: Rows) {
        self.revision += 1;
        let selected = self.selected();
        self.shown = Some(Results::new(found, &self.filter));
        self.arrive(selected);
    }

    /// Identifies what is in the list, to tell when something derived from it is stale.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// Everything in it, including what is in folded groups.
    pub(super) fn ids(&self) -> Vec<ReviewId> {
        match &self.shown {
            None => self.all.iter().map(|(_, id)| *id).collect(),
            Some(shown) => shown.keys(),
        }
    }

    /// The results, including those in folded groups.
    pub(super) fn found(&self) -> Vec<ReviewId> {
        self.shown.as_ref().map(Results::keys).unwrap_or_default()
    }

    /// Removes rows that no longer match.
    pub(super) fn retain(&mut self, keep: impl Fn(ReviewId) -> bool) {
        self.revision += 1;
        if let Some(shown) = self.shown.take() {
            let selected = shown.row(self.selected);
            let mut found = shown.into_found();
            found.retain(keep);
            self.shown = Some(Results::new(found, &self.filter));
            if let Some(Row::File(key)) = selected {
                self.select(Some(key));
            }
        }
    }

    /// While the reader types, the best row is selected; otherwise, the same file as before.
    fn arrive(&mut self, selected: Option<ReviewId>) {
        if let Some((key, top)) = self.wanted.take() {
            self.select(Some(key));
            self.top = top;
        } else if self.filter.is_typing() || !self.is_chosen {
            (self.selected, self.top) = (self.first_file(), 0);
        } else {
            self.select(selected);
            self.show_heading();
        }
    }

    /// If a group begins at the top of the pane, its heading should be visible too.
    fn show_heading(&mut self) {
        let Some(above) = self.top.checked_sub(1) else { return };
        if matches!(self.row(above), Some(Row::Head(_))) {
            self.top = above;
        }
    }

    /// Whether the row is selected that was when the reader began to type, or the one that is while they do.
    pub(super) fn is_where_typing_began(&self) -> bool {
        self.selected == self.first_file() || self.selected() == self.filter.selected_before()
    }

    /// The first row that is not a heading.
    fn first_file(&self) -> usize {
        self.rows().position(|row| matches!(row, Row::File(_))).unwrap_or(0)
    }

    /// Selects a file at its new row, at the same height on the screen.
    fn select(&mut self, file: Option<ReviewId>) {
        let now = file.and_then(|key| self.rows().position(|row| row == Row::File(key)));
        if let Some(now) = now {
            self.top = (self.top + now).saturating_sub(self.selected);
            self.selected = now;
        }
    }

    /// Selects a file as soon as it is in the list.
    pub(super) fn want(&mut self, file: Option<ReviewId>, top: usize) {
        self.wanted = file.map(|key| (key, top));
    }

    /// Folds or unfolds the group of the selected row. Returns whether there is one.
    pub(super) fn toggle_fold(&mut self) -> bool {
        let Some(shown) = &self.shown else { return false };
        let head = (0..=self.selected).rev().find_map(|at| match shown.row(at)? {
            Row::Head(number) => Some((at, shown.group(number)?)),
            Row::File(_) => None,
        });
        let Some((at, group)) = head else { return false };
        self.filter.toggle_fold(&group.heading);
        self.selected = at;
        if let Some(shown) = self.shown.take() {
            self.shown = Some(Results::new(shown.into_found(), &self.filter));
        }
        true
    }

    /// Whether the list is in groups.
    pub(super) fn is_grouped(&self) -> bool {
        matches!(self.shown, Some(Results::Gathered { .. }))
    }

    /// Folds all groups, or unfolds them if all are folded. Returns whether there are any.
    pub(super) fn toggle_all_folds(&mut self) -> bool {
        let Some(Results::Gathered { groups, .. }) = &self.shown else { return false };
        let headings: Vec<_> = groups.iter().map(|group| group.heading.clone()).collect();
        let selected = self.group_of(self.selected);
        self.filter.toggle_all_folds(&headings);
        if let Some(shown) = self.shown.take() {
            self.shown = Some(Results::new(shown.into_found(), &self.filter));
        }
        let head = selected.and_then(|number| self.rows().position(|row| row == Row::Head(number)));
        self.selected = head.unwrap_or(0);
        true
    }

    /// The number of the group that a row belongs to.
    fn group_of(&self, row: usize) -> Option<usize> {
        (0..=row).rev().find_map(|at| match self.row(at)? {
            Row::Head(number) => Some(number),
            Row::File(_) => None,
        })
    }

    /// Selects the next row of a kind, or with `back` the previous one. Returns whether there is one.
    pub(super) fn step_to(&mut self, back: bool, is_wanted: impl Fn(Row) -> bool) -> bool {
        let is_wanted = |at: &usize| self.row(*at).is_some_and(&is_wanted);
        let found = match back {
            true => (0..self.selected).rev().find(is_wanted),
            false => (self.selected + 1..self.len()).find(is_wanted),
        };
        self.selected = found.unwrap_or(self.selected);
        found.is_some()
    }

    /// Selects the next other file that is wanted, wrapping around at the end. Returns whether there is one.
    pub(super) fn seek(&mut self, is_wanted: impl Fn(ReviewId) -> bool) -> bool {
        let is_wanted = |at: &usize| matches!(self.row(*at), Some(Row::File(id)) if is_wanted(id));
        let found = (self.selected + 1..self.len()).chain(0..self.selected).find(is_wanted);
        self.selected = found.unwrap_or(self.selected);
        found.is_some()
    }

    /// Whether the selected row is the heading of a group.
    #[must_use]
    pub fn is_head_selected(&self) -> bool {
        matches!(self.row(self.selected), Some(Row::Head(_)))
    }

    /// The group with this number.
    #[must_use]
    pub fn group(&self, number: usize) -> Option<&Gathered> {
        self.shown.as_ref()?.group(number)
    }

    fn row(&self, at: usize) -> Option<Row> {
        match &self.shown {
            None => self.all.get(at).map(|(_, key)| Row::File(*key)),
            Some(shown) => shown.row(at),
        }
    }

    fn rows(&self) -> impl Iterator<Item = Row> {
        (0..self.len()).filter_map(|at| self.row(at))
    }

    /// The selected file, or the first one of the group whose heading is selected.
    #[must_use]
    pub fn selected(&self) -> Option<ReviewId> {
        match self.row(self.selected)? {
            Row::File(key) => Some(key),
            Row::Head(number) => self.group(number)?.keys.first().copied(),
        }
    }

    /// How many files are in the list, folded ones included.
    #[must_use]
    pub fn files(&self) -> usize {
        self.shown.as_ref().map_or(self.all.len(), Results::files)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shown.as_ref().map_or(self.all.len(), Results::len)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where the rows on a pane begin and end among all rows, from 0 to 1, or `None` if all of them fit.
    #[must_use]
    pub fn extent(&self, height: usize) -> Option<(f64, f64)> {
        #[expect(clippy::cast_precision_loss, reason = "a part of a screen needs no more")]
        let part = |row: usize| row as f64 / self.len() as f64;
        (self.len() > height).then(|| (part(self.top), part((self.top + height).min(self.len()))))
    }

    /// The number of the selected file among all in the list, from 1; `None` on a heading, or if groups are folded.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        match (&self.shown, self.row(self.selected)?) {
            (_, Row::Head(_)) => None,
            (None, _) => Some(self.selected + 1),
            (Some(shown), _) => shown.position(self.selected),
        }
    }

    /// The group of the row at the top of the pane, if its heading is above the pane.
    #[must_use]
    pub fn heading_above(&self) -> Option<usize> {
        self.shown.as_ref()?.heading_above(self.top)
    }

    /// The row at the top of the pane.
    pub(super) fn top(&self) -> usize {
        self.top
    }

    /// The rows on a pane of this height, and whether each is selected.
    pub fn visible(&self, height: usize) -> impl Iterator<Item = (Row, bool)> {
        let end = self.top.saturating_add(height).min(self.len());
        (self.top.min(end)..end).filter_map(|at| Some((self.row(at)?, at == self.selected)))
    }

    /// Whether the reader has chosen the selected row.
    pub(super) fn is_chosen(&self) -> bool {
        self.is_chosen
    }

    /// Selects a file again. Returns whether it is in the list.
    pub(super) fn return_to(&mut self, id: ReviewId) -> bool {
        self.is_chosen = true;
        self.select(Some(id));
        self.selected() == Some(id)
    }

    /// Records that the reader is at this row: from now on, it stays in place.
    pub fn choose(&mut self) {
        self.is_chosen = true;
    }

    /// Moves the selection.
    pub fn go(&mut self, step: Step, height: usize) {
        let page = height.saturating_sub(1).max(1);
        let half = (height / 2).max(1);
        self.selected = match step {
            Step::Down => self.selected.saturating_add(1),
            Step::Up => self.selected.saturating_sub(1),
            Step::HalfDown => self.selected.saturating_add(half),
            Step::HalfUp => self.selected.saturating_sub(half),
            Step::PageDown => self.selected.saturating_add(page),
            Step::PageUp => self.selected.saturating_sub(page),
            Step::Start => 0,
            Step::End => usize::MAX,
        };
        self.settle(height);
    }

    /// Selects the row `row` rows below the top of the pane, if there is one.
    pub fn select_visible(&mut self, row: usize) -> bool {
        let row = self.top + row;
        let exists = row < self.len();
        if exists {
            self.selected = row;
        }
        exists
    }

    /// Scrolls the pane under the selection, which moves only as far as needed to stay visible.
    pub fn scroll(&mut self, rows: isize, height: usize) {
        let last_top = self.len().saturating_sub(height);
        self.top = self.top.saturating_add_signed(rows).min(last_top);
        self.selected = self.selected.clamp(self.top, self.top + height.saturating_sub(1));
        self.settle(height);
    }

    /// Finds the filter's quoted words in the rows on the pane, unless this has already been done.
    pub(super) fn settle_hits(&mut self, library: &Library, curtains: &Curtains, height: usize) {
        let mut hits = std::mem::take(&mut self.hits);
        let files = self.visible(height).filter_map(|(row, _)| match row {
            Row::File(key) => Some(key),
            Row::Head(_) => None,
        });
        hits.settle(&self.filter.parsed().query, library, curtains, files);
        self.hits = hits;
    }

    /// The first hit of the filter's quoted words in a review on the pane.
    #[must_use]
    pub fn hit(&self, key: ReviewId) -> Option<&Hit> {
        self.hits.get(key)
    }

    /// Restores the invariants: a row is selected if there is one, it is visible, and no room is wasted.
    pub fn settle(&mut self, height: usize) {
        self.selected = self.selected.min(self.len().saturating_sub(1));
        if self.heading_above().is_some() && height > 1 && self.top == self.selected {
            // The heading of the group is drawn over the row at the top.
            self.top -= 1;
        }
        let lowest = self.selected.saturating_sub(height.saturating_sub(1));
        let last_top = self.len().saturating_sub(height.max(1));
        self.top = self.top.clamp(lowest, self.selected).min(last_top.max(lowest));
    }
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
