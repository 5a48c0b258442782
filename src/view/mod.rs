//! The state to a screen: a pure function that writes nothing back.
//!
//! Drawing takes only what is on the screen from the list and the page; where things are is asked of
//! [`Layout`](crate::app::Layout), as the state asks it.

mod bars;
mod list;
mod text;
mod theme;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub use theme::Theme;

use crate::app::{App, MINIMUM, Overlay, column};

/// Draws the whole screen.
pub fn view(app: &App, theme: Theme, buffer: &mut Buffer) {
    let Some(layout) = app.layout() else {
        let (columns, rows) = MINIMUM;
        let area = buffer.area;
        put(buffer, (area.x, area.y), &format!("needs {columns}×{rows}"), area.right(), Style::new());
        return;
    };
    bars::draw_top(app, theme, layout.bar, buffer);
    match app.overlay() {
        Some(Overlay::Help(help)) => {
            let area = column(layout.body, app.measure());
            for (y, line) in (area.y..).zip(help.visible(area.height.into())) {
                text::draw_line(theme, line, None, Rect { y, height: 1, ..area }, buffer);
            }
        }
        _ => {
            if let Some(area) = layout.list {
                list::draw(app, theme, area, buffer);
            }
            if let Some(rule) = layout.rule {
                for y in rule.top()..rule.bottom() {
                    put(buffer, (rule.x, y), "│", rule.right(), theme.quiet());
                }
            }
            if let Some(area) = layout.text {
                text::draw(app, theme, area, buffer);
            }
        }
    }
    bars::draw_bottom(app, theme, layout.footer, buffer);
}

/// Writes text at a column and row, not beyond the column `end`. Returns the column after it.
fn put(buffer: &mut Buffer, (x, y): (u16, u16), text: &str, end: u16, style: Style) -> u16 {
    let room = usize::from(end.min(buffer.area.right()).saturating_sub(x));
    if room == 0 || y >= buffer.area.bottom() {
        return x;
    }
    buffer.set_stringn(x, y, text, room, style).0
}
