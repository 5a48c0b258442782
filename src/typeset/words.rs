//! Breaks text into lines: where it may break, how wide words are, and which breaks look best.
//!
//! Breaks follow UAX #14. Widths follow UAX #11 per extended grapheme cluster, which is how the screen counts them.

use std::borrow::Cow;
use std::ops::Range;

use super::hyphens::Hyphens;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The longest paragraph, in bytes, whose breaks are optimised as a whole. The time for this grows faster than the
/// text, so longer ones, which no prose has, are broken line by line.
const OPTIMAL_BYTES: usize = 64 << 10;

/// What a hyphen costs, as the square of the columns that a line may be short for it: text that is ragged at the right
/// should have few.
const HYPHEN: usize = 64;

/// The columns that a text occupies on the screen.
#[must_use]
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Looking for grapheme clusters takes twenty times as long as noticing that there are none.
    let mut characters = 0;
    if text.chars().all(|c| {
        characters += 1;
        is_simple(c)
    }) {
        return characters;
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Whether a character takes one column and forms no cluster with others of its kind: ASCII, Latin letters, the
/// punctuation of prose, stars, and what the program draws with.
/// punctuation of prose, stars, and what the program draws with.
fn is_simple(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{a1}'..='\u{a8}' | '\u{aa}'..='\u{ac}' | '\u{af}'..='\u{2ff}'
        | '\u{2010}'..='\u{2027}' | '\u{2500}'..='\u{259f}' | '★' | '☆' | '●' | '⊘' | '▸')
}

/// Truncates a text to a width, with an ellipsis if anything was cut.
#[must_use]
pub fn shorten(text: &str, max: usize) -> String {
    fit(text, max).0.into_owned()
}

/// Like [`shorten`], with the columns that the result occupies.
pub(crate) fn fit(text: &str, max: usize) -> (Cow<'_, str>, usize) {
    let width = columns(text);
    if width <= max {
        return (text.into(), width);
    }
    if max == 0 {
        return ("".into(), 0);
    }
    let mut width = 0;
    let kept = text.graphemes(true).map_while(|grapheme| {
        width += grapheme.width();
        (width < max).then_some(grapheme)
    });
    let short: String = kept.chain(["…"]).collect();
    let width = columns(&short);
    (short.into(), width)
}

/// A word with the white space after it, as a byte range: style plays no part in wrapping.
#[derive(Clone, Copy, Debug)]
struct Word {
    start: u32,
    end: u32,
    width: u32,
    space: u32,
    /// The width of the hyphen that goes behind it at the end of a line, if it is a part of a word.
    hyphen: u32,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        f64::from(self.width)
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(self.space)
    }

    fn penalty_width(&self) -> f64 {
        f64::from(self.hyphen)
    }
}

/// Breaks a text into lines, given as byte ranges, of at most `measure` columns without trailing white space.
///
/// A `\n` breaks a line. `measure` is at least 2, so that every character fits.
#[must_use]
pub(crate) fn lines(text: &str, measure: usize) -> Vec<Range<usize>> {
    broken(text, measure, None).into_iter().map(|line| line.range).collect()
}

/// A line, and whether a hyphen goes behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) range: Range<usize>,
    pub(super) is_hyphenated: bool,
}

/// Like [`lines`], with words broken by hyphens where that makes better lines.
#[must_use]
pub(super) fn broken(text: &str, measure: usize, hyphens: Option<&Hyphens<'_>>) -> Vec<Broken> {
    let measure = measure.max(2);
    let mut lines = Vec::new();
    let mut start = 0;
    for part in text.split('\n') {
        let words = words(part, start, measure, hyphens);
        if words.is_empty() {
            lines.push(Broken { range: start..start, is_hyphenated: false });
        }
        lines.extend(arrange(&words, measure));
        start += part.len() + 1;
    }
    lines
}

