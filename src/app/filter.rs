//! The list's filter and arrangement: what was typed, what was requested, and what came before.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Memory, line::Line};
use crate::curtain::{Curtains, ReviewId};
use crate::find::{
    Alphabet, Arrangement, Found, Group, Job, Order, Searcher, Sort, Standing, Suggestion, asks_standing,
};
use crate::library::{Entry, Library, Revision};
use crate::query::{Field, Parsed, Query, State, Term, Text, parse};
use crate::work::Progress;

/// Up to this many files, a search is done before the next frame; beyond it, in the background.
const AT_ONCE: usize = 16 << 10;

/// The filter's state.
#[derive(Debug, Default)]
pub struct Filter {
    /// What was typed, and how it was understood.
    parsed: Parsed,
    arrangement: Arrangement,
    /// The headings of folded groups.
    folded: HashSet<String>,
    /// The last request; any other makes the list stale.
    requested: Option<Request>,
    generation: u64,
    /// Values to use in place of one that no review has.
    suggestion: Option<Suggestion>,
    /// When each file was last read, if the query or the order depends on it, and the library's revision at that time.
    /// Recorded when the reader begins to type, so that a review does not leave the list while it is being read.
    reads: Option<(Revision, Arc<HashMap<ReviewId, u32>>)>,
    /// Up to where reviews had been read when the reader began to type, for the same reason.
    caught_up: Option<Arc<HashMap<String, Progress>>>,
    /// How often the reader has begun a filter.
    begun: u32,
    searcher: Searcher,
    /// The filter before the reader began to type.
    before: Option<Before>,
    /// Where the reader was before a filter that found nothing.
    place: Option<(Option<ReviewId>, usize)>,
}

/// Everything that the results depend on.
#[derive(Debug, PartialEq)]
struct Request {
    query: Query,
    arrangement: Arrangement,
    library: Revision,
    /// The revision of the curtains, if the query depends on what is revealed.
    revision: Option<u64>,
    /// When the reader began to type, if the query depends on what has been read.
    begun: Option<u32>,
}

/// What Esc restores.
#[derive(Debug)]
pub(super) struct Before {
    text: String,
    arrangement: Arrangement,
    pub(super) selected: Option<ReviewId>,
    pub(super) top: usize,
}

/// What the list needs next.
pub(super) enum Next {
    /// Nothing: the list is up to date.
    Nothing,
    /// All files in the default order.
    All,
    /// These results.
    Rows(Found),
    /// The results of this background search.
    Wait(Box<Job>),
    /// The same, because a curtain has moved: until they arrive, only what still matches may stay.
    Recheck(Box<Job>),
}

