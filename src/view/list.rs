//! The rows of the list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::bars::grouped;
use super::put;
use super::text::mark;
use crate::app::{App, Pane, Row};
use crate::curtain::ReviewId;
use crate::find::{Fuzzy, Hit};
use crate::library::Entry;
use crate::query::Query;
use crate::theme::{Part, Theme};
use crate::typeset::{columns, shorten};

/// Columns of the parts of a row, each with the space before it. What is left is the title's.
const MARKS: u16 = 3;
const CURTAIN: u16 = 2;
const STARS: u16 = 6;
const KIND: u16 = 7;
const YEAR: u16 = 5;
const END: u16 = 1;

/// From this width on, the kind is shown too.
const WITH_KIND: u16 = 40;

pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if app.list().is_empty() {
        let filter = app.list().filter();
        let word = match (filter.text().is_empty(), app.library().is_complete()) {
            (false, _) if !filter.has_words() => "nothing found",
            (false, _) if app.overlay().is_some() => "nothing found; texts: \"in quotes\"",
            (false, _) => "nothing found; f looks in all texts",
            (true, true) => "no reviews here",
            (true, false) => "reading…",
        };
        put(buffer, (area.x + MARKS, area.y), word, area.right(), theme.style(Part::Quiet));
        let why = filter.suggestion().filter(|_| !filter.text().is_empty()).map(ToString::to_string);
        let lines = textwrap::wrap(
            why.as_deref().unwrap_or_default(),
            usize::from(area.width.saturating_sub(MARKS + END)),
        );
        for (row, line) in (area.y + 1..area.bottom()).zip(lines) {
            put(buffer, (area.x + MARKS, row), &line, area.right(), theme.style(Part::Quiet));
        }
    }
    let query = &app.list().filter().parsed().query;
    let mut marker = Marker { query, fuzzy: None };
    for (row, (content, is_selected)) in (area.y..).zip(app.list().visible(area.height.into())) {
        let area = Rect { y: row, height: 1, ..area };
        match content {
            Row::Head(number) => draw_head(app, theme, number, area, buffer),
            Row::File(key) => draw_file(app, theme, key, &mut marker, area, buffer),
        }
        if is_selected {
            put(buffer, (area.x, row), "▸", area.right(), theme.style(Part::Strong));
            let is_here = app.pane() == Pane::List;
            let look =
                if is_here { theme.style(Part::Selected) } else { theme.style(Part::SelectedElsewhere) };
            buffer.set_style(area, look);
        }
    }
}

/// Marks what a filter has found.
struct Marker<'q> {
    query: &'q Query,
    /// Made only when there is something to mark: its memory is large for a frame.
    fuzzy: Option<Fuzzy>,
}

impl Marker<'_> {
    fn mark(&mut self, theme: &Theme, text: &str, area: Rect, buffer: &mut Buffer) {
        if !self.query.is_empty() {
            for range in self.fuzzy.get_or_insert_default().marks(text, self.query) {
                mark(text, range, theme.style(Part::Hit), area, buffer);
            }
        }
    }
}

/// The heading of a group: how many there are, and how they are rated.
fn draw_head(app: &App, theme: &Theme, number: usize, area: Rect, buffer: &mut Buffer) {
    let Some(group) = app.list().group(number) else { return };
    let sign = if app.list().filter().is_folded(&group.heading) { "+" } else { "-" };
    put(buffer, (area.x + 1, area.y), sign, area.right(), theme.style(Part::Quiet));
    let count = grouped(group.keys.len());
    let stars = group.rating.map(|rating| format!("  {}", rating.stars())).unwrap_or_default();
    let room = usize::from(area.width.saturating_sub(MARKS + END))
        .saturating_sub(columns(&count) + 2 + columns(&stars));
    let heading = shorten(&group.heading, room);
    let x = put(buffer, (area.x + MARKS, area.y), &heading, area.right(), theme.style(Part::Strong));
    let x = put(buffer, (x + 2, area.y), &count, area.right(), theme.style(Part::Quiet));
    put(buffer, (x, area.y), &stars, area.right(), theme.style(Part::Rating));
}

