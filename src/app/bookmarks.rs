//! Bookmarks: one in each review, kept from run to run.

use super::{App, Pane, without_measure};
use crate::curtain::ReviewId;
use crate::keymap::Action;

impl App {
    /// Sets the bookmark of the review at the reader's place, or removes it if it is already there.
    pub(super) fn toggle_bookmark(&mut self) {
        let Some(entry) = self.selected() else { return self.notify("select a review first") };
        let (name, review) = (entry.full_name(), entry.review());
        let place = self.reader.top_place();
        let place = review.map(|review| without_measure(review, place)).unwrap_or_default();
        let is_there = self.memory.bookmark(&name) == Some(place);
        self.memory.set_bookmark(name, (!is_there).then_some(place));
        match is_there {
            true => self.notify("bookmark removed"),
            false => self.tell_with_key("bookmark set", Action::NextBookmark, "goes to it"),
        }
    }

    /// Goes to the next bookmark in the list, wrapping around at the end. If only the open review has one, goes to
    /// that.
    pub(super) fn go_to_bookmark(&mut self) {
        let from = self.here();
        let (library, memory) = (&self.library, &self.memory);
        let has_one =
            |id: ReviewId| library.get(id).is_some_and(|entry| memory.bookmark(&entry.full_name()).is_some());
        let is_found = self.list.seek(has_one) || self.list.selected().is_some_and(has_one);
        let Some(id) = self.list.selected().filter(|_| is_found) else {
            return self.tell_with_key(
                "there is no bookmark in the list",
                Action::ToggleBookmark,
                "sets one",
            );
        };
        let name = self.library.get(id).map(|entry| entry.full_name()).unwrap_or_default();
        let Some(place) = self.memory.bookmark(&name) else { return };
        self.jumps.leave(from);
        self.list.choose();
        self.screen.pane = Pane::Text;
        self.reader.go_to_place(id, place);
    }
}