impl Filter {
    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.parsed.text()
    }

    /// Whether it contains words, which are searched for outside texts but may occur in them.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.parsed.query.wanted().iter().any(|term| matches!(term, Term::Word(_)))
    }

    /// The first quoted text that is searched for in reviews.
    pub(super) fn phrase(&self) -> Option<&Text> {
        self.parsed.query.wanted().into_iter().find_map(|term| match term {
            Term::Phrase(text) => Some(text),
            _ => None,
        })
    }

    /// How it was understood.
    #[must_use]
    pub fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// The order and grouping of the results.
    #[must_use]
    pub fn arrangement(&self) -> Arrangement {
        self.arrangement
    }

    /// Whether the group with this heading is folded.
    #[must_use]
    pub fn is_folded(&self, heading: &str) -> bool {
        self.folded.contains(heading)
    }

    /// Sets an order, a grouping and a filter to begin with.
    pub(super) fn arrange(&mut self, order: Order, group: Option<Group>, text: &str) {
        self.begin_anew();
        (self.arrangement.order, self.arrangement.group) = (order, group);
        self.folded.clear();
        self.set(text);
    }

    /// Sets the alphabet for titles and names.
    pub(super) fn set_alphabet(&mut self, alphabet: Alphabet) {
        self.arrangement.alphabet = alphabet;
    }

    /// Begins typing: returns the line, and remembers what to restore.
    pub(super) fn begin(&mut self, selected: Option<ReviewId>, top: usize, history: &[String]) -> Line {
        self.begin_anew();
        let (text, arrangement) = (self.text().to_owned(), self.arrangement);
        self.before = Some(Before { text, arrangement, selected, top });
        Line::new(self.text(), history)
    }

    fn begin_anew(&mut self) {
        (self.reads, self.caught_up) = (None, None);
        self.begun += 1;
    }

    /// Whether the reader is typing.
    pub(super) fn is_typing(&self) -> bool {
        self.before.is_some()
    }

    /// Sets the filter to what has been typed so far.
    pub(super) fn set(&mut self, text: &str) {
        if self.text() != text {
            self.parsed = parse(text);
            self.arrangement.is_best_first = self.has_words();
        }
    }

    /// Ends typing and keeps the filter. If it finds nothing, the reader's place is kept until it is cleared.
    pub(super) fn keep(&mut self, finds_nothing: bool) {
        let before = self.before.take().filter(|_| finds_nothing);
        self.place = before.map(|before| (before.selected, before.top)).or(self.place.take());
    }

    /// Ends typing and restores the earlier filter.
    pub(super) fn restore(&mut self) -> Option<Before> {
        let before = self.before.take()?;
        self.parsed = parse(&before.text);
        self.arrangement = before.arrangement;
        Some(before)
    }

    /// Takes the place where the reader was before a filter that found nothing.
    pub(super) fn take_place(&mut self) -> Option<(Option<ReviewId>, usize)> {
        self.place.take()
    }

    /// The words, if the filter consists of nothing else.
    pub(super) fn words(&self) -> Option<String> {
        let query = &self.parsed.query;
        let word = |term: &&Term| matches!(term, Term::Word(_));
        let is_plain = query.terms().iter().all(word) && query.wanted().len() == query.terms().len();
        is_plain.then(|| self.text().trim().to_owned())
    }

    /// Replaces the filter.
    pub(super) fn replace(&mut self, text: &str) {
        self.begin_anew();
        self.set(text);
    }

    /// What was selected before the reader began to type.
    pub(super) fn selected_before(&self) -> Option<ReviewId> {
        self.before.as_ref()?.selected
    }

    /// The filter before the reader began to type.
    pub(super) fn text_before(&self) -> Option<&str> {
        Some(&self.before.as_ref()?.text)
    }

    pub(super) fn next_sort(&mut self) {
        self.begin_anew();
        let order = &mut self.arrangement.order;
        match std::mem::take(&mut self.arrangement.is_best_first) {
            true => {}
            false => (order.sort, order.is_reversed) = (order.sort.next(), false),
        }
    }

    pub(super) fn reverse(&mut self) {
        self.arrangement.is_best_first = false;
        self.arrangement.order.is_reversed = !self.arrangement.order.is_reversed;
    }

    pub(super) fn next_group(&mut self) {
        self.arrangement.group = Group::next(self.arrangement.group);
        self.folded.clear();
    }

    pub(super) fn toggle_fold(&mut self, heading: &str) {
        if !self.folded.remove(heading) {
            self.folded.insert(heading.to_owned());
        }
    }

    /// Folds all groups with these headings, or unfolds all if they are folded.
    pub(super) fn toggle_all_folds(&mut self, headings: &[String]) {
        if headings.iter().all(|heading| self.folded.contains(heading)) {
            self.folded.clear();
        } else {
            self.folded.extend(headings.iter().cloned());
        }
    }

    /// Suggested values, if nothing was found because no review has the given one.
    #[must_use]
    pub fn suggestion(&self) -> Option<&Suggestion> {
        self.suggestion.as_ref()
    }

    pub(super) fn set_suggestion(&mut self, suggestion: Option<Suggestion>) {
        self.suggestion = suggestion;
    }

    /// Whether these are the results of the latest search.
    pub(super) fn awaits(&self, found: &Found) -> bool {
        self.requested.is_some() && found.generation == self.generation
    }

    /// What to do to bring the list up to date.
    pub(super) fn next(&mut self, library: &Library, curtains: &Curtains, memory: &Memory) -> Next {
        let query = &self.parsed.query;
        if query.is_empty() && self.arrangement.is_usual() {
            return if self.requested.take().is_some() { Next::All } else { Next::Nothing };
        }
        let terms = query.terms();
        let looks_behind =
            |term: &&Term| matches!(term, Term::Phrase(_) | Term::Word(_) | Term::Field(Field::Tag, _));
        let revision = terms.iter().any(looks_behind).then(|| curtains.revision());
        let asks_read = |term: &&Term| matches!(term, Term::Is(State::Read | State::Unread));
        let asks_read = terms.iter().any(asks_read) || self.arrangement.order.sort == Sort::LastRead;
        let asks_standing = terms.iter().any(|term| asks_standing(term));
        let revision = revision.or(asks_standing.then(|| curtains.revision()));
        let begun = (asks_read || asks_standing).then_some(self.begun);
        let (query, arrangement) = (query.clone(), self.arrangement);
        let request = Request { query, arrangement, library: library.revision(), revision, begun };
        if self.requested.as_ref() == Some(&request) {
            return Next::Nothing;
        }
        self.generation += 1;
        let reads = if asks_read { self.reads(library, memory) } else { Arc::default() };
        let mut job = self.job(library, curtains, reads);
        if asks_standing {
            let caught_up = self.caught_up.get_or_insert_with(|| Arc::new(memory.all_caught_up())).clone();
            job.standing = Standing { curtains: curtains.clone(), caught_up };
        }
        let before = self.requested.replace(request).and_then(|request| request.revision);
        if library.len() <= AT_ONCE {
            return self.searcher.run(&job, || true).map_or(Next::Nothing, Next::Rows);
        }
        self.searcher = Searcher::default();
        match before {
            Some(before) if before != curtains.revision() => Next::Recheck(Box::new(job)),
            _ => Next::Wait(Box::new(job)),
        }
    }

    fn job(&self, library: &Library, curtains: &Curtains, reads: Arc<HashMap<ReviewId, u32>>) -> Job {
        Job {
            generation: self.generation,
            library: library.clone(),
            curtains: curtains.clone(),
            standing: Standing::default(),
            reads,
            query: self.parsed.query.clone(),
            arrangement: self.arrangement,
        }
    }

    /// What to prepare before the reader types, if searches run in the background.
    pub(super) fn preparation(&self, library: &Library, curtains: &Curtains) -> Option<Job> {
        let is_large = library.len() > AT_ONCE;
        is_large.then(|| self.job(library, curtains, Arc::default()))
    }

    fn reads(&mut self, library: &Library, memory: &Memory) -> Arc<HashMap<ReviewId, u32>> {
        if let Some((_, reads)) = self.reads.as_ref().filter(|(revision, _)| *revision == library.revision())
        {
            return reads.clone();
        }
        let read = |entry: &Arc<Entry>| {
            let read = memory.last_read(&entry.full_name());
            (read > 0).then_some((entry.id(), read))
        };
        let entries = library.entries().filter(|_| !memory.is_blank());
        let reads: Arc<HashMap<_, _>> = Arc::new(entries.filter_map(read).collect());
        self.reads = Some((library.revision(), reads.clone()));
        reads
    }
}
