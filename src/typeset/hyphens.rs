//! Hyphenation: where a line may break inside a word.

use std::ops::{Range, RangeInclusive};

use hypher::{Lang, hyphenate_bounded};

use super::words::columns;

/// The measure below which words are hyphenated; wider lines look good without.
pub(super) const BELOW: usize = 60;

/// The length of words that are hyphenated, in bytes. Shorter ones are not worth it, and the patterns take no longer ones.
const BYTES: RangeInclusive<usize> = 6..=45;

/// The minimum number of letters on either side of a hyphen. Two would be allowed at the beginning, but look torn off.
const KEPT: usize = 3;

/// A language whose words can be hyphenated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// Italian.
    Italian,
    /// Portuguese.
    Portuguese,
    /// Spanish.
    Spanish,
}

impl Language {
    fn patterns(self) -> Lang {
        match self {
            Language::English => Lang::English,
            Language::French => Lang::French,
            Language::Italian => Lang::Italian,
            Language::Portuguese => Lang::Portuguese,
            Language::Spanish => Lang::Spanish,
        }
    }
}

/// How the words of a text are hyphenated.
pub(super) struct Hyphens<'t> {
    pub(super) language: Language,
    /// Whether the byte at an offset of the text belongs to prose, and not to code, an address or a mark.
    pub(super) is_prose: &'t dyn Fn(usize) -> bool,
}

impl Hyphens<'_> {
    /// The parts that a word may be broken into, as byte ranges with their widths. Names, short words and anything that is
    /// not a word have none. `at` is the offset of the word in the text.
    pub(super) fn syllables(&self, word: &str, at: usize) -> Vec<(Range<usize>, usize)> {
        let letters = word.trim_matches(|c: char| !c.is_alphabetic());
        let is_word = BYTES.contains(&letters.len()) && letters.chars().all(char::is_lowercase);
        if !is_word || !(self.is_prose)(at) {
            return Vec::new();
        }
        let before = word.find(letters).unwrap_or(0);
        let mut syllables: Vec<Range<usize>> = Vec::new();
        for syllable in hyphenate_bounded(letters, self.language.patterns(), KEPT, KEPT) {
            let start = syllables.last().map_or(before, |last| last.end);
            syllables.push(start..start + syllable.len());
        }
        if let Some(first) = syllables.first_mut() {
            first.start = 0;
        }
        if let Some(last) = syllables.last_mut() {
            last.end = word.len();
        }
        syllables.into_iter().map(|range| (range.clone(), columns(&word[range]))).collect()
    }
}
