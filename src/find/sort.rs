//! The orders of a list.
//!
//! Reviews without the value come last in either direction, followed by files that could not be read. Ties are ordered
//! newest first, so that every order is total and stable.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::str::FromStr;

use super::alphabet::Alphabet;
use crate::curtain::ReviewId;
use crate::library::Library;
use crate::parallel::{map_chunks, sort_by};
use crate::review::Rating;

/// A sort key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// By the date of the review, newest first.
    #[default]
    Date,
    /// By rating, best first, whatever the scale.
    Rating,
    /// By the work's title, without its article.
    Title,
    /// By the work's year, newest first.
    Year,
    /// By the author of the review.
    Reviewer,
    /// By the time it was last read to its end, latest first.
    LastRead,
}

impl Sort {
    /// All keys with their names, in the order of the cycle.
    pub const ALL: [(&'static str, Sort); 6] = [
        ("date", Sort::Date),
        ("rating", Sort::Rating),
        ("title", Sort::Title),
        ("year", Sort::Year),
        ("reviewer", Sort::Reviewer),
        ("read", Sort::LastRead),
    ];

    /// The next key in the cycle.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Sort::ALL.iter().position(|(_, sort)| *sort == self).unwrap_or(0);
        Sort::ALL[(at + 1) % Sort::ALL.len()].1
    }
}

/// The error for an unknown sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASort;

impl std::fmt::Display for NotASort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = Sort::ALL.map(|(name, _)| name).join(", ");
        write!(f, "a list can be sorted by {names}; a minus in front reverses the order")
    }
}

impl std::error::Error for NotASort {}

/// A key and a direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Order {
    /// The sort key.
    pub sort: Sort,
    /// Whether the order is reversed.
    pub is_reversed: bool,
}

impl Order {
    /// The name that is parsed again: `title`, or `-title` for the reversed order.
    #[must_use]
    pub fn written(self) -> String {
        let name = Sort::ALL.iter().find(|(_, sort)| *sort == self.sort).map_or("", |(name, _)| name);
        format!("{}{name}", if self.is_reversed { "-" } else { "" })
    }
}

/// Parses `title`, or `-title` for the reversed order.
impl FromStr for Order {
    type Err = NotASort;

    fn from_str(text: &str) -> Result<Self, NotASort> {
        let (name, is_reversed) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        let found = Sort::ALL.iter().find(|(of_table, _)| of_table.eq_ignore_ascii_case(name));
        found.map(|(_, sort)| Order { sort: *sort, is_reversed }).ok_or(NotASort)
    }
}

/// Formatted for the status line.
impl std::fmt::Display for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (usual, reversed) = match self.sort {
            Sort::Date => ("newest first", "oldest first"),
            Sort::Rating => ("best rated first", "worst rated first"),
            Sort::Title => ("by title", "by title, backwards"),
            Sort::Year => ("latest works first", "earliest works first"),
            Sort::Reviewer => ("by reviewer", "by reviewer, backwards"),
            Sort::LastRead => ("last read first", "last read last"),
        };
        f.write_str(if self.is_reversed { reversed } else { usual })
    }
}

/// A rating in hundredths of a star out of five, the common scale for comparisons.
#[must_use]
pub(super) fn hundredths(rating: Rating) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "a fraction is from 0 to 1")]
    let hundredths = (f64::from(rating.fraction()) * 500.0).round() as i32;
    hundredths
}

/// The key of the default order: by date, newest first, then undated reviews, then problems; reviews of the same day by
/// title.
///
/// Only the start of the title is included, which is nearly always enough: a row is compared some twenty times while a
/// library loads, and each look at the review itself would cost a cache miss.
pub type Rank = (u32, [u8; 8]);

/// The key of a file in the default order.
#[must_use]
pub fn rank(library: &Library, key: ReviewId) -> Rank {
    let Some(item) = library.get(key) else { return (u32::MAX, [0; 8]) };
    let Some(review) = item.review() else { return (u32::MAX, beginning(item.name())) };
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

/// Sorts rows into the default order; fast if all but the end is sorted already.
pub fn newest_first(library: &Library, rows: &mut [(Rank, ReviewId)]) {
    rows.sort_by(usual(library));
}

fn usual(library: &Library) -> impl Fn(&(Rank, ReviewId), &(Rank, ReviewId)) -> Ordering {
    let id = |key| library.get(key).map(|entry| (entry.name(), entry.folder()));
    move |a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(&id(b.1)))
}

