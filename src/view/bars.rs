//! The line at the bottom: useful keys, or a notice about what just happened.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::app::bars::width;
use crate::app::{App, Overlay};
use crate::keymap::Hint;
use crate::theme::{Part, Theme};
use crate::typeset::shorten;

/// Useful keys, or a notice about what just happened.
pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if let Some(Overlay::Prompt(prompt)) = app.overlay() {
        return super::prompt::draw(app, theme, prompt, area, buffer);
    }
    let end = draw_typed(app, theme, area, buffer);
    if let Some(notice) = app.notice() {
        let x = area.x + 1;
        let room = usize::from(end.saturating_sub(x + 1));
        put(buffer, (x, area.y), &shorten(notice, room), end, Style::new());
        return;
    }
    for (columns, hint) in app.footer(area) {
        draw_hint(theme, &hint, (columns.start, area.y), end, buffer);
    }
}

/// Keys that wait for more, on the right. Returns where they begin.
fn draw_typed(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let Some(words) = app.typed_words() else { return area.right() };
    let x = area.right().saturating_sub(width(&words) + 1);
    put(buffer, (x, area.y), &words, area.right(), theme.style(Part::Strong));
    x.saturating_sub(1)
}

fn draw_hint(theme: &Theme, hint: &Hint, (x, y): (u16, u16), end: u16, buffer: &mut Buffer) {
    let x = put(buffer, (x, y), &hint.key, end, theme.style(Part::Strong));
    put(buffer, (x + 1, y), hint.word, end, theme.style(Part::Quiet));
}
