//! One row of the list, on one line or on two. [`list`](super::list) decides which rows there are.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::heads::YOU;
use super::list::{END, Marker};
use super::put;
use crate::app::App;
use crate::app::bars::{grouped, width};
use crate::curtain::ReviewId;
use crate::find::{Group, Hit, Sort};
use crate::library::Entry;
use crate::review::{Rating, RatingStyle, Review};
use crate::settings::Column;
use crate::theme::{Part, Theme};
use crate::typeset::{self, columns, shorten};

/// Columns before a title: the bar of the selected row, the mark of an unread review, a space.
pub(super) const MARKS: u16 = 3;

/// The widths of the other parts of a row, including the space before each. The title gets what is left.
const CURTAIN: u16 = 2;
const STARS: u16 = 6;

/// The width of a column, including the space before it.
fn width_of(column: Column) -> u16 {
    match column {
        Column::Rating => STARS,
        Column::Kind => 7,
        Column::Year => 5,
        Column::Reviewer => 18,
        Column::Date => 13,
        Column::Open => 6,
    }
}

/// The list's width from which on a column is shown in rows of one line.
fn least_width(column: Column) -> u16 {
    match column {
        Column::Rating | Column::Year | Column::Open => 0,
        Column::Kind => 40,
        Column::Reviewer => 76,
        Column::Date => 90,
    }
}

/// Where a row is drawn, and how.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) area: Rect,
    /// How many lines a row usually has. The selected one has more where its title needs them.
    pub(super) row_lines: u16,
    pub(super) is_selected: bool,
}

/// Columns of a title beside marks and rating.
fn title_room(width: u16) -> u16 {
    width.saturating_sub(MARKS + CURTAIN + STARS + END)
}

/// How many lines a title needs to be seen in full.
pub(super) fn title_lines(review: &Review, width: u16) -> u16 {
    let lines = typeset::lines(review.work_title(), title_room(width).into());
    u16::try_from(lines.len()).unwrap_or(u16::MAX)
}

/// The heading of a group: how many reviews it has, and their average rating.
pub(super) fn draw_heading(app: &App, theme: &Theme, number: usize, area: Rect, buffer: &mut Buffer) {
    let Some(group) = app.list().group(number) else { return };
    // Close to its reviews, with a blank line above.
    let area = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    let sign = if app.list().filter().is_folded(&group.heading) { "▸" } else { "▾" };
    put(buffer, (area.x + 1, area.y), sign, area.right(), theme.style(Part::Quiet));
    let count = grouped(group.keys.len());
    let room = area.width.saturating_sub(MARKS + END + STARS);
    let heading = shorten(&group.heading, usize::from(room).saturating_sub(columns(&count) + 2));
    let x = put(buffer, (area.x + MARKS, area.y), &heading, area.right(), theme.style(Part::Strong));
    let x = put(buffer, (x + 2, area.y), &count, area.right(), theme.style(Part::Quiet)) + 2;
    if app.list().filter().arrangement().group == Some(Group::Work) {
        let room = usize::from((area.right() - (END + STARS)).saturating_sub(x));
        let standing = standing(app, &group.keys).into_iter().find(|words| columns(words) < room);
        put(buffer, (x, area.y), &standing.unwrap_or_default(), area.right(), theme.style(Part::Quiet));
    }
    draw_rating(theme, group.rating, app.average_style(group), area, buffer);
}

