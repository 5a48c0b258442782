//! What is wrong with a file, in words that never quote it.

use std::fmt;

/// One fault of a file.
///
/// The reason is in our own words: TOML's own messages show the line, and the line may be hidden text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line and the column (in characters) where it is, both from 1, if it is at one place.
    pub position: Option<(usize, usize)>,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl Fault {
    /// A fault of the file as a whole.
    #[must_use]
    pub fn whole(reason: impl Into<String>) -> Self {
        Fault { position: None, reason: reason.into() }
    }

    /// A fault at a byte offset of the file's text.
    pub(super) fn at(source: &str, offset: usize, reason: impl Into<String>) -> Self {
        let before = &source[..source.floor_char_boundary(offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        Fault { position: Some((line, column)), reason: reason.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some((line, column)) => write!(f, "line {line}, column {column}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

/// How many faults of one file are told. Each takes a look at the file from its start to say where it is.
const MOST: usize = 12;

/// The faults of a file, the first ones in words and the rest as a number.
#[derive(Debug, Default)]
pub(super) struct Faults {
    told: Vec<Fault>,
    more: usize,
}

impl Faults {
    /// Takes a fault at a byte offset of the file's text, or with `None` one of the file as a whole.
    pub(super) fn add(&mut self, source: &str, offset: Option<usize>, reason: impl Into<String>) {
        if self.told.len() == MOST {
            self.more += 1;
            return;
        }
        self.told.push(match offset {
            Some(offset) => Fault::at(source, offset, reason),
            None => Fault::whole(reason),
        });
    }

    /// What was asked for if there are no faults, else the faults in the order of the file.
    pub(super) fn or<T>(mut self, value: T) -> Result<T, Vec<Fault>> {
        if self.told.is_empty() {
            return Ok(value);
        }
        self.told.sort_by_key(|fault| fault.position);
        if self.more > 0 {
            self.told.push(Fault::whole(format!("and {} more faults", self.more)));
        }
        Err(self.told)
    }
}
