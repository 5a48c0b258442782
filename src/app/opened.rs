//! What has opened: passages that the reader's progress has opened and that they have not read yet.
//!
//! For each review, the state file only has the point up to which everything open has been read, which says nothing
//! about what is hidden. What was read beyond that point is known during this run.

use super::{App, Pane};
use crate::curtain::{Region, ReviewId};
use crate::keymap::Action;
use crate::review::OpenedPassage;
use crate::typeset::{Cursor, Page, Place};
use crate::work::Progress;

impl App {
    /// The passages of a review that have opened and have not been read yet.
    #[must_use]
    pub fn opened_in(&self, id: ReviewId) -> Vec<OpenedPassage> {
        let Some(visible) = self.library.visible(&self.curtains, id) else { return Vec::new() };
        if visible.progress().is_none() {
            return Vec::new();
        }
        let name = self.library.get(id).map(|entry| entry.full_name()).unwrap_or_default();
        let caught_up = self.memory.caught_up(&name);
        let opened = visible.opened_since(caught_up.as_ref());
        opened.filter(|passage| !self.front.seen.contains(&(id, passage.number))).collect()
    }

    /// Records what has been on the screen until an action follows. Setting progress or searching does not count as
    /// reading on.
    pub(super) fn note_seen(&mut self, action: Action) {
        let is_reading = !matches!(
            action,
            Action::StepOn
                | Action::StepBack
                | Action::Progress
                | Action::Undo
                | Action::Preview
                | Action::Help
                | Action::Palette
                | Action::Redraw
        );
        let is_own = self.front.overlay.is_none() && self.front.preview.is_none();
        if !is_reading || !is_own || !self.curtains.has_progress() {
            return;
        }
        let height = self.height();
        let (id, ended) = match &self.front.room {
            Some(room) => match room.on_screen(height) {
                Some((id, page, top)) => (id, ended(page, top, room.text_height(height))),
                None => return,
            },
            None => match self.list.selected().filter(|_| self.screen.pane == Pane::Text) {
                Some(id) => (id, ended(self.reader.page(), self.reader.first(height), height)),
                None => return,
            },
        };
        let opened = self.opened_in(id);
        let seen: Vec<_> = opened.iter().filter(|passage| ended.contains(&passage.number)).collect();
        if !seen.is_empty() {
            self.front.seen.extend(seen.into_iter().map(|passage| (id, passage.number)));
            self.catch_up(id, &opened);
        }
    }

    /// Remembers up to which point everything open in a review has been read: to the reader's place in the work, or to
    /// the last gate before an unread passage.
    fn catch_up(&mut self, id: ReviewId, opened: &[OpenedPassage]) {
        let Some(entry) = self.library.get(id).cloned() else { return };
        let Some(visible) = self.library.visible(&self.curtains, id) else { return };
        let name = entry.full_name();
        let before = self.memory.caught_up(&name);
        let unread = self.opened_in(id).iter().map(|passage| passage.rank).min();
        let now = match unread {
            None => visible.progress().cloned(),
            Some(unread) => {
                let read = opened.iter().filter(|passage| passage.rank < unread);
                let last = read.max_by_key(|passage| passage.rank);
                let gate = last.and_then(|passage| visible.gate_of(passage.number));
                gate.map(|gate| Progress::new(gate.clone(), visible.scale().own_unit()))
            }
        };
        if let Some(now) = now {
            self.memory.set_caught_up(name, now.after(before.as_ref()));
        }
    }

    /// Goes to the next passage that has opened, in the order of the work, first through all its reviews and then
    /// through other works.
    pub(super) fn go_to_opened(&mut self) {
        let all = self.all_opened();
        let here = self.here().map(|(id, place)| (id, place.section));
        let at = all.iter().position(|(id, passage)| Some((*id, passage.number + 1)) == here);
        let next = at.map_or(0, |at| (at + 1) % all.len().max(1));
        let Some((id, passage)) = all.get(next).copied() else {
            return self.notify("you have read everything that has opened");
        };
        let from = self.here();
        self.jumps.leave(from);
        self.read_at(id, Place { section: passage.number + 1, offset: 0, within: 0 });
        self.reader.await_focus(id, Region::passage(passage.number));
        self.notify(&match all.len() - 1 {
            0 => "this has opened since".to_owned(),
            others => format!("this has opened since, and {others} more"),
        });
    }

    /// Everything that has opened, starting with the work of the selected review.
    fn all_opened(&self) -> Vec<(ReviewId, OpenedPassage)> {
        let here = self.selected().and_then(|entry| entry.review()).map(|review| review.work_key());
        let mut all = Vec::new();
        for entry in self.library.entries() {
            let Some(review) = entry.review() else { continue };
            let opened = self.opened_in(entry.id());
            let is_elsewhere = Some(review.work_key()) != here;
            let work = (is_elsewhere, review.work_title());
            all.extend(opened.into_iter().map(|passage| (work, passage.rank, entry.id(), passage)));
        }
        all.sort_by_key(|(work, rank, id, passage)| (*work, *rank, *id, passage.number));
        all.into_iter().map(|(_, _, id, passage)| (id, passage)).collect()
    }

    /// Opens a review at a place. A filter that excludes the review is cleared.
    pub(super) fn read_at(&mut self, id: ReviewId, place: Place) {
        self.front.room = None;
        if !self.list.return_to(id) {
            self.list.filter.replace("");
            self.list.want(Some(id), 0);
        }
        self.list.choose();
        self.reader.go_to_place(id, place);
        self.screen.pane = Pane::Text;
    }
}

/// The passages that end among the lines of a window.
fn ended(page: &Page, top: Cursor, height: usize) -> Vec<u32> {
    let mut ended = Vec::new();
    let mut passage = None;
    for (row, (_, line)) in page.lines_from(top).enumerate() {
        let here = line.place.section.checked_sub(1);
        if here != passage {
            ended.extend(passage);
            if row >= height {
                return ended;
            }
            passage = here;
        }
    }
    ended.extend(passage);
    ended
}
