//! One row of the list, on one line or on two. Which rows there are is [`list`](super::list)'s to know.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::bars::grouped;
use super::list::{END, Marker};
use super::put;
use crate::app::App;
use crate::find::{Group, Hit, Sort};
use crate::library::Entry;
use crate::review::{Rating, Review};
use crate::theme::{Part, Theme};
use crate::typeset::{columns, shorten};

/// Columns before a title: the bar of the selected row, the mark of an unread review, a space.
pub(super) const MARKS: u16 = 3;

/// Columns of the other parts of a row, each with the space before it. What is left is the title's.
const CURTAIN: u16 = 2;
const STARS: u16 = 6;
const KIND: u16 = 7;
const YEAR: u16 = 5;

/// From this width on, a row of one line has the kind of the work too.
const WITH_KIND: u16 = 40;

/// The heading of a group: how many reviews it has, and how they are rated.
pub(super) fn draw_heading(app: &App, theme: &Theme, number: usize, area: Rect, buffer: &mut Buffer) {
    let Some(group) = app.list().group(number) else { return };
    // Close to its reviews, with a free line above.
    let area = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    let sign = if app.list().filter().is_folded(&group.heading) { "▸" } else { "▾" };
    put(buffer, (area.x + 1, area.y), sign, area.right(), theme.style(Part::Quiet));
    let count = grouped(group.keys.len());
    let room = area.width.saturating_sub(MARKS + END + STARS);
    let heading = shorten(&group.heading, usize::from(room).saturating_sub(columns(&count) + 2));
    let x = put(buffer, (area.x + MARKS, area.y), &heading, area.right(), theme.style(Part::Strong));
    put(buffer, (x + 2, area.y), &count, area.right(), theme.style(Part::Quiet));
    draw_stars(theme, group.rating, area, buffer);
}

/// A file that could not be read as a review.
pub(super) fn draw_problem(
    theme: &Theme,
    entry: &Entry,
    marker: &mut Marker<'_>,
    area: Rect,
    buffer: &mut Buffer,
) {
    put(buffer, (area.x + 1, area.y), "✗", area.right(), theme.style(Part::Problem));
    let room = area.width.saturating_sub(MARKS + END);
    let name = shorten(entry.name(), room.into());
    put(buffer, (area.x + MARKS, area.y), &name, area.right(), theme.style(Part::Problem));
    marker.mark(theme, &name, Rect { x: area.x + MARKS, width: room, ..area }, buffer);
    if area.height > 1 {
        put(
            buffer,
            (area.x + MARKS, area.y + 1),
            "could not be read",
            area.right(),
            theme.style(Part::Quiet),
        );
    }
}

/// A review on one line: title, stars, kind and year.
pub(super) fn draw_line(
    app: &App,
    theme: &Theme,
    (entry, review): (&Entry, &Review),
    marker: &mut Marker<'_>,
    area: Rect,
    buffer: &mut Buffer,
) {
    let group = app.list().filter().arrangement().group;
    let kind = if area.width >= WITH_KIND && group != Some(Group::Kind) { KIND } else { 0 };
    let year = if group == Some(Group::Year) { 0 } else { YEAR };
    let facts = Rect { x: area.right().saturating_sub(kind + year + END), width: kind + year, ..area };
    draw_title(
        app,
        theme,
        (entry, review),
        marker,
        Rect { width: area.width.saturating_sub(kind + year), ..area },
        buffer,
    );
    if kind > 0 {
        let word = shorten(review.kind().unwrap_or_default(), usize::from(KIND - 1));
        put(buffer, (facts.x + 1, area.y), &word, area.right(), theme.style(Part::Quiet));
    }
    if let Some(shown) = review.year().filter(|_| year > 0) {
        put_at_right(
            &shown.to_string(),
            theme.style(Part::Quiet),
            Rect { width: area.width - END, ..area },
            buffer,
        );
    }
}

/// A review on two lines: title and stars, and below them whose it is, of what, and what the list is sorted by.
pub(super) fn draw_two_lines(
    app: &App,
    theme: &Theme,
    (entry, review): (&Entry, &Review),
    marker: &mut Marker<'_>,
    area: Rect,
    buffer: &mut Buffer,
) {
    draw_title(app, theme, (entry, review), marker, area, buffer);
    let arrangement = app.list().filter().arrangement();
    let value = match (arrangement.order.sort, review.rating()) {
        (Sort::Rating, Some(rating)) => rating.to_string(),
        (Sort::Rating, None) => String::new(),
        _ => review.date().map(|date| date.to_string()).unwrap_or_default(),
    };
    let below =
        Rect { x: area.x + MARKS, y: area.y + 1, width: area.width.saturating_sub(MARKS + END), height: 1 };
    let room = usize::from(below.width).saturating_sub(columns(&value) + 2);
    let about = about(review, arrangement.group);
    let fitting =
        (1..=about.len()).rev().map(|parts| about[..parts].concat()).find(|text| columns(text) <= room);
    let about = fitting.or_else(|| about.first().map(|name| shorten(name, room))).unwrap_or_default();
    put(buffer, (below.x, below.y), &about, below.right(), theme.style(Part::Quiet));
    put_at_right(&value, theme.style(Part::Quiet), below, buffer);
}

