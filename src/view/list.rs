//! The rows of the list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Theme, put};
use crate::app::{App, Pane};
use crate::library::Item;
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

pub(super) fn draw(app: &App, theme: Theme, area: Rect, buffer: &mut Buffer) {
    if app.list().is_empty() {
        let word = if app.library().is_complete() { "no reviews here" } else { "reading…" };
        put(buffer, (area.x + MARKS, area.y), word, area.right(), theme.quiet());
    }
    for (row, (key, is_selected)) in (area.y..).zip(app.list().visible(area.height.into())) {
        let area = Rect { y: row, height: 1, ..area };
        if let Some(item) = app.library().get(key) {
            draw_row(app, theme, item, area, buffer);
        }
        if is_selected {
            put(buffer, (area.x, row), "▸", area.right(), theme.strong());
            let is_here = app.pane() == Pane::List;
            let look = if is_here { theme.selected() } else { theme.selected_elsewhere() };
            buffer.set_style(area, look);
        }
    }
}

fn draw_row(app: &App, theme: Theme, item: &Item, area: Rect, buffer: &mut Buffer) {
    let y = area.y;
    let Some(review) = item.review() else {
        put(buffer, (area.x + 1, y), "✗", area.right(), theme.problem());
        let room = usize::from(area.width.saturating_sub(MARKS + END));
        put(buffer, (area.x + MARKS, y), &shorten(&item.id, room), area.right(), theme.problem());
        return;
    };
    if !app.memory().is_read(&item.name()) {
        put(buffer, (area.x + 1, y), "●", area.right(), theme.curtain());
    }
    let kind = if area.width >= WITH_KIND { KIND } else { 0 };
    let title = area.width.saturating_sub(MARKS + CURTAIN + STARS + kind + YEAR + END);
    let mut x = area.x + MARKS;
    put(buffer, (x, y), &shorten(review.work_title(), title.into()), x + title, Style::new());
    x += title;
    if review.is_curtained() {
        put(buffer, (x + 1, y), "⊘", area.right(), theme.curtain());
    }
    x += CURTAIN;
    if let Some(rating) = review.rating() {
        put(buffer, (x + 1, y), &rating.stars(), area.right(), theme.stars());
    }
    x += STARS;
    if kind > 0 {
        let word = shorten(review.kind().unwrap_or_default(), usize::from(KIND - 1));
        put(buffer, (x + 1, y), &word, area.right(), theme.quiet());
    }
    x += kind;
    if let Some(year) = review.year() {
        let year = year.to_string();
        let indent = usize::from(YEAR).saturating_sub(columns(&year));
        let at = x + u16::try_from(indent).unwrap_or(0);
        put(buffer, (at, y), &year, area.right(), theme.quiet());
    }
}
