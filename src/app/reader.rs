//! The text pane: a page, the line at its top, the focused curtain.
//!
//! The reader's place is stored as a place in the text; the line at the top is derived from it.

use std::collections::HashMap;

use super::{PageSearch, scroll};
use crate::curtain::{Curtains, Region, ReviewId};
use crate::keymap::Step;
use crate::library::Entry;
use crate::review::Visible;
use crate::typeset::{Cursor, Format, Line, Page, Place, Role};

/// The text pane's state.
#[derive(Debug, Default)]
pub struct Reader {
    page: Page,
    /// What the page was made from; another stamp makes it stale.
    stamp: Option<Stamp>,
    /// The place at the top, as the reader left it.
    place: Place,
    /// The line of that place. If the text ends too soon below it, a higher one is [`first`](Self::first).
    top: Cursor,
    /// Whether the reader has scrolled to the end, and will begin at the top next time.
    is_finished: bool,
    focus: Option<Region>,
    /// The curtain to focus as soon as its review is open.
    awaited: Option<(ReviewId, Region)>,
    /// The line at which the reader was before the last page step: the first that was new, or the first that was there.
    mark: Option<Cursor>,
    search: Option<PageSearch>,
    /// The search that was replaced by a hit of the filter, while that is shown.
    under_peek: Option<Option<PageSearch>>,
    /// Where the reader is in the reviews that were opened in this run.
    places: HashMap<ReviewId, Place>,
}

/// Everything that a page depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    id: ReviewId,
    fingerprint: u64,
    format: Format,
    /// The revision of the curtains.
    revision: u64,
}

impl Stamp {
    /// The stamp of a file with these curtains and format.
    pub(super) fn new(entry: &Entry, curtains: &Curtains, format: Format) -> Self {
        Stamp { id: entry.id(), fingerprint: entry.fingerprint(), format, revision: curtains.revision() }
    }

    /// That of no page: no width is so small.
    pub(super) fn stale(self) -> Self {
        Stamp { format: Format { measure: 0, ..self.format }, ..self }
    }
}

impl Reader {
    /// Restores the invariants: the page is up to date, the reader is at the same place in it, and the focused curtain
    /// is on the screen.
    pub(super) fn settle(
        &mut self,
        stamp: Stamp,
        height: usize,
        set: impl FnOnce() -> Page,
        recalled: impl FnOnce() -> Option<Place>,
    ) {
        if let Some(search) = self.under_peek.take() {
            self.search = search;
            if let Some(search) = &mut self.search {
                search.look(&self.page);
            }
            self.top = self.page.locate(self.place);
        }
        if self.stamp != Some(stamp) {
            let is_same = self.stamp.is_some_and(|old| old.id == stamp.id);
            let anchor = is_same.then(|| self.anchor(height)).flatten();
            if self.stamp.is_some_and(|old| old.fingerprint != stamp.fingerprint) {
                // The curtain with this number may be a different one now, which nobody has chosen to reveal.
                self.focus = None;
            }
            if !is_same {
                self.leave();
                self.place = self.places.get(&stamp.id).copied().or_else(recalled).unwrap_or_default();
            }
            self.page = set();
            if let Some(search) = &mut self.search {
                search.look(&self.page);
            }
            self.stamp = Some(stamp);
            self.mark = None;
            self.top = self.page.locate(self.place);
            if let Some((region, row)) = anchor
                && let Some(at) = self.page.find(region)
            {
                self.go_to(self.page.up(at, row), height);
            }
        }
        if let Some((_, region)) = self.awaited.take_if(|(id, _)| *id == stamp.id) {
            self.focus = Some(region);
        }
        let focus_in_sight =
            |region: &Region| self.visible(height).any(|line| line.regions().any(|s| s == *region));
        self.focus = self.focus.filter(focus_in_sight);
        // At the top, where most reviews are opened, the end does not have to be typeset.
        self.is_finished = self.top != Cursor::default() && self.is_at_end(height);
    }

    /// The focused curtain and its row on the screen, which stays the same when the text above it changes.
    fn anchor(&self, height: usize) -> Option<(Region, usize)> {
        let region = self.focus?;
        let row = self.visible(height).position(|line| line.regions().any(|s| s == region))?;
        Some((region, row))
    }

    /// Drops the page, after recording the reader's place.
    pub fn leave(&mut self) {
        let left = self.open();
        self.put_away();
        self.places.extend(left);
    }