/// Reviewer, kind and year, without what the heading of the group says already; the last is the first to go where there
/// is no room.
fn about(review: &Review, group: Option<Group>) -> Vec<String> {
    let reviewer = review.reviewer().filter(|_| group != Some(Group::Reviewer)).map(str::to_owned);
    let kind = review.kind().filter(|_| group != Some(Group::Kind)).map(str::to_owned);
    let year = review.year().filter(|_| group != Some(Group::Year)).map(|year| year.to_string());
    let has_kind = kind.is_some();
    let mut about = Vec::new();
    for (part, between) in [(reviewer, ""), (kind, " · "), (year, if has_kind { " " } else { " · " })] {
        about.extend(part.map(|part| if about.is_empty() { part } else { format!("{between}{part}") }));
    }
    about
}

/// The marks, the title and the stars: the first line of every row.
fn draw_title(
    app: &App,
    theme: &Theme,
    (entry, review): (&Entry, &Review),
    marker: &mut Marker<'_>,
    area: Rect,
    buffer: &mut Buffer,
) {
    draw_unread(app, theme, entry, area, buffer);
    let room = area.width.saturating_sub(MARKS + CURTAIN + STARS + END);
    let title = Rect { x: area.x + MARKS, width: room, ..area };
    let shown = shorten(review.work_title(), room.into());
    put(buffer, (title.x, area.y), &shown, title.right(), Style::new());
    marker.mark(theme, &shown, title, buffer);
    if review.is_curtained() {
        put(buffer, (title.right() + 1, area.y), "⊘", area.right(), theme.style(Part::Spoiler));
    }
    draw_stars(theme, review.rating(), area, buffer);
}

fn draw_unread(app: &App, theme: &Theme, entry: &Entry, area: Rect, buffer: &mut Buffer) {
    if entry.is_outdated() {
        put(buffer, (area.x + 1, area.y), "✗", area.right(), theme.style(Part::Problem));
    } else if !app.memory().is_read(&entry.full_name()) {
        put(buffer, (area.x + 1, area.y), "●", area.right(), theme.style(Part::Spoiler));
    }
}

/// Stars at the right of an area, and dim ones up to five, so that ratings stand in a column.
fn draw_stars(theme: &Theme, rating: Option<Rating>, area: Rect, buffer: &mut Buffer) {
    let Some(rating) = rating else { return };
    let stars = rating.stars();
    let empty = "☆".repeat(usize::from(STARS - 1).saturating_sub(columns(stars)));
    let x = area.right().saturating_sub(STARS - 1 + END);
    let x = put(buffer, (x, area.y), stars, area.right(), theme.style(Part::Rating));
    put(buffer, (x, area.y), &empty, area.right(), theme.style(Part::Quiet));
}

/// A review that was found by its text: its title, and the line where that stands.
pub(super) fn draw_hit(
    app: &App,
    theme: &Theme,
    (entry, review): (&Entry, &Review),
    hit: &Hit,
    area: Rect,
    buffer: &mut Buffer,
) {
    draw_unread(app, theme, entry, area, buffer);
    let is_tall = area.height > 1;
    let room = if is_tall { area.width.saturating_sub(MARKS + END) } else { area.width / 3 };
    let title = shorten(review.work_title(), room.into());
    put(buffer, (area.x + MARKS, area.y), &title, area.right(), Style::new());
    let (x, y) = match is_tall {
        true => (area.x + MARKS, area.y + 1),
        false => (area.x + MARKS + area.width / 3 + 1, area.y),
    };
    let end = area.right().saturating_sub(END);
    let room = usize::from(end.saturating_sub(x));
    let found = shorten(&hit.found, room);
    let before = end_of(&hit.before, room.saturating_sub(columns(&found)) / 3);
    let x = put(buffer, (x, y), &before, end, theme.style(Part::Quiet));
    let x = put(buffer, (x, y), &found, end, theme.style(Part::Hit));
    put(buffer, (x, y), &shorten(&hit.after, end.saturating_sub(x).into()), end, theme.style(Part::Quiet));
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

/// Writes text so that it ends where an area ends.
pub(super) fn put_at_right(text: &str, look: Style, area: Rect, buffer: &mut Buffer) {
    let width = u16::try_from(columns(text)).unwrap_or(u16::MAX);
    put(buffer, (area.right().saturating_sub(width), area.y), text, area.right(), look);
}
