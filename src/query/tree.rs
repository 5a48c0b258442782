//! The tree of a query, which cannot represent invalid queries, and how it is printed.

use std::fmt;

use super::value::KEYS;
use crate::work::Point;

/// A query. Made by [`parse`](super::parse()); it prints in a form that parses to the same query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// All of these hold. An empty list matches everything.
    All(Vec<Query>),
    /// At least one of these holds.
    Any(Vec<Query>),
    /// This does not hold.
    Not(Box<Query>),
    /// A single condition.
    Term(Term),
}

/// A single condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// These letters in this order, in headline, work, creators, reviewer or tags.
    Word(Text),
    /// These exact words, there or in any visible text.
    Phrase(Text),
    /// A field with a word that starts like this.
    Field(Field, Text),
    /// The work's year.
    Year(Span),
    /// The rating, in hundredths of a star of five.
    Rating(Span),
    /// The day of the review, as a number that grows with time.
    Date(Span),
    /// How far the reader has got, in units of the work.
    Progress(Span),
    /// The point that the reader is at.
    At(Point),
    /// The state of a file.
    Is(State),
    /// A feature of a review.
    Has(Feature),
}

/// A field of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The headline or the work's title.
    Title,
    /// Film, book, or any other word.
    Kind,
    /// Who made it.
    By,
    /// A tag.
    Tag,
    /// Who wrote the review.
    Reviewer,
}

impl Field {
    pub(crate) const ALL: [(&'static str, Field); 5] = [
        ("title", Field::Title),
        ("kind", Field::Kind),
        ("by", Field::By),
        ("tag", Field::Tag),
        ("reviewer", Field::Reviewer),
    ];
}

/// The state of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A review that has been read to its end.
    Read,
    /// A review that has not been read to its end.
    Unread,
    /// A file that could not be read as a review.
    Problem,
    /// A review with passages that the reader's progress has opened and that they have not read yet.
    Opened,
    /// A review of a work that the reader has begun and not finished.
    Started,
    /// A review of a work that the reader has finished.
    Finished,
}

impl State {
    pub(super) const ALL: [(&'static str, State); 6] = [
        ("read", State::Read),
        ("unread", State::Unread),
        ("problem", State::Problem),
        ("opened", State::Opened),
        ("started", State::Started),
        ("finished", State::Finished),
    ];
}

/// A feature of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// Curtains, lifted or not.
    Spoilers,
    /// A rating.
    Rating,
}

impl Feature {
    pub(super) const ALL: [(&'static str, Feature); 2] =
        [("spoilers", Feature::Spoilers), ("rating", Feature::Rating)];
}

/// Text to search for: not empty, without quotes, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// Removes characters that are not allowed; `None` if nothing is left.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let parts = text.split(|c: char| c.is_whitespace() || c.is_control() || c == '"');
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| Text(parts.join(" ")))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An inclusive range of numbers, open at one end at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    from: Option<i32>,
    to: Option<i32>,
}

impl Span {
    /// Creates a range, unless it is open at both ends or its ends are in the wrong order.
    #[must_use]
    pub fn new(from: Option<i32>, to: Option<i32>) -> Option<Self> {
        let is_right = match (from, to) {
            (None, None) => false,
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        is_right.then_some(Span { from, to })
    }

    /// Whether the range contains a number.
    #[must_use]
    pub fn holds(self, number: i32) -> bool {
        self.from.is_none_or(|from| from <= number) && self.to.is_none_or(|to| number <= to)
    }

    fn write(
        self,
        f: &mut fmt::Formatter<'_>,
        end: impl Fn(i32, End, &mut fmt::Formatter<'_>) -> fmt::Result,
    ) -> fmt::Result {
        if let (Some(from), true) = (self.from, self.from == self.to) {
            return end(from, End::Both, f);
        }
        self.from.map_or(Ok(()), |from| end(from, End::First, f))?;
        f.write_str("..")?;
        self.to.map_or(Ok(()), |to| end(to, End::Last, f))
    }
}

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    First,
    Last,
    Both,
}

/// A day as a number that increases with time: 16 months a year, 32 days a month, which leaves room before the first
/// and after the last of each. The dates of reviews are numbered the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day(pub(super) i32);

/// The last day of any month.
pub(super) const LAST_DAY: i32 = 31;
pub(super) const LAST_MONTH: i32 = 15;

impl Day {
    /// Creates a day; month and day may be 0 for "before the first".
    pub(super) fn new(year: i32, month: i32, day: i32) -> Self {
        Day((year * 16 + month) * 32 + day)
    }

    pub(super) fn parts(self) -> (i32, i32, i32) {
        (self.0.div_euclid(512), self.0.div_euclid(32).rem_euclid(16), self.0.rem_euclid(32))
    }