    /// Drops the page while there is no room for it: what was on it may be hidden in the meantime, and must not be
    /// counted or searched.
    pub(super) fn put_away(&mut self) {
        if let Some(stamp) = self.stamp.take() {
            self.places.insert(stamp.id, self.place);
        }
        self.focus = None;
        self.page = Page::default();
        if let Some(search) = &mut self.search {
            search.look(&self.page);
        }
    }

    /// Forgets a review that is gone.
    pub(super) fn forget(&mut self, id: ReviewId) {
        if self.stamp.is_some_and(|stamp| stamp.id == id) {
            self.leave();
        }
        self.places.remove(&id);
    }

    /// The page on the screen.
    #[must_use]
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The focused curtain.
    #[must_use]
    pub fn focus(&self) -> Option<Region> {
        self.focus
    }

    /// The review that is open, and where its reader is in it.
    #[must_use]
    pub fn open(&self) -> Option<(ReviewId, Place)> {
        let place = if self.is_finished { Place::default() } else { self.place };
        self.stamp.map(|stamp| (stamp.id, place))
    }

    /// The reader's place in a review, now or earlier.
    pub(super) fn place_in(&self, key: ReviewId) -> Option<Place> {
        let open = self.open().filter(|(open, _)| *open == key).map(|(_, place)| place);
        open.or_else(|| self.places.get(&key).copied())
    }

    /// The place at the top of the pane.
    pub(super) fn top_place(&self) -> Place {
        self.place
    }

    /// Goes to a place in a review that is open or about to be.
    pub(super) fn go_to_place(&mut self, id: ReviewId, place: Place) {
        match self.stamp {
            Some(stamp) if stamp.id == id => {
                self.top = self.page.locate(place);
                self.place = place;
            }
            _ => drop(self.places.insert(id, place)),
        }
    }

    /// Has a curtain focused as soon as its review is open.
    pub(super) fn await_focus(&mut self, id: ReviewId, region: Region) {
        self.awaited = Some((id, region));
    }

    /// The line at the top of a pane of this height.
    pub(super) fn first(&self, height: usize) -> Cursor {
        // At the top, where most reviews are opened, the end does not have to be typeset.
        if self.top == Cursor::default() { self.top } else { self.top.min(self.page.last_top(height)) }
    }

    /// The lines on a pane of this height.
    pub fn visible(&self, height: usize) -> impl Iterator<Item = &Line> {
        self.visible_lines(height).map(|(_, line)| line)
    }

    /// The lines on a pane of this height, with their cursors.
    pub fn visible_lines(&self, height: usize) -> impl Iterator<Item = (Cursor, &Line)> {
        self.page.lines_from(self.first(height)).take(height)
    }

    /// The search in the text.
    #[must_use]
    pub fn search(&self) -> Option<&PageSearch> {
        self.search.as_ref()
    }

    /// Searches from a line on, and shows the first hit.
    pub(super) fn look(&mut self, search: Option<PageSearch>, from: Cursor, height: usize) {
        self.search = search;
        if let Some(search) = &mut self.search {
            search.look(&self.page);
            if let Some(at) = search.start(from) {
                self.bring(at, height);
            }
        }
    }

    /// Shows the first hit after a place without moving the reader there, until the invariants are next restored.
    pub(super) fn peek(&mut self, mut search: PageSearch, place: Place, height: usize) {
        search.look(&self.page);
        if let Some(at) = search.start(self.page.locate(place)) {
            self.under_peek = Some(self.search.replace(search));
            self.top = self.page.up(at, height / 3).min(self.page.last_top(height));
        }
    }

    /// Searches from a place on, and shows the first hit.
    pub(super) fn look_at(&mut self, search: PageSearch, place: Place, height: usize) {
        self.look(Some(search), self.page.locate(place), height);
    }

    /// Goes to the next hit, or with `back` to the previous one. Returns whether the search wrapped around, or `None`
    /// if there is no hit.
    pub(super) fn step(&mut self, back: bool, height: usize) -> Option<bool> {
        let (at, is_round) = self.search.as_mut()?.step(back)?;
        self.bring(at, height);
        Some(is_round)
    }

    /// The sentence of the hit that the reader is at.
    pub(super) fn sentence(&self) -> Option<String> {
        self.search.as_ref()?.sentence(&self.page)
    }

