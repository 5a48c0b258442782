//! The results of a query's words and phrases, term by term. They are kept between searches, so that typing another
//! letter only has to look at what matched before.

use std::ops::Range;
use std::sync::Arc;

use super::fuzzy::Fuzzy;
use super::index::{Index, Letters, begins_a_word};
use super::search::Job;
use super::text::Scan;
use crate::parallel::{CHUNK, map_parts};
use crate::query::{Field, Term, Text};
use crate::work::fold;

/// A term, and how each text of the index answers it.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    term: Term,
    pub(super) question: Question,
    /// The score of each text plus one; 0 if it does not match.
    texts: Arc<[u16]>,
    /// For a phrase, whether it is in the visible text of each review.
    rows: Arc<[bool]>,
    /// The revision of the curtains that a phrase was searched with.
    revision: Option<u64>,
}

/// What to look for in a text.
#[derive(Clone, Debug)]
pub(super) enum Question {
    /// How well the letters of this word match.
    Word(String),
    /// Whether the text contains this phrase.
    Phrase(String),
    /// Whether one of its words starts like this.
    Begins(String),
}

impl Question {
    fn of(term: &Term) -> Option<Self> {
        let folded = |text: &Text| fold(text.as_str());
        match term {
            Term::Word(word) => Some(Question::Word(folded(word))),
            Term::Phrase(words) => Some(Question::Phrase(folded(words))),
            Term::Field(_, word) => Some(Question::Begins(folded(word))),
            _ => None,
        }
    }

    /// The letters that a matching text must have.
    fn letters(&self) -> Letters {
        let (Question::Word(text) | Question::Phrase(text) | Question::Begins(text)) = self;
        Letters::of(text)
    }

    /// The score of a folded text, if it matches.
    pub(super) fn score(&self, text: &str, fuzzy: &mut Fuzzy) -> Option<u16> {
        match self {
            Question::Word(word) => fuzzy.score(text, word),
            Question::Phrase(words) => text.contains(words.as_str()).then_some(0),
            Question::Begins(word) => begins_a_word(text, word).then_some(0),
        }
    }
}

/// The answers to all text terms of a query.
#[derive(Debug, Default)]
pub(super) struct Answers(Vec<Answer>);

impl Answers {
    /// Answers a query's terms, reusing older answers from the same index. `None` if the search was cancelled.
    pub(super) fn find(
        index: &Index,
        job: &Job,
        older: &Answers,
        is_wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<Self> {
        let mut answers: Vec<Answer> = Vec::new();
        for term in job.query.terms() {
            if let Some(question) = Question::of(term) {
                answers.push(Answer::find(term, question, index, job, &older.0, is_wanted)?);
            }
        }
        Some(Answers(answers))
    }

    /// The answer for a term.
    pub(super) fn get(&self, term: &Term) -> Option<&Answer> {
        self.0.iter().find(|answer| answer.term == *term)
    }

    /// Memory use in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().map(|answer| answer.texts.len() * size_of::<u16>() + answer.rows.len()).sum()
    }
}

impl Answer {
    fn find(
        term: &Term,
        question: Question,
        index: &Index,
        job: &Job,
        older: &[Answer],
        is_wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<Self> {
        let revision = matches!(term, Term::Phrase(_)).then(|| job.curtains.revision());
        if let Some(same) = older.iter().find(|older| older.term == *term && older.revision == revision) {
            return Some(same.clone());
        }
        let older = older.iter().find(|older| goes_on(term, &older.term) && older.revision == revision);
        let texts = of_texts(&question, index, older, is_wanted)?;
        let mut answer = Answer { term: term.clone(), question, texts, rows: Arc::default(), revision };
        if let Term::Phrase(words) = term {
            answer.rows = of_rows(words, index, job, older, is_wanted)?;
        }
        Some(answer)
    }

    /// The best score among a file's values, in one field or in all that words are matched against.
    pub(super) fn best(&self, index: &Index, row: usize, field: Option<Field>) -> Option<u16> {
        let is_asked = |of: Field| field.map_or(of != Field::Kind, |field| of == field);
        let values = index.values(row).iter().filter(|value| is_asked(value.field));
        values.map(|value| self.texts[value.text as usize]).max()?.checked_sub(1)
    }

    /// Whether the phrase is in the visible text of a review.
    pub(super) fn is_in_text(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|is_in| *is_in)
    }
}

/// Whether everything that matches a term also matches the older one, as far as a quick check can tell.
fn goes_on(term: &Term, older: &Term) -> bool {
    match (term, older) {
        (Term::Word(new), Term::Word(old)) | (Term::Phrase(new), Term::Phrase(old)) => {
            new.as_str().starts_with(old.as_str())
        }
        _ => term == older,
    }
}

fn of_texts(
    question: &Question,
    index: &Index,
    older: Option<&Answer>,
    is_wanted: &(impl Fn() -> bool + Sync),
) -> Option<Arc<[u16]>> {
    let letters = question.letters();
    let of_part = |fuzzy: &mut Fuzzy, numbers: Range<usize>| {
        let mut score = |number: usize| {
            let may_answer =
                older.is_none_or(|older| older.texts[number] > 0) && index.may_have(number, letters);
            let score = may_answer.then(|| question.score(index.text(number), fuzzy)).flatten();
            score.map_or(0, |score| score.saturating_add(1))
        };
        numbers.map(&mut score).collect::<Vec<_>>()
    };
    in_parts(index.text_count(), Fuzzy::default, of_part, is_wanted)
}

fn of_rows(
    words: &Text,
    index: &Index,
    job: &Job,
    older: Option<&Answer>,
    is_wanted: &(impl Fn() -> bool + Sync),
) -> Option<Arc<[bool]>> {
    // Words longer than any sentence match no text.
    let Some(scan) = Scan::new(words) else { return Some(Arc::default()) };
    let of_part = |(): &mut (), rows: Range<usize>| {
        let is_in = |row: usize| {
            let key = index.keys[row];
            older.is_none_or(|older| older.is_in_text(row))
                && job.visible(key).is_some_and(|visible| scan.is_in(visible))
        };
        rows.map(is_in).collect::<Vec<_>>()
    };
    in_parts(index.keys.len(), || (), of_part, is_wanted)
}

/// Computes a result for each number below `count`, on all cores.
pub(super) fn in_parts<S, T: Send>(
    count: usize,
    begin: impl Fn() -> S + Sync,
    part: impl Fn(&mut S, Range<usize>) -> Vec<T> + Sync,
    is_wanted: &(impl Fn() -> bool + Sync),
) -> Option<Arc<[T]>> {
    let parts = map_parts(count.div_ceil(CHUNK), begin, |state, number| {
        let numbers = number * CHUNK..((number + 1) * CHUNK).min(count);
        is_wanted().then(|| part(state, numbers))
    })?;
    Some(parts.into_iter().flatten().collect())
}
