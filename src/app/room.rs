//! The room of a work: all its reviews side by side, each at the reader's place in the work.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::reader::{Stamp, is_doubtful};
use super::{App, Layout, Overlay, scroll};
use crate::curtain::{Curtains, ReviewId};
use crate::find::Group;
use crate::keymap::Step;
use crate::library::{Entry, Library, Revision};
use crate::review::{Rating, RatingStyle, Review, Visible};
use crate::typeset::{Cursor, Format, Line, Page, Place};
use crate::work::{Progress, WorkKey};

/// The minimum width of a review.
const NARROWEST: usize = 40;

/// Columns beside the text of a review: the rule, the marks at the edge, a space at the end.
const MARGINS: usize = 4;

/// The room's state.
#[derive(Debug)]
pub struct Room {
    work: WorkKey,
    /// The reviews, best first.
    columns: Vec<Column>,
    /// The state of the library that they were collected from.
    gathered: Revision,
    selected: usize,
    /// The column at the left edge.
    first: usize,
    /// How many columns there is room for.
    in_sight: usize,
}

/// A review in the room.
#[derive(Debug)]
pub struct Column {
    id: ReviewId,
    page: Page,
    stamp: Option<Stamp>,
    /// The place at the top.
    place: Place,
    top: Cursor,
    /// The passages that could be read when the page was typeset.
    open: BTreeSet<u32>,
}

impl Column {
    fn new(id: ReviewId) -> Self {
        let (page, place, top) = Default::default();
        Column { id, page, stamp: None, place, top, open: BTreeSet::new() }
    }

    /// The review.
    #[must_use]
    pub fn id(&self) -> ReviewId {
        self.id
    }

    fn first(&self, height: usize) -> Cursor {
        self.top.min(self.page.last_top(height))
    }

    /// The lines on a column of this height.
    pub fn visible(&self, height: usize) -> impl Iterator<Item = &Line> {
        self.page.lines_from(self.first(height)).take(height).map(|(_, line)| line)
    }

    /// Typesets the page again if it is stale. A review opens at the reader's place in the work, and after a step
    /// forward, at the first passage that has opened.
    fn settle(&mut self, stamp: Stamp, visible: Visible<'_>, format: Format) {
        if self.stamp == Some(stamp) {
            return;
        }
        let passages = visible.passages().filter(|passage| passage.text.is_some());
        let open: BTreeSet<_> = passages.map(|passage| passage.number).collect();
        let new = open.difference(&self.open).next().copied();
        match (self.stamp, new) {
            (None, _) => self.go_to(visible.reached_passage()),
            (Some(_), new) => self.go_to(new),
        }
        (self.open, self.stamp) = (open, Some(stamp));
        self.page = Page::review(visible, format);
        self.top = self.page.locate(self.place);
    }

    /// Drops a page that may show what is now hidden.
    fn put_away(&mut self) {
        if self.stamp.is_some() {
            self.page = Page::default();
            // Passages that have opened are still found when the review is visible again.
            self.stamp = self.stamp.map(Stamp::stale);
        }
    }

    fn go_to(&mut self, passage: Option<u32>) {
        if let Some(number) = passage {
            self.place = Place { section: number + 1, offset: 0, within: 0 };
        }
    }

    fn go(&mut self, step: Step, height: usize) {
        self.top = scroll::after(step, &self.page, self.first(height), height);
        self.place = self.page.place(self.top);
    }

    /// The passage at the top.
    fn passage(&self) -> Option<u32> {
        self.place.section.checked_sub(1)
    }
}

impl Room {
    /// The lines above the text of each review.
    pub const HEAD: u16 = 3;

    fn new(work: WorkKey, at: ReviewId, library: &Library, format: &impl Fn(&Entry) -> Format) -> Self {
        let mut room = Room {
            work,
            columns: Vec::new(),
            gathered: Revision::default(),
            selected: 0,
            first: 0,
            in_sight: 1,
        };
        room.gather(library, format);
        room.selected = room.columns.iter().position(|column| column.id == at).unwrap_or(0);
        room
    }

