//! The lines of a page.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::put;
use crate::app::bars::width;
use crate::app::{App, Pane, column};
use crate::curtain::Region;
use crate::keymap::Action;
use crate::theme::{Part, Theme};
use crate::typeset::{Edge, Line, Role, columns};

pub(super) fn draw(app: &App, theme: &Theme, pane: Rect, buffer: &mut Buffer) {
    let area = column(pane, &app.settings().reading);
    if app.list().is_empty() {
        return;
    }
    let focus = app.reader().focus().filter(|_| app.pane() == Pane::Text);
    for (y, (cursor, line)) in (area.y..).zip(app.reader().visible_lines(area.height.into())) {
        let area = Rect { y, height: 1, ..area };
        draw_line(theme, line, focus, area, buffer);
        if app.reader().mark() == Some(cursor) {
            // Where there is a mark at the edge already, this one goes beside it.
            let x = area.x.saturating_sub(if line.edge.is_some() { 1 } else { 2 });
            put(buffer, (x, y), "›", area.x, theme.style(Part::Quiet));
        }
        for (range, is_here) in app.reader().search().into_iter().flat_map(|search| search.on_line(cursor)) {
            let look = if is_here { theme.style(Part::Selected) } else { theme.style(Part::Hit) };
            mark(&line.text, range, look, area, buffer);
        }
        if let (Some(region), true) = (line.curtain, line.curtain == focus) {
            draw_hint(app, theme, line, region, area, buffer);
        }
    }
}

/// The addresses that text on the screen leads to, with the place of the text, unless something lies over it.
#[must_use]
pub fn links(app: &App) -> Vec<(Rect, &str)> {
    let text = app.layout().and_then(|layout| layout.text).filter(|_| !app.list().is_empty());
    let Some(pane) =
        text.filter(|_| app.overlay().is_none() && app.room().is_none() && app.following().is_empty())
    else {
        return Vec::new();
    };
    let area = column(pane, &app.settings().reading);
    let mut links = Vec::new();
    for (y, (_, line)) in (area.y..).zip(app.reader().visible_lines(area.height.into())) {
        let hint_is_over = line.curtain.is_some();
        for (range, address) in line.links.iter().filter(|_| !hint_is_over) {
            let (before, text) = (width(&line.text[..range.start]), width(&line.text[range.clone()]));
            let place = Rect { x: area.x + before, y, width: text, height: 1 };
            links.push((place.intersection(area), address.as_str()));
        }
    }
    links
}

/// A line, with the mark at its edge in the margin.
pub(super) fn draw_line(theme: &Theme, line: &Line, focus: Option<Region>, area: Rect, buffer: &mut Buffer) {
    let is_focused = line.curtain.is_some() && line.curtain == focus;
    let edge = match line.edge {
        Some(Edge::Top(_)) if is_focused => "▼",
        _ if is_focused => "▶",
        None | Some(Edge::Down) => "",
        Some(edge) => edge.mark(),
    };
    put(buffer, (area.x.saturating_sub(2), area.y), edge, area.x, theme.style(Part::Spoiler));
    let mut x = area.x;
    for (text, run) in line.runs() {
        let mut look = theme.run(run.role, run.style);
        if is_focused || (run.span.is_some() && run.span == focus) {
            look = look.patch(theme.style(Part::Selected));
        }
        x = put(buffer, (x, area.y), text, area.right(), look);
    }
}

/// Restyles a range of the text in an area.
pub(super) fn mark(text: &str, range: std::ops::Range<usize>, look: Style, area: Rect, buffer: &mut Buffer) {
    let small = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let (Some(before), Some(found)) = (text.get(..range.start), text.get(range)) else { return };
    let marked =
        Rect { x: area.x.saturating_add(small(columns(before))), width: small(columns(found)), ..area };
    buffer.set_style(marked.intersection(area), look);
}

/// What Enter does, over the texture of the focused curtain's line or after its label, if there is room.
fn draw_hint(app: &App, theme: &Theme, line: &Line, region: Region, area: Rect, buffer: &mut Buffer) {
    let Some(curtain) = app.visible().and_then(|visible| visible.curtain(region)) else { return };
    let Some(key) = app.key_for(Action::ToggleCurtain) else { return };
    let (hint, look) = match curtain.is_lifted {
        true => (format!("{key} to hide"), theme.style(Part::Quiet)),
        // Over the texture, which may be dim or too faint for words.
        false => {
            let look = theme.style(Part::Spoiler).patch(theme.style(Part::Selected));
            (format!(" {key} to reveal "), look.remove_modifier(Modifier::DIM))
        }
    };
    let mut end = 0;
    let texture = line.runs().map(|(text, run)| {
        end += columns(text);
        (run.role == Role::Texture).then_some(end - columns(text)..end)
    });
    let after = columns(&line.text)..usize::from(area.width) + 1;
    let room = texture.flatten().max_by_key(ExactSizeIterator::len).unwrap_or(after);
    if columns(&hint) < room.len() {
        let x = area.x + u16::try_from(room.end - 1 - columns(&hint)).unwrap_or(0);
        put(buffer, (x, area.y), &hint, area.right(), look);
    }
}
