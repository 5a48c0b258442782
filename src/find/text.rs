//! Words as they are written, in the text of reviews: only in what may be seen now.
//!
//! Every look at a text goes through [`Visible`], as that of the screen does, so what is behind a curtain matches nothing,
//! and what was lifted is found at once.

use std::borrow::Cow;
use std::ops::Range;

use super::phrase::Phrase;
use crate::query::{Query, Term, Text};
use crate::review::{VEIL, Visible, VisibleText};
use crate::typeset::{Place, SPAN_MARK};
use regex::bytes::{Regex, RegexBuilder};

/// Bytes of text on each side of a hit that are shown with it.
const CONTEXT: usize = 160;

/// Something to look for in texts, without regard to case and to what stands between words.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

/// Where a pattern was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where in the review.
    pub place: Place,
    /// What stands before it, to be shown.
    pub before: String,
    /// What was found.
    pub found: String,
    /// What stands behind it.
    pub after: String,
}

impl Pattern {
    /// The pattern for some words, or nothing if they are more than any sentence.
    #[must_use]
    pub fn new(text: &Text) -> Option<Self> {
        Self::build(text.as_str(), true)
    }

    /// The pattern for what was typed to be found in one text: a capital letter means itself, small letters mean both.
    #[must_use]
    pub fn smart(text: &Text) -> Option<Self> {
        Self::build(text.as_str(), !text.as_str().chars().any(char::is_uppercase))
    }

    fn build(text: &str, ignores_case: bool) -> Option<Self> {
        RegexBuilder::new(&words(text)).case_insensitive(ignores_case).build().ok().map(Pattern)
    }

    /// Where it is in a text, in bytes.
    pub fn find_in<'t>(&self, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'t, '_> {
        self.0.find_iter(text.as_bytes()).map(|found| found.range()).filter(|range| !range.is_empty())
    }

    /// The first place in what may be seen of a review's text.
    #[must_use]
    pub fn first(&self, visible: Visible<'_>) -> Option<Hit> {
        let in_text = seen(visible).find_map(|seen| {
            let found = self.0.find(seen.text.as_bytes())?;
            Some(hit(&seen.text, found.range(), seen.place(found.start())))
        });
        in_text.or_else(|| {
            hidden_tags(visible)
                .find_map(|tag| Some(hit(tag, self.0.find(tag.as_bytes())?.range(), Place::default())))
        })
    }
}

/// Quoted words, ready to be looked for in all reviews.
#[derive(Debug)]
pub(super) struct Scan {
    pattern: Pattern,
    /// What tells the same more quickly, of most words.
    phrase: Option<Phrase>,
}

impl Scan {
    /// Makes words ready, unless they are more than any sentence.
    pub(super) fn new(words: &Text) -> Option<Self> {
        Some(Scan { pattern: Pattern::new(words)?, phrase: Phrase::new(words.as_str()) })
    }

    /// Whether they are in what may be seen of a review's text.
    pub(super) fn is_in(&self, visible: Visible<'_>) -> bool {
        if let Some(open) = visible.review().open_text() {
            return self.is_in_text(open);
        }
        seen(visible).any(|seen| self.is_in_text(&seen.text))
            || hidden_tags(visible).any(|tag| self.is_in_text(tag))
    }

    fn is_in_text(&self, text: &str) -> bool {
        match &self.phrase {
            Some(phrase) => phrase.is_in(text),
            None => self.pattern.0.is_match(text.as_bytes()),
        }
    }
}

/// The first hit of a query's quoted words in a review.
#[must_use]
pub fn first_hit(query: &Query, visible: Visible<'_>) -> Option<Hit> {
    Phrases::of(query).first(visible)
}

/// The quoted words of a query, ready to be looked for in many reviews.
#[derive(Debug)]
pub struct Phrases(Vec<Pattern>);

