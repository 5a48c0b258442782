//! The list: an order of the library's files, the selected one, and the rows on the screen.

use crate::curtain::ReviewKey;
use crate::keymap::Step;
use crate::library::Library;

/// The list's state.
#[derive(Debug, Default)]
pub struct List {
    /// Newest first: what each row is sorted by, and its file.
    rows: Vec<(Rank, ReviewKey)>,
    selected: usize,
    /// The row at the top of the pane.
    top: usize,
    /// Whether the reader has chosen the selected row; before, the list stays at its top while it fills.
    is_chosen: bool,
}

/// What rows are sorted by: reviews by date, newest first, then those without a date, then problems; on one day by title.
///
/// Of the title only the beginning is here, which decides nearly always: a row is compared some twenty times while a
/// library loads, and every look at the review itself is a wait for memory.
type Rank = (u32, [u8; 8]);

fn rank(library: &Library, key: ReviewKey) -> Rank {
    let Some(item) = library.get(key) else { return (u32::MAX, [0; 8]) };
    let Some(review) = item.review() else { return (u32::MAX, beginning(&item.id)) };
    let day = review.date().map_or(u32::MAX - 1, |date| u32::MAX - 2 - date.day_number());
    (day, beginning(review.work_title()))
}

fn beginning(text: &str) -> [u8; 8] {
    let mut bytes = [0; 8];
    for (byte, of_text) in bytes.iter_mut().zip(text.bytes()) {
        *byte = of_text.to_ascii_lowercase();
    }
    bytes
}