    fn write(self, end: End, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}")?;
        if month == 0 || month == LAST_MONTH {
            return Ok(());
        }
        write!(f, "-{month:02}")?;
        match (end, day) {
            (End::First, 0) | (End::Last, LAST_DAY) => Ok(()),
            _ => write!(f, "-{day:02}"),
        }
    }
}

impl Query {
    /// Matches if all of these do; nested conjunctions are flattened.
    pub(super) fn all(parts: Vec<Query>) -> Self {
        let flat = parts.into_iter().flat_map(|part| match part {
            Query::All(parts) => parts,
            other => vec![other],
        });
        Query::single(flat.collect()).unwrap_or_else(Query::All)
    }

    /// Matches if any of these does.
    pub(super) fn any(parts: Vec<Query>) -> Self {
        let flat = parts.into_iter().flat_map(|part| match part {
            Query::Any(parts) => parts,
            other => vec![other],
        });
        Query::single(flat.collect()).unwrap_or_else(Query::Any)
    }

    /// Negates the query.
    pub(super) fn not(self) -> Self {
        match self {
            Query::Not(inner) => *inner,
            other => Query::Not(Box::new(other)),
        }
    }

    fn single(mut parts: Vec<Query>) -> Result<Query, Vec<Query>> {
        match (parts.len(), parts.pop()) {
            (1, Some(part)) => Ok(part),
            (_, last) => {
                parts.extend(last);
                Err(parts)
            }
        }
    }

    /// Whether the query matches everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Query::All(parts) if parts.is_empty())
    }

    /// Every term of the query.
    #[must_use]
    pub fn terms(&self) -> Vec<&Term> {
        match self {
            Query::All(parts) | Query::Any(parts) => parts.iter().flat_map(Query::terms).collect(),
            Query::Not(inner) => inner.terms(),
            Query::Term(term) => vec![term],
        }
    }

    /// The terms that match by presence rather than absence, which can be highlighted.
    #[must_use]
    pub fn wanted(&self) -> Vec<&Term> {
        match self {
            Query::All(parts) | Query::Any(parts) => parts.iter().flat_map(Query::wanted).collect(),
            Query::Not(_) => Vec::new(),
            Query::Term(term) => vec![term],
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let join = |parts: &[Query], between: &str, f: &mut fmt::Formatter<'_>| {
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    f.write_str(between)?;
                }
                match (self, part) {
                    (Query::All(_), Query::Any(_)) => write!(f, "({part})")?,
                    _ => write!(f, "{part}")?,
                }
            }
            Ok(())
        };
        match self {
            Query::All(parts) => join(parts, " ", f),
            Query::Any(parts) => join(parts, " or ", f),
            Query::Not(inner) => match **inner {
                Query::All(_) | Query::Any(_) => write!(f, "-({inner})"),
                _ => write!(f, "-{inner}"),
            },
            Query::Term(term) => write!(f, "{term}"),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // After a word that is also a key, a comparison would be taken as part of it.
            Term::Word(word) if KEYS.contains(&&*word.as_str().to_ascii_lowercase()) => {
                write!(f, "({})", word.as_str())
            }
            Term::Word(word) => f.write_str(word.as_str()),
            Term::Phrase(phrase) => write!(f, "\"{}\"", phrase.as_str()),
            Term::Field(field, text) => {
                write!(f, "{}:", name(&Field::ALL, *field))?;
                match text.as_str().contains([' ', '(', ')']) {
                    true => write!(f, "\"{}\"", text.as_str()),
                    false => f.write_str(text.as_str()),
                }
            }
            Term::Year(span) => {
                f.write_str("year:")?;
                span.write(f, |year, _, f| write!(f, "{year}"))
            }
            Term::Rating(span) => {
                f.write_str("rating:")?;
                span.write(f, |hundredths, _, f| write!(f, "{}", f64::from(hundredths) / 100.0))
            }
            Term::Date(span) => {
                f.write_str("date:")?;
                span.write(f, |day, end, f| Day(day).write(end, f))
            }
            Term::Progress(span) => {
                f.write_str("progress:")?;
                span.write(f, |number, _, f| write!(f, "{number}"))
            }
            Term::At(point) => match point.to_string() {
                words if words.contains([' ', '(', ')', ':']) => write!(f, "at:\"{words}\""),
                words => write!(f, "at:{words}"),
            },
            Term::Is(state) => write!(f, "is:{}", name(&State::ALL, *state)),
            Term::Has(feature) => write!(f, "has:{}", name(&Feature::ALL, *feature)),
        }
    }
}

fn name<T: Copy + PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table.iter().find(|(_, of_table)| *of_table == value).map_or("", |(name, _)| name)
}