/// How far the reader has got in a work, and how many of the spoilers of its reviews are open: in full, and in short.
fn standing(app: &App, reviews: &[ReviewId]) -> Vec<String> {
    let visible = || reviews.iter().filter_map(|id| app.library().visible(app.curtains(), *id));
    let Some(progress) = visible().find_map(|visible| visible.progress()) else { return Vec::new() };
    let counts = visible().map(|visible| visible.open_count());
    let (open, all) = counts.fold((0, 0), |(open, all), one| (open + one.0, all + one.1));
    vec![format!("{YOU}{progress} · {open} of {all} open"), progress.to_string()]
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
    slot: Slot,
    buffer: &mut Buffer,
) {
    let area = slot.area;
    let mut columns: Vec<_> = facts(app).filter(|column| area.width >= least_width(*column)).collect();
    let title_width = width(review.work_title());
    let rest =
        |columns: &[Column]| area.width.saturating_sub(columns.iter().map(|column| width_of(*column)).sum());
    // The title of the selected row is worth more than the columns beside it.
    while slot.is_selected && !columns.is_empty() && title_room(rest(&columns)) < title_width {
        columns.pop();
    }
    let title = Slot { area: Rect { width: rest(&columns), ..area }, ..slot };
    draw_title(app, theme, (entry, review), marker, title, buffer);
    let taken: u16 = columns.iter().map(|column| width_of(*column)).sum();
    let mut x = area.right().saturating_sub(taken + END);
    for column in columns {
        let place = Rect { x, width: width_of(column), ..area };
        x = place.right();
        let Some(word) = fact(app, (entry, review), column) else { continue };
        match column {
            // Numbers are aligned to the right.
            Column::Year | Column::Date | Column::Open => {
                put_at_right(&shorten(&word, place.width.into()), theme.style(Part::Quiet), place, buffer);
            }
            _ => {
                let word = shorten(&word, usize::from(place.width - 1));
                put(buffer, (place.x + 1, place.y), &word, place.right(), theme.style(Part::Quiet));
            }
        }
    }
}

/// The columns beside title and rating, except what the heading of the group already says.
fn facts(app: &App) -> impl Iterator<Item = Column> {
    let group = app.list().filter().arrangement().group;
    let of_heading = match group {
        Some(Group::Kind) => Some(Column::Kind),
        Some(Group::Year) => Some(Column::Year),
        Some(Group::Reviewer) => Some(Column::Reviewer),
        Some(Group::Work) | None => None,
    };
    let columns = app.settings().list.columns.iter().copied();
    columns.filter(move |column| *column != Column::Rating && Some(*column) != of_heading)
}

/// The contents of a column.
fn fact(app: &App, (entry, review): (&Entry, &Review), column: Column) -> Option<String> {
    match column {
        Column::Rating => None,
        Column::Kind => review.kind().map(str::to_owned),
        Column::Year => review.year().map(|year| year.to_string()),
        Column::Reviewer => review.reviewer().map(str::to_owned),
        Column::Date => review.date().map(|date| date.written(app.settings().reading.dates)),
        Column::Open => {
            let (open, all) = app.library().visible(app.curtains(), entry.id())?.open_count();
            (all > 0).then(|| format!("{open}/{all}"))
        }
    }
}

/// A review on two lines: title and stars, and below them its author, the work, and what the list is sorted by.
pub(super) fn draw_two_lines(
    app: &App,
    theme: &Theme,
    (entry, review): (&Entry, &Review),
    marker: &mut Marker<'_>,
    slot: Slot,
    buffer: &mut Buffer,
) {
    let area = slot.area;
    let lines = draw_title(app, theme, (entry, review), marker, slot, buffer);
    if lines >= area.height {
        return;
    }
    let arrangement = app.list().filter().arrangement();
    let is_rating_hidden = app.rating_style(entry) == RatingStyle::Hidden;
    let value = match arrangement.order.sort {
        Sort::Rating if is_rating_hidden => None,
        Sort::Rating => review.rating().map(|rating| rating.to_string()),
        _ => fact(app, (entry, review), Column::Date),
    };
    let value = value.unwrap_or_default();
    let below = Rect {
        x: area.x + MARKS,
        y: area.y + lines,
        width: area.width.saturating_sub(MARKS + END),
        height: 1,
    };
    let room = usize::from(below.width).saturating_sub(columns(&value) + 2);
    let about = about(app, (entry, review));
    let fitting =
        (1..=about.len()).rev().map(|parts| about[..parts].concat()).find(|text| columns(text) <= room);
    let about = fitting.or_else(|| about.first().map(|name| shorten(name, room))).unwrap_or_default();
    put(buffer, (below.x, below.y), &about, below.right(), theme.style(Part::Quiet));
    put_at_right(&value, theme.style(Part::Quiet), below, buffer);
}

