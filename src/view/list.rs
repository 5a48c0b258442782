//! The list: the rows on the screen, the selection, and what to draw if there are no rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::put;
use super::row::{self, MARKS, Slot};
use super::text::mark;
use crate::app::{App, Layout, Pane, Row};
use crate::curtain::ReviewId;
use crate::find::Fuzzy;
use crate::keymap::Action;
use crate::query::Query;
use crate::theme::{Part, Theme};

/// Columns left empty at the end of a row.
pub(super) const END: u16 = 1;

pub(super) fn draw(app: &App, theme: &Theme, layout: &Layout, area: Rect, buffer: &mut Buffer) {
    if app.list().is_empty() {
        return draw_nothing(app, theme, area, buffer);
    }
    let query = &app.list().filter().parsed().query;
    let mut marker = Marker { query, fuzzy: None };
    let lines = (area.y..).step_by(layout.row_lines.into());
    let mut selected = None;
    for (y, (content, is_selected)) in lines.zip(app.list().visible(layout.list_rows())) {
        let slot = Slot {
            area: Rect { y, height: layout.row_lines.min(area.bottom() - y), ..area },
            row_lines: layout.row_lines,
            is_selected,
        };
        match content {
            _ if is_selected => selected = Some((content, slot)),
            Row::Head(number) => row::draw_heading(app, theme, number, slot.area, buffer),
            Row::File(id) => draw_file(app, theme, id, &mut marker, slot, buffer),
        }
    }
    // It comes last, since a full title may need more lines than its row has.
    if let Some((content, slot)) = selected {
        let slot = Slot { area: grown(app, content, slot.area, area), ..slot };
        clear(slot.area, theme, buffer);
        draw_selection(app, theme, slot.area, buffer);
        match content {
            Row::Head(number) => row::draw_heading(app, theme, number, slot.area, buffer),
            Row::File(id) => draw_file(app, theme, id, &mut marker, slot, buffer),
        }
    }
    if let Some(number) = app.list().heading_above() {
        let area = Rect { height: layout.row_lines, ..area };
        clear(area, theme, buffer);
        row::draw_heading(app, theme, number, area, buffer);
    }
}

/// The area of the selected row. If its title does not fit, it covers the rows below, or at the bottom, those above.
fn grown(app: &App, content: Row, row: Rect, pane: Rect) -> Rect {
    let Row::File(id) = content else { return row };
    let is_hit = app.list().hit(id).is_some();
    let Some(review) = app.library().get(id).and_then(|entry| entry.review()).filter(|_| !is_hit) else {
        return row;
    };
    let lines = row::title_lines(review, row.width).next_multiple_of(row.height.max(1)).max(row.height);
    let height = lines.min(pane.height);
    Rect { y: row.y.min(pane.bottom() - height), height, ..row }
}

/// The bar at the edge of the selected row, thin while the other pane has the focus.
fn draw_selection(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let is_here = app.pane() == Pane::List;
    let (bar, look) =
        if is_here { ("▌", theme.style(Part::Bar)) } else { ("▏", theme.style(Part::Quiet)) };
    buffer.set_style(area, theme.style(Part::SelectedRow));
    for y in area.top()..area.bottom() {
        put(buffer, (area.x, y), bar, area.right(), look);
    }
}

/// A file; if it was found by its text, with the line of the first hit.
fn draw_file(
    app: &App,
    theme: &Theme,
    id: ReviewId,
    marker: &mut Marker<'_>,
    slot: Slot,
    buffer: &mut Buffer,
) {
    let Some(entry) = app.library().get(id) else { return };
    match (entry.review(), app.list().hit(id)) {
        (None, _) => row::draw_problem(theme, entry, marker, slot.area, buffer),
        (Some(review), Some(hit)) => row::draw_hit(app, theme, (entry, review), hit, slot.area, buffer),
        (Some(review), None) if slot.row_lines > 1 => {
            row::draw_two_lines(app, theme, (entry, review), marker, slot, buffer);
        }
        (Some(review), None) => row::draw_line(app, theme, (entry, review), marker, slot, buffer),
    }
}

/// What to do if there is nothing to show.
fn draw_nothing(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let filter = app.list().filter();
    let is_filtered = !filter.text().is_empty();
    let word = match (is_filtered, app.library().is_complete()) {
        (true, _) if !filter.has_words() => "nothing found".to_owned(),
        (true, _) if app.overlay().is_some() => "nothing found; texts: \"in quotes\"".to_owned(),
        (true, _) => match app.key_for(Action::FilterTexts) {
            Some(key) => format!("nothing found; {key} looks in all texts"),
            None => "nothing found".to_owned(),
        },
        (false, true) => "no reviews here".to_owned(),
        (false, false) => "reading…".to_owned(),
    };
    put(buffer, (area.x + MARKS, area.y), &word, area.right(), theme.style(Part::Quiet));
    let why = match (is_filtered, app.library().is_complete()) {
        (true, _) => filter.suggestion().map(ToString::to_string).unwrap_or_default(),
        (false, true) => START.to_owned(),
        (false, false) => String::new(),
    };
    let width = usize::from(area.width.saturating_sub(MARKS + END));
    for (y, line) in (area.y + 1..area.bottom()).zip(textwrap::wrap(&why, width)) {
        put(buffer, (area.x + MARKS, y), &line, area.right(), theme.style(Part::Quiet));
    }
}

/// What to do with an empty library.
const START: &str = "\nOn the command line:\n\n\
    unspoiled FOLDER\n  reads the reviews in a folder\n\n\
    unspoiled import FILE --into FOLDER\n  brings yours from another place\n\n\
    unspoiled new TITLE\n  begins one of your own";

/// Marks what a filter has found.
pub(super) struct Marker<'q> {
    query: &'q Query,
    /// Created only if there is something to mark, because it needs much memory for one frame.
    fuzzy: Option<Fuzzy>,
}

impl Marker<'_> {
    pub(super) fn mark(&mut self, theme: &Theme, text: &str, area: Rect, buffer: &mut Buffer) {
        if !self.query.is_empty() {
            for range in self.fuzzy.get_or_insert_default().marks(text, self.query) {
                mark(text, range, theme.style(Part::Hit), area, buffer);
            }
        }
    }
}

fn clear(area: Rect, theme: &Theme, buffer: &mut Buffer) {
    for position in area.intersection(buffer.area).positions() {
        buffer[position].reset();
        buffer[position].set_style(theme.style(Part::Text));
    }
}
