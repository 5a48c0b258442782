//! What the list is narrowed to and how it is put: what was typed, what was asked for, and what was before.

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

/// Files up to which a search is done before the next frame; with more it is done beside it.
const AT_ONCE: usize = 16 << 10;

/// The filter's state.
#[derive(Debug, Default)]
pub struct Filter {
    /// What was typed, and what was understood of it.
    parsed: Parsed,
    arrangement: Arrangement,
    /// The headings of folded groups.
    folded: HashSet<String>,
    /// What was requested last; anything else makes the list stale.
    requested: Option<Request>,
    generation: u64,
    /// What there is in place of a value that no review has.
    suggestion: Option<Suggestion>,
    /// When each file was last read, if the query or the order depends on it, and the library's revision then. Recorded when
    /// the reader begins to type, so that a review does not leave the list while it is being read.
    reads: Option<(Revision, Arc<HashMap<ReviewId, u32>>)>,
    /// Up to where reviews had been read when the reader began to type, for the same reason.
    caught_up: Option<Arc<HashMap<String, Progress>>>,
    /// How often the reader began to ask.
    begun: u32,
    searcher: Searcher,
    /// What the filter was when the reader began to type.
    before: Option<Before>,
    /// Where the reader was before a filter that found nothing.
    place: Option<(Option<ReviewId>, usize)>,
}

/// All that the findings depend on.
#[derive(Debug, PartialEq)]
struct Request {
    query: Query,
    arrangement: Arrangement,
    library: Revision,
    /// That of the curtains, if the query finds what is revealed.
    revision: Option<u64>,
    /// When the reader began to type, if the query asks for what was read.
    begun: Option<u32>,
}

/// What Esc brings back.
#[derive(Debug)]
pub(super) struct Before {
    text: String,
    arrangement: Arrangement,
    pub(super) selected: Option<ReviewId>,
    pub(super) top: usize,
}

/// What a filter needs from its list.
pub(super) enum Next {
    /// Nothing: the list is what was asked for.
    Nothing,
    /// All files in the usual order.
    All,
    /// These.
    Rows(Found),
    /// Those that are found beside the loop.
    Wait(Box<Job>),
    /// The same, since a curtain has moved: until they are found, only what still answers may stay.
    Recheck(Box<Job>),
}

impl Filter {
    /// What was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.parsed.text()
    }

    /// Whether it looks for words outside of texts, which might be in texts.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.parsed.query.wanted().iter().any(|term| matches!(term, Term::Word(_)))
    }

    /// The first of the texts that it looks for in reviews.
    pub(super) fn phrase(&self) -> Option<&Text> {
        self.parsed.query.wanted().into_iter().find_map(|term| match term {
            Term::Phrase(text) => Some(text),
            _ => None,
        })
    }

    /// What was understood of it.
    #[must_use]
    pub fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// How what is found is put.
    #[must_use]
    pub fn arrangement(&self) -> Arrangement {
        self.arrangement
    }

    /// Whether a group of this heading is folded.
    #[must_use]
    pub fn is_folded(&self, heading: &str) -> bool {
        self.folded.contains(heading)
    }

    /// Begins with an order, a grouping and what is narrowed to.
    pub(super) fn arrange(&mut self, order: Order, group: Option<Group>, text: &str) {
        self.begin_anew();
        (self.arrangement.order, self.arrangement.group) = (order, group);
        self.folded.clear();
        self.set(text);
    }

    /// Sorts titles and names by an alphabet.
    pub(super) fn set_alphabet(&mut self, alphabet: Alphabet) {
        self.arrangement.alphabet = alphabet;
    }

    /// The line to type in, and what to come back to.
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

    /// Records what is typed by now.
    pub(super) fn set(&mut self, text: &str) {
        if self.text() != text {
            self.parsed = parse(text);
            self.arrangement.is_best_first = self.has_words();
        }
    }

    /// Ends typing and keeps the filter. Where it finds nothing, the reader's place is kept for when it is dropped.
    pub(super) fn keep(&mut self, finds_nothing: bool) {
        let before = self.before.take().filter(|_| finds_nothing);
        self.place = before.map(|before| (before.selected, before.top)).or(self.place.take());
    }

    /// Ends typing and brings back what was.
    pub(super) fn restore(&mut self) -> Option<Before> {
        let before = self.before.take()?;
        self.parsed = parse(&before.text);
        self.arrangement = before.arrangement;
        Some(before)
    }

    /// Where the reader was before a filter that found nothing, once.
    pub(super) fn take_place(&mut self) -> Option<(Option<ReviewId>, usize)> {
        self.place.take()
    }

    /// The words that are looked for, if nothing but words is.
    pub(super) fn words(&self) -> Option<String> {
        let query = &self.parsed.query;
        let word = |term: &&Term| matches!(term, Term::Word(_));
        let is_plain = query.terms().iter().all(word) && query.wanted().len() == query.terms().len();
        is_plain.then(|| self.text().trim().to_owned())
    }

    /// Puts another text in place of what was typed.
    pub(super) fn replace(&mut self, text: &str) {
        self.begin_anew();
        self.set(text);
    }

    /// What was selected before the reader began to type.
    pub(super) fn selected_before(&self) -> Option<ReviewId> {
        self.before.as_ref()?.selected
    }

    /// What it was before the reader began to type.
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

    /// What there is in place of a value that no review has, where that is why nothing was found.
    #[must_use]
    pub fn suggestion(&self) -> Option<&Suggestion> {
        self.suggestion.as_ref()
    }

    pub(super) fn set_suggestion(&mut self, suggestion: Option<Suggestion>) {
        self.suggestion = suggestion;
    }

    /// Whether a search's findings are what is waited for.
    pub(super) fn awaits(&self, found: &Found) -> bool {
        self.requested.is_some() && found.generation == self.generation
    }

    /// What has to be done so that the list is what is asked for.
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

    /// What is to be made ready before the reader types, if searches are done beside the loop.
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
