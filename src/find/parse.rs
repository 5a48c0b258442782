//! Typed text to a query. While it is being typed, a query that is half there is no error: what is not there yet is left
//! out. What is wrong is told with its place and what would be right.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::query::{Query, Term, Text};
use super::value::{KEYS, Wrong, no_key, term};

/// How deep parentheses and negations may stand in each other.
const DEEPEST: usize = 32;

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The part that is wrong, in bytes of the query.
    pub span: Range<usize>,
    /// What is wrong with it, and what would be right.
    pub reason: String,
    grade: Grade,
}

/// How wrong something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grade {
    /// Whatever will be typed behind it.
    Wrong,
    /// As it stands, but more typing can make it right.
    Half,
    /// Understood without what is missing: quotes or a parenthesis that are not closed.
    Open,
}

impl Error {
    /// The query, and below it a caret under each column of the part that is wrong.
    #[must_use]
    pub fn with_caret(&self, query: &str) -> String {
        use crate::typeset::columns;
        let before = query.get(..self.span.start).unwrap_or_default();
        let part = query.get(self.span.clone()).unwrap_or_default();
        let carets = "^".repeat(columns(part).max(1));
        format!("{query}\n{}{carets} {}", " ".repeat(columns(before)), self.reason)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Error {}

/// What was understood of a text, and what was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The query, without the parts that are wrong or not there yet.
    pub query: Query,
    errors: Vec<Error>,
}

impl Typed {
    /// The first part that is wrong, whatever will be typed behind it.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.errors.iter().find(|error| error.grade == Grade::Wrong)
    }

    /// The first part that is wrong if nothing more is typed.
    #[must_use]
    pub fn objection(&self) -> Option<&Error> {
        self.error().or_else(|| self.errors.iter().find(|error| error.grade == Grade::Half))
    }
}

/// Reads a query that may still be typed.
#[must_use]
pub fn typed(text: &str) -> Typed {
    let mut parser = Parser { text, at: 0, depth: 0, errors: Vec::new() };
    let mut parts = Vec::new();
    loop {
        parts.extend(parser.any());
        if parser.is_at_end() {
            break;
        }
        let at = parser.at;
        parser.at += 1;
        parser.wrong(at..at + 1, "no parenthesis is open here", Grade::Wrong);
    }
    Typed { query: Query::all(parts), errors: parser.errors }
}

impl FromStr for Query {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let Typed { query, errors } = typed(text);
        errors.into_iter().next().map_or(Ok(query), Err)
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    errors: Vec<Error>,
}

impl<'t> Parser<'t> {
    fn wrong(&mut self, span: Range<usize>, reason: impl Into<String>, grade: Grade) {
        self.errors.push(Error { span, reason: reason.into(), grade });
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(is_space).len();
    }

    fn is_at_end(&mut self) -> bool {
        self.skip_space();
        self.at == self.text.len()
    }

