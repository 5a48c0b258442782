//! A query over a whole library: which files answer it, and in which order.

use std::sync::Arc;

use super::check::{Candidate, Check};
use super::fuzzy::Fuzzy;
use super::group::{Gathered, Group, gather};
use super::index::Index;
use super::query::Query;
use super::sort::{self, Order};
use crate::curtain::{Curtains, ReviewKey};
use crate::library::Library;

/// Files looked at before asking whether anybody still wants to know.
const STRETCH: usize = 1024;

/// What to look for, and in what.
#[derive(Clone, Debug)]
pub struct Job {
    /// The number of the search; a later one has a larger number.
    pub generation: u64,
    /// What is searched.
    pub library: Library,
    /// What may be seen.
    pub curtains: Curtains,
    /// For each file when it was last read: larger is later, 0 is not yet. Empty if nobody asks.
    pub reads: Arc<[u32]>,
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

/// How files are put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// The order.
    pub order: Order,
    /// Whether what matches the words of a query best comes first, before the order counts.
    pub is_best_first: bool,
    /// What they are gathered by.
    pub group: Option<Group>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The number of the search.
    pub generation: u64,
    /// How many files were searched.
    pub searched: usize,
    /// The files, in order.
    pub rows: Rows,
}

/// Files in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Rows {
    /// One after another.
    Plain(Vec<ReviewKey>),
    /// Under headings.
    Gathered(Vec<Gathered>),
}

/// Searches, one after another, with what it keeps from one to the next.
#[derive(Default)]
pub struct Searcher {
    index: Index,
    fuzzy: Fuzzy,
    places: Option<Places>,
    last: Option<Last>,
}

/// What each file's place in an order is.
struct Places {
    order: Order,
    of: Vec<u32>,
    reads: Arc<[u32]>,
}

/// The last search that came to its end.
struct Last {
    query: Query,
    revision: u64,
    searched: usize,
    reads: Arc<[u32]>,
    hits: Vec<Match>,
}

#[derive(Clone, Copy)]
struct Match {
    key: ReviewKey,
    points: u32,
    is_close: bool,
}

impl Searcher {
    /// Searches. Returns nothing if nobody wants to know any more.
    pub fn run(&mut self, job: &Job, is_wanted: impl Fn() -> bool) -> Option<Found> {
        self.index.extend(&job.library);
        let hits = self.hits(job, &is_wanted)?;
        let mut close: Vec<_> = hits.iter().filter(|hit| hit.is_close).copied().collect();
        self.last = Some(Last {
            query: job.query.clone(),
            revision: job.curtains.revision(),
            searched: job.library.len(),
            reads: job.reads.clone(),
            hits,
        });
        let places = self.places(job);
        let place = |hit: &Match| places.get(hit.key.0 as usize).copied();
        match job.arrangement.is_best_first {
            true => close.sort_unstable_by_key(|hit| (u32::MAX - hit.points, place(hit))),
            false => close.sort_unstable_by_key(place),
        }
        let keys: Vec<_> = close.into_iter().map(|hit| hit.key).collect();
        let rows = match job.arrangement.group {
            Some(group) => Rows::Gathered(gather(&job.library, &keys, group)),
            None => Rows::Plain(keys),
        };
        is_wanted().then_some(Found { generation: job.generation, searched: job.library.len(), rows })
    }

    /// Bytes that are kept for searching.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let places = self.places.as_ref().map_or(0, |places| places.of.capacity() * size_of::<u32>());
        let hits = self.last.as_ref().map_or(0, |last| last.hits.capacity() * size_of::<Match>());
        self.index.bytes() + places + hits
    }

    /// What answers the query. A query that asks for more than the last one did starts from what that found.
    fn hits(&mut self, job: &Job, is_wanted: &impl Fn() -> bool) -> Option<Vec<Match>> {
        let check = Check::new(&job.query);
        let older = self.last.take().filter(|last| {
            last.revision == job.curtains.revision()
                && last.searched == job.library.len()
                && Arc::ptr_eq(&last.reads, &job.reads)
                && job.query.narrows(&last.query)
        });
        let mut hits = Vec::new();
        let mut look = |keys: &[ReviewKey]| {
            for key in keys {
                let folded = self.index.get(key.0 as usize);
                let candidate = Candidate { job, key: *key, folded };
                if let Some(score) = check.score(candidate, &mut self.fuzzy) {
                    hits.push(Match { key: *key, points: score.points, is_close: score.is_close });
                }
            }
            is_wanted().then_some(())
        };
        let keys: Vec<_> = match &older {
            Some(last) => last.hits.iter().map(|hit| hit.key).collect(),
            None => job.library.keys().collect(),
        };
        let looked = keys.chunks(STRETCH).try_for_each(&mut look);
        if looked.is_none() {
            // A search that was given up leaves what the next one may start from.
            self.last = older;
        }
        looked.map(|()| hits)
    }

    fn places(&mut self, job: &Job) -> &[u32] {
        let is_fresh = |places: &Places| {
            places.order == job.arrangement.order
                && places.of.len() == job.library.len()
                && (places.order.sort != sort::Sort::LastRead || Arc::ptr_eq(&places.reads, &job.reads))
        };
        if !self.places.as_ref().is_some_and(is_fresh) {
            let last_read = |key: ReviewKey| {
                job.reads.get(key.0 as usize).copied().filter(|read| *read > 0).map(u64::from)
            };
            let of = sort::places(&job.library, job.arrangement.order, last_read);
            self.places = Some(Places { order: job.arrangement.order, of, reads: job.reads.clone() });
        }
        self.places.as_ref().map_or(&[], |places| &places.of)
    }
}

/// Whether a file answers a job's query, asked of this file alone.
pub fn answers(job: &Job) -> impl Fn(ReviewKey) -> bool + use<'_> {
    let check = Check::new(&job.query);
    move |key| {
        let Some(item) = job.library.get(key) else { return false };
        let index = Index::of(item);
        let candidate = Candidate { job, key, folded: index.get(0) };
        check.score(candidate, &mut Fuzzy::default()).is_some_and(|score| score.is_close)
    }
}

impl Rows {
    /// Keeps only some of the files.
    pub fn retain(&mut self, keep: impl Fn(ReviewKey) -> bool) {
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

impl Query {
    /// Whether whatever answers this query answers the older one too, as far as a look at their parts can tell.
    fn narrows(&self, older: &Query) -> bool {
        use super::query::Term::{Phrase, Word};
        let goes_on = |new: &Query, old: &Query| match (new, old) {
            (Query::Term(Word(new)), Query::Term(Word(old)))
            | (Query::Term(Phrase(new)), Query::Term(Phrase(old))) => new.as_str().starts_with(old.as_str()),
            _ => new == old,
        };
        older.conjuncts().iter().all(|old| self.conjuncts().iter().any(|new| goes_on(new, old)))
    }
}