/// A file; where it was found by its text, with the line of the first hit.
fn draw_file(
    app: &App,
    theme: &Theme,
    key: ReviewId,
    marker: &mut Marker<'_>,
    area: Rect,
    buffer: &mut Buffer,
) {
    let Some(item) = app.library().get(key) else { return };
    match app.list().hit(key) {
        Some(hit) => draw_hit(app, theme, item, hit, area, buffer),
        None => draw_row(app, theme, item, marker, area, buffer),
    }
}

fn draw_hit(app: &App, theme: &Theme, item: &Entry, hit: &Hit, area: Rect, buffer: &mut Buffer) {
    let Some(review) = item.review() else { return };
    if !app.memory().is_read(&item.full_name()) {
        put(buffer, (area.x + 1, area.y), "●", area.right(), theme.style(Part::Spoiler));
    }
    let title = shorten(review.work_title(), usize::from(area.width / 3));
    put(buffer, (area.x + MARKS, area.y), &title, area.right(), Style::new());
    let x = area.x + MARKS + area.width / 3 + 1;
    let end = area.right().saturating_sub(END);
    let room = usize::from(end.saturating_sub(x));
    let found = shorten(&hit.found, room);
    let before = end_of(&hit.before, room.saturating_sub(columns(&found)) / 3);
    let x = put(buffer, (x, area.y), &before, end, theme.style(Part::Quiet));
    let x = put(buffer, (x, area.y), &found, end, theme.style(Part::Hit));
    put(
        buffer,
        (x, area.y),
        &shorten(&hit.after, end.saturating_sub(x).into()),
        end,
        theme.style(Part::Quiet),
    );
}

/// The end of a text, as much as fits, from the beginning of a word on.
fn end_of(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let words = text.match_indices(' ').map(|(at, _)| &text[at + 1..]);
    let end = words.into_iter().find(|end| columns(end) < room).unwrap_or_default();
    if end.is_empty() { String::new() } else { format!("…{end}") }
}

fn draw_row(
    app: &App,
    theme: &Theme,
    item: &Entry,
    marker: &mut Marker<'_>,
    area: Rect,
    buffer: &mut Buffer,
) {
    let y = area.y;
    let Some(review) = item.review() else {
        put(buffer, (area.x + 1, y), "✗", area.right(), theme.style(Part::Problem));
        let room = usize::from(area.width.saturating_sub(MARKS + END));
        let id = shorten(item.name(), room);
        put(buffer, (area.x + MARKS, y), &id, area.right(), theme.style(Part::Problem));
        marker.mark(theme, &id, Rect { x: area.x + MARKS, width: area.width - MARKS, ..area }, buffer);
        return;
    };
    if !app.memory().is_read(&item.full_name()) {
        put(buffer, (area.x + 1, y), "●", area.right(), theme.style(Part::Spoiler));
    }
    let kind = if area.width >= WITH_KIND { KIND } else { 0 };
    let title = area.width.saturating_sub(MARKS + CURTAIN + STARS + kind + YEAR + END);
    let mut x = area.x + MARKS;
    let shown = shorten(review.work_title(), title.into());
    put(buffer, (x, y), &shown, x + title, Style::new());
    marker.mark(theme, &shown, Rect { x, width: title, ..area }, buffer);
    x += title;
    if review.is_curtained() {
        put(buffer, (x + 1, y), "⊘", area.right(), theme.style(Part::Spoiler));
    }
    x += CURTAIN;
    if let Some(rating) = review.rating() {
        put(buffer, (x + 1, y), rating.stars(), area.right(), theme.style(Part::Rating));
    }
    x += STARS;
    if kind > 0 {
        let word = shorten(review.kind().unwrap_or_default(), usize::from(KIND - 1));
        put(buffer, (x + 1, y), &word, area.right(), theme.style(Part::Quiet));
    }
    x += kind;
    if let Some(year) = review.year() {
        let year = year.to_string();
        let indent = usize::from(YEAR).saturating_sub(columns(&year));
        let at = x + u16::try_from(indent).unwrap_or(0);
        put(buffer, (at, y), &year, area.right(), theme.style(Part::Quiet));
    }
}
