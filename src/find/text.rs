//! Searches the text of reviews for exact words, as far as it may be seen.
//!
//! All text is read through [`Visible`], as on the screen: hidden text matches nothing, and revealed text is found
//! right away.

use std::borrow::Cow;
use std::ops::Range;

use super::phrase::Phrase;
use crate::query::{Query, Term, Text};
use crate::review::{VEIL, Visible, VisibleText};
use crate::typeset::{Place, SPAN_MARK};
use regex::bytes::{Regex, RegexBuilder};

/// Context shown on each side of a hit, in bytes.
const CONTEXT: usize = 160;

/// A search pattern that ignores case and what separates words.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

/// A match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The place in the review.
    pub place: Place,
    /// The text before it, for display.
    pub before: String,
    /// The text that matched.
    pub found: String,
    /// The text after it, for display.
    pub after: String,
}

impl Pattern {
    /// The pattern for some words; `None` if they are longer than any sentence.
    #[must_use]
    pub fn new(text: &Text) -> Option<Self> {
        Self::build(text.as_str(), true)
    }

    /// The pattern for a search within one text: a capital letter matches only itself, a small letter matches both
    /// cases.
    #[must_use]
    pub fn smart(text: &Text) -> Option<Self> {
        Self::build(text.as_str(), !text.as_str().chars().any(char::is_uppercase))
    }

    fn build(text: &str, ignores_case: bool) -> Option<Self> {
        RegexBuilder::new(&words(text)).case_insensitive(ignores_case).build().ok().map(Pattern)
    }

    /// The matches in a text, as byte ranges.
    pub fn find_in<'t>(&self, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'t, '_> {
        self.0.find_iter(text.as_bytes()).map(|found| found.range()).filter(|range| !range.is_empty())
    }

    /// The first match in the visible text of a review.
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

/// Quoted words, prepared for searching all reviews.
#[derive(Debug)]
pub(super) struct Scan {
    pattern: Pattern,
    /// A faster equivalent, which most phrases have.
    phrase: Option<Phrase>,
}

impl Scan {
    /// Prepares words, unless they are longer than any sentence.
    pub(super) fn new(words: &Text) -> Option<Self> {
        Some(Scan { pattern: Pattern::new(words)?, phrase: Phrase::new(words.as_str()) })
    }

    /// Whether they are in the visible text of a review.
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

/// The first match of a query's quoted words in a review.
#[must_use]
pub fn first_hit(query: &Query, visible: Visible<'_>) -> Option<Hit> {
    Phrases::of(query).first(visible)
}

/// A query's quoted words, prepared for searching many reviews.
#[derive(Debug)]
pub struct Phrases(Vec<Pattern>);

impl Phrases {
    /// The words that match by presence rather than absence.
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

/// What may separate two words: white space, punctuation and emphasis marks, which nobody remembers. The characters are
/// listed because the class of all non-letters takes ten times as long to compile, on every key. Characters that stand
/// for a hidden span or end a passage never separate words.
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

/// The pattern for a word, whose apostrophes may be curly. It excludes the Unicode signs that fold to `s` and `k`,
/// which nobody means but which would slow the search down.
fn word(word: &str) -> String {
    let part = |part: &str| match part.is_ascii() {
        true => format!("(?-u:{})", regex::escape(part)),
        false => regex::escape(part),
    };
    word.split(['\'', '’']).map(part).collect::<Vec<_>>().join("['’]")
}

/// The tags of a review that was hidden as a whole and is now revealed. Other tags are always visible.
fn hidden_tags(visible: Visible<'_>) -> impl Iterator<Item = &str> {
    visible.cover().into_iter().flat_map(move |_| visible.tags())
}

/// The visible form of a passage, with lifted spans inserted and a veil in place of each hidden one.
struct Seen<'r> {
    number: u32,
    text: Cow<'r, str>,
    /// The ranges of lifted spans in the text.
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
        // Each earlier span takes up its own length here, but that of a veil in the passage.
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

/// Flattens a text to one line without emphasis and code marks.
fn one_line(text: &str) -> String {
    text.replace(['*', '`'], "").replace(char::is_whitespace, " ").replace(VEIL, SPAN_MARK)
}
