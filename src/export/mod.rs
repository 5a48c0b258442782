//! Reviews to other people's formats.
//!
//! Each writer is a function of [`Visible`]: what is behind a curtain that is down is left out, with the curtain's label in
//! its place; what was behind one that is lifted is written folded. This module knows neither files nor terminals.

mod html;
mod json;
mod markdown;

pub use html::page as html;
pub use json::{facts, review as json};
pub use markdown::review as markdown;

use crate::review::{VEIL, Visible, VisibleText};
use crate::typeset::SPAN_MARK;

/// A review as it may be seen, under the name that it goes by on the command line.
#[derive(Clone, Copy, Debug)]
pub struct Exported<'e> {
    /// The review.
    pub visible: Visible<'e>,
    /// Its name.
    pub name: &'e str,
}

/// What the curtain over the whole review says, if there is one and it is down.
fn closed_cover(visible: Visible<'_>) -> Option<String> {
    visible.cover().filter(|cover| !cover.is_lifted).map(|cover| cover.words())
}

/// A passage's text as it is in our own files: a span that is lifted between marks, one that is down as the mark of one.
fn marked(text: VisibleText<'_>) -> String {
    let mut written = String::with_capacity(text.veiled().len());
    let mut pieces = text.veiled().split(VEIL);
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

/// Whether a span can be closed: one that holds nothing but bars, or a mark that closes nothing, goes on to the end of its
/// passage, and a mark behind it would become a part of it.
fn is_closed(hidden: &str) -> bool {
    let is_escaping = hidden.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
    let content = hidden.trim_start_matches(|c: char| c.is_whitespace() || c == '|');
    !content.is_empty() && !content.contains("||") && !hidden.ends_with('|') && !is_escaping
}
