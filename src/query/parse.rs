//! Parses a query. While it is being typed, an unfinished part is not an error and is left out. Errors have a position
//! and say how to fix them.

use std::ops::Range;
use std::str::FromStr;

use super::error::{Error, Severity};
use super::tree::{Query, Term, Text};
use super::value::{KEYS, Wrong, can_become_right, nearest_key, term, unknown_key};

/// The maximum nesting of parentheses and negations.
const DEEPEST: usize = 32;

/// The result of parsing: what was understood, and what was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    text: String,
    /// The query, without wrong or unfinished parts.
    pub query: Query,
    errors: Vec<Error>,
}

impl Parsed {
    /// The text that was parsed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first error that no further typing can fix.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.errors.iter().find(|error| error.severity == Severity::Wrong)
    }

    /// The first error if nothing more is typed.
    #[must_use]
    pub fn objection(&self) -> Option<&Error> {
        self.error().or_else(|| self.errors.iter().find(|error| error.severity == Severity::Unfinished))
    }
}

impl Default for Parsed {
    fn default() -> Self {
        parse("")
    }
}

/// Parses a query that may be unfinished.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut parser = Parser { text, at: 0, depth: 0, errors: Vec::new() };
    let mut parts = Vec::new();
    loop {
        parts.extend(parser.any());
        if parser.is_at_end() {
            break;
        }
        let at = parser.at;
        parser.at += 1;
        parser.error(at..at + 1, "no parenthesis is open here", Severity::Wrong);
    }
    Parsed { text: text.to_owned(), query: Query::all(parts), errors: parser.errors }
}

