//! The line at the bottom while the reader types in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use super::text::mark;
use crate::app::bars::width;
use crate::app::{App, Line, Prompt, Purpose};
use crate::theme::{Part, Theme};
use crate::typeset::{columns, shorten};
use crate::work::Point;

/// The minimum width of a line, however long its question is.
const MIN_LINE: u16 = 9;

/// From this width on, the question includes the work.
const WITH_TITLE: u16 = 60;

pub(super) fn draw(app: &App, theme: &Theme, prompt: &Prompt, area: Rect, buffer: &mut Buffer) {
    match prompt.purpose {
        Purpose::Filter => draw_filter(app, theme, &prompt.line, area, buffer),
        Purpose::Pipe => draw_line(theme, "pipe to: ", &prompt.line, area, buffer),
        Purpose::Palette { .. } => {
            draw_line(theme, ":", &prompt.line, area, buffer);
            draw_at_right(app.notice().unwrap_or_default(), theme.style(Part::Quiet), area, buffer);
        }
        Purpose::Search => draw_line(theme, "search: ", &prompt.line, area, buffer),
        Purpose::Progress { .. } => draw_progress(app, theme, &prompt.line, area, buffer),
        Purpose::Nothing(why) => draw_line(theme, &format!("{why}: "), &prompt.line, area, buffer),
    }
}

/// The line of the filter. Errors in it are shown on its right, and styled differently.
fn draw_filter(app: &App, theme: &Theme, line: &Line, area: Rect, buffer: &mut Buffer) {
    let parsed = app.list().filter().parsed();
    let error = if app.notice().is_some() { parsed.objection() } else { parsed.error() };
    let word = match error {
        Some(error) => error.reason.as_str(),
        None if line.value().is_empty() => {
            "words, \"text\", kind: year: rating: by: tag: is:unread, and, or, not"
        }
        None => "",
    };
    let look = if error.is_some() { theme.style(Part::Problem) } else { theme.style(Part::Quiet) };
    let taken = columns(line.value()) + 14;
    let room = usize::from(area.width).saturating_sub(taken);
    if app.notice().is_some() && columns(word) > room {
        // Until the next key, the error is more important than what was typed.
        put(buffer, (area.x + 1, area.y), &shorten(word, usize::from(area.width) - 2), area.right(), look);
        return;
    }
    draw_line(theme, "filter: ", line, area, buffer);
    draw_at_right(&shorten(word, room), look, area, buffer);
    if let Some(error) = error.filter(|_| taken < usize::from(area.width)) {
        let start = area.x + 1 + width("filter: ");
        let area = Rect { x: start, ..area };
        mark(line.value(), error.span.clone(), theme.style(Part::Problem), area, buffer);
    }
}

/// Asks how far the reader has got, and shows what the point being typed would reveal.
fn draw_progress(app: &App, theme: &Theme, line: &Line, area: Rect, buffer: &mut Buffer) {
    let question = match app.notice() {
        Some(notice) => format!("{notice}: "),
        None => question(app, area.width),
    };
    draw_line(theme, &question, line, area, buffer);
    let Some(opening) = app.opening().filter(|_| !line.value().trim().is_empty()) else { return };
    let word = opening.words().unwrap_or_else(|| "reveals nothing".to_owned());
    let taken = columns(&question) + columns(line.value()) + 4;
    if taken + columns(&word) < usize::from(area.width) {
        draw_at_right(&word, theme.style(Part::Quiet), area, buffer);
    }
}

/// The question in terms of the work: its unit, or the form of the visible gates in its review.
fn question(app: &App, width: u16) -> String {
    let visible = app.asked_about();
    let title = visible.map_or("", |visible| visible.review().work_title());
    let unit = visible.and_then(|visible| visible.review().unit());
    let gate = visible.and_then(|visible| visible.curtains().find_map(|curtain| curtain.gate));
    let spine = visible.and_then(|visible| visible.scale().spine);
    let point = match (unit, spine, gate) {
        (_, Some(spine), _) if spine.has_seasons() => "S02E05",
        (_, _, Some(Point::Episode { .. })) => "S02E05",
        (Some(unit), ..) => unit,
        (None, Some(spine), _) if spine.length().is_some() => spine.unit(),
        (None, _, Some(Point::Number { .. })) => "number",
        (None, ..) => "9, S02E05 or done",
    };
    match width < WITH_TITLE {
        true => format!("up to {point}: "),
        false => format!("{} · finished up to {point}: ", shorten(title, 24)),
    }
}

fn draw_at_right(word: &str, look: Style, area: Rect, buffer: &mut Buffer) {
    let at = area.right().saturating_sub(width(word) + 1);
    put(buffer, (at, area.y), word, area.right(), look);
}

/// A question, and the line with its cursor and its selected part.
fn draw_line(theme: &Theme, question: &str, line: &Line, area: Rect, buffer: &mut Buffer) {
    let room = usize::from(area.width.saturating_sub(MIN_LINE + 1));
    let x =
        put(buffer, (area.x + 1, area.y), &shorten(question, room), area.right(), theme.style(Part::Strong));
    let room = usize::from(area.right().saturating_sub(x + 1));
    let before = &line.value()[..line.cursor_byte()];
    let start = start_of_window(before, room.saturating_sub(1));
    let shown = &line.value()[start..];
    put(buffer, (x, area.y), shown, area.right(), Style::new());
    let area = Rect { x, ..area };
    if let Some(selected) = line.selected() {
        let selected = selected.start.max(start) - start..selected.end.max(start) - start;
        mark(shown, selected, theme.style(Part::SelectedElsewhere), area, buffer);
    }
    let cursor = x.saturating_add(width(&before[start..])).min(area.right().saturating_sub(1));
    buffer.set_style(
        Rect { x: cursor, width: 1, ..area }.intersection(buffer.area),
        theme.style(Part::Selected),
    );
}

/// The offset from which the text before the cursor fits into this many columns.
fn start_of_window(before: &str, room: usize) -> usize {
    let mut starts = before.char_indices().map(|(at, _)| at).chain([before.len()]);
    starts.find(|start| columns(&before[*start..]) <= room).unwrap_or(before.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_in_the_window_whatever_the_width_of_characters() {
        for (before, room, shown) in [
            ("", 4, ""),
            ("abcd", 4, "abcd"),
            ("abcde", 4, "bcde"),
            ("雪国雪国", 4, "雪国"),
            ("雪国雪国", 5, "雪国"),
            ("a雪国", 4, "雪国"),
            ("abc", 0, ""),
        ] {
            assert_eq!(&before[start_of_window(before, room)..], shown, "{before:?} in {room}");
        }
    }
}
