//! The line at the top and the line at the bottom.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::app::{App, Filter, Overlay, Pane};
use crate::keymap::{Action, Hint};
use crate::theme::{Part, Theme};
use crate::typeset::{columns, shorten};

/// Columns below which a filter takes the place of the names.
const WITH_NAMES: u16 = 60;

/// Columns that are kept for what the list is narrowed to.
const FILTER: u16 = 24;

/// The name of the program and of the library, what there is, and the order it is in.
pub(super) fn draw_top(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let library = app.library();
    let reviews = grouped(library.review_count());
    let filter = app.list().filter();
    let is_filtered = !filter.text().is_empty();
    let count = match (library.is_complete(), library.review_count()) {
        _ if is_filtered => format!("{} of {}", grouped(app.list().files()), grouped(library.len())),
        (false, _) => format!("{reviews} so far"),
        (true, 1) => "1 review".to_owned(),
        (true, _) => format!("{reviews} reviews"),
    };
    let problems = match library.problem_count() {
        0 => String::new(),
        1 => "1 problem".to_owned(),
        n => format!("{} problems", grouped(n)),
    };
    let mut x = area.x + 1;
    if !is_filtered || area.width >= WITH_NAMES {
        x = put(buffer, (x, area.y), "unspoiled", area.right(), theme.style(Part::Strong)) + 3;
        let left = width(&count) + if problems.is_empty() { 0 } else { width(&problems) + 2 } + 3;
        let left = left + if is_filtered { FILTER } else { 0 };
        let name = shorten(app.name(), area.right().saturating_sub(x + left).into());
        x = put(buffer, (x, area.y), &name, area.right(), Style::new()) + 2;
    }
    x = put(buffer, (x, area.y), &count, area.right(), theme.style(Part::Quiet));
    if !problems.is_empty() {
        x = put(buffer, (x + 2, area.y), &problems, area.right(), theme.style(Part::Problem));
    }
    let order = order(filter, area.right().saturating_sub(x + 3).into());
    let right = area.right().saturating_sub(width(&order) + 1);
    put(buffer, (right, area.y), &order, area.right(), theme.style(Part::Quiet));
}

/// The order, what the list is gathered by, and what it is narrowed to, as far as there is room: the last first.
fn order(filter: &Filter, room: usize) -> String {
    let arrangement = filter.arrangement();
    let order = match arrangement.is_best_first {
        true => "best match first".to_owned(),
        false => arrangement.order.to_string(),
    };
    let group = arrangement.group.map(|group| format!("grouped by {}", group.name()));
    let query = Some(filter.text().trim()).filter(|query| !query.is_empty()).map(str::to_owned);
    let all: Vec<_> = [Some(order), group, query.clone()].into_iter().flatten().collect();
    let fitting = (0..all.len()).map(|from| all[from..].join("   ")).find(|parts| columns(parts) <= room);
    fitting.or(query).map(|parts| shorten(&parts, room)).unwrap_or_default()
}

/// Keys that help here, or a word about what just happened; and how far down the reader is.
pub(super) fn draw_bottom(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if let Some(Overlay::Prompt(prompt)) = app.overlay() {
        return super::prompt::draw(app, theme, prompt, area, buffer);
    }
    let end = draw_state(app, theme, area, buffer);
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

fn draw_hint(theme: &Theme, hint: &Hint, (x, y): (u16, u16), end: u16, buffer: &mut Buffer) -> u16 {
    let x = put(buffer, (x, y), &hint.key, end, theme.style(Part::Strong));
    put(buffer, (x + 1, y), hint.word, end, theme.style(Part::Quiet)) + 2
}

/// Whether spoilers are always shown, and how far down the text is. Returns where this begins.
fn draw_state(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let mut end = area.right().saturating_sub(1);
    let typed = app.typed();
    if !typed.is_empty() {
        let count = typed.count().map(|count| count.to_string());
        let keys = typed.keys().iter().map(ToString::to_string);
        let word = count.into_iter().chain(keys).collect::<Vec<_>>().join(" ") + "…";
        end = end.saturating_sub(width(&word));
        put(buffer, (end, area.y), &word, area.right(), theme.style(Part::Strong));
        end = end.saturating_sub(1);
    }
    let is_text = app.layout().is_some_and(|layout| layout.text.is_some()) && app.overlay().is_none();
    let is_text = is_text && app.pane() == Pane::Text;
    if let Some(fraction) = app.reader().fraction(area.y.saturating_sub(1).into()).filter(|_| is_text) {
        let percent = format!("{:3.0} %", fraction * 100.0);
        end -= width(&percent);
        put(buffer, (end, area.y), &percent, area.right(), theme.style(Part::Quiet));
        end -= 1;
    }
    if let Some(search) = app.reader().search().filter(|_| is_text) {
        let count = match search.count() {
            (_, 0) => format!("0 × {}", shorten(search.text(), 20)),
            (at, all) => format!("{at} of {all} × {}", shorten(search.text(), 20)),
        };
        end = end.saturating_sub(width(&count) + 1);
        put(buffer, (end, area.y), &count, area.right(), theme.style(Part::Hit));
        end = end.saturating_sub(1);
    }
    if app.curtains().always_show() {
        let word = " SPOILERS SHOWN ";
        end = end.saturating_sub(width(word) + 1);
        put(buffer, (end, area.y), word, area.right(), theme.style(Part::Badge));
        end = end.saturating_sub(1);
    }
    end
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