    /// Scrolls to a line, a third down the screen, unless it is already visible.
    fn bring(&mut self, at: Cursor, height: usize) {
        if !self.visible_lines(height).any(|(cursor, _)| cursor == at) {
            self.go_to(self.page.up(at, height / 3), height);
        }
    }

    /// Whether the screen shows lifted text whose width the terminal may disagree about. Drawing over it cell by cell
    /// could leave a part of it, so the screen must be redrawn completely.
    #[must_use]
    pub fn shows_doubtful_reveal(&self, height: usize) -> bool {
        is_doubtful(self.visible(height))
    }

    /// How far down the reader is, from 0 to 1, or `None` if all of the text fits.
    #[must_use]
    pub fn fraction(&self, height: usize) -> Option<f64> {
        let is_all = self.page.lines_from(Cursor::default()).nth(height).is_none();
        (!is_all).then(|| self.page.fraction(self.first(height), height))
    }

    /// Where the lines on a pane begin and end in the text, from 0 to 1, or `None` if all of it fits.
    #[must_use]
    pub fn extent(&self, height: usize) -> Option<(f64, f64)> {
        let top = self.first(height);
        let start = if top == Cursor::default() { 0.0 } else { self.page.fraction(top, 1) };
        Some((start, self.fraction(height)?))
    }

    /// Whether the end of the text is on the screen.
    #[must_use]
    pub fn is_at_end(&self, height: usize) -> bool {
        self.top >= self.page.last_top(height)
    }

    /// Scrolls.
    pub fn go(&mut self, step: Step, height: usize) {
        let first = self.first(height);
        let top = scroll::after(step, &self.page, first, height);
        let mark = match step {
            Step::PageDown => self.page.after(self.page.down(first, height.saturating_sub(1))),
            Step::PageUp => Some(first),
            _ => None,
        };
        self.go_to(top, height);
        self.mark = mark.filter(|_| self.first(height) != first);
    }

    /// The line at which the reader was before the last page step.
    #[must_use]
    pub fn mark(&self) -> Option<Cursor> {
        self.mark
    }

    fn go_to(&mut self, top: Cursor, height: usize) {
        self.mark = None;
        self.top = top.min(self.page.last_top(height));
        self.place = self.page.place(self.top);
    }

    /// Focuses the next curtain after the focused one, or after the top of the screen; with `back`, the previous one.
    /// Only visible curtains count, not those inside another one. Returns whether there was one.
    pub fn seek(&mut self, visible: Visible<'_>, back: bool, height: usize) -> bool {
        let mut regions = visible.curtains().map(|curtain| curtain.region);
        let found = match (self.focus, back) {
            (Some(focus), false) => regions.find(|region| *region > focus),
            (Some(focus), true) => regions.rev().find(|region| *region < focus),
            (None, _) => self.page.nearest(self.first(height), back),
        };
        if let Some(region) = found {
            self.show(region, height);
        }
        found.is_some()
    }

    /// Focuses a curtain and scrolls to it, a third down the screen, unless it is already visible.
    pub fn show(&mut self, region: Region, height: usize) {
        self.focus = Some(region);
        let is_in_sight = self.visible(height).any(|line| line.regions().any(|s| s == region));
        if let (false, Some(at)) = (is_in_sight, self.page.find(region)) {
            self.go_to(self.page.up(at, height / 3), height);
        }
    }

    /// The curtain at a row and column of the pane's text.
    #[must_use]
    pub fn region_at(&self, row: usize, column: usize, height: usize) -> Option<Region> {
        let line = self.visible(height).nth(row)?;
        if line.curtain.is_some() {
            return line.curtain;
        }
        let mut end = 0;
        let mut runs = line.runs();
        let hit = runs.find(|(text, _)| {
            end += crate::typeset::columns(text);
            column < end
        });
        hit.and_then(|(_, run)| run.span)
    }
}

/// Whether there is lifted text on these lines whose width the terminal may think is another.
pub(super) fn is_doubtful<'l>(lines: impl Iterator<Item = &'l Line>) -> bool {
    let is_doubtful = |c: char| c >= '\u{300}' && !('\u{2000}'..='\u{206f}').contains(&c);
    lines
        .flat_map(Line::runs)
        .any(|(text, run)| run.role == Role::Revealed && !text.is_ascii() && text.chars().any(is_doubtful))
}
