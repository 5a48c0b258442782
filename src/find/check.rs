//! A query made ready to be asked of many files.

use std::cmp::Reverse;

use super::dictionary::{Dictionary, Entry};
use super::fuzzy::Fuzzy;
use super::index::{Segment, Value};
use super::points::{Ask, Points};
use super::query::{Feature, Field, Query, Span, State, Term};
use super::scan::Scan;
use super::search::Job;
use super::sort::hundredths;
use crate::curtain::ReviewId;
use crate::library;
use crate::review::{Date, Review, Visible};
use crate::work::fold;

/// A file that answers a query, and how well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) key: ReviewId,
    pub(super) points: u32,
    /// Whether a reader would see it as a match. What is not close is kept only because a longer word may be.
    pub(super) is_close: bool,
}

impl Match {
    /// One that nothing has been asked of yet.
    pub(super) fn new(key: ReviewId) -> Self {
        Match { key, points: 0, is_close: true }
    }
}

/// Files that are asked together: those of one segment.
#[derive(Clone, Copy)]
pub(super) struct Asked<'j> {
    pub(super) job: &'j Job,
    pub(super) segment: &'j Segment,
    /// The number of the segment's first file.
    pub(super) first: usize,
}

impl<'j> Asked<'j> {
    fn file(self, key: ReviewId) -> Option<&'j library::Entry> {
        self.job.library.get(key).map(|entry| &**entry)
    }

    fn visible(self, key: ReviewId) -> Option<Visible<'j>> {
        self.job.library.visible(&self.job.curtains, key)
    }

    fn review(self, key: ReviewId) -> Option<&'j Review> {
        self.file(key)?.review()
    }

    fn values(self, key: ReviewId) -> &'j [Value] {
        self.segment.get(key.index() - self.first)
    }

    /// The texts that a word or a phrase may be in: all but the kind.
    fn names(self, key: ReviewId) -> impl Iterator<Item = Entry> {
        let names = self.values(key).iter().skip_while(|value| value.field() == Field::Kind);
        names.map(|value| value.entry())
    }

    /// The best answer of the tags of a review that was all behind a curtain, once that is lifted: they are always visible
    /// elsewhere.
    fn best_of_lifted_tags(self, key: ReviewId, ask: &Ask, fuzzy: &mut Fuzzy) -> Option<u16> {
        let visible = self.visible(key).filter(|visible| visible.may_show_hidden())?;
        visible.cover()?;
        let tags: Vec<_> = visible.tags().map(fold).collect();
        ask.best(tags.iter().map(String::as_str), fuzzy)
    }

    fn is_read(self, key: ReviewId) -> bool {
        self.job.reads.get(key.index()).is_some_and(|read| *read > 0)
    }
}

/// A query, ready once its terms have learnt the dictionary.
#[derive(Clone)]
pub(super) enum Check {
    /// The cheapest first.
    All(Vec<Check>),
    Any(Vec<Check>),
    Not(Box<Check>),
    Word(Points),
    Phrase(Points, Option<Scan>),
    Field(Field, Points),
    Fact(Fact),
}

impl Check {
    pub(super) fn new(query: &Query) -> Self {
        let several = |parts: &[Query]| {
            let mut checks: Vec<_> = parts.iter().map(Check::new).collect();
            checks.sort_by_key(Check::cost);
            checks
        };
        match query {
            Query::All(parts) => Check::All(several(parts)),
            Query::Any(parts) => Check::Any(several(parts)),
            Query::Not(inner) => Check::Not(Box::new(Check::new(inner))),
            Query::Term(term) => match term {
                Term::Word(word) => Check::Word(Points::of_word(word)),
                Term::Phrase(text) => Check::Phrase(Points::of_phrase(text), Scan::new(text)),
                Term::Field(field, text) => Check::Field(*field, Points::of_field(*field, text)),
                Term::Year(span) => Check::Fact(Fact::Year(*span)),
                Term::Rating(span) => Check::Fact(Fact::Rating(*span)),
                Term::Date(span) => Check::Fact(Fact::Date(*span)),
                Term::Is(state) => Check::Fact(Fact::Is(*state)),
                Term::Has(feature) => Check::Fact(Fact::Has(*feature)),
            },
        }
    }

    /// Has the terms learn a dictionary, with the help of what an older check knows. Nothing if nobody wants to know any more.
    pub(super) fn learn(
        &mut self,
        dictionary: &Dictionary,
        older: Option<&Check>,
        is_wanted: &(impl Fn() -> bool + Sync),
    ) -> Option<()> {
        match self {
            Check::All(checks) | Check::Any(checks) => {
                checks.iter_mut().try_for_each(|check| check.learn(dictionary, older, is_wanted))
            }
            Check::Not(inner) => inner.learn(dictionary, older, is_wanted),
            Check::Word(points) | Check::Phrase(points, _) | Check::Field(_, points) => {
                points.learn(dictionary, &older.map(Check::points).unwrap_or_default(), is_wanted)
            }
            Check::Fact(_) => Some(()),
        }
    }

    /// Bytes that it takes for what the terms have learnt.
    pub(super) fn bytes(&self) -> usize {
        self.points().into_iter().map(Points::bytes).sum()
    }

