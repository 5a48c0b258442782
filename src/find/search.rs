//! A query over a whole library: which files answer it, and in which order.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::alphabet::Alphabet;
use super::check::{Asked, Check, Match};
use super::dictionary::Dictionary;
use super::fuzzy::Fuzzy;
use super::group::{Gathered, Group, gather};
use super::index::{Draft, Index, SEGMENT, Segment};
use super::instead::Instead;
use super::query::Query;
use super::sort::{self, Order, Sort};
use crate::curtain::{Curtains, ReviewId};
use crate::library::{Library, Revision};
use crate::parallel::share;

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
    /// Where none was found, why.
    pub instead: Option<Instead>,
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
    index: Index,
    ranking: Option<Ranking>,
    last: Option<Last>,
}

/// All files in an order.
struct Ranking {
    order: Order,
    reads: Arc<[u32]>,
    library: Revision,
    keys: Vec<ReviewId>,
    /// For each file, by its id, its place among the keys.
    places: Vec<u32>,
}

/// The last search that came to its end.
struct Last {
    query: Query,
    check: Check,
    revision: u64,
    library: Revision,
    reads: Arc<[u32]>,
    hits: Hits,
}

/// Matches in the order of their keys: those of each segment by itself, and none where there are none.
type Hits = Vec<Vec<Match>>;

impl Searcher {
    /// Makes ready what every search of a job's library needs, so that the first one need not.
    pub fn prepare(&mut self, job: &Job) {
        self.index.extend(&job.library);
        self.rank(job);
    }

    /// Searches. Returns nothing if nobody wants to know any more.
    pub fn run(&mut self, job: &Job, is_wanted: impl Fn() -> bool + Sync) -> Option<Found> {
        self.prepare(job);
        let mut check = Check::new(&job.query);
        check.learn(&self.index.dictionary, self.last.as_ref().map(|last| &last.check), &is_wanted)?;
        let hits = self.hits(job, &check, &is_wanted)?;
        let keys = self.in_order(job, &hits);
        let instead = keys.is_empty().then(|| Instead::of(&job.query, &job.library)).flatten();
        self.last = Some(Last {
            query: job.query.clone(),
            check,
            revision: job.curtains.revision(),
            library: job.library.revision(),
            reads: job.reads.clone(),
            hits,
        });
        let rows = match job.arrangement.group {
            Some(group) => Rows::Gathered(gather(&job.library, &keys, group, job.arrangement)),
            None => Rows::Plain(keys),
        };
        is_wanted().then_some(Found { generation: job.generation, rows, instead })
    }

