//! Reads the reader's own TOML files, the configuration and themes, as far as possible, and reports all their faults at
//! once.
//!
//! It does not know what they mean. They are not reviews, so faults may quote them.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::review::{Fault, clean_line};

/// A key or value with its place.
pub(crate) type Value<'s> = Spanned<DeValue<'s>>;

/// What is wrong in a text.
#[derive(Debug)]
pub(crate) struct Faults<'s> {
    source: &'s str,
    found: Vec<Fault>,
    /// Lines that are not TOML. Anything else that seems wrong with them is a consequence.
    broken: Vec<usize>,
}

impl<'s> Faults<'s> {
    /// Parses a text. Whatever is not TOML is reported as a fault and left out.
    pub(crate) fn parse(source: &'s str) -> (DeTable<'s>, Self) {
        let (table, errors) = DeTable::parse_recoverable(source);
        let mut faults = Faults { source, found: Vec::new(), broken: Vec::new() };
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            faults.add(at, format!("not valid TOML: {}", error.message().lines().next().unwrap_or_default()));
            faults.broken.push(faults.line(at));
        }
        (table.into_inner(), faults)
    }

    /// Adds a fault at a byte of the text.
    pub(crate) fn add(&mut self, at: usize, reason: impl AsRef<str>) {
        // The parser puts an empty value at the start of the text in place of one that it cannot read.
        let is_consequence = self.broken.contains(&self.line(at)) || (at == 0 && !self.broken.is_empty());
        if is_consequence {
            return;
        }
        self.found.push(Fault::at(self.source, at, clean_line(reason.as_ref())));
    }

    /// Adds a fault of the text as a whole.
    pub(crate) fn add_whole(&mut self, reason: impl AsRef<str>) {
        self.found.push(Fault::whole(clean_line(reason.as_ref())));
    }

    /// The line, from 1, of a byte of the text.
    pub(crate) fn line(&self, at: usize) -> usize {
        Fault::at(self.source, at, "").position.map_or(1, |(line, _)| line)
    }

    /// The value as a table; anything else is a fault.
    pub(crate) fn table<'v>(&mut self, name: &str, value: Value<'v>) -> Option<DeTable<'v>> {
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Table(table) => Some(table),
            _ => {
                self.add(at, format!("`{name}` is a table: write [{name}] on a line of its own"));
                None
            }
        }
    }

    /// The value as text; anything else is a fault.
    pub(crate) fn text(&mut self, name: &str, value: &Value<'_>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.clone().into_owned()),
            _ => {
                self.add(value.span().start, format!("`{name}` must be text in quotes"));
                None
            }
        }
    }

    /// All faults, in the order of the text.
    pub(crate) fn into_found(mut self) -> Vec<Fault> {
        self.found.sort_by_key(|fault| fault.position);
        self.found
    }
}

/// How similar a name must be to be suggested in place of another, from 0 to 1.
const LIKENESS: f64 = 0.5;

/// Reports that there is no such name, with the nearest one, or all of them.
pub(crate) fn no_such<'n>(what: &str, name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let known: Vec<_> = known.into_iter().collect();
    let likeness = |known: &&&str| strsim::normalized_damerau_levenshtein(known, name);
    let nearest = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match nearest.filter(|nearest| likeness(nearest) >= LIKENESS) {
        Some(nearest) => format!("there is no {what} `{name}`; the nearest is `{nearest}`"),
        None => format!("there is no {what} `{name}`; choose from {}", known.join(", ")),
    }
}
