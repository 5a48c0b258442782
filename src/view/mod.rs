//! The state to a screen: a pure function that writes nothing back.
//!
//! Drawing only takes the visible part of the list and the page. Where things are comes from
//! [`Layout`](crate::app::Layout), which the state uses too.

mod ascii;
mod bars;
mod heads;
mod keys;
mod list;
mod palette;
mod prompt;
mod room;
mod row;
mod scrollbar;
mod text;

pub use text::links;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{App, MINIMUM, Overlay, column};
use crate::theme::{Part, Theme};
use crate::typeset::columns;

/// Draws the whole screen.
pub fn view(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let Some(layout) = app.layout() else {
        let (columns, rows) = MINIMUM;
        let area = buffer.area;
        put(buffer, (area.x, area.y), &format!("needs {columns}×{rows}"), area.right(), Style::new());
        return;
    };
    buffer.set_style(buffer.area, theme.style(Part::Text));
    heads::draw(app, theme, &layout, buffer);
    match app.overlay() {
        Some(Overlay::Sheet(sheet)) => {
            let area = column(layout.body, &app.settings().reading);
            for (y, line) in (area.y..).zip(sheet.visible(area.height.into())) {
                text::draw_line(theme, line, None, Rect { y, height: 1, ..area }, buffer);
            }
        }
        _ if app.room().is_some() => {
            app.room().into_iter().for_each(|room| room::draw(app, theme, room, layout.body, buffer));
        }
        _ => {
            if let Some(area) = layout.list {
                list::draw(app, theme, &layout, area, buffer);
            }
            if let Some(rule) = layout.rule {
                for y in rule.top()..rule.bottom() {
                    put(buffer, (rule.x, y), "│", rule.right(), theme.style(Part::Rule));
                }
            }
            if let Some(area) = layout.text {
                text::draw(app, theme, area, buffer);
            }
            scrollbar::draw(app, theme, &layout, buffer);
        }
    }
    keys::draw(app, theme, layout.body, buffer);
    palette::draw(app, theme, layout.body, buffer);
    bars::draw(app, theme, layout.footer, buffer);
    if app.settings().screen.is_ascii {
        ascii::replace(buffer);
    }
}

/// Writes text at a column and row, up to the column `end`. Returns the column after it.
fn put(buffer: &mut Buffer, (mut x, y): (u16, u16), text: &str, end: u16, style: Style) -> u16 {
    let end = end.min(buffer.area.right());
    if y >= buffer.area.bottom() {
        return x;
    }
    // Most text is ASCII, and looking for grapheme clusters in it would take longer than everything else.
    let mut rest = text;
    while x < end && !rest.is_empty() {
        let (plain, after) = rest.split_at(plain_prefix(rest));
        for (byte, column) in plain.bytes().zip(x..end) {
            buffer[(column, y)].set_char(char::from(byte)).set_style(style);
        }
        x = x.saturating_add(u16::try_from(plain.len()).unwrap_or(u16::MAX)).min(end);
        let (marked, after) = after.split_at(marked_prefix(after));
        let room = usize::from(end - x);
        let is_cut = columns(marked) > room;
        x = buffer.set_stringn(x, y, marked, room, style).0;
        rest = if is_cut { "" } else { after };
    }
    x
}

fn is_plain(byte: u8) -> bool {
    byte == b' ' || byte.is_ascii_graphic()
}

/// How many bytes at the start are plain, excluding the last one if something else follows: it may carry a mark.
fn plain_prefix(text: &str) -> usize {
    let plain = text.bytes().take_while(|byte| is_plain(*byte)).count();
    if plain == text.len() { plain } else { plain.saturating_sub(1) }
}

/// How many bytes there are before the first two adjacent plain characters, between which no cluster can continue.
fn marked_prefix(text: &str) -> usize {
    let pairs = text.as_bytes().windows(2);
    let both = pairs.enumerate().skip(1).find(|(_, pair)| pair.iter().all(|byte| is_plain(*byte)));
    both.map_or(text.len(), |(at, _)| at + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn text_is_put_as_ratatui_puts_it(text in "([a-z ]{0,4}|[e-h]\u{301}|漢|👨‍👩‍👧‍👦|\\PC){0,8}", x in 0u16..6, end in 0u16..14) {
            let area = Rect::new(0, 0, 12, 1);
            let (mut ours, mut theirs) = (Buffer::empty(area), Buffer::empty(area));
            put(&mut ours, (x, 0), &text, end, Style::new());
            let room = usize::from(end.min(12).saturating_sub(x));
            theirs.set_stringn(x, 0, &text, room, Style::new());
            prop_assert_eq!(ours, theirs);
        }
    }
}
