//! Spoiler marks that may not do what their author intended: unclosed, nested, empty, or merely similar to a mark.

use std::borrow::Cow;
use std::ops::Range;

use super::clean;
use super::marks;

/// The text that a suspicion is based on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Open text.
    Open,
    /// Hidden text.
    Hidden,
}

/// What may be wrong with a mark, and its offset in the text, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Suspicion {
    pub(super) at: usize,
    pub(super) about: About,
    pub(super) reason: &'static str,
}

const EMPTY: &str =
    "there is nothing between two || marks: the second does not close the first, so what follows is hidden";
const UNCLOSED: &str =
    "this || mark is never closed: everything after it is hidden, to the end of the passage";
const NESTED: &str = "this || mark closes the one before but looks like an opening one: marks do not nest, \
                      so what follows is not hidden";
const LOOKALIKE: &str =
    "this looks like a || mark but hides nothing: write two plain bars with nothing between";
const FOREIGN: &str = "this spoiler mark is from another format and hides nothing here: write ||…||";

/// Finds the suspicious marks of a passage, in order. If the whole passage is behind a curtain, nothing in it can be
/// open by mistake.
pub(super) fn find(text: &str, is_curtained: bool) -> Vec<Suspicion> {
    // Cleaning drops some characters, which can bring two bars together.
    let text = clean::text(Cow::Borrowed(text));
    let mut found = Vec::new();
    let mut open_from = 0;
    for (open, close) in marks::places(&text) {
        found.extend(mistaken(&text, open_from..open, is_curtained));
        let inside = &text[open + 2..];
        if inside.trim_start().starts_with("||") {
            found.push(Suspicion { at: open, about: About::Hidden, reason: EMPTY });
        } else if close.is_none() {
            found.push(Suspicion { at: open, about: About::Hidden, reason: UNCLOSED });
        }
        if let Some(close) =
            close.filter(|close| !is_curtained && stands_open(&text[..*close], &text[close + 2..]))
        {
            found.push(Suspicion { at: close, about: About::Hidden, reason: NESTED });
        }
        open_from = close.map_or(text.len(), |close| close + 2);
    }
    found.extend(mistaken(&text, open_from..text.len(), is_curtained));
    found
}

/// Finds open text that was probably meant to be hidden.
fn mistaken(text: &str, open: Range<usize>, is_curtained: bool) -> impl Iterator<Item = Suspicion> {
    let part = if is_curtained { "" } else { &text[open.clone()] };
    let found = lookalike(part).into_iter().chain(foreign(part));
    found.map(move |suspicion| Suspicion { at: open.start + suspicion.at, ..suspicion })
}

/// Whether the mark between these texts looks like an opening one: white space before it and a word after it.
fn stands_open(before: &str, after: &str) -> bool {
    before.ends_with(char::is_whitespace) && after.starts_with(char::is_alphanumeric)
}

/// Finds two bars of another kind, bars with an invisible character between them, or `| |words| |`.
fn lookalike(open: &str) -> Option<Suspicion> {
    let is_bar = |c: char| {
        matches!(c, '|' | '\u{a6}' | '\u{ff5c}' | '\u{2502}' | '\u{2503}' | '\u{2223}' | '\u{ffe4}')
    };
    let is_double = |c: char| matches!(c, '\u{2016}' | '\u{2225}' | '\u{2551}');
    let is_nothing = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{34f}' | '\u{180e}');
    let mut bar = None;
    for (at, c) in open.char_indices() {
        if is_double(c) || (is_bar(c) && bar.is_some() && !is_escaped(open, at)) {
            return Some(Suspicion { at: bar.unwrap_or(at), about: About::Open, reason: LOOKALIKE });
        }
        match c {
            c if is_nothing(c) => {}
            c => bar = (is_bar(c) && !is_escaped(open, at)).then_some(at),
        }
    }
    let (start, rest) = open.split_once("| |").map(|(before, rest)| (before.len(), rest))?;
    let words = rest.split_once("| |").map_or("", |(words, _)| words);
    let is_meant = !words.is_empty() && words.trim() == words && !words.contains(['|', '\n']);
    is_meant.then_some(Suspicion { at: start, about: About::Open, reason: LOOKALIKE })
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].ends_with('\\')
}

/// Finds the marks of websites and other formats.
fn foreign(open: &str) -> Option<Suspicion> {
    let lower = open.to_ascii_lowercase();
    let alone =
        ["<spoiler>", "<spoiler ", "[spoiler]", "[spoiler="].iter().filter_map(|mark| lower.find(mark));
    let paired = [(">!", "!<"), ("~!", "!~")].into_iter().filter_map(|(opens, closes)| {
        let at = lower.find(opens)?;
        lower[at..].contains(closes).then_some(at)
    });
    alone.chain(paired).min().map(|at| Suspicion { at, about: About::Open, reason: FOREIGN })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_may_not_be_what_they_seem_are_reported() {
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
            ("a ｜｜b｜｜ c", &[(2, LOOKALIKE)]),
            ("a ‖b‖ c", &[(2, LOOKALIKE)]),
            ("a |\u{200b}|b|\u{200b}| c", &[(2, LOOKALIKE)]),
            ("a | |b c| | d", &[(2, LOOKALIKE)]),
            ("a <spoiler>b</spoiler> c", &[(2, FOREIGN)]),
            ("a >!b!< c", &[(2, FOREIGN)]),
            ("a [Spoiler=x]b[/spoiler]", &[(2, FOREIGN)]),
        ] {
            let found: Vec<_> =
                find(text, false).into_iter().map(|suspicion| (suspicion.at, suspicion.reason)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn behind_a_curtain_nothing_is_open_by_mistake() {
        for text in ["||a ||b|| c||", "a ｜｜b｜｜ c", "a <spoiler>b</spoiler>"] {
            assert_eq!(find(text, true), [], "{text:?}");
        }
        assert_eq!(find("||a b", true).len(), 1, "a mark that is never closed is one too many anywhere");
    }
}
