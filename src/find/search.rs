//! A query over a whole library: which files answer it, and in which order.

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
use super::suggestion::Suggestion;
use crate::curtain::{Curtains, ReviewId};
use crate::library::{Library, Revision};
use crate::query::Query;
use crate::review::{Review, Visible};

/// What to look for, and in what.
#[derive(Clone, Debug)]
pub struct Job {
    /// The number of the search; a later one has a larger number.
    pub generation: u64,
    /// What is searched.
    pub library: Library,
    /// What may be seen.
    pub curtains: Curtains,
    /// When each file that has been read was last read: larger is later. Empty if nobody asks.
    pub reads: Arc<HashMap<ReviewId, u32>>,
    /// What is looked for.
    pub query: Query,
    /// How what is found is put.
    pub arrangement: Arrangement,
}

/// Two searches are the same if they have the same number.
impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        self.generation == other.generation
    }
}

impl Eq for Job {}

impl Job {
    /// The review in a file, if it is one.
    pub(super) fn review(&self, id: ReviewId) -> Option<&Review> {
        self.library.get(id).and_then(|entry| entry.review())
    }

    /// The same, as far as it may be seen.
    pub(super) fn visible(&self, id: ReviewId) -> Option<Visible<'_>> {
        self.library.visible(&self.curtains, id)
    }
}

/// How files are put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// The order.
    pub order: Order,
    /// Whether what matches the words of a query best comes first, before the order counts.
    pub is_best_first: bool,
    /// What they are gathered by.
    pub group: Option<Group>,
    /// The order of letters in titles and names.
    pub alphabet: Alphabet,
}

impl Arrangement {
    /// Whether it is the one that a list has if nobody asks for another.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Arrangement { alphabet: self.alphabet, ..Arrangement::default() }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The number of the search.
    pub generation: u64,
    /// The files, in order.
    pub rows: Rows,
    /// Where none was found, what there is in place of a value that no review has.
    pub suggestion: Option<Suggestion>,
}

/// Files in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Rows {
    /// One after another.
    Plain(Vec<ReviewId>),
    /// Under headings.
    Gathered(Vec<Gathered>),
}

/// Searches, one after another, with what it keeps from one to the next.
#[derive(Default)]
pub struct Searcher {
    /// The library's revision that the index is of.
    indexed: Option<Revision>,
    index: Index,
    ranking: Option<Ranking>,
    answers: Answers,
}

/// All files in an order.
struct Ranking {
    order: Order,
    reads: Arc<HashMap<ReviewId, u32>>,
    rows: Vec<u32>,
}

impl Searcher {
    /// Makes ready what every search of a job's library needs, so that the first one need not.
    pub fn prepare(&mut self, job: &Job) {
        let revision = Some(job.library.revision());
        if self.indexed != revision {
            self.index = Index::new(&job.library, job.library.entries().map(|entry| entry.id()).collect());
            self.indexed = revision;
            (self.ranking, self.answers) = (None, Answers::default());
        }
        self.rank(job);
    }

    /// Searches. Returns nothing if nobody wants to know any more.
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

    /// Bytes that are kept for searching.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let ranking = self.ranking.as_ref().map_or(0, |ranking| ranking.rows.capacity() * size_of::<u32>());
        self.index.bytes() + ranking + self.answers.bytes()
    }

    /// The files that answer, as the job wants them put.
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

    /// Puts all files into the order that the job asks for, unless they are in it.
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

/// Those of some files that do not answer a job's query, found without looking at any other file.
#[must_use]
pub fn misses(job: &Job, keys: impl Iterator<Item = ReviewId>) -> BTreeSet<ReviewId> {
    let index = Index::new(&job.library, keys.collect());
    let answers = Answers::find(&index, job, &Answers::default(), &|| true).unwrap_or_default();
    let (check, mut fuzzy) = (Check::new(job, &index, &answers), Fuzzy::default());
    let rows = index.keys.iter().enumerate();
    rows.filter(|(row, _)| check.points(*row, &mut fuzzy).is_none()).map(|(_, key)| *key).collect()
}

impl Rows {
    /// Keeps only some of the files.
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
