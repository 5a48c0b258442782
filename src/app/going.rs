//! Moving from review to review: the next one, the next unread one, the next group.

use super::{App, Pane, Row};
use crate::curtain::ReviewId;
use crate::keymap::Action;

/// What the filter for unread reviews adds to other filters.
const UNREAD: &str = "is:unread";

impl App {
    /// Selects the next review in the list, or with `back` the previous one, whichever pane has the focus.
    pub(super) fn go_to_neighbour(&mut self, back: bool) {
        let from = self.here();
        if self.list.step_to(back, |row| matches!(row, Row::File(_))) {
            self.jumps.leave(from);
        } else {
            self.notify(if back { "this is the first review" } else { "this is the last review" });
        }
        self.list.choose();
    }

    /// Selects the next unread review, wrapping around at the end.
    pub(super) fn go_to_unread(&mut self) {
        let (library, memory) = (&self.library, &self.memory);
        let is_unread = |id: ReviewId| {
            library
                .get(id)
                .is_some_and(|entry| entry.review().is_some() && !memory.is_read(&entry.full_name()))
        };
        let from = self.list.selected().map(|id| (id, self.reader.top_place()));
        if self.list.seek(is_unread) {
            self.jumps.leave(from);
        } else {
            self.notify("no other review in the list is unread");
        }
        self.list.choose();
    }

    /// Selects the heading of the next group, or with `back` of the previous one.
    pub(super) fn go_to_group(&mut self, back: bool) {
        if !self.list.is_grouped() {
            return self.tell_with_key("nothing is grouped", Action::NextGroup, "groups the list");
        }
        self.go_to_list();
        if !self.list.step_to(back, |row| matches!(row, Row::Head(_))) {
            self.notify(if back { "this is the first group" } else { "this is the last group" });
        }
    }

    /// Folds all groups, or unfolds them if all are folded.
    pub(super) fn toggle_all_groups(&mut self) {
        if !self.list.toggle_all_folds() {
            self.tell_with_key("nothing to fold", Action::NextGroup, "groups the list");
        }
    }

    /// Hides reviews that have been read, or shows them again. This is a filter like any other, which can be seen and
    /// edited.
    pub(super) fn toggle_unread_only(&mut self) {
        let text = self.list.filter.text().trim().to_owned();
        let without = match text.strip_suffix(UNREAD).map(str::trim_end) {
            Some(rest) => {
                Some(rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest))
            }
            None => None,
        };
        let (wanted, word) = match without {
            Some(rest) => (rest.to_owned(), "reviews you have read are shown again"),
            None if text.is_empty() => (UNREAD.to_owned(), "reviews you have read are hidden"),
            None => (format!("({text}) {UNREAD}"), "reviews you have read are hidden"),
        };
        self.filter_by(&wanted);
        if self.screen.pane == Pane::Text {
            self.go_to_list();
        }
        self.notify(word);
    }
}