impl FromStr for Query {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let Parsed { query, errors, .. } = parse(text);
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
    fn error(&mut self, span: Range<usize>, reason: impl Into<String>, severity: Severity) {
        self.errors.push(Error { span, reason: reason.into(), severity });
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

    /// Consumes a keyword, if it is here as a separate word.
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

    /// Whether a keyword is here as a separate word.
    fn is_keyword(&mut self, word: &str) -> bool {
        let before = self.at;
        let is_here = self.keyword(word);
        self.at = before;
        is_here
    }

    /// Whether no search term can start here.
    fn is_between(&mut self) -> bool {
        self.is_at_end() || self.rest().starts_with(')') || self.is_keyword("or") || self.is_keyword("and")
    }

    /// Reports an operator without a term before it, or without one after it yet.
    fn stands_alone(&mut self, operator: Range<usize>, has_left: bool) {
        let word = self.text[operator.clone()].to_ascii_lowercase();
        let severity = if has_left && self.is_at_end() { Severity::Unfinished } else { Severity::Wrong };
        self.error(operator, format!("`{word}` goes between two search terms"), severity);
    }

    fn any(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        let mut last_or = None;
        loop {
            self.skip_space();
            let start = self.at;
            parts.extend(self.all());
            let is_missing = self.at == start;
            let at = self.at;
            let next_or = self.keyword("or").then_some(at..self.at);
            match (last_or, &next_or) {
                (Some(or), _) if is_missing => self.stands_alone(or, true),
                (None, Some(or)) if is_missing => self.stands_alone(or.clone(), false),
                _ => {}
            }
            if next_or.is_none() {
                break;
            }
            last_or = next_or;
        }
        (!parts.is_empty()).then(|| Query::any(parts))
    }

    fn all(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        let start = self.at;
        let mut last_and: Option<Range<usize>> = None;
        while !self.is_at_end() && !self.rest().starts_with(')') && !self.is_keyword("or") {
            let at = self.at;
            if self.keyword("and") {
                let and = at..self.at;
                if at == start || last_and.is_some() {
                    self.stands_alone(and.clone(), false);
                }
                last_and = Some(and);
            } else {
                last_and = None;
                parts.extend(self.item());
            }
        }
        if let Some(and) = last_and {
            self.stands_alone(and, true);
        }
        (!parts.is_empty()).then(|| Query::all(parts))
    }

    fn item(&mut self) -> Option<Query> {
        let start = self.at;
        if self.depth == DEEPEST {
            self.at = self.text.len();
            self.error(start..self.at, "parentheses are nested too deeply", Severity::Wrong);
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
            if self.is_between() {
                let severity = if self.is_at_end() { Severity::Unfinished } else { Severity::Wrong };
                self.error(start..at, "say what to exclude", severity);
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
                        self.error(start..self.at, "these parentheses are empty", Severity::Unfinished);
                    }
                } else {
                    self.error(start..start + 1, "this parenthesis is not closed", Severity::Unclosed);
                }
                inner
            }
            '"' => {
                let text = self.quoted();
                let span = start..self.at;
                let phrase = Text::new(text);
                if phrase.is_none() {
                    self.error(span, "these quotes are empty", Severity::Unfinished);
                }
                phrase.map(Term::Phrase).map(Query::Term)
            }
            // A separate dash, as in a title, is not a search term.
            '-' => {
                self.at += 1;
                None
            }
            _ => self.word(),
        }
    }

    /// Consumes a minus that is directly followed by what it negates.
    fn minus(&mut self) -> bool {
        let after = self.rest().strip_prefix('-').map(|rest| rest.chars().next());
        let is_minus = after.is_some_and(|next| next.is_none_or(|c| !is_space(c) && c != ')'));
        self.at += usize::from(is_minus);
        is_minus
    }

    /// Consumes quoted text, or everything that is left if the quote is not closed.
    fn quoted(&mut self) -> &'t str {
        let start = self.at;
        let inner = &self.text[start + 1..];
        let end = inner.find('"');
        self.at = end.map_or(self.text.len(), |end| start + 1 + end + 1);
        if end.is_none() {
            self.error(start..start + 1, "these quotes are not closed", Severity::Unclosed);
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

    /// Parses a word, or a key and its value separated by a colon or a comparison.
    fn word(&mut self) -> Option<Query> {
        let start = self.at;
        let bare = self.bare();
        let key_end = bare.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(bare.len());
        let (key, after) = bare.split_at(key_end);
        let is_known = KEYS.contains(&&*key.to_ascii_lowercase());
        let word = || Text::new(bare).map(Term::Word).map(Query::Term);
        if key.is_empty() {
            return word();
        }
        if let Some(value) = after.strip_prefix(':') {
            // An unknown key without a value is a word with a colon, as in titles.
            let has_value = !value.is_empty() || self.rest().starts_with('"');
            if !is_known && !has_value {
                return word();
            }
            self.at = start + key_end + 1;
            return self.value(start..start + key_end);
        }
        let sign_at = self.text.len() - self.text[start + key_end..].trim_start_matches(is_space).len();
        let sign = self.text[sign_at..].chars().next().filter(|c| matches!(c, '<' | '>' | '='));
        match sign {
            // A space before the comparison is allowed only after a known key.
            Some(sign) if is_known => {
                self.at = sign_at + usize::from(sign == '=');
                self.value(start..start + key_end)
            }
            // One or two letters are about equally similar to every key.
            Some(_) if !after.is_empty() => match nearest_key(key).filter(|_| key.len() > 2) {
                Some(near) => {
                    let reason =
                        format!("there is no key `{key}`; did you mean {near}? Other text goes in quotes");
                    self.error(start..start + key_end, reason, Severity::Wrong);
                    None
                }
                None => word(),
            },
            _ => word(),
        }
    }

    /// Parses the value of a key.
    fn value(&mut self, key: Range<usize>) -> Option<Query> {
        let start = self.at;
        let value = if self.rest().starts_with('"') { self.quoted() } else { self.compared() };
        let name = self.text[key.clone()].to_ascii_lowercase();
        match term(&name, value) {
            Ok(term) => Some(Query::Term(term)),
            Err(Wrong::Key) => {
                let reason = unknown_key(&self.text[key.clone()]);
                self.error(key, reason, Severity::Wrong);
                None
            }
            Err(Wrong::Value(reason)) => {
                let is_unfinished = self.at == self.text.len() && can_become_right(&name, value);
                let severity = if is_unfinished { Severity::Unfinished } else { Severity::Wrong };
                self.error(start..self.at, reason, severity);
                None
            }
        }
    }

    /// Consumes an unquoted value; its comparison may be separated from the number by a space.
    fn compared(&mut self) -> &'t str {
        let start = self.at;
        let bare = self.bare();
        if !bare.is_empty() && bare.bytes().all(|b| matches!(b, b'<' | b'>' | b'=')) {
            self.skip_space();
            self.bare();
        }
        self.text[start..self.at].trim_end_matches(is_space)
    }
}