fn arrange(words: &[Word], measure: usize) -> impl Iterator<Item = Broken> {
    #[expect(clippy::cast_precision_loss, reason = "a measure is a few hundred columns at most")]
    let widths = [measure as f64];
    let bytes = words.last().map_or(0, |last| last.end - words[0].start) as usize;
    // In a single line, such as most list items and headings, there is nothing to optimise.
    let is_one_line = words.iter().map(|word| (word.width + word.space) as usize).sum::<usize>() <= measure;
    // Every word fits the measure, so no line has to be wider.
    let penalties = Penalties { overflow_penalty: 1 << 40, hyphen_penalty: HYPHEN, ..Penalties::new() };
    let optimal = match bytes {
        ..=OPTIMAL_BYTES if !is_one_line => wrap_optimal_fit(words, &widths, &penalties).ok(),
        _ => None,
    };
    let fitted = optimal.unwrap_or_else(|| wrap_first_fit(words, &widths));
    fitted.into_iter().filter_map(|line| {
        let (first, last) = (line.first()?, line.last()?);
        let range = first.start as usize..last.end as usize;
        Some(Broken { range, is_hyphenated: last.hyphen > 0 })
    })
}

/// Splits a text without line ends into words. `offset` is added to their positions.
fn words(text: &str, offset: usize, measure: usize, hyphens: Option<&Hyphens<'_>>) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut start = 0;
    for (end, _) in unicode_linebreak::linebreaks(text) {
        let word = text[start..end].trim_end();
        let space = columns(&text[start + word.len()..end]);
        let width = columns(word);
        let mut push = |range: Range<usize>, width: usize, space: usize, hyphen: u32| {
            let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            words.push(Word {
                start: small(offset + range.start),
                end: small(offset + range.end),
                width: small(width),
                space: small(space),
                hyphen,
            });
        };
        let syllables = hyphens.map(|hyphens| hyphens.syllables(word, offset + start)).unwrap_or_default();
        if syllables.iter().any(|(_, width)| *width >= measure) || syllables.len() < 2 {
            match width <= measure {
                true => push(start..start + word.len(), width, space, 0),
                false => {
                    for (range, width) in pieces(word, measure) {
                        let space = if range.end == word.len() { space } else { 0 };
                        push(start + range.start..start + range.end, width, space, 0);
                    }
                }
            }
        } else {
            for (range, width) in syllables {
                let (space, hyphen) = if range.end == word.len() { (space, 0) } else { (0, 1) };
                push(start + range.start..start + range.end, width, space, hyphen);
            }
        }
        start = end;
    }
    words
}

