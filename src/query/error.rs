//! Errors in a query: what is wrong, where, and how to fix it.

use std::fmt;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

/// An error in a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The byte range of the error in the query.
    pub span: Range<usize>,
    /// What is wrong and how to fix it.
    pub reason: String,
    pub(super) severity: Severity,
}

/// How serious an error is while the query is still being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Severity {
    /// Wrong, whatever is typed next.
    Wrong,
    /// Wrong as it stands, but more typing can fix it.
    Unfinished,
    /// Understood despite an unclosed quote or parenthesis.
    Unclosed,
}

impl Error {
    /// The query, with carets on the next line below the part that is wrong.
    #[must_use]
    pub fn with_caret(&self, query: &str) -> String {
        let before = query.get(..self.span.start).unwrap_or_default();
        let part = query.get(self.span.clone()).unwrap_or_default();
        let carets = "^".repeat(part.width().max(1));
        format!("{query}\n{}{carets} {}", " ".repeat(before.width()), self.reason)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Error {}
