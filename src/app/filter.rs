//! What the list is narrowed to and how it is put: what was typed, what was asked for, and what was before.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Memory, line::Line};
use crate::curtain::{Curtains, ReviewId};
use crate::find::{
    Alphabet, Arrangement, Field, Found, Group, Instead, Job, Query, Searcher, Sort, State, Term, Typed,
    typed,
};
use crate::library::{Library, Revision};

/// Files up to which a search is done before the next frame; with more it is done beside it.
const AT_ONCE: usize = 16 << 10;

/// The filter's state.
#[derive(Debug, Default)]
pub struct Filter {
    /// As it was typed.
    text: String,
    arrangement: Arrangement,
    /// The headings of folded groups.
    folded: HashSet<String>,
    /// What was asked for last; anything else makes the list stale.
    asked: Option<Asked>,
    generation: u64,
    /// Why nothing was found.
    instead: Option<Instead>,
    /// When each file was last read, as far as somebody asks. Taken down when the reader begins to ask, so that a review
    /// does not leave the list while it is being read.
    reads: Option<Arc<[u32]>>,
    /// How often the reader began to ask.
    begun: u32,
    searcher: Searcher,
    /// What the filter was when the reader began to type.
    before: Option<Before>,
    /// Where the reader was before a filter that found nothing.
    place: Option<(Option<ReviewId>, usize)>,
    history: Vec<String>,
}

