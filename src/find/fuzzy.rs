//! Words to scores: a word's letters in their order, better the closer they stand together and to the beginnings of words.

use std::ops::Range;

use memchr::memchr;
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::index::{Folded, fold_char};
use super::query::{Query, Term};

/// What a letter of a match must bring on average, in the matcher's points, so that the match is one that a reader would
/// see as such: letters that are strewn over a line bring less.
/// A single letter in the middle of a word brings one point less than this.
const CLOSE: u32 = 17;

/// Matches folded words against folded texts.
pub struct Fuzzy {
    matcher: Matcher,
    haystack: Vec<char>,
    bytes: Vec<u8>,
    needle: Vec<char>,
    positions: Vec<u32>,
}

impl Default for Fuzzy {
    fn default() -> Self {
        // Both sides are folded already.
        let mut config = Config::DEFAULT;
        (config.normalize, config.ignore_case) = (false, false);
        Fuzzy {
            matcher: Matcher::new(config),
            haystack: Vec::new(),
            bytes: Vec::new(),
            needle: Vec::new(),
            positions: Vec::new(),
        }
    }
}

/// How well a word matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Score {
    /// More is better.
    pub points: u32,
    /// Whether a reader would see it as a match. What is not close is kept only because a longer word may be.
    pub is_close: bool,
}

impl Fuzzy {
    /// How well the letters of a folded word are in one of some folded texts, if they are.
    pub(super) fn best(&mut self, texts: Folded<'_>, word: &str) -> Option<Score> {
        // Most have not even the letters, which is quickly seen in all of them at once.
        if !has_in_order(texts.words().as_bytes(), word.as_bytes()) {
            return None;
        }
        let first = *word.as_bytes().first()?;
        if word.len() == 1 {
            // One letter cannot reach from one text into the next.
            return self.score(texts.words(), word);
        }
        let scores = texts.each_from(first).filter_map(|text| self.score(text, word));
        scores.max_by_key(|score| (score.is_close, score.points))
    }

    /// How well the letters of a folded word are in a folded text, if they are.
    pub(super) fn score(&mut self, text: &str, word: &str) -> Option<Score> {
        if !has_in_order(text.as_bytes(), word.as_bytes()) {
            return None;
        }
        let needle = letters(word, &mut self.needle);
        let haystack = match needle {
            Utf32Str::Ascii(_) => ascii_letters(text, &mut self.bytes),
            Utf32Str::Unicode(_) => letters(text, &mut self.haystack),
        };
        let points = u32::from(self.matcher.fuzzy_match(haystack, needle)?);
        let letters = u32::try_from(needle.len()).unwrap_or(u32::MAX);
        Some(Score { points, is_close: points + 1 >= letters.saturating_mul(CLOSE) })
    }

    /// Where the letters of a query's words are in a text as it is shown, in bytes, in order and without overlaps.
    pub fn marks(&mut self, text: &str, query: &Query) -> Vec<Range<usize>> {
        let (folded, sources) = fold_with_sources(text);
        let mut marks: Vec<Range<usize>> = Vec::new();
        for term in query.wanted() {
            match term {
                Term::Word(word) => {
                    let word = super::index::fold(word.as_str());
                    if !self.score(&folded, &word).is_some_and(|score| score.is_close) {
                        continue;
                    }
                    let haystack = letters(&folded, &mut self.haystack);
                    let needle = letters(&word, &mut self.needle);
                    self.positions.clear();
                    self.matcher.fuzzy_indices(haystack, needle, &mut self.positions);
                    marks.extend(self.positions.iter().filter_map(|at| sources.get(*at as usize).cloned()));
                }
                Term::Phrase(phrase) | Term::Field(super::query::Field::Title, phrase) => {
                    let phrase = super::index::fold(phrase.as_str());
                    for (at, _) in folded.match_indices(&phrase) {
                        let first = folded[..at].chars().count();
                        marks.extend(sources.iter().skip(first).take(phrase.chars().count()).cloned());
                    }
                }
                _ => {}
            }
        }
        join(marks)
    }
}

/// Whether the bytes of a word are in a text, in their order: what does not have them cannot have the letters, and most
/// texts do not.
fn has_in_order(text: &[u8], word: &[u8]) -> bool {
    let mut rest = text;
    word.iter().all(|byte| match memchr(*byte, rest) {
        Some(at) => {
            rest = &rest[at + 1..];
            true
        }
        None => false,
    })
}

/// A folded text as the matcher takes it: each character a letter.
fn letters<'t>(text: &'t str, chars: &'t mut Vec<char>) -> Utf32Str<'t> {
    if text.is_ascii() {
        return Utf32Str::Ascii(text.as_bytes());
    }
    chars.clear();
    chars.extend(text.chars());
    Utf32Str::Unicode(chars)
}

/// A folded text as ASCII words are matched with it, which have no letters of other scripts: those are not told apart, nor
/// decoded.
fn ascii_letters<'t>(text: &'t str, bytes: &'t mut Vec<u8>) -> Utf32Str<'t> {
    if text.is_ascii() {
        return Utf32Str::Ascii(text.as_bytes());
    }
    bytes.clear();
    bytes.extend(text.bytes().map(|byte| if byte.is_ascii() { byte } else { 0 }));
    Utf32Str::Ascii(bytes)
}

/// A folded text, and for each of its characters where in the text it comes from.
fn fold_with_sources(text: &str) -> (String, Vec<Range<usize>>) {
    let (mut folded, mut sources) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    for (at, c) in text.char_indices() {
        let part = fold_char(c);
        sources.extend(part.chars().map(|_| at..at + c.len_utf8()));
        folded.push_str(&part);
    }
    (folded, sources)
}

fn join(mut marks: Vec<Range<usize>>) -> Vec<Range<usize>> {
    marks.sort_by_key(|mark| mark.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match joined.last_mut() {
            Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
            _ => joined.push(mark),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_as_their_reader_would_say() {
        let text =
            "the weight of small choices\nnever let me go\nmark romanek\t\nada\nscience fiction\tslow\t";
        for (word, is_match) in [
            ("never", true),
            ("nvr", true),
            ("romanek", true),
            ("romnek", true),
            ("science", true),
            ("nlmg", true),
            ("twosc", true),
            ("tgsf", false),
            ("weird", false),
            ("xyz", false),
        ] {
            let score = Fuzzy::default().score(text, word);
            assert_eq!(score.is_some_and(|score| score.is_close), is_match, "{word}: {score:?}");
        }
    }

    #[test]
    fn matched_letters_are_marked_where_they_are_shown() {
        for (text, query, marks) in [
            ("Amélie", "amelie", &[(0, 7)][..]),
            ("Never Let Me Go", "never go", &[(0, 5), (13, 15)]),
            ("Die Straße", "strasse", &[(4, 11)]),
            ("Middlemarch", "\"march\"", &[(6, 11)]),
            ("Middlemarch", "-middle", &[]),
            ("Middlemarch", "kind:book", &[]),
        ] {
            let query = super::super::typed(query).query;
            let found = Fuzzy::default().marks(text, &query);
            let found: Vec<_> = found.iter().map(|range| (range.start, range.end)).collect();
            assert_eq!(found, marks, "{query} in {text}");
        }
    }
}
