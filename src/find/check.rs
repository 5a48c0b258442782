//! A query prepared to be tested against many files.

use super::answers::{Answer, Answers, Question};
use super::fuzzy::{Fuzzy, is_close};
use super::index::Index;
use super::search::Job;
use crate::query::{Feature, Field, Query, Span, State, Term};
use crate::work::fold;

/// A query whose words and phrases have been answered.
pub(super) struct Check<'j> {
    job: &'j Job,
    index: &'j Index,
    condition: Condition<'j>,
}

/// A condition on a file.
enum Condition<'j> {
    All(Vec<Condition<'j>>),
    Any(Vec<Condition<'j>>),
    Not(Box<Condition<'j>>),
    /// The text of this field matches, or that of any field.
    Text(Option<Field>, &'j Answer),
    Fact(&'j Term),
}

impl<'j> Check<'j> {
    pub(super) fn new(job: &'j Job, index: &'j Index, answers: &'j Answers) -> Self {
        Check { job, index, condition: Condition::new(&job.query, answers) }
    }

    /// The score of the file in a row; `None` if it does not match.
    pub(super) fn points(&self, row: usize, fuzzy: &mut Fuzzy) -> Option<u32> {
        self.points_for(&self.condition, row, fuzzy)
    }

    fn points_for(&self, condition: &Condition<'_>, row: usize, fuzzy: &mut Fuzzy) -> Option<u32> {
        match condition {
            Condition::All(parts) => {
                parts.iter().try_fold(0, |sum, part| Some(sum + self.points_for(part, row, fuzzy)?))
            }
            Condition::Any(parts) => parts.iter().filter_map(|part| self.points_for(part, row, fuzzy)).max(),
            Condition::Not(inner) => self.points_for(inner, row, fuzzy).is_none().then_some(0),
            Condition::Text(field, answer) => self.points_of_text(*field, answer, row, fuzzy),
            Condition::Fact(term) => self.is_true(term, row).then_some(0),
        }
    }

    fn points_of_text(
        &self,
        field: Option<Field>,
        answer: &Answer,
        row: usize,
        fuzzy: &mut Fuzzy,
    ) -> Option<u32> {
        let best =
            answer.best(self.index, row, field).max(self.best_of_lifted_tags(field, answer, row, fuzzy));
        match &answer.question {
            Question::Word(word) => best.filter(|score| is_close(word, *score)).map(u32::from),
            Question::Begins(_) => best.map(u32::from),
            Question::Phrase(_) => (best.is_some() || answer.is_in_text(row)).then_some(0),
        }
    }

    /// The best score of the tags of a review that was hidden as a whole and is now revealed. The tags of other reviews
    /// are always visible, and are in the index.
    fn best_of_lifted_tags(
        &self,
        field: Option<Field>,
        answer: &Answer,
        row: usize,
        fuzzy: &mut Fuzzy,
    ) -> Option<u16> {
        let is_about_tags = field.is_none_or(|field| field == Field::Tag);
        // The search for a phrase already included revealed text.
        let is_phrase = matches!(answer.question, Question::Phrase(_));
        if !is_about_tags || is_phrase || !self.index.facts(row).is_curtained {
            return None;
        }
        let visible = self.job.visible(self.index.keys[row]).filter(|visible| visible.may_show_hidden())?;
        visible.cover()?;
        visible.tags().filter_map(|tag| answer.question.score(&fold(tag), fuzzy)).max()
    }

    fn is_true(&self, fact: &Term, row: usize) -> bool {
        let facts = self.index.facts(row);
        let is_read = || self.job.reads.contains_key(&self.index.keys[row]);
        let is_in = |span: &Span, value: Option<i32>| value.is_some_and(|value| span.holds(value));
        match fact {
            Term::Year(span) => is_in(span, facts.year.map(Into::into)),
            Term::Rating(span) => is_in(span, facts.rating.map(Into::into)),
            Term::Date(span) => {
                is_in(span, facts.day.map(|day| i32::try_from(day.get()).unwrap_or(i32::MAX)))
            }
            Term::Is(State::Problem) => !facts.is_review,
            Term::Is(State::Read) => facts.is_review && is_read(),
            Term::Is(State::Unread) => facts.is_review && !is_read(),
            Term::Has(Feature::Spoilers) => facts.has_spoilers,
            Term::Has(Feature::Rating) => facts.rating.is_some(),
            Term::Is(State::Opened | State::Started | State::Finished) | Term::Progress(_) | Term::At(_) => {
                self.job.standing.is_true(fact, &self.job.library, self.index.keys[row])
            }
            Term::Word(_) | Term::Phrase(_) | Term::Field(..) => false,
        }
    }
}

impl<'j> Condition<'j> {
    fn new(query: &'j Query, answers: &'j Answers) -> Self {
        let several = |parts: &'j [Query]| parts.iter().map(|part| Condition::new(part, answers)).collect();
        match query {
            Query::All(parts) => Condition::All(several(parts)),
            Query::Any(parts) => Condition::Any(several(parts)),
            Query::Not(inner) => Condition::Not(Box::new(Condition::new(inner, answers))),
            Query::Term(term) => match (answers.get(term), term) {
                (Some(answer), Term::Field(field, _)) => Condition::Text(Some(*field), answer),
                (Some(answer), _) => Condition::Text(None, answer),
                (None, fact) => Condition::Fact(fact),
            },
        }
    }
}
