//! Writes reviews in other formats.
//!
//! Each writer is a function of [`Visible`]: hidden text is left out, with its label in its place, and revealed text is
//! written folded. This module knows neither files nor terminals.

mod dialect;
mod format;
mod html;
mod json;
mod markdown;
mod post;

pub use format::Format;
pub use html::{page as html, site};
pub use json::{facts, review as json};
pub use markdown::review as markdown;

use crate::review::{PLACEHOLDER, Visible, VisibleText};
use crate::typeset::SPAN_MARK;

/// A review as far as it may be seen, with its name on the command line.
#[derive(Clone, Copy, Debug)]
pub struct Exported<'e> {
    /// The review.
    pub visible: Visible<'e>,
    /// Its name.
    pub name: &'e str,
}

/// The label of the curtain over the whole review, if it is down.
fn closed_cover(visible: Visible<'_>) -> Option<String> {
    visible.cover().filter(|cover| !cover.is_lifted).map(|cover| cover.words())
}

/// A passage's text in the form of our own files: a lifted span between marks, a hidden one as its placeholder.
fn marked(text: VisibleText<'_>) -> String {
    let mut written = String::with_capacity(text.masked().len());
    let mut pieces = text.masked().split(PLACEHOLDER);
    written.push_str(pieces.next().unwrap_or_default());
    for (piece, span) in pieces.zip(text.spans()) {
        match span.text {
            Some(hidden) => written.extend(["||", hidden, if is_closed(hidden) { "||" } else { "" }]),
            None => written.push_str(SPAN_MARK),
        }
        written.push_str(piece);
    }
    written
}

/// Whether a closing mark would end this span. A span of nothing but bars, or one with an escaped mark, extends to the
/// end of its passage, and a mark after it would become part of it.
fn is_closed(hidden: &str) -> bool {
    let is_escaping = hidden.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
    let content = hidden.trim_start_matches(|c: char| c.is_whitespace() || c == '|');
    !content.is_empty() && !content.contains("||") && !hidden.ends_with('|') && !is_escaping
}

#[cfg(test)]
mod post_tests;