    /// Collects the reviews of the work, those with the best rating first. Where a rating is hidden, the order does not
    /// tell it.
    fn gather(&mut self, library: &Library, format: &impl Fn(&Entry) -> Format) {
        let selected = self.selected();
        let mut before = std::mem::take(&mut self.columns);
        let mut reviews: Vec<_> = library
            .entries()
            .filter(|entry| entry.review().is_some_and(|review| review.work_key() == self.work))
            .collect();
        reviews.sort_by_key(|entry| {
            let review = entry.review();
            let rating =
                review.and_then(Review::rating).filter(|_| format(entry).ratings != RatingStyle::Hidden);
            (Reverse(rating.map(Rating::half_stars)), review.and_then(Review::reviewer), entry.id())
        });
        let mut column = |id| match before.iter().position(|column| column.id == id) {
            Some(at) => before.swap_remove(at),
            None => Column::new(id),
        };
        self.columns = reviews.into_iter().map(|entry| column(entry.id())).collect();
        self.gathered = library.revision();
        let now = self.columns.iter().position(|column| Some(column.id) == selected);
        self.selected = now.unwrap_or(self.selected.min(self.columns.len().saturating_sub(1)));
    }

    /// Restores the invariants: all reviews of the work are present, the selected one is visible, and exactly the
    /// visible pages are available and up to date.
    fn settle(
        &mut self,
        library: &Library,
        curtains: &Curtains,
        width: u16,
        format: &impl Fn(&Entry) -> Format,
    ) {
        if self.gathered != library.revision() {
            self.gather(library, format);
        }
        self.in_sight = (usize::from(width) / NARROWEST).clamp(1, self.columns.len().max(1));
        let lowest = (self.selected + 1).saturating_sub(self.in_sight);
        let last_first = self.columns.len().saturating_sub(self.in_sight);
        self.first = self.first.clamp(lowest, self.selected).min(last_first);
        let measure = (usize::from(width) / self.in_sight).saturating_sub(MARGINS).max(1);
        let in_sight = self.first..self.first + self.in_sight;
        for (at, column) in self.columns.iter_mut().enumerate() {
            let entry = library.get(column.id).filter(|_| in_sight.contains(&at));
            match entry.zip(library.visible(curtains, column.id)) {
                Some((entry, visible)) => {
                    let format = format(entry);
                    let format = Format { measure: measure.min(format.measure), ..format };
                    column.settle(Stamp::new(entry, curtains, format), visible, format);
                }
                None => column.put_away(),
            }
        }
    }

    pub(super) fn put_away(&mut self) {
        self.columns.iter_mut().for_each(Column::put_away);
    }

    /// The height of the text of each review, of that of the whole room.
    #[must_use]
    pub fn text_height(&self, height: usize) -> usize {
        height.saturating_sub(Room::HEAD.into())
    }

    /// The visible columns, and whether each is selected.
    pub fn in_sight(&self) -> impl Iterator<Item = (&Column, bool)> {
        let all = self.columns.iter().zip(0..).skip(self.first).take(self.in_sight);
        all.map(|(column, at)| (column, at == self.selected))
    }

    /// The numbers of the first and the last visible column, from 1, and how many there are.
    #[must_use]
    pub fn extent(&self) -> (usize, usize, usize) {
        (self.first + 1, (self.first + self.in_sight).min(self.columns.len()), self.columns.len())
    }

    /// All reviews of the room, in its order.
    pub fn reviews(&self) -> impl Iterator<Item = ReviewId> {
        self.columns.iter().map(|column| column.id)
    }

    /// The selected review.
    #[must_use]
    pub fn selected(&self) -> Option<ReviewId> {
        self.columns.get(self.selected).map(|column| column.id)
    }

    /// The selected review, its page and the line at its top.
    pub(super) fn on_screen(&self, height: usize) -> Option<(ReviewId, &Page, Cursor)> {
        let column = self.columns.get(self.selected)?;
        Some((column.id, &column.page, column.first(self.text_height(height))))
    }

    /// Whether the screen shows lifted text whose width the terminal may disagree about.
    pub(super) fn shows_doubtful_reveal(&self, height: usize) -> bool {
        let height = self.text_height(height);
        self.in_sight().any(|(column, _)| is_doubtful(column.visible(height)))
    }

    fn scroll(&mut self, step: Step, height: usize) {
        let height = self.text_height(height);
        if let Some(column) = self.columns.get_mut(self.selected) {
            column.go(step, height);
        }
    }
}

impl App {
    /// Opens the room of the selected review's work.
    pub(super) fn open_room(&mut self) {
        let Some((id, review)) = self.selected().and_then(|entry| Some((entry.id(), entry.review()?))) else {
            return self.notify("select a review first, to compare it with others of its work");
        };
        let room = Room::new(review.work_key(), id, &self.library, &|entry| self.room_format(entry));
        self.front.room = Some(room);
    }

