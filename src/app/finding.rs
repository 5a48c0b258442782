//! Finding things: filtering the list, searching in the text, going from hit to hit.

use std::collections::BTreeSet;

use super::filter::Next;
use super::jumps::Location;
use super::undo::Done;
use super::{App, Effect, Effects, History, Line, Overlay, PageSearch, Pane, Prompt, Purpose};
use crate::curtain::ReviewId;
use crate::find::{Found, Job, first_hit, misses};
use crate::keymap::Action;
use crate::review::Review;
use crate::typeset::Cursor;

/// The state before the reader began to type a search.
#[derive(Debug)]
pub(super) struct BeforeSearch {
    /// The earlier search.
    text: Option<String>,
    /// Where the reader was.
    from: Location,
}

impl App {
    pub(super) fn begin_filter(&mut self) -> Effects {
        let line = self.list.filter.begin(
            self.list.selected(),
            self.list.top(),
            self.memory.history(History::Filters),
        );
        self.front.overlay = Some(Overlay::Prompt(Prompt { purpose: Purpose::Filter, line }));
        let job = self.list.filter.preparation(&self.library, &self.curtains);
        job.map(|job| Effect::Prepare(Box::new(job)).into()).unwrap_or_default()
    }

    /// Begins a filter with an open quote, so that what is typed is searched for in all texts. Words of the current
    /// filter are kept.
    pub(super) fn begin_texts(&mut self) -> Effects {
        self.go_to_list();
        let words = self.list.filter.words().unwrap_or_default();
        let effects = self.begin_filter();
        if let Some(Overlay::Prompt(prompt)) = &mut self.front.overlay {
            prompt.line.restart("\"", &words);
        }
        self.follow();
        effects
    }

    pub(super) fn begin_search(&mut self) {
        let text = self.reader.search().map(|search| search.text().to_owned());
        self.front.before_search = self.here().map(|from| BeforeSearch { text, from });
        let line = Line::new("", self.memory.history(History::Searches));
        self.front.overlay = Some(Overlay::Prompt(Prompt { purpose: Purpose::Search, line }));
    }

    pub(super) fn paste(&mut self, text: &str) -> Effects {
        if let Some(Overlay::Prompt(prompt)) = &mut self.front.overlay {
            prompt.line.paste(text);
        }
        self.follow();
        Effects::default()
    }

    /// Updates the screen to what has been typed.
    pub(super) fn follow(&mut self) {
        self.select_choice(0);
        if let Some(Overlay::Prompt(Prompt { purpose: Purpose::Filter, line })) = &self.front.overlay {
            self.list.filter.set(line.value());
        }
        if let Some(Overlay::Prompt(Prompt { purpose: Purpose::Search, line })) = &self.front.overlay {
            let text = line.value().trim().to_owned();
            self.search_from_before(&text);
        }
    }

    /// Searches the text from where the reader was before they began to type.
    fn search_from_before(&mut self, text: &str) {
        let Some(BeforeSearch { from: (id, place), .. }) = self.front.before_search else { return };
        let height = self.height();
        self.reader.go_to_place(id, place);
        match text.is_empty() {
            true => self.reader.look(None, Cursor::default(), height),
            false => self.reader.look_at(PageSearch::smart(text), place, height),
        }
    }

    pub(super) fn keep_filter(&mut self) {
        if let Some(error) = self.list.filter.parsed().objection() {
            let reason = error.reason.clone();
            return self.notify(&reason);
        }
        if let Some(before) =
            self.list.filter.text_before().filter(|before| *before != self.list.filter.text())
        {
            self.undo.push(Done::Filtered { before: before.to_owned() });
        }
        self.list.filter.keep(self.list.selected().is_none());
        let text = self.list.filter.text().to_owned();
        if !text.trim().is_empty() {
            self.memory.record(History::Filters, &text);
        }
        self.list.choose();
        self.dismiss();
    }

    pub(super) fn keep_search(&mut self) {
        let Some(Overlay::Prompt(Prompt { line, .. })) = &self.front.overlay else { return };
        let text = line.value().trim().to_owned();
        if !text.is_empty() {
            self.memory.record(History::Searches, &text);
        }
        self.search_from_before(&text);
        if let Some(before) = self.front.before_search.take() {
            self.jumps.leave(Some(before.from));
        }
        self.dismiss();
        if self.reader.search().is_some_and(|search| search.count().1 == 0) {
            self.notify("not in the text that may be seen");
        }
    }