impl List {
    /// Puts files into their places. The selected one stays selected, and stays where it is on the screen.
    pub fn add(&mut self, library: &Library, keys: impl Iterator<Item = ReviewKey>) {
        let selected = self.selected();
        let id = |key| library.get(key).map(|item| (&item.id, &item.folder));
        self.rows.extend(keys.map(|key| (rank(library, key), key)));
        // Stable, and quick on what is in order but for its end.
        self.rows.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(&id(b.1))));
        let moved = selected.and_then(|key| self.rows.iter().position(|row| row.1 == key));
        if let (true, Some(now)) = (self.is_chosen, moved) {
            self.top += now - self.selected;
            self.selected = now;
        }
    }

    /// The selected file.
    #[must_use]
    pub fn selected(&self) -> Option<ReviewKey> {
        self.rows.get(self.selected).map(|row| row.1)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows on a pane of this height, and whether each is the selected one.
    pub fn visible(&self, height: usize) -> impl Iterator<Item = (ReviewKey, bool)> {
        let rows = self.rows.iter().enumerate().skip(self.top).take(height);
        rows.map(|(row, (_, key))| (*key, row == self.selected))
    }

    /// Takes down that the reader is at this row: from now on it stays put.
    pub fn choose(&mut self) {
        self.is_chosen = true;
    }

    /// Moves the selection.
    pub fn go(&mut self, step: Step, height: usize) {
        let page = height.saturating_sub(1).max(1);
        let half = (height / 2).max(1);
        self.selected = match step {
            Step::Down => self.selected.saturating_add(1),
            Step::Up => self.selected.saturating_sub(1),
            Step::HalfDown => self.selected.saturating_add(half),
            Step::HalfUp => self.selected.saturating_sub(half),
            Step::PageDown => self.selected.saturating_add(page),
            Step::PageUp => self.selected.saturating_sub(page),
            Step::Start => 0,
            Step::End => usize::MAX,
        };
        self.settle(height);
    }

    /// Selects the row that is `row` rows below the top of the pane, if there is one.
    pub fn select_visible(&mut self, row: usize) -> bool {
        let row = self.top + row;
        let exists = row < self.rows.len();
        if exists {
            self.selected = row;
        }
        exists
    }

    /// Scrolls the pane under the selection, which moves only so far that it stays in sight.
    pub fn scroll(&mut self, rows: isize, height: usize) {
        let last_top = self.rows.len().saturating_sub(height);
        self.top = self.top.saturating_add_signed(rows).min(last_top);
        self.selected = self.selected.clamp(self.top, self.top + height.saturating_sub(1));
        self.settle(height);
    }

    /// Restores what must hold: a row is selected if there is one, it is in sight, and no room is wasted.
    pub fn settle(&mut self, height: usize) {
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        let lowest = self.selected.saturating_sub(height.saturating_sub(1));
        let last_top = self.rows.len().saturating_sub(height.max(1));
        self.top = self.top.clamp(lowest, self.selected).min(last_top.max(lowest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Content, Item};
    use crate::review::Parser;

    fn item(id: &str, date: &str) -> Item {
        let date = if date.is_empty() { String::new() } else { format!("date = {date}\n") };
        let source = format!("{date}[work]\ntitle = 'W'\n[[passage]]\ntext = 'x'\n");
        let content = match Parser::default().parse(source.as_bytes()) {
            Ok(review) => Content::Review(review),
            Err(faults) => Content::Problem(faults.into()),
        };
        Item { folder: "f".into(), id: id.into(), content }
    }

    fn ids(list: &List, library: &Library) -> Vec<String> {
        list.visible(99).filter_map(|(key, _)| library.get(key)).map(|item| item.id.to_string()).collect()
    }

    fn filled(dates: &[&str]) -> (Library, List) {
        let (mut library, mut list) = (Library::default(), List::default());
        let items = dates.iter().enumerate().map(|(n, date)| item(&n.to_string(), date)).collect();
        let keys = library.add(items);
        list.add(&library, keys);
        (library, list)
    }

    #[test]
    fn the_newest_come_first_and_problems_last() {
        let (library, list) =
            filled(&["2012-01-01", "'bad'", "", "2020-05-05", "2012-01-01", "2020-05-04", "2019-12-31"]);
        assert_eq!(ids(&list, &library), ["3", "5", "6", "0", "4", "2", "1"]);
    }

    #[test]
    fn steps_keep_the_selection_in_the_list_and_in_sight() {
        let (_, list) = filled(&["2012-01-01"; 20]);
        for (steps, selected, top) in [
            (&[Step::Down][..], 1, 0),
            (&[Step::Up], 0, 0),
            (&[Step::PageDown], 4, 0),
            (&[Step::PageDown, Step::Down], 5, 1),
            (&[Step::End], 19, 15),
            (&[Step::End, Step::Down, Step::PageUp], 15, 15),
            (&[Step::End, Step::PageUp, Step::Up], 14, 14),
            (&[Step::HalfDown, Step::HalfDown, Step::HalfDown], 6, 2),
            (&[Step::End, Step::Start], 0, 0),
        ] {
            let mut list = List { rows: list.rows.clone(), ..List::default() };
            steps.iter().for_each(|step| list.go(*step, 5));
            assert_eq!((list.selected, list.top), (selected, top), "{steps:?}");
        }
    }

    #[test]
    fn what_is_chosen_stays_put_while_more_arrive() {
        let (mut library, mut list) = filled(&["2012-01-01", "2011-01-01", "2010-01-01"]);
        list.go(Step::Down, 2);
        list.choose();
        let before: Vec<_> = list.visible(2).collect();
        let keys = library.add(vec![item("new", "2020-01-01"), item("old", "2000-01-01")]);
        list.add(&library, keys);
        list.settle(2);
        assert_eq!(list.visible(2).collect::<Vec<_>>(), before, "the same rows are on the screen");
    }

    #[test]
    fn what_nobody_chose_is_the_newest() {
        let (mut library, mut list) = filled(&["2012-01-01", "2011-01-01"]);
        let keys = library.add(vec![item("new", "2020-01-01")]);
        list.add(&library, keys);
        list.settle(2);
        assert_eq!(list.selected().and_then(|key| library.get(key)).map(|item| &*item.id), Some("new"));
    }

    #[test]
    fn the_wheel_takes_the_selection_along_only_at_the_edge() {
        let (_, mut list) = filled(&["2012-01-01"; 20]);
        list.go(Step::Down, 5);
        list.scroll(3, 5);
        assert_eq!((list.selected, list.top), (3, 3));
        list.scroll(-1, 5);
        assert_eq!((list.selected, list.top), (3, 2));
        list.scroll(99, 5);
        assert_eq!((list.selected, list.top), (15, 15));
    }
}