/// Sorts files, given by key; returns their positions. Titles and names follow `alphabet`. `reads` says when a file was
/// last read: larger is later.
#[must_use]
pub(super) fn in_order(
    library: &Library,
    keys: &[ReviewId],
    order: Order,
    alphabet: Alphabet,
    reads: &HashMap<ReviewId, u32>,
) -> Vec<u32> {
    let key = |row: u32| keys[row as usize];
    let review = |row: u32| library.get(key(row)).and_then(|entry| entry.review());
    let all: Vec<u32> = (0..).take(keys.len()).collect();
    let usual = usual(library);
    let rows = sorted(&all, |row| rank(library, key(row)), |a, b| usual(&(a.0, key(a.1)), &(b.0, key(b.1))));
    let is_reversed = order.is_reversed;
    let is_problem = |row: u32| review(row).is_none();
    match order.sort {
        Sort::Date if !is_reversed => rows,
        Sort::Date => {
            let day = |row| review(row)?.date().map(|date| Reverse(date.day_number()));
            arrange(&rows, is_reversed, is_problem, day)
        }
        Sort::Rating => {
            let stars = |row| review(row)?.rating().map(|rating| Reverse(hundredths(rating)));
            arrange(&rows, is_reversed, is_problem, stars)
        }
        Sort::Year => arrange(&rows, is_reversed, is_problem, |row| review(row)?.year().map(Reverse)),
        Sort::LastRead => {
            arrange(&rows, is_reversed, is_problem, |row| reads.get(&key(row)).copied().map(Reverse))
        }
        Sort::Title => {
            let title = |row| Some(alphabet.sort_key(without_article(review(row)?.work_title())));
            arrange(&rows, is_reversed, is_problem, title)
        }
        Sort::Reviewer => {
            let reviewer = |row| Some(alphabet.sort_key(review(row)?.reviewer()?));
            arrange(&rows, is_reversed, is_problem, reviewer)
        }
    }
}

/// Sorts rows by an optional value. Rows without it come last in either direction, and problems after them.
fn arrange<K: Ord + Send>(
    rows: &[u32],
    is_reversed: bool,
    is_problem: impl Fn(u32) -> bool + Sync,
    by: impl Fn(u32) -> Option<K> + Sync,
) -> Vec<u32> {
    let by = |row| (is_problem(row), by(row));
    sorted(rows, by, |(a, _), (b, _)| {
        a.0.cmp(&b.0).then_with(|| match (&a.1, &b.1) {
            (Some(a), Some(b)) if is_reversed => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        })
    })
}

/// Sorts rows by a value that all of them have. The sort is stable.
fn sorted<K: Send>(
    rows: &[u32],
    by: impl Fn(u32) -> K + Sync,
    compare: impl Fn(&(K, u32), &(K, u32)) -> Ordering + Sync,
) -> Vec<u32> {
    let rows = map_chunks(rows, |rows| rows.iter().map(|row| (by(*row), *row)).collect::<Vec<_>>());
    let mut rows: Vec<_> = rows.into_iter().flatten().collect();
    sort_by(&mut rows, compare);
    rows.into_iter().map(|row| row.1).collect()
}

/// A title without its leading article, in the most common languages of titles.
fn without_article(title: &str) -> &str {
    const ARTICLES: [&str; 19] = [
        "the", "a", "an", "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los",
        "las", "il", "lo", "gli",
    ];
    let elided = ["l'", "l’", "L'", "L’"].iter().find_map(|article| title.strip_prefix(article));
    let rest = elided.or_else(|| {
        let (first, rest) = title.split_once(' ')?;
        ARTICLES.iter().any(|article| article.eq_ignore_ascii_case(first)).then_some(rest)
    });
    rest.map(str::trim_start).filter(|rest| !rest.is_empty()).unwrap_or(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_articles_do_not_count() {
        for (title, sorted_as) in [
            ("The Third Man", "Third Man"),
            ("A", "A"),
            ("The ", "The "),
            ("Les Misérables", "Misérables"),
            ("L’Avventura", "Avventura"),
            ("Theatre", "Theatre"),
            ("Das Boot", "Boot"),
        ] {
            assert_eq!(without_article(title), sorted_as, "{title}");
        }
    }

    #[test]
    fn orders_are_read_by_name() {
        for (name, sort) in Sort::ALL {
            assert_eq!(name.parse(), Ok(Order { sort, is_reversed: false }));
            assert_eq!(format!("-{name}").parse(), Ok(Order { sort, is_reversed: true }));
        }
        assert_eq!("colour".parse::<Order>(), Err(NotASort));
    }
}
