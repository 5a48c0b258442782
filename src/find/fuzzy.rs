//! Scores words by their letters in order. Letters that are close together or start words score higher.

use std::ops::Range;

use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::query::{Field, Query, Term};
use crate::work::{fold, fold_char};

/// The lowest average score per letter, in the matcher's points, that looks like a match to a reader. Letters scattered
/// over a line score less, and a single letter in the middle of a word scores one point too few.
const CLOSE: u32 = 17;

/// Matches folded words against folded texts.
pub struct Fuzzy {
    matcher: Matcher,
    haystack: Vec<char>,
    needle: Vec<char>,
    positions: Vec<u32>,
}

impl Default for Fuzzy {
    fn default() -> Self {
        // Both sides are folded already.
        let mut config = Config::DEFAULT;
        (config.normalize, config.ignore_case) = (false, false);
        let matcher = Matcher::new(config);
        Fuzzy { matcher, haystack: Vec::new(), needle: Vec::new(), positions: Vec::new() }
    }
}

/// Whether a match with this score would look like one to a reader. If not, the word may still match something as the
/// beginning of a longer word.
pub(super) fn is_close(word: &str, score: u16) -> bool {
    let letters = u32::try_from(word.chars().count()).unwrap_or(u32::MAX);
    u32::from(score) + 1 >= letters.saturating_mul(CLOSE)
}

impl Fuzzy {
    /// The score of a folded word in a folded text, if it matches; higher is better.
    pub(super) fn score(&mut self, text: &str, word: &str) -> Option<u16> {
        let needle = letters(word, &mut self.needle);
        let haystack = letters(text, &mut self.haystack);
        // Adjacent letters are nearly always what is meant, and are much faster to find.
        let together = self.matcher.substring_match(haystack, needle);
        together.or_else(|| self.matcher.fuzzy_match_greedy(haystack, needle))
    }

    /// The score of words in a text, if all of them match; higher is better.
    pub fn score_words(&mut self, text: &str, words: &str) -> Option<u32> {
        let text = fold(text);
        words.split_whitespace().map(|word| self.score(&text, &fold(word)).map(u32::from)).sum()
    }

    /// The same, but only if each of them looks like a match to a reader.
    pub fn score_close_words(&mut self, text: &str, words: &str) -> Option<u32> {
        let text = fold(text);
        let mut score = |word: &str| {
            let word = fold(word);
            self.score(&text, &word).filter(|score| is_close(&word, *score)).map(u32::from)
        };
        words.split_whitespace().map(&mut score).sum()
    }

    /// The byte ranges of a text, as displayed, that match the words of a query, in order and without overlaps.
    pub fn marks(&mut self, text: &str, query: &Query) -> Vec<Range<usize>> {
        let (folded, sources) = fold_with_sources(text);
        let mut marks: Vec<Range<usize>> = Vec::new();
        for term in query.wanted() {
            match term {
                Term::Word(word) => {
                    let word = fold(word.as_str());
                    let haystack = letters(&folded, &mut self.haystack);
                    let needle = letters(&word, &mut self.needle);
                    self.positions.clear();
                    let score =
                        self.matcher.substring_indices(haystack, needle, &mut self.positions).or_else(|| {
                            self.positions.clear();
                            self.matcher.fuzzy_indices_greedy(haystack, needle, &mut self.positions)
                        });
                    if score.is_some_and(|score| is_close(&word, score)) {
                        marks.extend(
                            self.positions.iter().filter_map(|at| sources.get(*at as usize).cloned()),
                        );
                    }
                }
                Term::Phrase(phrase) | Term::Field(Field::Title, phrase) => {
                    let phrase = fold(phrase.as_str());
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

/// Converts a folded text for the matcher, one letter per character.
fn letters<'t>(text: &'t str, chars: &'t mut Vec<char>) -> Utf32Str<'t> {
    if text.is_ascii() {
        return Utf32Str::Ascii(text.as_bytes());
    }
    chars.clear();
    chars.extend(text.chars());
    Utf32Str::Unicode(chars)
}

/// A folded text, and the source range of each of its characters.
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
        let names = [
            "the weight of small choices",
            "never let me go",
            "mark romanek",
            "ada",
            "science fiction",
            "slow",
        ];
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
            let mut fuzzy = Fuzzy::default();
            let score = names.iter().filter_map(|name| fuzzy.score(name, word)).max();
            assert_eq!(score.is_some_and(|score| is_close(word, score)), is_match, "{word}");
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
            let query = crate::query::parse(query).query;
            let found = Fuzzy::default().marks(text, &query);
            let found: Vec<_> = found.iter().map(|range| (range.start, range.end)).collect();
            assert_eq!(found, marks, "{query} in {text}");
        }
    }
}
