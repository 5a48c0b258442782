//! How well each text of a dictionary answers a term of a query. What is typed letter by letter is asked only of those
//! texts that answered before.

use std::sync::Arc;

use super::dictionary::{CHUNK, Dictionary, Entry, Letters};
use super::fuzzy::{Fuzzy, Word};
use super::index::begins_a_word;
use super::query::{Field, Term, Text};
use crate::parallel::share;
use crate::work::fold;

/// What is asked of one text.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    /// How well the letters of a word are in it.
    Word(Word),
    /// Whether these words are in it.
    Phrase(String),
    /// Whether a word in it begins like this.
    Begins(String),
}

impl Ask {
    /// The letters of what is looked for.
    fn letters(&self) -> Letters {
        Letters::of(match self {
            Ask::Word(word) => word.folded(),
            Ask::Phrase(words) | Ask::Begins(words) => words,
        })
    }

    /// The answer to it: points, if it is yes.
    pub(super) fn points(&self, text: &str, fuzzy: &mut Fuzzy) -> Option<u16> {
        match self {
            Ask::Word(word) => fuzzy.points(text, word),
            Ask::Phrase(words) => text.contains(words.as_str()).then_some(0),
            Ask::Begins(word) => begins_a_word(text, word).then_some(0),
        }
    }

    /// The best answer of several texts.
    pub(super) fn best<'t>(&self, texts: impl Iterator<Item = &'t str>, fuzzy: &mut Fuzzy) -> Option<u16> {
        texts.filter_map(|text| self.points(text, fuzzy)).max()
    }

    /// Whether a reader would see what has so many points as a match. What is not close is kept only because a longer word
    /// may be.
    pub(super) fn is_close(&self, points: u16) -> bool {
        match self {
            Ask::Word(word) => word.is_close(points.into()),
            Ask::Phrase(_) | Ask::Begins(_) => true,
        }
    }
}

/// A term, and the points of each text.
#[derive(Clone, Debug)]
pub(super) struct Points {
    term: Term,
    pub(super) ask: Ask,
    /// How many texts there were.
    of: usize,
    /// The texts whose answer is yes.
    answered: Arc<[Entry]>,
    /// For each text, by its number, one more than its points; 0 if the answer is no.
    points: Arc<Vec<u16>>,
}

impl Points {
    /// Those of a word.
    pub(super) fn of_word(word: &Text) -> Self {
        Points::new(Term::Word(word.clone()), Ask::Word(Word::new(word.as_str())))
    }

    /// Those of words as they are written.
    pub(super) fn of_phrase(words: &Text) -> Self {
        Points::new(Term::Phrase(words.clone()), Ask::Phrase(fold(words.as_str())))
    }

    /// Those of the beginning of a word in a field.
    pub(super) fn of_field(field: Field, word: &Text) -> Self {
        Points::new(Term::Field(field, word.clone()), Ask::Begins(fold(word.as_str())))
    }

    fn new(term: Term, ask: Ask) -> Self {
        Points { term, ask, of: 0, answered: Arc::default(), points: Arc::default() }
    }

    /// Asks all texts of a dictionary, or those only that answered one of some older terms. Nothing if nobody wants to know
    /// any more.
    pub(super) fn learn(
        &mut self,
        dictionary: &Dictionary,
        older: &[&Points],
        is_wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<()> {
        self.of = dictionary.len();
        let older = || older.iter().filter(|older| older.of == self.of);
        if let Some(same) = older().find(|older| older.term == self.term) {
            (self.answered, self.points) = (same.answered.clone(), same.points.clone());
            return Some(());
        }
        let found = match older().find(|older| self.term.goes_on(&older.term)) {
            Some(older) => {
                let chunks: Vec<_> = older.answered.chunks(CHUNK).collect();
                let chunk = |number: usize| chunks[number].iter().copied();
                self.ask_all(dictionary, chunks.len(), chunk, is_wanted)?
            }
            None => {
                let letters = self.ask.letters();
                let chunk = |number| {
                    let texts = dictionary.chunk(number).filter(|(_, of_text)| of_text.may_have(letters));
                    texts.map(|(entry, _)| entry)
                };
                self.ask_all(dictionary, dictionary.chunks(), chunk, is_wanted)?
            }
        };
        let mut points = vec![0; dictionary.chunks() * CHUNK];
        for (entry, found) in found.iter().flatten() {
            points[entry.number() as usize] = found.saturating_add(1);
        }
        self.answered = found.iter().flatten().map(|(entry, _)| *entry).collect();
        self.points = Arc::new(points);
        Some(())
    }

    /// The texts of some chunks whose answer is yes, chunk by chunk.
    fn ask_all<E: Iterator<Item = Entry>>(
        &self,
        dictionary: &Dictionary,
        chunks: usize,
        chunk: impl Fn(usize) -> E + Sync,
        is_wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<Vec<Vec<(Entry, u16)>>> {
        share(chunks, Fuzzy::default, |fuzzy, number| {
            let found = |entry| Some((entry, self.ask.points(dictionary.get(entry), fuzzy)?));
            is_wanted().then(|| chunk(number).filter_map(found).collect())
        })
    }

    /// Bytes that it takes.
    pub(super) fn bytes(&self) -> usize {
        self.points.len() * size_of::<u16>() + self.answered.len() * size_of::<Entry>()
    }

    /// The most points of some texts; nothing if the answer is no for each.
    pub(super) fn best(&self, entries: impl Iterator<Item = Entry>) -> Option<u16> {
        let points = entries.map(|entry| self.points[entry.number() as usize]);
        points.max().unwrap_or_default().checked_sub(1)
    }
}

impl Term {
    /// Whether what answers this term answers the older one too, as far as a look at them can tell.
    pub(super) fn goes_on(&self, older: &Term) -> bool {
        match (self, older) {
            (Term::Word(new), Term::Word(old)) | (Term::Phrase(new), Term::Phrase(old)) => {
                new.as_str().starts_with(old.as_str())
            }
            _ => self == older,
        }
    }
}