    fn points(&self) -> Vec<&Points> {
        match self {
            Check::All(checks) | Check::Any(checks) => checks.iter().flat_map(Check::points).collect(),
            Check::Not(inner) => inner.points(),
            Check::Word(points) | Check::Phrase(points, _) | Check::Field(_, points) => vec![points],
            Check::Fact(_) => Vec::new(),
        }
    }

    /// How long an answer takes, in steps of about ten.
    fn cost(&self) -> u8 {
        match self {
            Check::All(checks) | Check::Any(checks) => checks.iter().map(Check::cost).max().unwrap_or(0),
            Check::Not(inner) => inner.cost(),
            Check::Phrase(..) => 2,
            Check::Word(_) => 1,
            Check::Field(..) | Check::Fact(_) => 0,
        }
    }

    /// Those of some files, in the order of their keys, that answer, with points for how well.
    pub(super) fn keep(&self, of: Asked<'_>, asked: Vec<Match>, fuzzy: &mut Fuzzy) -> Vec<Match> {
        match self {
            Check::All(checks) => checks.iter().fold(asked, |left, check| check.keep(of, left, fuzzy)),
            Check::Any(checks) => {
                let answers = checks.iter().map(|check| check.keep(of, asked.clone(), fuzzy));
                best(answers.flatten().collect())
            }
            Check::Not(inner) => {
                let fresh = asked.iter().map(|one| Match::new(one.key)).collect();
                let mut out = inner.keep(of, fresh, fuzzy).into_iter().filter(|one| one.is_close).peekable();
                let is_left = |one: &Match| {
                    while out.next_if(|out| out.key < one.key).is_some() {}
                    out.peek().is_none_or(|out| out.key != one.key)
                };
                asked.into_iter().filter(is_left).collect()
            }
            Check::Word(word) => asked.into_iter().filter_map(|one| matched(of, one, word, fuzzy)).collect(),
            Check::Phrase(words, scan) => phrase(of, asked, words, scan.as_ref()),
            Check::Field(field, word) => {
                asked.into_iter().filter(|one| has(of, one.key, *field, word, fuzzy)).collect()
            }
            Check::Fact(fact) => asked.into_iter().filter(|one| fact.is_true(of, one.key)).collect(),
        }
    }
}

/// A match that a word is in too: with the points of that name in which it is best.
fn matched(of: Asked<'_>, one: Match, word: &Points, fuzzy: &mut Fuzzy) -> Option<Match> {
    let lifted = || of.best_of_lifted_tags(one.key, &word.ask, fuzzy);
    let points = word.best(of.names(one.key)).or_else(lifted)?;
    let is_close = one.is_close && word.ask.is_close(points);
    Some(Match { points: one.points + u32::from(points), is_close, ..one })
}

/// Whether a word of a file's field begins like another.
fn has(of: Asked<'_>, key: ReviewId, field: Field, word: &Points, fuzzy: &mut Fuzzy) -> bool {
    let values = of.values(key).iter().filter(|value| value.field() == field);
    word.best(values.map(|value| value.entry())).is_some()
        || (field == Field::Tag && of.best_of_lifted_tags(key, &word.ask, fuzzy).is_some())
}

/// Of several answers for one file the best.
fn best(mut answers: Vec<Match>) -> Vec<Match> {
    answers.sort_unstable_by_key(|one| (one.key, Reverse((one.is_close, one.points))));
    answers.dedup_by_key(|one| one.key);
    answers
}

/// Files with these words in what is always visible, or in text that may be seen.
fn phrase(of: Asked<'_>, asked: Vec<Match>, words: &Points, scan: Option<&Scan>) -> Vec<Match> {
    let mut found: Vec<bool> = asked.iter().map(|one| words.best(of.names(one.key)).is_some()).collect();
    if let Some(scan) = scan {
        let reviews = asked.iter().zip(&mut found).filter(|(_, found)| !**found);
        let reviews = reviews.filter_map(|(one, found)| Some((of.visible(one.key)?, found)));
        scan.look(reviews);
    }
    let mut found = found.into_iter();
    asked.into_iter().filter(|_| found.next() == Some(true)).collect()
}

/// Something that is true of a file or not.
#[derive(Clone)]
pub(super) enum Fact {
    Year(Span),
    Rating(Span),
    Date(Span),
    Is(State),
    Has(Feature),
}

impl Fact {
    fn is_true(&self, of: Asked<'_>, key: ReviewId) -> bool {
        let review = || of.review(key);
        let holds = |span: &Span, value: Option<i32>| value.is_some_and(|value| span.holds(value));
        match self {
            Fact::Year(span) => holds(span, review().and_then(Review::year).map(Into::into)),
            Fact::Rating(span) => holds(span, review().and_then(Review::rating).map(hundredths)),
            Fact::Date(span) => {
                let day = |date: Date| i32::try_from(date.day_number()).unwrap_or(i32::MAX);
                holds(span, review().and_then(Review::date).map(day))
            }
            Fact::Is(State::Problem) => review().is_none(),
            Fact::Is(State::Read) => of.is_read(key) && review().is_some(),
            Fact::Is(State::Unread) => !of.is_read(key) && review().is_some(),
            Fact::Has(Feature::Spoilers) => review().is_some_and(|review| review.has_spoilers()),
            Fact::Has(Feature::Rating) => review().is_some_and(|review| review.rating().is_some()),
        }
    }
}