    /// Takes a word of the language, if it stands here by itself.
    fn keyword(&mut self, word: &str) -> bool {
        self.skip_space();
        let is_here = self.rest().get(..word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word));
        let ends = || {
            let after = self.rest()[word.len()..].chars().next();
            after.is_none_or(|c| is_space(c) || matches!(c, '(' | ')' | '"'))
        };
        let is_taken = is_here && ends();
        if is_taken {
            self.at += word.len();
        }
        is_taken
    }

    fn any(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        let mut last_or = None;
        loop {
            let part = self.all();
            self.skip_space();
            let at = self.at;
            let next_or = self.keyword("or").then_some(at..self.at);
            if let (None, Some(or)) = (&part, next_or.clone().or(last_or)) {
                self.wrong(or, "`or` stands between two things to look for", Grade::Half);
            }
            parts.extend(part);
            if next_or.is_none() {
                break;
            }
            last_or = next_or;
        }
        (!parts.is_empty()).then(|| Query::any(parts))
    }

    fn all(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        while !self.is_at_end() && !self.rest().starts_with(')') {
            let before = self.at;
            if self.keyword("or") {
                self.at = before;
                break;
            }
            parts.extend(self.item());
        }
        (!parts.is_empty()).then(|| Query::all(parts))
    }

    fn item(&mut self) -> Option<Query> {
        let start = self.at;
        if self.depth == DEEPEST {
            self.at = self.text.len();
            self.wrong(start..self.at, "too many parentheses in each other", Grade::Wrong);
            return None;
        }
        self.depth += 1;
        let item = self.item_within(start);
        self.depth -= 1;
        item
    }

    fn item_within(&mut self, start: usize) -> Option<Query> {
        if self.keyword("not") || self.minus() {
            let at = self.at;
            self.skip_space();
            let before = self.at;
            let stands_alone = self.is_at_end() || self.rest().starts_with(')') || {
                let is_or = self.keyword("or");
                self.at = before;
                is_or
            };
            if stands_alone {
                self.wrong(start..at, "say what is not wanted", Grade::Half);
                return None;
            }
            return self.item().map(Query::not);
        }
        match self.rest().chars().next()? {
            '(' => {
                self.at += 1;
                let inner = self.any();
                if self.rest().starts_with(')') {
                    self.at += 1;
                    if inner.is_none() {
                        self.wrong(start..self.at, "nothing stands in these parentheses", Grade::Half);
                    }
                } else {
                    self.wrong(start..start + 1, "this parenthesis is not closed", Grade::Open);
                }
                inner
            }
            '"' => {
                let text = self.quoted();
                let span = start..self.at;
                let phrase = Text::new(text);
                if phrase.is_none() {
                    self.wrong(span, "nothing stands in these quotes", Grade::Half);
                }
                phrase.map(Term::Phrase).map(Query::Term)
            }
            // A dash by itself, as in a title: it is no letter to look for.
            '-' => {
                self.at += 1;
                None
            }
            _ => self.word(),
        }
    }

    /// Takes a minus that negates what follows it at once.
    fn minus(&mut self) -> bool {
        let after = self.rest().strip_prefix('-').map(|rest| rest.chars().next());
        let is_minus = after.is_some_and(|next| next.is_none_or(|c| !is_space(c) && c != ')'));
        self.at += usize::from(is_minus);
        is_minus
    }

    /// Takes what stands in quotes; without the second one, all the rest.
    fn quoted(&mut self) -> &'t str {
        let start = self.at;
        let inner = &self.text[start + 1..];
        let end = inner.find('"');
        self.at = end.map_or(self.text.len(), |end| start + 1 + end + 1);
        if end.is_none() {
            self.wrong(start..start + 1, "these quotes are not closed", Grade::Open);
        }
        &inner[..end.unwrap_or(inner.len())]
    }

    fn bare(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c: char| is_space(c) || matches!(c, '(' | ')' | '"'));
        let bare = &rest[..end.unwrap_or(rest.len())];
        self.at += bare.len();
        bare
    }

    fn word(&mut self) -> Option<Query> {
        let start = self.at;
        let bare = self.bare();
        let is_key = |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphabetic());
        let Some((key, value)) = bare.split_once(':').filter(|(key, _)| is_key(key)) else {
            return Text::new(bare).map(Term::Word).map(Query::Term);
        };
        let value_at = start + key.len() + 1;
        let value = match value.is_empty() && self.rest().starts_with('"') {
            true => self.quoted(),
            false => value,
        };
        let name = key.to_ascii_lowercase();
        if value.is_empty() && !KEYS.contains(&&*name) {
            // The colon of a title.
            return Text::new(bare).map(Term::Word).map(Query::Term);
        }
        let ends_text = self.at == self.text.len();
        match term(&name, value) {
            Ok(term) => Some(Query::Term(term)),
            Err(Wrong::Key) => {
                self.wrong(start..start + key.len(), no_key(key), Grade::Wrong);
                None
            }
            Err(Wrong::Value(reason)) => {
                let grade = if value.is_empty() || ends_text { Grade::Half } else { Grade::Wrong };
                self.wrong(value_at..self.at.max(value_at), reason, grade);
                None
            }
        }
    }
}