#[derive(Debug, PartialEq)]
struct Asked {
    query: Query,
    arrangement: Arrangement,
    library: Revision,
    /// Of the curtains, if the query finds what was lifted.
    revision: Option<u64>,
    /// The beginning, if the query asks for what was read.
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
        &self.text
    }

    /// Whether it looks for words outside of texts, which might be in texts.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.typed().query.wanted().iter().any(|term| matches!(term, Term::Word(_)))
    }

    /// What was understood of it.
    #[must_use]
    pub fn typed(&self) -> Typed {
        typed(&self.text)
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

    /// Sorts titles and names by an alphabet.
    pub(super) fn set_alphabet(&mut self, alphabet: Alphabet) {
        self.arrangement.alphabet = alphabet;
    }

    /// The line to type in, and what to come back to.
    pub(super) fn begin(&mut self, selected: Option<ReviewId>, top: usize) -> Line {
        self.begin_anew();
        let (text, arrangement) = (self.text.clone(), self.arrangement);
        self.before = Some(Before { text, arrangement, selected, top });
        Line::new(&self.text, &self.history)
    }

    fn begin_anew(&mut self) {
        self.reads = None;
        self.begun += 1;
    }

    /// Whether the reader is typing.
    pub(super) fn is_typing(&self) -> bool {
        self.before.is_some()
    }

    /// Takes down what is typed by now.
    pub(super) fn set(&mut self, text: &str) {
        if self.text != text {
            text.clone_into(&mut self.text);
            let query = self.typed().query;
            let is_word = |term: &&Term| matches!(term, Term::Word(_));
            self.arrangement.is_best_first = query.wanted().iter().any(is_word);
        }
    }

    /// Ends typing and keeps the filter. Where it finds nothing, the reader's place is kept for when it is dropped.
    pub(super) fn keep(&mut self, finds_nothing: bool) {
        let before = self.before.take().filter(|_| finds_nothing);
        self.place = before.map(|before| (before.selected, before.top)).or(self.place.take());
        if !self.text.trim().is_empty() {
            self.history.retain(|past| *past != self.text);
            self.history.push(self.text.clone());
        }
    }

    /// Ends typing and brings back what was.
    pub(super) fn restore(&mut self) -> Option<Before> {
        let mut before = self.before.take()?;
        self.text = std::mem::take(&mut before.text);
        self.arrangement = before.arrangement;
        Some(before)
    }

    /// Where the reader was before a filter that found nothing, once.
    pub(super) fn take_place(&mut self) -> Option<(Option<ReviewId>, usize)> {
        self.place.take()
    }

    /// The words that are looked for, if nothing but words is.
    pub(super) fn words(&self) -> Option<String> {
        let query = self.typed().query;
        let word = |term: &&Term| matches!(term, Term::Word(_));
        let is_plain = query.terms().iter().all(word) && query.wanted().len() == query.terms().len();
        is_plain.then(|| self.text.trim().to_owned())
    }

    /// Drops the filter; the order and the groups stay. Returns whether there was one.
    pub(super) fn clear(&mut self) -> bool {
        let had = !self.text.is_empty();
        self.set("");
        had
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

    /// Why nothing was found, where one value is the reason.
    #[must_use]
    pub fn instead(&self) -> Option<&Instead> {
        self.instead.as_ref()
    }

    pub(super) fn set_instead(&mut self, instead: Option<Instead>) {
        self.instead = instead;
    }

    /// Whether a search's findings are what is waited for.
    pub(super) fn awaits(&self, found: &Found) -> bool {
        self.asked.is_some() && found.generation == self.generation
    }

    /// What has to be done so that the list is what is asked for.
    pub(super) fn next(&mut self, library: &Library, curtains: &Curtains, memory: &Memory) -> Next {
        let query = self.typed().query;
        if query.is_empty() && self.arrangement.is_usual() {
            return if self.asked.take().is_some() { Next::All } else { Next::Nothing };
        }
        let terms = query.terms();
        let looks_behind =
            |term: &&Term| matches!(term, Term::Phrase(_) | Term::Word(_) | Term::Field(Field::Tag, _));
        let revision = terms.iter().any(looks_behind).then(|| curtains.revision());
        let asks_read = |term: &&Term| matches!(term, Term::Is(State::Read | State::Unread));
        let asks_read = terms.iter().any(asks_read) || self.arrangement.order.sort == Sort::LastRead;
        let begun = asks_read.then_some(self.begun);
        let asked =
            Asked { query, arrangement: self.arrangement, library: library.revision(), revision, begun };
        if self.asked.as_ref() == Some(&asked) {
            return Next::Nothing;
        }
        self.generation += 1;
        let reads = if asks_read { self.reads(library, memory) } else { [].into() };
        let job = self.job(library, curtains, reads, asked.query.clone());
        let before = self.asked.replace(asked).and_then(|asked| asked.revision);
        if library.len() <= AT_ONCE {
            return self.searcher.run(&job, || true).map_or(Next::Nothing, Next::Rows);
        }
        self.searcher = Searcher::default();
        match before {
            Some(before) if before != curtains.revision() => Next::Recheck(Box::new(job)),
            _ => Next::Wait(Box::new(job)),
        }
    }

    fn job(&self, library: &Library, curtains: &Curtains, reads: Arc<[u32]>, query: Query) -> Job {
        Job {
            generation: self.generation,
            library: library.clone(),
            curtains: curtains.clone(),
            reads,
            query,
            arrangement: self.arrangement,
        }
    }

    /// What is to be made ready before the reader types, if searches are done beside the loop.
    pub(super) fn preparation(&self, library: &Library, curtains: &Curtains) -> Option<Job> {
        let is_large = library.len() > AT_ONCE;
        is_large.then(|| self.job(library, curtains, [].into(), self.typed().query))
    }

    fn reads(&mut self, library: &Library, memory: &Memory) -> Arc<[u32]> {
        if let Some(reads) = self.reads.as_ref().filter(|reads| reads.len() == library.slots()) {
            return reads.clone();
        }
        let mut reads = vec![0; library.slots()];
        if !memory.is_blank() {
            for entry in library.entries() {
                reads[entry.id().index()] = memory.last_read(&entry.full_name());
            }
        }
        let reads: Arc<[u32]> = reads.into();
        self.reads = Some(reads.clone());
        reads
    }
}
