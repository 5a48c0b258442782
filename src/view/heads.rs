//! The headings of the panes, and the lines that separate them from their contents and from each other.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use super::room;
use super::row::put_at_right;
use crate::app::bars::{ROOMY, width};
use crate::app::{App, Layout, Overlay, Pane, Subject};
use crate::theme::{Part, Theme};
use crate::typeset::{columns, shorten};

/// The maximum width of the progress.
const PROGRESS: usize = 29;

/// What stands before one's progress.
pub(super) const YOU: &str = "you: ";

/// The maximum width of a search.
const SEARCH: usize = 20;

pub(super) fn draw(app: &App, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let top = layout.top;
    match (app.overlay(), layout.list, layout.text) {
        (Some(Overlay::Sheet(sheet)), ..) => {
            let title = match sheet.subject() {
                Subject::Help => "unspoiled: help",
                Subject::Statistics => "unspoiled: statistics",
            };
            put(buffer, (top.x + 1, top.y), title, top.right(), theme.style(Part::Strong));
        }
        _ if app.room().is_some() => {
            app.room().into_iter().for_each(|room| room::draw_heading(app, theme, room, top, buffer));
        }
        (_, list, text) => {
            if let Some(list) = list {
                draw_list(app, theme, Rect { x: list.x, width: list.width, ..top }, buffer);
            }
            if let Some(text) = text {
                draw_text(app, theme, Rect { x: text.x, width: text.width, ..top }, buffer);
            }
        }
    }
    draw_lesson(app, theme, top, buffer);
    draw_badge(app, theme, top, buffer);
    draw_divider(app, theme, layout, buffer);
}

/// The lesson of the tour, in place of the headings.
fn draw_lesson(app: &App, theme: &Theme, top: Rect, buffer: &mut Buffer) {
    let Some((number, words)) = app.lesson() else { return };
    for x in top.left()..top.right() {
        put(buffer, (x, top.y), " ", top.right(), theme.style(Part::Text));
    }
    let x = put(buffer, (top.x + 1, top.y), &number, top.right(), theme.style(Part::Quiet)) + 2;
    let words = shorten(&words, usize::from(top.right().saturating_sub(x + 1)));
    put(buffer, (x, top.y), &words, top.right(), theme.style(Part::Strong));
}

/// The line under the headings: heavy under that of the focused pane.
fn draw_divider(app: &App, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let Some(line) = layout.divider else { return };
    let is_sheet = matches!(app.overlay(), Some(Overlay::Sheet(_)));
    let is_alone = is_sheet || app.room().is_some();
    for x in line.left()..line.right() {
        let is_in = |pane: Option<Rect>| pane.is_some_and(|pane| (pane.left()..pane.right()).contains(&x));
        let has_keys = match app.pane() {
            _ if is_sheet => true,
            Pane::List => is_in(layout.list),
            Pane::Text => is_in(layout.text),
        };
        let is_corner = is_in(layout.rule) && !is_alone;
        let (symbol, look) = match (is_corner, has_keys) {
            (true, _) => ("┬", theme.style(Part::Rule)),
            (false, true) => ("━", theme.style(Part::Bar)),
            (false, false) => ("─", theme.style(Part::Rule)),
        };
        put(buffer, (x, line.y), symbol, line.right(), look);
    }
}

/// The heading of the list.
fn draw_list(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    for part in app.list_heading(area.left(), area.right()) {
        put(buffer, (part.columns.start, area.y), &part.text, area.right(), theme.style(part.part));
    }
}

/// What is being read, and how far down the reader is.
fn draw_text(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Some(entry) = app.selected() else { return };
    let badge = badge(app).map_or(0, |badge| width(&badge) + 1);
    let mut end = Rect { width: area.width.saturating_sub(1 + badge), ..area };
    let height = app.layout().map_or(0, |layout| usize::from(layout.body.height));
    if let Some(fraction) = app.reader().fraction(height) {
        let percent = format!("{:3.0} %", fraction * 100.0);
        put_at_right(&percent, theme.style(Part::Quiet), end, buffer);
        end.width = end.width.saturating_sub(width(&percent) + 2);
    }
    if let Some(search) = app.reader().search().filter(|_| app.pane() == Pane::Text) {
        let text = shorten(search.text(), SEARCH);
        let count = match search.count() {
            (_, 0) => format!("0 × {text}"),
            (at, all) => format!("{at} of {all} × {text}"),
        };
        put_at_right(&count, theme.style(Part::Hit), end, buffer);
        end.width = end.width.saturating_sub(width(&count) + 2);
    }
    let progress = app.visible().and_then(|visible| visible.progress());
    if let Some(progress) = progress.filter(|_| area.width >= ROOMY) {
        let words = shorten(&format!("{YOU}{progress}"), PROGRESS);
        put_at_right(&words, theme.style(Part::Quiet), end, buffer);
        end.width = end.width.saturating_sub(width(&words) + 2);
    }
    let x = app
        .layout()
        .and_then(|layout| layout.text)
        .map_or(area.x + 1, |text| crate::app::column(text, &app.settings().reading).x);
    let room = usize::from(end.right().saturating_sub(x));
    let title = shorten(entry.review().map_or(entry.name(), |review| review.work_title()), room);
    let look = if app.pane() == Pane::Text { theme.style(Part::Strong) } else { Style::new() };
    let x = put(buffer, (x, area.y), &title, end.right(), look);
    let by = entry.review().and_then(|review| review.reviewer()).unwrap_or_default();
    let room = usize::from(end.right().saturating_sub(x + 3));
    if !by.is_empty() && columns(by) <= room {
        put(buffer, (x, area.y), &format!(" · {by}"), end.right(), theme.style(Part::Quiet));
    }
}

/// Says that spoilers are always shown, or that a review is shown as of one of its gates.
fn draw_badge(app: &App, theme: &Theme, top: Rect, buffer: &mut Buffer) {
    if let Some(badge) = badge(app) {
        put_at_right(&badge, theme.style(Part::Badge), top, buffer);
    }
}

fn badge(app: &App) -> Option<String> {
    let as_of = |point: &str| format!(" AS OF {} ", shorten(point, PROGRESS).to_uppercase());
    let shown = app.curtains().always_show().then(|| " SPOILERS SHOWN ".to_owned());
    app.preview().map(as_of).or(shown)
}
