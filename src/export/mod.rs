//! Reviews to other people's formats.
//!
//! Each writer asks [`Curtains`] for every text it writes. What is behind a curtain that is down is left out, with the
//! curtain's label in its place; what was behind one that is lifted is written folded. This module knows neither files
//! nor terminals.

mod html;
mod json;
mod markdown;

pub use html::page as html;
pub use json::{facts, review as json};
pub use markdown::review as markdown;

use crate::curtain::{Curtains, ReviewKey, Spot};
use crate::review::{Review, VEIL};
use crate::typeset::{SPAN_MARK, gate_words};

/// A review under its names, with the state of its curtains.
#[derive(Clone, Copy, Debug)]
pub struct Exported<'e> {
    /// The review.
    pub review: &'e Review,
    /// What it is called on the command line.
    pub id: &'e str,
    /// What it is called in this run.
    pub key: ReviewKey,
    /// Which of its curtains are lifted.
    pub curtains: &'e Curtains,
}

/// What a passage's curtain says of itself: `Spoiler: the ending · after chapter 9`; nothing where there is no curtain.
fn curtain_words(exported: Exported<'_>, number: u32) -> Option<String> {
    let curtain = exported.review.rail().at(Spot::passage(number))?;
    let label = exported.review.label(number).map(|label| format!(": {label}")).unwrap_or_default();
    let gate = curtain.gate.map(|gate| format!(" · after {}", gate_words(gate, exported.review.unit())));
    Some(format!("Spoiler{label}{}", gate.unwrap_or_default()))
}

/// Whether anything of the review besides what is always shown may be seen.
fn is_shown(exported: Exported<'_>) -> bool {
    exported.curtains.lifted(exported.review.hung(exported.key), Spot::REVIEW).is_some()
}

/// A passage's text as it is in our own files, if it may be seen: a span that is lifted between marks, one that is down as
/// the mark of one.
fn passage_text(exported: Exported<'_>, number: u32) -> Option<String> {
    let Exported { review, key, curtains, .. } = exported;
    let text = review.passage(key, curtains, number)?;
    let mut written = String::with_capacity(text.len());
    for (piece, span) in text.split(VEIL).zip(0..) {
        if span > 0 {
            let spot = Spot::span(number, span - 1);
            match curtains.lifted(review.hung(key), spot) {
                Some(lifted) => {
                    let hidden = review.behind(&lifted);
                    written.extend(["||", hidden, if is_closed(hidden) { "||" } else { "" }]);
                }
                None => written.push_str(SPAN_MARK),
            }
        }
        written.push_str(piece);
    }
    Some(written)
}

/// Whether a span can be closed: one that holds nothing but bars, or a mark that closes nothing, goes on to the end of its
/// passage, and a mark behind it would become a part of it.
fn is_closed(hidden: &str) -> bool {
    let is_escaping = hidden.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
    let content = hidden.trim_start_matches(|c: char| c.is_whitespace() || c == '|');
    !content.is_empty() && !content.contains("||") && !hidden.ends_with('|') && !is_escaping
}
