//! The palette: its choices, above the line that is being typed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::put;
use super::row::put_at_right;
use crate::app::bars::width;
use crate::app::{App, Choice};
use crate::theme::{Part, Theme};
use crate::typeset::shorten;

/// The width of the names.
const NAMES: u16 = 24;

/// The minimum width of the help.
const HELP: u16 = 12;

/// Draws the palette at the bottom of an area, if it is open.
pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Some((choices, selected)) = app.palette() else { return };
    let rows = rows(choices.len(), area.height);
    let panel = Rect { y: area.bottom() - rows - 1, height: rows + 1, ..area };
    Clear.render(panel, buffer);
    buffer.set_style(panel, theme.style(Part::Text).patch(theme.style(Part::Panel)));
    put(buffer, (panel.x, panel.y), &"─".repeat(panel.width.into()), panel.right(), theme.style(Part::Rule));
    if choices.is_empty() {
        put(
            buffer,
            (panel.x + 2, panel.y + 1),
            "there is no such action",
            panel.right(),
            theme.style(Part::Quiet),
        );
        return;
    }
    let first = (selected + 1).saturating_sub(rows.into());
    let lines = panel.y + 1..panel.bottom();
    for (y, (number, choice)) in lines.zip(choices.iter().enumerate().skip(first)) {
        let row = Rect { y, height: 1, ..panel };
        if number == selected {
            buffer.set_style(row, theme.style(Part::SelectedRow));
            put(buffer, (row.x, y), "▌", row.right(), theme.style(Part::Bar));
        }
        draw_choice(app, theme, choice, row, buffer);
    }
}

/// How many choices fit on an area of this height.
fn rows(choices: usize, height: u16) -> u16 {
    let most = (height * 2 / 3).max(3).min(height.saturating_sub(1));
    u16::try_from(choices.max(1)).unwrap_or(most).min(most)
}

/// The name, what it does, its current state, and its keys. Choices that would have no effect are dimmed.
fn draw_choice(app: &App, theme: &Theme, choice: &Choice<'_>, area: Rect, buffer: &mut Buffer) {
    let (is_of_use, keys, now) = match choice {
        Choice::Action(row) => {
            (app.is_of_use(row.binding.action), row.key_names(), app.now(row.binding.action))
        }
        Choice::Theme(_) => (true, String::new(), None),
    };
    let quiet = theme.style(Part::Quiet);
    let name = if is_of_use { Style::new() } else { quiet };
    let end = Rect { width: area.width.saturating_sub(1), ..area };
    put(buffer, (area.x + 2, area.y), &choice.name(), end.right(), name);
    let x = area.x + 2 + NAMES;
    let keys_width = width(&keys);
    let room = end.right().saturating_sub(x + keys_width + 2);
    if room >= HELP {
        let now = now.map(|now| format!("now {now}: ")).unwrap_or_default();
        let help = format!("{now}{}", choice.help());
        put(buffer, (x, area.y), &shorten(&help, room.into()), end.right(), quiet);
    }
    put_at_right(&keys, theme.style(Part::Strong), end, buffer);
}
