//! Searches a whole library: which files match a query, and in which order.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::alphabet::Alphabet;
use super::answers::{Answers, in_parts};
use super::check::Check;
use super::fuzzy::Fuzzy;
use super::group::{Gathered, Group, gather};
use super::index::Index;
use super::sort::{self, Order, Sort};
use super::standing::Standing;
use super::suggestion::Suggestion;
use crate::curtain::{Curtains, ReviewId};
use crate::library::{Library, Revision};
use crate::query::Query;
use crate::review::{Review, Visible};

/// A search request.
#[derive(Clone, Debug)]
pub struct Job {
    /// The number of the search; later searches have larger numbers.
    pub generation: u64,
    /// The library to search.
    pub library: Library,
    /// Decides what may be seen.
    pub curtains: Curtains,
    /// When each file was last read, larger being later. Empty if the search does not need it.
    pub reads: Arc<HashMap<ReviewId, u32>>,
    /// Where the reader stands, for queries that ask about it. It shows nothing.
    pub standing: Standing,
    /// The query.
    pub query: Query,
    /// The order and grouping of the results.
    pub arrangement: Arrangement,
}

/// Searches are equal if they have the same number.
impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        self.generation == other.generation
    }
}

impl Eq for Job {}

impl Job {
    /// The review in a file, if it holds one.
    pub(super) fn review(&self, id: ReviewId) -> Option<&Review> {
        self.library.get(id).and_then(|entry| entry.review())
    }

    /// The same review, as far as it may be seen.
    pub(super) fn visible(&self, id: ReviewId) -> Option<Visible<'_>> {
        self.library.visible(&self.curtains, id)
    }
}

/// How results are ordered and grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// The sort order.
    pub order: Order,
    /// Whether the best matches for the words of a query come first; the order decides between equals.
    pub is_best_first: bool,
    /// The grouping, if any.
    pub group: Option<Group>,
    /// The alphabet for titles and names.
    pub alphabet: Alphabet,
}

impl Arrangement {
    /// Whether it is the default arrangement of a list.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Arrangement { alphabet: self.alphabet, ..Arrangement::default() }
    }
}

/// The result of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The number of the search.
    pub generation: u64,
    /// The matching files, in order.
    pub rows: Rows,
    /// If nothing was found, values that may have been meant.
    pub suggestion: Option<Suggestion>,
}

/// Files in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Rows {
    /// Ungrouped.
    Plain(Vec<ReviewId>),
    /// Grouped under headings.
    Gathered(Vec<Gathered>),
}

/// Runs searches, and keeps data from one to the next.
#[derive(Default)]
pub struct Searcher {
    /// The library revision that the index was built from.
    indexed: Option<Revision>,
    index: Index,
    ranking: Option<Ranking>,
    answers: Answers,
}

/// All files, sorted.
struct Ranking {
    order: Order,
    reads: Arc<HashMap<ReviewId, u32>>,
    rows: Vec<u32>,
}

impl Searcher {
    /// Prepares what every search of this library needs, to make the first one faster.
    pub fn prepare(&mut self, job: &Job) {
        let revision = Some(job.library.revision());
        if self.indexed != revision {
            self.index = Index::new(&job.library, job.library.entries().map(|entry| entry.id()).collect());
            self.indexed = revision;
            (self.ranking, self.answers) = (None, Answers::default());
        }
        self.rank(job);
    }

    /// Runs a search. Returns `None` if it was cancelled.
    pub fn run(&mut self, job: &Job, is_wanted: impl Fn() -> bool + Sync) -> Option<Found> {
        self.prepare(job);
        self.answers = Answers::find(&self.index, job, &self.answers, &is_wanted)?;
        let keys = self.in_order(job, &is_wanted)?;
        let suggestion = keys.is_empty().then(|| Suggestion::of(job, &self.index, &self.answers)).flatten();
        let rows = match job.arrangement.group {
            Some(group) => Rows::Gathered(gather(&job.library, &keys, group, job.arrangement)),
            None => Rows::Plain(keys),
        };
        is_wanted().then_some(Found { generation: job.generation, rows, suggestion })
    }

    /// Memory used for searching, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let ranking = self.ranking.as_ref().map_or(0, |ranking| ranking.rows.capacity() * size_of::<u32>());
        self.index.bytes() + ranking + self.answers.bytes()
    }

    /// The matching files, in the order requested.
    fn in_order(&self, job: &Job, is_wanted: &(impl Fn() -> bool + Sync)) -> Option<Vec<ReviewId>> {
        let ranking = self.ranking.as_ref()?;
        let check = Check::new(job, &self.index, &self.answers);
        let part = |fuzzy: &mut Fuzzy, rows: Range<usize>| {
            rows.map(|row| check.points(row, fuzzy)).collect::<Vec<_>>()
        };
        let points = in_parts(self.index.keys.len(), Fuzzy::default, part, is_wanted)?;
        let hits = ranking.rows.iter().filter_map(|row| Some((points[*row as usize]?, *row)));
        let mut hits: Vec<_> = hits.collect();
        if job.arrangement.is_best_first {
            hits.sort_by_key(|(points, _)| Reverse(*points));
        }
        Some(hits.into_iter().map(|(_, row)| self.index.keys[row as usize]).collect())
    }

    /// Sorts all files as requested, unless they are sorted already.
    fn rank(&mut self, job: &Job) {
        let order = job.arrangement.order;
        let is_fresh = |ranking: &Ranking| {
            ranking.order == order && (order.sort != Sort::LastRead || ranking.reads == job.reads)
        };
        if !self.ranking.as_ref().is_some_and(is_fresh) {
            let rows =
                sort::in_order(&job.library, &self.index.keys, order, job.arrangement.alphabet, &job.reads);
            self.ranking = Some(Ranking { order, reads: job.reads.clone(), rows });
        }
    }
}

/// Which of these files do not match the query. Looks at no other files.
#[must_use]
pub fn misses(job: &Job, keys: impl Iterator<Item = ReviewId>) -> BTreeSet<ReviewId> {
    let index = Index::new(&job.library, keys.collect());
    let answers = Answers::find(&index, job, &Answers::default(), &|| true).unwrap_or_default();
    let (check, mut fuzzy) = (Check::new(job, &index, &answers), Fuzzy::default());
    let rows = index.keys.iter().enumerate();
    rows.filter(|(row, _)| check.points(*row, &mut fuzzy).is_none()).map(|(_, key)| *key).collect()
}

impl Rows {
    /// Keeps only the files for which `keep` returns `true`.
    pub fn retain(&mut self, keep: impl Fn(ReviewId) -> bool) {
        match self {
            Rows::Plain(keys) => keys.retain(|key| keep(*key)),
            Rows::Gathered(groups) => {
                groups.iter_mut().for_each(|group| group.keys.retain(|key| keep(*key)));
                groups.retain(|group| !group.keys.is_empty());
            }
        }
    }
}

impl std::fmt::Debug for Searcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Searcher")
    }
}
