//! A query made ready to be asked of many files.

use super::fuzzy::{Fuzzy, Score};
use super::index::{Folded, fold};
use super::query::{Feature, Field, Query, Span, State, Term};
use super::search::Job;
use super::sort::hundredths;
use super::text::Pattern;
use crate::curtain::ReviewKey;
use crate::library::Item;
use crate::review::Review;

/// A file that is asked.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'j> {
    pub(super) job: &'j Job,
    pub(super) key: ReviewKey,
    pub(super) folded: Folded<'j>,
}

impl<'j> Candidate<'j> {
    fn item(self) -> Option<&'j Item> {
        self.job.library.get(self.key)
    }

    fn review(self) -> Option<&'j Review> {
        self.item()?.review()
    }

    fn is_read(self) -> bool {
        self.job.reads.get(self.key.0 as usize).is_some_and(|read| *read > 0)
    }
}

pub(super) enum Check {
    /// The cheapest first.
    All(Vec<Check>),
    Any(Vec<Check>),
    Not(Box<Check>),
    Word(String),
    Phrase(String, Option<Pattern>),
    Field(Field, String),
    Year(Span),
    Rating(Span),
    Date(Span),
    Is(State),
    Has(Feature),
}

const YES: Score = Score { points: 0, is_close: true };

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
                Term::Word(word) => Check::Word(fold(word.as_str())),
                Term::Phrase(text) => Check::Phrase(fold(text.as_str()), Pattern::new(text)),
                Term::Field(field, text) => Check::Field(*field, fold(text.as_str())),
                Term::Year(span) => Check::Year(*span),
                Term::Rating(span) => Check::Rating(*span),
                Term::Date(span) => Check::Date(*span),
                Term::Is(state) => Check::Is(*state),
                Term::Has(feature) => Check::Has(*feature),
            },
        }
    }

    /// How long an answer takes, in steps of about ten.
    fn cost(&self) -> u8 {
        match self {
            Check::All(checks) | Check::Any(checks) => checks.iter().map(Check::cost).max().unwrap_or(0),
            Check::Not(inner) => inner.cost(),
            Check::Phrase(..) => 2,
            Check::Word(_) => 1,
            _ => 0,
        }
    }

    /// How well a file answers, if it does.
    pub(super) fn score(&self, of: Candidate<'_>, fuzzy: &mut Fuzzy) -> Option<Score> {
        let yes = |is: bool| is.then_some(YES);
        match self {
            Check::All(checks) => checks.iter().try_fold(YES, |all, check| {
                let one = check.score(of, fuzzy)?;
                Some(Score { points: all.points + one.points, is_close: all.is_close && one.is_close })
            }),
            Check::Any(checks) => {
                let scores = checks.iter().filter_map(|check| check.score(of, fuzzy));
                scores.max_by_key(|score| (score.is_close, score.points))
            }
            Check::Not(inner) => yes(!inner.score(of, fuzzy).is_some_and(|score| score.is_close)),
            Check::Word(word) => fuzzy.score(of.folded.words(), word),
            Check::Phrase(folded, pattern) => {
                let is_in_text = || {
                    let (review, pattern) = of.review().zip(pattern.as_ref())?;
                    Some(pattern.is_in(review, of.key, &of.job.curtains))
                };
                yes(of.folded.words().contains(folded.as_str()) || is_in_text() == Some(true))
            }
            Check::Field(field, text) => yes(of.folded.has(*field, text)),
            Check::Year(span) => yes(of.review()?.year().is_some_and(|year| span.holds(year.into()))),
            Check::Rating(span) => {
                yes(of.review()?.rating().is_some_and(|rating| span.holds(hundredths(rating))))
            }
            Check::Date(span) => yes(of
                .review()?
                .date()
                .is_some_and(|date| span.holds(i32::try_from(date.day_number()).unwrap_or(i32::MAX)))),
            Check::Is(State::Problem) => yes(of.item()?.review().is_none()),
            Check::Is(State::Read) => yes(of.is_read() && of.review().is_some()),
            Check::Is(State::Unread) => yes(!of.is_read() && of.review().is_some()),
            Check::Has(Feature::Spoilers) => yes(!of.review()?.rail().is_empty()),
            Check::Has(Feature::Rating) => yes(of.review()?.rating().is_some()),
        }
    }
}