impl Phrases {
    /// Those that a hit is found by.
    #[must_use]
    pub fn of(query: &Query) -> Self {
        let pattern = |term: &Term| match term {
            Term::Phrase(text) => Pattern::new(text),
            _ => None,
        };
        Phrases(query.wanted().into_iter().filter_map(pattern).collect())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first hit in a review.
    #[must_use]
    pub fn first(&self, visible: Visible<'_>) -> Option<Hit> {
        self.0.iter().find_map(|pattern| pattern.first(visible))
    }
}

/// What may stand between two words: white space, punctuation and the marks of emphasis, which nobody remembers. They are
/// listed since the class of all that is no letter takes ten times as long to make ready, at every key. What stands for a
/// hidden span, or ends a passage, is never between two words of one phrase.
const GAP: &str = concat!(
    r"(?-i:[\x01-/:-@\[-`{-~",                                                  // ASCII
    r"\u{a0}-\u{bf}\u{1680}",                                                   // Latin-1, Ogham's space
    r"\u{2000}-\u{206f}", // general punctuation and spaces
    r"\u{3000}-\u{303f}", // Chinese, Japanese and Korean
    r"\u{ff01}-\u{ff0f}\u{ff1a}-\u{ff20}\u{ff3b}-\u{ff40}\u{ff5b}-\u{ff65}]+)", // their wide forms
);

fn words(text: &str) -> String {
    text.split_whitespace().map(word).collect::<Vec<_>>().join(GAP)
}

/// A word as it may be written: an apostrophe may be a curly one. Unicode has signs that fold to `s` and `k`, which nobody
/// means, and which would be looked for too.
fn word(word: &str) -> String {
    let part = |part: &str| match part.is_ascii() {
        true => format!("(?-u:{})", regex::escape(part)),
        false => regex::escape(part),
    };
    word.split(['\'', '’']).map(part).collect::<Vec<_>>().join("['’]")
}

/// The tags of a review that was hidden as a whole, once it is revealed. Those of others are always visible.
fn hidden_tags(visible: Visible<'_>) -> impl Iterator<Item = &str> {
    visible.cover().into_iter().flat_map(move |_| visible.tags())
}

/// A passage as it may be seen: lifted spans stand in their places, a veil in that of each other.
struct Seen<'r> {
    number: u32,
    text: Cow<'r, str>,
    /// Where lifted spans are in the text.
    lifted: Vec<Range<usize>>,
}

fn seen(visible: Visible<'_>) -> impl Iterator<Item = Seen<'_>> {
    visible.passages().filter_map(|passage| Some(Seen::new(passage.number, passage.text?)))
}

impl<'r> Seen<'r> {
    fn new(number: u32, passage: VisibleText<'r>) -> Self {
        let veiled = passage.veiled();
        if !veiled.contains(VEIL) {
            return Seen { number, text: veiled.into(), lifted: Vec::new() };
        }
        let (mut text, mut lifted) = (String::with_capacity(veiled.len()), Vec::new());
        let mut parts = veiled.split(VEIL);
        text.push_str(parts.next().unwrap_or_default());
        for (part, span) in parts.zip(passage.spans()) {
            let start = text.len();
            match span.text {
                Some(hidden) => {
                    text.push_str(hidden);
                    lifted.push(start..text.len());
                }
                None => text.push(VEIL),
            }
            text.push_str(part);
        }
        Seen { number, text: text.into(), lifted }
    }
}

impl Seen<'_> {
    /// The place in the review of a byte of the text.
    fn place(&self, at: usize) -> Place {
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        // Each span before takes its own length here and that of a veil in the passage.
        let before = self.lifted.iter().take_while(|span| span.end <= at);
        let veiled = before.fold(at, |at, span| at + VEIL.len_utf8() - span.len());
        let inside = self.lifted.iter().find(|span| span.contains(&at));
        let within = inside.map_or(0, |span| at - span.start);
        Place { section: self.number + 1, offset: small(veiled - within + 1), within: small(within) }
    }
}

fn hit(text: &str, found: Range<usize>, place: Place) -> Hit {
    let start = text.floor_char_boundary(found.start.saturating_sub(CONTEXT));
    let end = text.ceil_char_boundary((found.end + CONTEXT).min(text.len()));
    Hit {
        place,
        before: one_line(&text[start..found.start]),
        found: one_line(&text[found.clone()]),
        after: one_line(&text[found.end..end]),
    }
}

/// A text on one line, without the marks of emphasis and code.
fn one_line(text: &str) -> String {
    text.replace(['*', '`'], "").replace(char::is_whitespace, " ").replace(VEIL, SPAN_MARK)
}
