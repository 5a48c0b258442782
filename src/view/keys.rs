//! The panel that shows what can follow the first keys of a sequence.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::put;
use crate::app::App;
use crate::app::bars::width;
use crate::theme::{Part, Theme};
use crate::typeset::shorten;

/// Columns between keys and their descriptions.
const GAP: u16 = 2;

/// Draws the panel at the bottom of an area, if a sequence has begun.
pub(super) fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let following = app.following();
    let rows = u16::try_from(following.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(1));
    if rows == 0 {
        return;
    }
    let panel = Rect { y: area.bottom() - rows - 1, height: rows + 1, ..area };
    Clear.render(panel, buffer);
    buffer.set_style(panel, theme.style(Part::Text).patch(theme.style(Part::Panel)));
    put(buffer, (panel.x, panel.y), &"─".repeat(panel.width.into()), panel.right(), theme.style(Part::Rule));
    let keys = following.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
    for (y, (key, binding)) in (panel.y + 1..panel.bottom()).zip(&following) {
        put(buffer, (panel.x + 1, y), key, panel.right(), theme.style(Part::Strong));
        let x = panel.x + 1 + keys + GAP;
        let help = shorten(binding.help, panel.right().saturating_sub(x).into());
        put(buffer, (x, y), &help, panel.right(), theme.style(Part::Text));
    }
}
