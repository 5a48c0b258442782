//! Marks that may do something else than their author thinks: never closed, closed by what was meant to open another,
//! around nothing, or no marks at all but for the eye.

use std::borrow::Cow;
use std::ops::Range;

use super::clean;
use super::marks;

/// What may be wrong with a mark, and where it stands in the text, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Doubt {
    pub(super) at: usize,
    pub(super) reason: &'static str,
}

const EMPTY: &str =
    "two marks || with nothing between them: the second closes nothing, and what follows is hidden";
const UNCLOSED: &str =
    "this mark || is never closed: everything behind it is hidden, to the end of the passage";
const NESTED: &str = "this mark || closes the one before, though it stands like one that opens: marks do not nest, \
                      and what follows is open";
const LIKENESS: &str =
    "what looks like a mark || is none, and hides nothing: write two plain bars with nothing between";
const FOREIGN: &str = "this is a spoiler mark of other places, and hides nothing here: write ||…||";

/// The doubts about the marks of a passage, in the order of its text. In one that is all behind a curtain, nothing can be
/// open by mistake.
pub(super) fn of(text: &str, is_curtained: bool) -> Vec<Doubt> {
    // Reading drops some characters, and bars may meet where they were.
    let text = clean::text(Cow::Borrowed(text));
    let mut doubts = Vec::new();
    let mut open_from = 0;
    for (open, close) in marks::places(&text) {
        doubts.extend(mistaken(&text, open_from..open, is_curtained));
        let inside = &text[open + 2..];
        if inside.trim_start().starts_with("||") {
            doubts.push(Doubt { at: open, reason: EMPTY });
        } else if close.is_none() {
            doubts.push(Doubt { at: open, reason: UNCLOSED });
        }
        if let Some(close) =
            close.filter(|close| !is_curtained && stands_open(&text[..*close], &text[close + 2..]))
        {
            doubts.push(Doubt { at: close, reason: NESTED });
        }
        open_from = close.map_or(text.len(), |close| close + 2);
    }
    doubts.extend(mistaken(&text, open_from..text.len(), is_curtained));
    doubts
}

/// What is open and looks as if it were meant to be hidden.
fn mistaken(text: &str, open: Range<usize>, is_curtained: bool) -> impl Iterator<Item = Doubt> {
    let part = if is_curtained { "" } else { &text[open.clone()] };
    let found = likeness(part).into_iter().chain(foreign(part));
    found.map(move |doubt| Doubt { at: open.start + doubt.at, ..doubt })
}

/// Whether the mark between these texts has white space before it and a word behind it, as one that opens has.
fn stands_open(before: &str, after: &str) -> bool {
    before.ends_with(char::is_whitespace) && after.starts_with(char::is_alphanumeric)
}

/// Two bars of another kind, bars with something invisible between, or `| |words| |`.
fn likeness(open: &str) -> Option<Doubt> {
    let is_bar = |c: char| {
        matches!(c, '|' | '\u{a6}' | '\u{ff5c}' | '\u{2502}' | '\u{2503}' | '\u{2223}' | '\u{ffe4}')
    };
    let is_double = |c: char| matches!(c, '\u{2016}' | '\u{2225}' | '\u{2551}');
    let is_nothing = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{34f}' | '\u{180e}');
    let mut bar = None;
    for (at, c) in open.char_indices() {
        if is_double(c) || (is_bar(c) && bar.is_some() && !is_escaped(open, at)) {
            return Some(Doubt { at: bar.unwrap_or(at), reason: LIKENESS });
        }
        match c {
            c if is_nothing(c) => {}
            c => bar = (is_bar(c) && !is_escaped(open, at)).then_some(at),
        }
    }
    let (start, rest) = open.split_once("| |").map(|(before, rest)| (before.len(), rest))?;
    let words = rest.split_once("| |").map_or("", |(words, _)| words);
    let is_meant = !words.is_empty() && words.trim() == words && !words.contains(['|', '\n']);
    is_meant.then_some(Doubt { at: start, reason: LIKENESS })
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].ends_with('\\')
}

/// Marks of sites and of other formats.
fn foreign(open: &str) -> Option<Doubt> {
    let lower = open.to_ascii_lowercase();
    let alone =
        ["<spoiler>", "<spoiler ", "[spoiler]", "[spoiler="].iter().filter_map(|mark| lower.find(mark));
    let paired = [(">!", "!<"), ("~!", "!~")].into_iter().filter_map(|(opens, closes)| {
        let at = lower.find(opens)?;
        lower[at..].contains(closes).then_some(at)
    });
    alone.chain(paired).min().map(|at| Doubt { at, reason: FOREIGN })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_may_not_be_what_they_seem_are_doubted() {
        for (text, expected) in [
            ("plain", &[][..]),
            ("a ||b|| c, ||d||.", &[]),
            ("||b|| (||c||) \"||d||\"", &[]),
            ("|| spaced || and || more ||", &[]),
            ("||b||||c||", &[]),
            ("a | b, 1 |x| 2", &[]),
            (r"a \|| b and \|\| c", &[]),
            ("| a | b |\n| - | - |\n| 1 | 2 |", &[]),
            ("| a | | b |\n| | | c |", &[]),
            ("5 > 3! and <3 !", &[]),
            ("||a ||b|| c||", &[(4, NESTED)]),
            ("||a b", &[(0, UNCLOSED)]),
            ("a b||", &[(3, UNCLOSED)]),
            ("||a|| b||", &[(7, UNCLOSED)]),
            ("a || ||", &[(2, EMPTY)]),
            ("a |||| b", &[(2, EMPTY)]),
            ("a ｜｜b｜｜ c", &[(2, LIKENESS)]),
            ("a ‖b‖ c", &[(2, LIKENESS)]),
            ("a |\u{200b}|b|\u{200b}| c", &[(2, LIKENESS)]),
            ("a | |b c| | d", &[(2, LIKENESS)]),
            ("a <spoiler>b</spoiler> c", &[(2, FOREIGN)]),
            ("a >!b!< c", &[(2, FOREIGN)]),
            ("a [Spoiler=x]b[/spoiler]", &[(2, FOREIGN)]),
        ] {
            let found: Vec<_> = of(text, false).into_iter().map(|doubt| (doubt.at, doubt.reason)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn behind_a_curtain_nothing_is_open_by_mistake() {
        for text in ["||a ||b|| c||", "a ｜｜b｜｜ c", "a <spoiler>b</spoiler>"] {
            assert_eq!(of(text, true), [], "{text:?}");
        }
        assert_eq!(of("||a b", true).len(), 1, "a mark that is never closed is one too many anywhere");
    }
}
