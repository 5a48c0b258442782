//! Statistics of the reviews in the list, as far as they may be seen.

use std::collections::{BTreeMap, BTreeSet};

use super::bars::grouped;
use super::{App, Overlay, Sheet};
use crate::curtain::ReviewId;
use crate::review::{RatingStyle, Visible};
use crate::typeset::{Role, columns, shorten};
use crate::work::WorkKey;

/// What the counts were made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    list: u64,
    curtains: u64,
    reads: u64,
}

/// The counts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    reviews: usize,
    unread: usize,
    works: BTreeSet<WorkKey>,
    /// By the number of half stars.
    ratings: BTreeMap<u8, usize>,
    kinds: BTreeMap<String, usize>,
    reviewers: BTreeMap<String, usize>,
    hidden: usize,
    revealed: usize,
}

impl Counts {
    /// Counts a review, and those of its spoilers that are visible: one behind another does not exist yet.
    fn add(&mut self, visible: Visible<'_>, is_read: bool, shows_rating: bool) {
        let review = visible.review();
        self.reviews += 1;
        self.unread += usize::from(!is_read);
        self.works.insert(review.work_key());
        if let Some(rating) = review.rating().filter(|_| shows_rating) {
            *self.ratings.entry(rating.half_stars()).or_default() += 1;
        }
        *self.kinds.entry(review.kind().unwrap_or(UNKNOWN).to_owned()).or_default() += 1;
        *self.reviewers.entry(review.reviewer().unwrap_or(UNKNOWN).to_owned()).or_default() += 1;
        for curtain in visible.curtains() {
            *if curtain.is_lifted { &mut self.revealed } else { &mut self.hidden } += 1;
        }
    }
}

/// Stands for a value that a review does not have.
const UNKNOWN: &str = "unknown";

impl App {
    /// What the counts are made from.
    pub(super) fn statistics_stamp(&self) -> Stamp {
        Stamp {
            list: self.list.revision(),
            curtains: self.curtains.revision(),
            reads: self.memory.reads_revision(),
        }
    }

    /// Counts what is in the list.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        let mut add = |id: ReviewId| {
            let entry = self.library.get(id);
            if let (Some(entry), Some(visible)) = (entry, self.library.visible(&self.curtains, id)) {
                let is_read = !self.memory.is_blank() && self.memory.is_read(&entry.full_name());
                counts.add(visible, is_read, self.rating_style(entry) != RatingStyle::Hidden);
            }
        };
        self.list.ids().into_iter().for_each(&mut add);
        counts
    }

    /// Shows the statistics over the focused pane.
    pub(super) fn open_statistics(&mut self) {
        self.front.overlay = Some(Overlay::Sheet(Sheet::statistics()));
    }

    /// The filter in force.
    pub(super) fn narrowed_to(&self) -> Option<String> {
        Some(self.list.filter().text().trim().to_owned()).filter(|text| !text.is_empty())
    }
}

/// The width of the words before a count, in columns.
const WORDS: usize = 22;

/// The width of a count, in columns.
const NUMBERS: usize = 8;

/// The length of the longest bar, in columns.
const LONGEST: usize = 40;

/// The maximum number of lines below a heading. The rest are only counted.
const MOST: usize = 12;

/// The page: each value with its count and a bar.
pub(super) fn lines(counts: &Counts, narrowed_to: Option<&str>, measure: usize) -> Vec<(String, Role)> {
    let mut lines = vec![("Statistics".to_owned(), Role::Headline)];
    let plural =
        |count: usize, what: &str| format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" });
    let of = narrowed_to.map(|filter| format!(" · {filter}")).unwrap_or_default();
    let all = format!("{} of {}{of}", plural(counts.reviews, "review"), plural(counts.works.len(), "work"));
    lines.push((shorten(&all, measure), Role::Meta));
    let words = WORDS.min(measure / 2);
    let mut section = |heading: &str, rows: &[(String, usize)]| {
        let Some(most) = rows.iter().map(|(_, count)| *count).max().filter(|most| *most > 0) else { return };
        lines.push((String::new(), Role::Body));
        lines.push((heading.to_owned(), Role::Work));
        let longest = measure.saturating_sub(words + NUMBERS + 2).min(LONGEST);
        for (what, count) in rows.iter().take(MOST) {
            let what = shorten(what, words - 1);
            let pad = " ".repeat(words - columns(&what));
            let number = grouped(*count);
            // Anything above zero has a visible bar.
            let bar = "█".repeat((count * longest).div_ceil(most));
            lines.push((format!("{what}{pad}{number:>NUMBERS$}  {bar}").trim_end().to_owned(), Role::Body));
        }
        if let Some(more) = rows.len().checked_sub(MOST).filter(|more| *more > 0) {
            lines.push((format!("and {more} more"), Role::Meta));
        }
    };
    let named = |name: &str, count: usize| (name.to_owned(), count);
    section("Read", &[named("read", counts.reviews - counts.unread), named("unread", counts.unread)]);
    let ratings = counts.ratings.iter().rev();
    section("Ratings", &ratings.map(|(halves, count)| (stars(*halves), *count)).collect::<Vec<_>>());
    section("Kinds", &most_first(&counts.kinds));
    section("Reviewers", &most_first(&counts.reviewers));
    section("Spoilers in sight", &[named("hidden", counts.hidden), named("revealed", counts.revealed)]);
    lines
}

fn stars(halves: u8) -> String {
    let whole = usize::from(halves / 2);
    let half = usize::from(halves % 2);
    format!("{}{}{}", "★".repeat(whole), "½".repeat(half), "☆".repeat(5_usize.saturating_sub(whole + half)))
}

fn most_first(counts: &BTreeMap<String, usize>) -> Vec<(String, usize)> {
    let mut rows: Vec<_> = counts.iter().map(|(what, count)| (what.clone(), *count)).collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    rows
}