    /// Bytes that are kept for searching.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let ranking =
            self.ranking.as_ref().map_or(0, |ranking| ranking.places.capacity() * 2 * size_of::<u32>());
        let last = |last: &Last| {
            let hits = last.hits.iter().map(Vec::capacity).sum::<usize>() * size_of::<Match>();
            hits + last.check.bytes()
        };
        self.index.bytes() + ranking + self.last.as_ref().map_or(0, last)
    }

    /// What answers the query. A query that asks for more than the last one did starts from what that found.
    fn hits(&mut self, job: &Job, check: &Check, is_wanted: &(impl Fn() -> bool + Sync)) -> Option<Hits> {
        let older = self.last.take().filter(|last| {
            last.revision == job.curtains.revision()
                && last.library == job.library.revision()
                && is_same(&last.reads, &job.reads)
                && job.query.narrows(&last.query)
        });
        let asked = |number: usize| match older.as_ref().map(|last| &last.hits[number]) {
            Some(hits) => hits.iter().map(|hit| Match::new(hit.key)).collect(),
            None => {
                let first = number * SEGMENT;
                let files = job.library.range(first..first + SEGMENT).flatten();
                files.map(|file| Match::new(file.id())).collect()
            }
        };
        let hits = share(
            job.library.slots().div_ceil(SEGMENT),
            || (check.clone(), Fuzzy::default()),
            |(check, fuzzy), number| {
                let segment = self.index.segment(number)?;
                let of = Asked { job, segment, first: number * SEGMENT };
                is_wanted().then(|| check.keep(of, asked(number), fuzzy))
            },
        );
        if hits.is_none() {
            // A search that was given up leaves what the next one may start from.
            self.last = older;
        }
        hits
    }

    /// What a reader would see as a match, as the job wants it put: for each number of points the files in their order, the
    /// most points first.
    fn in_order(&self, job: &Job, hits: &Hits) -> Vec<ReviewId> {
        let Some(Ranking { keys, places, .. }) = &self.ranking else { return Vec::new() };
        let points = |hit: &Match| if job.arrangement.is_best_first { hit.points } else { 0 };
        let seen = || hits.iter().flatten().filter(|hit| hit.is_close);
        let most = seen().map(points).max().unwrap_or(0);
        // Fewer points are a larger number here; 0 is no hit.
        let mut steps = vec![0; places.len()];
        let mut starts = vec![0; most as usize + 2];
        for hit in seen() {
            let step = most - points(hit) + 1;
            steps[places[hit.key.index()] as usize] = step;
            starts[step as usize] += 1;
        }
        starts.iter_mut().fold(0, |before, start| before + std::mem::replace(start, before));
        let mut ordered = vec![ReviewId::default(); seen().count()];
        for (key, step) in keys.iter().zip(steps).filter(|(_, step)| *step > 0) {
            let next = &mut starts[step as usize];
            ordered[*next] = *key;
            *next += 1;
        }
        ordered
    }

    /// Puts all files into the order that the job asks for, unless they are in it.
    fn rank(&mut self, job: &Job) {
        let order = job.arrangement.order;
        let is_fresh = |ranking: &Ranking| {
            ranking.order == order
                && ranking.library == job.library.revision()
                && (order.sort != Sort::LastRead || is_same(&ranking.reads, &job.reads))
        };
        if self.ranking.as_ref().is_some_and(is_fresh) {
            return;
        }
        let last_read =
            |key: ReviewId| job.reads.get(key.index()).copied().filter(|read| *read > 0).map(u64::from);
        let keys = sort::in_order(&job.library, order, job.arrangement.alphabet, last_read);
        let mut places = vec![0; job.library.slots()];
        for (key, place) in keys.iter().zip(0..) {
            places[key.index()] = place;
        }
        self.ranking =
            Some(Ranking { order, reads: job.reads.clone(), library: job.library.revision(), keys, places });
    }
}

/// Whether two lists of what was read are one, or say nothing.
fn is_same(one: &Arc<[u32]>, other: &Arc<[u32]>) -> bool {
    Arc::ptr_eq(one, other) || (one.is_empty() && other.is_empty())
}

/// Those of some files that do not answer a job's query, found without any other file.
#[must_use]
pub fn misses(job: &Job, keys: impl Iterator<Item = ReviewId>) -> BTreeSet<ReviewId> {
    let mut dictionary = Dictionary::default();
    let draft =
        |key| (key, Draft::of(std::iter::once(job.library.get(key).map(|entry| &**entry)), &dictionary));
    let (keys, drafts): (Vec<_>, Vec<_>) = keys.map(draft).unzip();
    let segments = Draft::settle(drafts, &mut dictionary);
    let mut check = Check::new(&job.query);
    check.learn(&dictionary, None, &|| true);
    let mut fuzzy = Fuzzy::default();
    let mut answers = |key: ReviewId, segment: &Segment| {
        let of = Asked { job, segment, first: key.index() };
        check.keep(of, vec![Match::new(key)], &mut fuzzy).iter().any(|hit| hit.is_close)
    };
    let files = keys.into_iter().zip(segments);
    files.filter(|(key, segment)| !answers(*key, segment)).map(|(key, _)| key).collect()
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

impl Query {
    /// Whether whatever answers this query answers the older one too, as far as a look at their parts can tell.
    fn narrows(&self, older: &Query) -> bool {
        let goes_on = |new: &Query, old: &Query| match (new, old) {
            (Query::Term(new), Query::Term(old)) => new.goes_on(old),
            _ => new == old,
        };
        older.conjuncts().iter().all(|old| self.conjuncts().iter().any(|new| goes_on(new, old)))
    }
}
