//! The line at the bottom: what one can do here, or a word about what just happened.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::app::{App, Overlay};
use crate::keymap::{Action, Hint};
use crate::theme::{Part, Theme};
use crate::typeset::{columns, shorten};

/// Keys that help here, or a word about what just happened.
pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if let Some(Overlay::Prompt(prompt)) = app.overlay() {
        return super::prompt::draw(app, theme, prompt, area, buffer);
    }
    let end = draw_typed(app, theme, area, buffer);
    let mut x = area.x + 1;
    if let Some(notice) = app.notice() {
        let room = usize::from(end.saturating_sub(x + 1));
        put(buffer, (x, area.y), &shorten(notice, room), end, Style::new());
        return;
    }
    // The key that shows all others has its room, however narrow it is.
    let (help, others): (Vec<_>, Vec<_>) = app.hints().partition(|hint| hint.action == Action::Help);
    let taken = |hint: &Hint| width(&hint.key) + 1 + width(hint.word);
    let reserved: u16 = help.iter().map(|hint| taken(hint) + 2).sum();
    for hint in others {
        if x + taken(&hint) + reserved < end {
            x = draw_hint(theme, &hint, (x, area.y), end, buffer);
        }
    }
    for hint in help {
        x = draw_hint(theme, &hint, (x, area.y), end, buffer);
    }
}

/// Keys that wait for more, at the right. Returns where they begin.
fn draw_typed(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let typed = app.typed();
    if typed.is_empty() {
        return area.right();
    }
    let count = typed.count().map(|count| count.to_string());
    let keys = typed.keys().iter().map(ToString::to_string);
    let word = count.into_iter().chain(keys).collect::<Vec<_>>().join(" ") + "…";
    let x = area.right().saturating_sub(width(&word) + 1);
    put(buffer, (x, area.y), &word, area.right(), theme.style(Part::Strong));
    x.saturating_sub(1)
}

fn draw_hint(theme: &Theme, hint: &Hint, (x, y): (u16, u16), end: u16, buffer: &mut Buffer) -> u16 {
    let x = put(buffer, (x, y), &hint.key, end, theme.style(Part::Strong));
    put(buffer, (x + 1, y), hint.word, end, theme.style(Part::Quiet)) + 2
}

pub(super) fn width(text: &str) -> u16 {
    u16::try_from(columns(text)).unwrap_or(u16::MAX)
}

/// A number with commas between its thousands.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        for (number, shown) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (123_456, "123,456"), (1_000_000, "1,000,000")]
        {
            assert_eq!(grouped(number), shown);
        }
    }
}