    /// How a review is set in the room, where its column may be narrower than the measure.
    fn room_format(&self, entry: &Entry) -> Format {
        self.format(entry, self.settings.reading.measure.into())
    }

    /// Enter on the heading of a group: opens the room of a work; folds or unfolds any other group.
    pub(super) fn open_group(&mut self) {
        match self.list.filter().arrangement().group {
            Some(Group::Work) => self.open_room(),
            _ => self.toggle_group(),
        }
    }

    /// The room, while it is open.
    #[must_use]
    pub fn room(&self) -> Option<&Room> {
        self.front.room.as_ref()
    }

    /// The reviews in the room as far as they may be seen.
    pub fn in_room(&self) -> impl Iterator<Item = Visible<'_>> {
        let reviews = self.room().into_iter().flat_map(Room::reviews);
        reviews.filter_map(|id| self.library.visible(&self.curtains, id))
    }

    /// The review that keys act on: in the room, the one that is selected there.
    pub(super) fn current(&self) -> Option<ReviewId> {
        self.room().map_or_else(|| self.list.selected(), Room::selected)
    }

    /// How far others who share the library have got. This is only displayed, and opens nothing.
    pub fn others(&self) -> impl Iterator<Item = (&str, &Progress)> {
        let all = self.room().into_iter().flat_map(|room| self.library.shared_progress(room.work));
        all.filter(|(name, _)| name.to_lowercase() != self.settings.reader.to_lowercase())
    }

    /// Restores the invariants of the room, which closes when the last review of its work is gone.
    pub(super) fn settle_room(&mut self, layout: &Layout) {
        let Some(mut room) = self.front.room.take() else { return };
        room.settle(&self.library, &self.curtains, layout.body.width, &|entry| self.room_format(entry));
        self.front.room = Some(room).filter(|room| !room.columns.is_empty());
    }

    /// Selects the next review in the room, or with `back` the previous one, and goes to the same point of the work in
    /// it.
    pub(super) fn turn(&mut self, back: bool) {
        let Some(room) = &self.front.room else { return };
        let to = if back { room.selected.checked_sub(1) } else { Some(room.selected + 1) };
        let to = to.filter(|to| *to < room.columns.len());
        match to {
            Some(to) => self.turn_to(to),
            None => self.notify(if back { "this is the first review" } else { "this is the last review" }),
        }
    }

    fn turn_to(&mut self, to: usize) {
        let Some(room) = &mut self.front.room else { return };
        let Some((from, other)) = room.columns.get(room.selected).zip(room.columns.get(to)) else { return };
        let visible = |column: &Column| self.library.visible(&self.curtains, column.id);
        let rank = visible(from).zip(from.passage()).map(|(visible, passage)| visible.rank_at(passage));
        let there = visible(other).zip(rank).and_then(|(visible, rank)| {
            let is_there = other.passage().is_some_and(|passage| visible.rank_at(passage) == rank);
            visible.passage_at(rank).filter(|_| !is_there)
        });
        room.selected = to;
        if let Some(column) = room.columns.get_mut(to) {
            column.go_to(there);
            column.top = column.page.locate(column.place);
        }
    }

    /// Selects the column of the room at a column of the screen.
    pub(super) fn turn_to_column(&mut self, x: u16, width: u16) {
        let Some(room) = &self.front.room else { return };
        let wide = usize::from(width) / room.in_sight.max(1);
        let to = room.first + (usize::from(x) / wide.max(1)).min(room.in_sight - 1);
        if to != room.selected {
            self.turn_to(to);
        }
    }

    /// Scrolls the selected review of the room.
    pub(super) fn scroll_room(&mut self, step: Step) {
        let height = self.height();
        if let Some(room) = &mut self.front.room {
            room.scroll(step, height);
        }
    }

    /// Opens the selected review at the same place.
    pub(super) fn read_on(&mut self) {
        let column = self.room().and_then(|room| room.columns.get(room.selected));
        if let Some((id, place)) = column.map(|column| (column.id, column.place)) {
            self.jumps.leave(self.here());
            self.read_at(id, place);
        }
    }

    /// Whether the room receives the keys.
    pub(super) fn is_in_room(&self) -> bool {
        self.front.room.is_some() && !matches!(self.front.overlay, Some(Overlay::Sheet(_)))
    }
}
