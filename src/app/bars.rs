//! The contents of the list's heading and of the footer, with their columns, for drawing and for clicks.

use std::ops::Range;

use ratatui::layout::Rect;

use super::{App, Filter};
use crate::keymap::{Action, Hint};
use crate::theme::Part;
use crate::typeset::{columns, shorten};

/// The width at which the list's heading gets the name of the program, and words instead of signs.
pub(crate) const ROOMY: u16 = 60;

/// Columns reserved for the order and the filter.
const ORDER: u16 = 24;

/// The columns between two parts of a heading.
const GAP: u16 = 2;

/// A part of a heading.
#[derive(Debug)]
pub struct HeadingPart {
    /// Its columns on the screen.
    pub columns: Range<u16>,
    /// Its text.
    pub text: String,
    /// Its style.
    pub part: Part,
    /// What a click on it does.
    pub action: Option<Action>,
}

impl HeadingPart {
    fn new(x: u16, text: String, part: Part, action: Option<Action>) -> Self {
        HeadingPart { columns: x..x.saturating_add(width(&text)), text, part, action }
    }
}

impl App {
    /// The heading of the list between two columns: the name of the library, the position in it, the number of unread
    /// reviews, and the order.
    #[must_use]
    pub fn list_heading(&self, start: u16, end: u16) -> Vec<HeadingPart> {
        let is_roomy = end - start >= ROOMY;
        let is_filtered = !self.list.filter().text().is_empty();
        let count = self.count();
        let problems = match self.library.problem_count() {
            0 => String::new(),
            1 => "1 problem".to_owned(),
            n => format!("{} problems", grouped(n)),
        };
        // The order is worth more than the number of unread reviews.
        let program = if is_roomy { "unspoiled" } else { "" };
        let whole_order: u16 =
            order(self.list.filter(), usize::MAX).iter().map(|(text, _)| width(text) + 3).sum();
        let others = [program, &self.settings.name, &count, &problems].map(|text| match width(text) {
            0 => 0,
            width => width + GAP,
        });
        let room = (end - start).saturating_sub(others.iter().sum::<u16>() + whole_order);
        let unread =
            Some(self.unread_words(is_roomy)).filter(|text| width(text) + GAP <= room).unwrap_or_default();
        let mut parts: Vec<HeadingPart> = Vec::new();
        let mut x = start + 1;
        let mut add = |x: &mut u16, text: String, part: Part, action: Option<Action>| {
            if !text.is_empty() {
                let part = HeadingPart::new(*x, text, part, action);
                *x = part.columns.end + GAP;
                parts.push(part);
            }
        };
        add(&mut x, program.to_owned(), Part::Strong, None);
        if !is_filtered || is_roomy {
            let after = [&count, &unread, &problems].map(|text| width(text) + GAP).iter().sum::<u16>();
            let kept = after + 1 + if is_filtered { ORDER } else { 0 };
            let name = shorten(&self.settings.name, end.saturating_sub(x + kept).into());
            add(&mut x, name, Part::Strong, None);
        }
        add(&mut x, count, Part::Quiet, None);
        add(&mut x, unread, Part::Quiet, Some(Action::ToggleUnreadOnly));
        add(&mut x, problems, Part::Problem, None);
        let room = end.saturating_sub(x + 1);
        let order = order(self.list.filter(), room.into());
        let between = 3;
        let taken: u16 = order.iter().map(|(text, _)| width(text) + between).sum();
        x = end.saturating_sub(1 + taken.saturating_sub(between));
        for (text, action) in order {
            let part = HeadingPart::new(x, text, Part::Quiet, Some(action));
            x = part.columns.end + between;
            parts.push(part);
        }
        parts
    }

    /// The position of the selected review, and the number of reviews.
    fn count(&self) -> String {
        let files = grouped(self.list.files());
        let at = self.list.position().map(|at| format!("{}/", grouped(at))).unwrap_or_default();
        match self.library.is_complete() || !self.list.filter().text().is_empty() {
            true => format!("{at}{files}"),
            false => format!("{} so far", grouped(self.library.review_count())),
        }
    }

    /// The number of unread reviews in the library. It is left out while files are loading, and under a filter, where it
    /// would be taken for that of the list.
    fn unread_words(&self, is_roomy: bool) -> String {
        match self.unread.count().filter(|_| self.list.filter().text().is_empty()) {
            None | Some(0) => String::new(),
            Some(count) if is_roomy => format!("{} unread", grouped(count)),
            Some(count) => format!("●{}", grouped(count)),
        }
    }

    /// The hints that fit into the footer, with their columns.
    #[must_use]
    pub fn footer(&self, area: Rect) -> Vec<(Range<u16>, Hint)> {
        let typed = self.typed_words().map_or(0, |words| width(&words) + 2);
        let end = area.right().saturating_sub(typed);
        // The key that shows all others always has room.
        let (help, others): (Vec<_>, Vec<_>) = self.hints().partition(|hint| hint.action == Action::Help);
        let taken = |hint: &Hint| width(&hint.key) + 1 + width(hint.word);
        let reserved: u16 = help.iter().map(|hint| taken(hint) + GAP).sum();
        let mut x = area.x + 1;
        let mut footer = Vec::new();
        let fitting =
            others.into_iter().map(|hint| (hint, reserved)).chain(help.into_iter().map(|hint| (hint, 0)));
        for (hint, reserved) in fitting {
            let columns = x..x + taken(&hint);
            if columns.end + reserved < end {
                x = columns.end + GAP;
                footer.push((columns, hint));
            }
        }
        footer
    }

    /// The keys of an unfinished sequence.
    #[must_use]
    pub fn typed_words(&self) -> Option<String> {
        let typed = self.typed();
        let count = typed.count().map(|count| count.to_string());
        let keys = typed.keys().iter().map(ToString::to_string);
        (!typed.is_empty()).then(|| count.into_iter().chain(keys).collect::<Vec<_>>().join(" ") + "…")
    }
}

/// The order, the grouping and the filter, each with the action that changes it. If there is not enough room, the order
/// is dropped first, and the filter last.
fn order(filter: &Filter, room: usize) -> Vec<(String, Action)> {
    let arrangement = filter.arrangement();
    let order = match arrangement.is_best_first {
        true => "best match first".to_owned(),
        false => arrangement.order.to_string(),
    };
    let group = arrangement.group.map(|group| format!("grouped by {}", group.name()));
    let query = Some(filter.text().trim()).filter(|query| !query.is_empty()).map(str::to_owned);
    let mut all = vec![(order, Action::NextSort)];
    all.extend(group.map(|group| (group, Action::NextGroup)));
    all.extend(query.map(|query| (query, Action::Filter)));
    let taken = |parts: &[(String, Action)]| parts.iter().map(|(text, _)| columns(text) + 3).sum::<usize>();
    while all.len() > 1 && taken(&all) > room.saturating_add(3) {
        all.remove(0);
    }
    // Part of a filter is still worth showing; part of the others would say nothing.
    all.retain_mut(|(text, action)| {
        if *action == Action::Filter {
            *text = shorten(text, room);
        }
        !text.is_empty() && columns(text) <= room
    });
    all
}

/// The width of a text, in columns.
pub(crate) fn width(text: &str) -> u16 {
    u16::try_from(columns(text)).unwrap_or(u16::MAX)
}

/// A number with commas between its thousands.
pub(crate) fn grouped(number: usize) -> String {
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
