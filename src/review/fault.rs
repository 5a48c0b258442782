//! What is wrong with a file, in words that never quote it.

use std::fmt;

/// One fault of a file.
///
/// The reason is our own text: TOML's messages quote the line, which may be hidden text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line and column (in characters), both from 1, if the fault is in one place.
    pub position: Option<(usize, usize)>,
    /// What is wrong and how to fix it.
    pub reason: String,
}

impl Fault {
    /// Creates a fault of the file as a whole.
    #[must_use]
    pub fn whole(reason: impl Into<String>) -> Self {
        Fault { position: None, reason: reason.into() }
    }

    /// Creates a fault at a byte offset of the file's text.
    pub(crate) fn at(source: &str, offset: usize, reason: impl Into<String>) -> Self {
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

/// How many faults of one file are reported. To find a fault's position, the file is scanned from the start.
const MAX_REPORTED: usize = 12;

/// The faults of a file: the first ones in full, the rest as a count.
#[derive(Debug, Default)]
pub(super) struct Faults {
    reported: Vec<Fault>,
    more: usize,
}

impl Faults {
    /// Adds a fault at a byte offset of the file's text, or with `None` a fault of the file as a whole.
    pub(super) fn add(&mut self, source: &str, offset: Option<usize>, reason: impl Into<String>) {
        if self.reported.len() == MAX_REPORTED {
            self.more += 1;
            return;
        }
        self.reported.push(match offset {
            Some(offset) => Fault::at(source, offset, reason),
            None => Fault::whole(reason),
        });
    }

    /// Returns the value if there are no faults, otherwise the faults in file order.
    pub(super) fn or<T>(mut self, value: T) -> Result<T, Vec<Fault>> {
        if self.reported.is_empty() {
            return Ok(value);
        }
        self.reported.sort_by_key(|fault| fault.position);
        if self.more > 0 {
            self.reported.push(Fault::whole(format!("and {} more faults", self.more)));
        }
        Err(self.reported)
    }
}
