//! Hyphenation: between which letters of a word a line may end.

use std::ops::{Range, RangeInclusive};

use hypher::{Lang, hyphenate_bounded};

use super::words::columns;

/// The measure below which words are hyphenated: wider lines are good enough without.
pub(super) const BELOW: usize = 60;

/// The bytes that a word has which is hyphenated: it is worth it from here, and the patterns take no more than that.
const BYTES: RangeInclusive<usize> = 6..=45;

/// The letters that stay together at either end of a word: two would be allowed at its beginning, and look torn off.
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
    /// The parts of a word between which it may be broken, as byte ranges with their widths. A name, a short word and what is
    /// no word have none. `at` is where the word begins in the text.
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