    /// Cancels the prompt and restores the earlier state.
    pub(super) fn cancel(&mut self) {
        if let Some(before) = self.list.filter.restore() {
            self.list.want(before.selected, before.top);
        }
        if let Some(BeforeSearch { text, .. }) = &self.front.before_search {
            let text = text.clone().unwrap_or_default();
            self.search_from_before(&text);
        }
        if let Some(BeforeSearch { from: (id, place), .. }) = self.front.before_search.take() {
            self.reader.go_to_place(id, place);
        }
        self.dismiss();
    }

    /// Clears the marks in the text, or the filter of the list.
    pub(super) fn clear_what_was_found(&mut self) {
        match self.screen.pane {
            Pane::Text => self.reader.look(None, Cursor::default(), self.height()),
            Pane::List => {
                if let Some((selected, top)) = self.list.filter.take_place() {
                    self.list.want(selected, top);
                }
                self.filter_by("");
            }
        }
    }

    /// Filters the list as if this had been typed.
    pub(super) fn filter_by(&mut self, text: &str) {
        let before = self.list.filter.text().to_owned();
        if before != text {
            self.list.filter.replace(text);
            self.undo.push(Done::Filtered { before });
        }
    }

    /// Opens the selected review, at the hit if it was found by its text.
    pub(super) fn open(&mut self) {
        if self.list.selected().is_none() {
            return;
        }
        self.screen.pane = Pane::Text;
        let query = self.list.filter.parsed().query.clone();
        let phrase = self.list.filter.phrase().map(PageSearch::of);
        let (Some(search), Some(visible)) = (phrase, self.visible()) else { return };
        let hit = first_hit(&query, visible);
        let height = self.height();
        self.reader.look_at(search, hit.map(|hit| hit.place).unwrap_or_default(), height);
    }

    pub(super) fn step_hit(&mut self, back: bool) {
        let height = self.height();
        match self.reader.step(back, height) {
            None if self.reader.search().is_none() => {
                self.tell_with_key("nothing is searched for", Action::Search, "searches in this text");
            }
            None => self.notify("not in the text that may be seen"),
            Some(true) if back => self.notify("continued from the end"),
            Some(true) => self.notify("continued from the beginning"),
            Some(false) => {}
        }
    }

    pub(super) fn toggle_group(&mut self) {
        if !self.list.toggle_fold() {
            self.tell_with_key("nothing to fold", Action::NextGroup, "groups the list");
        }
    }

    /// Handles the results of a search, unless something else has been requested since.
    pub(super) fn take(&mut self, found: Found) -> Effects {
        if self.list.filter.awaits(&found) {
            self.show_found(found);
        }
        Effects::default()
    }

    /// Shows the results. If the open review is not among them, the reader goes back to the list rather than into
    /// another review.
    fn show_found(&mut self, found: Found) {
        let open = self.list.selected().filter(|_| self.screen.pane == Pane::Text);
        self.list.show(found.rows);
        self.list.filter.set_suggestion(found.suggestion);
        self.leave_what_is_gone(open);
    }

    fn leave_what_is_gone(&mut self, open: Option<ReviewId>) {
        if open.is_some() && self.list.selected() != open {
            self.go_to_list();
            self.notify("the review no longer matches");
        }
    }

    /// Results that may only have matched behind a curtain that is now down: they are removed at once, until the search
    /// returns. The open review and a few others are checked, so that the list does not change needlessly.
    fn doubtful(&self, job: &Job) -> BTreeSet<ReviewId> {
        const MOST: usize = 50;
        let has_curtains = |id: &ReviewId| {
            let review = job.library.get(*id).and_then(|entry| entry.review());
            review.is_some_and(Review::has_spoilers)
        };
        let mut found = self.list.found();
        found.retain(has_curtains);
        found.sort_by_key(|id| Some(*id) != self.list.selected());
        let unchecked = found.split_off(found.len().min(MOST));
        misses(job, found.into_iter()).into_iter().chain(unchecked).collect()
    }

    /// Makes sure that the list is, or soon will be, up to date.
    pub(super) fn settle_list(&mut self) -> Effects {
        match self.list.filter.next(&self.library, &self.curtains, &self.memory) {
            Next::Nothing => {}
            Next::All => self.list.show_all(),
            Next::Rows(found) => self.show_found(found),
            Next::Wait(job) => return Effect::Search(job).into(),
            Next::Recheck(job) => {
                let open = self.list.selected().filter(|_| self.screen.pane == Pane::Text);
                let gone = self.doubtful(&job);
                self.list.retain(|key| !gone.contains(&key));
                self.leave_what_is_gone(open);
                return Effect::Search(job).into();
            }
        }
        Effects::default()
    }
}