/// Cuts a word that is wider than a line between graphemes. A single grapheme that is wider than a line (a letter with
/// a pile of spacing marks) is cut between characters.
fn pieces(word: &str, measure: usize) -> Vec<(Range<usize>, usize)> {
    let atoms = word.grapheme_indices(true).flat_map(|(at, grapheme)| {
        let fits = grapheme.width() <= measure;
        let chars = grapheme.char_indices().filter(move |_| !fits);
        let chars = chars.map(move |(inner, c)| (at + inner, &grapheme[inner..inner + c.len_utf8()]));
        fits.then_some((at, grapheme)).into_iter().chain(chars)
    });
    let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
    for (at, atom) in atoms {
        let width = atom.width();
        match pieces.last_mut() {
            Some((range, sum)) if *sum + width <= measure => {
                range.end = at + atom.len();
                *sum += width;
            }
            _ => pieces.push((at..at + atom.len(), width)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::Language;
    use proptest::prelude::*;

    fn set(text: &str, measure: usize) -> Vec<&str> {
        lines(text, measure).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn text_breaks_where_it_may() {
        let table: &[(&str, usize, &[&str])] = &[
            ("", 10, &[""]),
            ("one two three", 7, &["one two", "three"]),
            ("one\ntwo", 10, &["one", "two"]),
            ("one\n\ntwo", 10, &["one", "", "two"]),
            ("hello—world", 7, &["hello—", "world"]),
            ("well-known", 6, &["well-", "known"]),
            ("この映画は静か", 6, &["この映", "画は静", "か"]),
            ("unbreakable", 4, &["unbr", "eaka", "ble"]),
            ("no\u{a0}break here", 8, &["no\u{a0}break", "here"]),
            ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 4, &["👨‍👩‍👧‍👦👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"]),
            ("cafe\u{301} cafe\u{301}", 4, &["cafe\u{301}", "cafe\u{301}"]),
        ];
        for (text, measure, expected) in table {
            assert_eq!(set(text, *measure), *expected, "{text:?} at {measure}");
        }
    }

    #[test]
    fn a_paragraph_is_set_for_the_look_of_the_whole() {
        let text = "aaa bb cc ddddd";
        assert_eq!(set(text, 6), ["aaa", "bb cc", "ddddd"], "line by line it would be aaa bb, cc, ddddd");
    }

    #[test]
    fn a_cluster_without_end_is_cut_in_time() {
        // Sixty thousand leading consonants are one grapheme cluster; measuring it once for each would take minutes.
        let text = "\u{1100}".repeat(60_000);
        assert_eq!(lines(&text, 72).len(), 60_000_usize.div_ceil(36));
    }

    #[test]
    fn what_does_not_fit_is_shortened_with_an_ellipsis() {
        for (text, max, short) in
            [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("漢字漢", 4, "漢…"), ("abc", 0, ""), ("abc", 1, "…")]
        {
            assert_eq!(shorten(text, max), short, "{text} in {max}");
        }
    }

    #[test]
    fn a_simple_character_takes_one_column_and_joins_no_other() {
        let simple: String = ('\0'..=char::MAX).filter(|c| is_simple(*c)).collect();
        let pairs =
            simple.chars().flat_map(|c| "a½…★".chars().map(move |other| format!("{other}{c}{other}")));
        for text in pairs.chain([simple.clone()]) {
            let widths: Vec<_> = text.graphemes(true).map(UnicodeWidthStr::width).collect();
            assert_eq!(widths, vec![1; text.chars().count()], "{text}");
        }
    }

    fn hyphenated(text: &str, measure: usize) -> Vec<String> {
        let hyphens = Hyphens { language: Language::English, is_prose: &|_| true };
        let line =
            |line: Broken| format!("{}{}", &text[line.range], if line.is_hyphenated { "-" } else { "" });
        broken(text, measure, Some(&hyphens)).into_iter().map(line).collect()
    }

    #[test]
    fn words_are_broken_between_syllables_where_lines_would_be_short() {
        for (text, measure, expected) in [
            ("an incomprehensible thing", 16, &["an incomprehen-", "sible thing"][..]),
            ("(incomprehensible)", 9, &["(incom-", "prehensi-", "ble)"]),
            ("one two three", 7, &["one two", "three"]),
            ("https://incomprehensible.example", 18, &["https://", "incomprehensible.e", "xample"]),
            ("Incomprehensible", 12, &["Incomprehens", "ible"]),
            ("don't", 3, &["don", "'t"]),
        ] {
            assert_eq!(hyphenated(text, measure), expected, "{text} at {measure}");
        }
    }

    proptest! {
        #[test]
        fn hyphens_are_added_and_nothing_else_is_changed(
            text in "([a-z]{1,18}[,.]? ?|[A-Zé]{1,3}|\\(incomprehensible\\)|—|雪国|\n){0,30}", measure in 2usize..60,
        ) {
            let hyphens = Hyphens { language: Language::English, is_prose: &|_| true };
            let lines = broken(&text, measure, Some(&hyphens));
            let mut kept = String::new();
            for line in &lines {
                let words = &text[line.range.clone()];
                prop_assert!(columns(words) + usize::from(line.is_hyphenated) <= measure, "{words}");
                prop_assert!(!line.is_hyphenated || words.ends_with(char::is_alphabetic), "{words}");
                kept += words;
            }
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(solid(&kept), solid(&text));
        }

        #[test]
        fn what_fits_takes_the_columns_that_it_is_said_to(text in "(\\PC|[a-zé…]){0,20}", max in 0usize..12) {
            let (fitted, width) = fit(&text, max);
            prop_assert_eq!(columns(&fitted), width);
        }

        #[test]
        fn no_line_is_wider_than_the_measure_and_nothing_but_space_is_lost(
            text in "(\\PC{0,12}[ \n]{0,2}|[a-z—-]{1,30} |[가-힣ก-๛ऀ-ॿ]{1,20}|👨‍👩‍👧‍👦|e\u{301}){0,30}",
            measure in 2usize..90,
        ) {
            let lines = lines(&text, measure);
            for line in &lines {
                prop_assert!(columns(&text[line.clone()]) <= measure, "{:?}", &text[line.clone()]);
            }
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            let kept: String = lines.iter().map(|line| &text[line.clone()]).collect();
            prop_assert_eq!(solid(&kept), solid(&text));
        }

        #[test]
        fn a_shortened_text_fits(text in "\\PC{0,20}", max in 0usize..12) {
            prop_assert!(columns(&shorten(&text, max)) <= max);
        }
    }
}
