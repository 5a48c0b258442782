//! What is wrong with a query, where, and what would be right.

use std::fmt;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The part that is wrong, in bytes of the query.
    pub span: Range<usize>,
    /// What is wrong with it, and what would be right.
    pub reason: String,
    pub(super) severity: Severity,
}

/// How wrong something is while the query may still be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Severity {
    /// Whatever is typed after it.
    Wrong,
    /// As it stands, but more typing can make it right.
    Unfinished,
    /// Understood without what is missing: quotes or a parenthesis that are not closed.
    Unclosed,
}

impl Error {
    /// The query, and below it a caret under each column of the part that is wrong.
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
