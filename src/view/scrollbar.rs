//! Scrollbars, which show the visible part of the list and of the text. The list's is on the rule between the panes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::put;
use crate::app::{App, Layout};
use crate::theme::{Part, Theme};

pub(super) fn draw(app: &App, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let at_right = |pane: Rect| Rect { x: pane.right() - 1, width: 1, ..pane };
    if let (Some(list), Some((start, end))) = (layout.list, app.list().extent(layout.list_rows())) {
        draw_thumb(theme, layout.rule.unwrap_or(at_right(list)), start, end, buffer);
    }
    if let (Some(text), Some((start, end))) = (layout.text, app.reader().extent(layout.body.height.into())) {
        draw_thumb(theme, at_right(text), start, end, buffer);
    }
}

/// The part of a track from `start` to `end`, both from 0 to 1. At least one row, and touching an end only if there is
/// nothing beyond it.
fn draw_thumb(theme: &Theme, track: Rect, start: f64, end: f64, buffer: &mut Buffer) {
    let height = f64::from(track.height);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both are rows of the track")]
    let (first, last) = ((start * height).ceil() as u16, (end * height).floor() as u16);
    let first = first.min(track.height - 1);
    for y in first..last.clamp(first + 1, track.height) {
        put(buffer, (track.x, track.y + y), "┃", track.right(), theme.style(Part::Rule));
    }
}
