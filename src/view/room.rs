//! Draws the room of a work: its reviews in columns, each under its reviewer's name.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::heads::YOU;
use super::put;
use super::row::put_at_right;
use super::text::draw_line;
use crate::app::{App, Column, Room};
use crate::review::{RatingStyle, Visible};
use crate::theme::{Part, Theme};
use crate::typeset::{columns, shorten};

/// Columns between the left edge of a review and its text: a rule, and the marks at the edge of the text.
const MARGIN: u16 = 3;

pub(super) fn draw(app: &App, theme: &Theme, room: &Room, area: Rect, buffer: &mut Buffer) {
    let in_sight = u16::try_from(room.in_sight().count().max(1)).unwrap_or(1);
    let width = area.width / in_sight;
    for ((column, is_selected), number) in room.in_sight().zip(0..) {
        let pane = Rect { x: area.x + number * width, width, ..area };
        if number > 0 {
            for y in pane.top()..pane.bottom() {
                put(buffer, (pane.x, y), "│", pane.right(), theme.style(Part::Rule));
            }
        }
        draw_review(app, theme, column, is_selected, pane, buffer);
    }
}

/// Draws a review: the reviewer, the rating, how much is open, and the text.
fn draw_review(
    app: &App,
    theme: &Theme,
    column: &Column,
    is_selected: bool,
    pane: Rect,
    buffer: &mut Buffer,
) {
    let Some(visible) = app.library().visible(app.curtains(), column.id()) else { return };
    let Some(entry) = app.library().get(column.id()) else { return };
    let text = Rect { x: pane.x + MARGIN, width: pane.width.saturating_sub(MARGIN + 1), ..pane };
    let stars = visible.review().rating().map(|rating| rating.written(app.rating_style(entry)));
    let stars = stars.unwrap_or_default();
    let name = visible.review().reviewer().unwrap_or("anonymous");
    let name = shorten(name, usize::from(text.width).saturating_sub(columns(&stars) + 1));
    let (bar, look) = match is_selected {
        true => ("▌", theme.style(Part::Strong)),
        false => ("", theme.style(Part::Quiet)),
    };
    put(buffer, (text.x - 2, text.y), bar, text.right(), theme.style(Part::Bar));
    put(buffer, (text.x, text.y), &name, text.right(), look);
    put_at_right(&stars, theme.style(Part::Rating), text, buffer);
    let new = app.opened_in(column.id()).len();
    let x = put(buffer, (text.x, text.y + 1), &open(visible), text.right(), theme.style(Part::Quiet));
    if new > 0 {
        let word = shorten(&format!(" · {new} opened since"), text.right().saturating_sub(x).into());
        put(buffer, (x, text.y + 1), &word, text.right(), theme.style(Part::Spoiler));
    }
    let height = text.height.saturating_sub(Room::HEAD);
    for (y, line) in (text.y + Room::HEAD..).zip(column.visible(height.into())) {
        draw_line(theme, line, None, Rect { y, height: 1, ..text }, buffer);
    }
}

/// How much of a review is open.
fn open(visible: Visible<'_>) -> String {
    match visible.open_count() {
        (_, 0) => "no spoilers".to_owned(),
        (open, all) => format!("{open} of {all} open"),
    }
}

/// The heading: the work whose reviews are compared, how they are rated, and how far the reader has got.
pub(super) fn draw_heading(app: &App, theme: &Theme, room: &Room, top: Rect, buffer: &mut Buffer) {
    let Some(first) = app.in_room().next() else { return };
    let end = Rect { width: top.width.saturating_sub(1), ..top };
    let you =
        first.progress().map_or_else(|| "you: nothing yet".to_owned(), |progress| format!("{YOU}{progress}"));
    let others: Vec<_> = app.others().map(|(name, progress)| format!("{name}: {progress}")).collect();
    let all = [others, vec![you.clone()]].concat().join(" · ");
    // The reader's own place comes before that of the others.
    let you = if columns(&all) * 2 <= usize::from(end.width) { all } else { you };
    put_at_right(&you, theme.style(Part::Quiet), end, buffer);
    let space = usize::from(end.width).saturating_sub(columns(&you) + 3);
    let title = shorten(first.review().work_title(), space);
    let x = put(buffer, (top.x + 1, top.y), &title, end.right(), theme.style(Part::Strong));
    let all = [Some(count(room)), spread(app)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let rest = shorten(&format!("   {all}"), space.saturating_sub(columns(&title)));
    put(buffer, (x, top.y), &rest, end.right(), theme.style(Part::Quiet));
}

/// The number of reviews, and which of them are visible.
fn count(room: &Room) -> String {
    match room.extent() {
        (_, _, 1) => "1 review".to_owned(),
        (1, last, all) if last == all => format!("{all} reviews"),
        (first, last, all) if first == last => format!("review {first} of {all}"),
        (first, last, all) => format!("reviews {first} to {last} of {all}"),
    }
}

/// The lowest and the highest rating, unless one of them is hidden.
fn spread(app: &App) -> Option<String> {
    let rated = app.room()?.reviews().filter_map(|id| {
        let entry = app.library().get(id)?;
        Some((entry.review()?.rating()?, app.rating_style(entry)))
    });
    let mut rated: Vec<_> = rated.collect();
    if rated.iter().any(|(_, style)| *style == RatingStyle::Hidden) {
        return None;
    }
    rated.sort_by(|(one, _), (other, _)| one.fraction().total_cmp(&other.fraction()));
    let written =
        |(rating, style): &(crate::review::Rating, RatingStyle)| rating.written(*style).trim().to_owned();
    let (least, most) = (written(rated.first()?), written(rated.last()?));
    Some(if least == most { least } else { format!("{least} to {most}") })
}