/// The columns as parts of a line: the last is dropped first if there is not enough room. The date is already on the
/// right.
fn about(app: &App, review: (&Entry, &Review)) -> Vec<String> {
    let (mut about, mut before) = (Vec::new(), None);
    for column in facts(app).filter(|column| *column != Column::Date) {
        let between = match (before, column) {
            (None, _) => "",
            // `film 2010`
            (Some(Column::Kind), Column::Year) => " ",
            _ => " · ",
        };
        if let Some(word) = fact(app, review, column) {
            about.push(format!("{between}{word}"));
            before = Some(column);
        }
    }
    about
}

/// The marks, the title and the stars: the first line of every row. Where a selected title is longer, it goes on below.
/// Returns how many lines it takes.
fn draw_title(
    app: &App,
    theme: &Theme,
    (entry, review): (&Entry, &Review),
    marker: &mut Marker<'_>,
    slot: Slot,
    buffer: &mut Buffer,
) -> u16 {
    let area = slot.area;
    draw_unread(app, theme, entry, area, buffer);
    let room = title_room(area.width);
    let title = Rect { x: area.x + MARKS, width: room, height: 1, ..area };
    let text = review.work_title();
    let lines: Vec<_> = match slot.is_selected {
        true => typeset::lines(text, room.into()).into_iter().map(|line| text[line].to_owned()).collect(),
        false => vec![shorten(text, room.into())],
    };
    for (y, line) in (area.y..area.bottom()).zip(&lines) {
        let title = Rect { y, ..title };
        put(buffer, (title.x, y), line, title.right(), Style::new());
        marker.mark(theme, line, title, buffer);
    }
    if review.is_curtained() {
        put(buffer, (title.right() + 1, area.y), "⊘", area.right(), theme.style(Part::Spoiler));
    }
    let style = match app.settings().list.columns.contains(&Column::Rating) {
        true => app.rating_style(entry),
        false => RatingStyle::Hidden,
    };
    draw_rating(theme, review.rating(), style, area, buffer);
    u16::try_from(lines.len()).unwrap_or(u16::MAX)
}

fn draw_unread(app: &App, theme: &Theme, entry: &Entry, area: Rect, buffer: &mut Buffer) {
    if entry.is_outdated() {
        put(buffer, (area.x + 1, area.y), "✗", area.right(), theme.style(Part::Problem));
    } else if app.curtains().has_progress() && !app.opened_in(entry.id()).is_empty() {
        put(buffer, (area.x + 1, area.y), "◆", area.right(), theme.style(Part::Spoiler));
    } else if !app.memory().is_read(&entry.full_name()) {
        put(buffer, (area.x + 1, area.y), "●", area.right(), theme.style(Part::Spoiler));
    }
}

/// A rating on the right of an area. Stars are padded to five with dim ones, so that ratings line up.
fn draw_rating(theme: &Theme, rating: Option<Rating>, style: RatingStyle, area: Rect, buffer: &mut Buffer) {
    let Some(rating) = rating else { return };
    let written = rating.written(style);
    let filled = if style == RatingStyle::Stars { "☆" } else { " " };
    let rest = filled.repeat(usize::from(STARS - 1).saturating_sub(columns(&written)));
    let x = area.right().saturating_sub(STARS - 1 + END);
    let x = put(buffer, (x, area.y), &written, area.right(), theme.style(Part::Rating));
    put(buffer, (x, area.y), &rest, area.right(), theme.style(Part::Quiet));
}

/// A review that was found by its text: its title, and the line with the hit.
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

/// The end of a text, as much as fits, starting at a word.
fn end_of(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let words = text.match_indices(' ').map(|(at, _)| &text[at + 1..]);
    let end = words.into_iter().find(|end| columns(end) < room).unwrap_or_default();
    if end.is_empty() { String::new() } else { format!("…{end}") }
}

/// Writes text aligned to the right of an area.
pub(super) fn put_at_right(text: &str, look: Style, area: Rect, buffer: &mut Buffer) {
    let width = u16::try_from(columns(text)).unwrap_or(u16::MAX);
    put(buffer, (area.right().saturating_sub(width), area.y), text, area.right(), look);
}
