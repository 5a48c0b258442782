//! The words of a sentence, and what separates them.
//!
//! It knows no language.

use std::ops::Range;

use super::super::html;

/// A word with its position in the text.
#[derive(Clone)]
pub(super) struct Word {
    /// In lowercase.
    pub(super) text: String,
    pub(super) at: usize,
    pub(super) end: usize,
    /// The character that separates it from the word before, if that is more than a space or a hyphen.
    pub(super) parted: Option<char>,
}

/// How far around a word its sentence is looked for. A text without a full stop must not be read again for every word.
const REACH: usize = 400;

/// The words in a range, without tags and character references.
pub(super) fn words(text: &str, range: Range<usize>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut at, mut parted, mut start) = (range.start, None, None);
    let push = |words: &mut Vec<Word>, from: usize, to: usize, parted: &mut Option<char>| {
        let lower = text[from..to].replace('\u{2019}', "'").to_lowercase();
        let trimmed = lower.trim_matches('\'');
        if !trimmed.is_empty() {
            words.push(Word { text: trimmed.to_owned(), at: from, end: to, parted: parted.take() });
        }
    };
    while let Some(c) = text[at..range.end].chars().next() {
        if c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}') {
            start.get_or_insert(at);
            at += c.len_utf8();
            continue;
        }
        if let Some(from) = start.take() {
            push(&mut words, from, at, &mut parted);
        }
        let rest = &text[at..range.end];
        if let Some(length) = skipped(rest) {
            at += length;
            continue;
        }
        if parts(c) || (c == '-' && is_dash(text, at)) {
            parted = Some(if c == '-' { '–' } else { c });
        }
        at += c.len_utf8();
    }
    if let Some(from) = start {
        push(&mut words, from, at, &mut parted);
    }
    join_letters(text, words)
}

/// "S P O I L E R S", letters with one sign between each two, are one word.
fn join_letters(text: &str, words: Vec<Word>) -> Vec<Word> {
    const SHORTEST: usize = 5;
    let is_letter = |word: &Word| word.text.chars().nth(1).is_none();
    let goes_on = |a: &Word, b: &Word| {
        is_letter(a) && is_letter(b) && matches!(&text[a.end..b.at], " " | "." | "-" | "_" | "*" | "·")
    };
    let is_spaced = |letters: &[Word]| letters.len() >= SHORTEST;
    if !words.chunk_by(goes_on).any(is_spaced) {
        return words;
    }
    let joined = words.chunk_by(goes_on).flat_map(|letters| match (letters.first(), letters.last()) {
        (Some(first), Some(last)) if is_spaced(letters) => {
            let text = letters.iter().map(|letter| &*letter.text).collect();
            vec![Word { text, at: first.at, end: last.end, parted: first.parted }]
        }
        _ => letters.to_vec(),
    });
    joined.collect()
}

/// The length of a tag or a character reference at the start of a text.
fn skipped(rest: &str) -> Option<usize> {
    match rest.as_bytes()[0] {
        b'<' => html::tag(rest).map(|tag| tag.length),
        b'&' => {
            let name =
                rest[1..].bytes().take(10).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
            (name > 0 && rest.as_bytes().get(name + 1) == Some(&b';')).then_some(name + 2)
        }
        _ => None,
    }
}

fn parts(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ':'
            | ';'
            | '!'
            | '?'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '–'
            | '—'
            | '…'
            | '/'
            | '|'
            | '"'
            | '\u{201c}'
            | '\u{201d}'
            | '«'
            | '»'
            | '。'
            | '、'
            | '，'
            | '：'
            | '！'
            | '？'
            | '（'
            | '）'
    )
}

/// A hyphen with spaces around it, or a double one.
fn is_dash(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
    before == Some('-')
        || after == Some('-')
        || (before == Some(' ') && after.is_none_or(char::is_whitespace))
}

/// The sentence around a place, within bounds.
pub(super) fn around(text: &str, at: usize, bounds: &Range<usize>) -> Range<usize> {
    let from = text.floor_char_boundary(at.saturating_sub(REACH)).max(bounds.start);
    let to = text.ceil_char_boundary((at + REACH).min(text.len())).min(bounds.end);
    let start = text[from..at].char_indices().rev().find(|(place, c)| {
        let after = from + place + c.len_utf8();
        ends(*c) && ends_here(text, after)
    });
    let start = start.map_or(from, |(place, c)| from + place + c.len_utf8());
    let end =
        text[at..to].char_indices().find(|(place, c)| ends(*c) && ends_here(text, at + place + c.len_utf8()));
    let end = end.map_or(to, |(place, c)| at + place + c.len_utf8());
    // Several characters may end one sentence: `!!!`, `...`.
    let more = text[end..to].trim_start_matches(['!', '?', '.']).len();
    own_start(text, start, at)..(to - more)
}

fn ends(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// Whether what follows a full stop is no part of the same word: in `S.P.O.` it is.
fn ends_here(text: &str, after: usize) -> bool {
    text[..after].ends_with(['。', '！', '？'])
        || text[after..].chars().next().is_none_or(|c| !c.is_alphanumeric())
}

/// Where a sentence begins whose words begin later: behind the white space and what closes the sentence before.
fn own_start(text: &str, start: usize, at: usize) -> usize {
    let mut from = start;
    loop {
        let rest = &text[from..at];
        let trimmed =
            rest.trim_start_matches(|c: char| c.is_whitespace() || "\"'\u{201d}\u{2019}»)]!?.".contains(c));
        from = at - trimmed.len();
        match html::tag(trimmed) {
            Some(tag) if tag.is_closing => from += tag.length,
            _ => return closed_emphasis(text, start, from, at),
        }
    }
}

/// Stars right behind the sentence before, with a space behind them, belong to it.
fn closed_emphasis(text: &str, start: usize, from: usize, at: usize) -> usize {
    let rest = &text[from..at];
    let stars = rest.len() - rest.trim_start_matches(['*', '_']).len();
    let is_closing =
        from == start && start > 0 && stars > 0 && rest[stars..].starts_with(char::is_whitespace);
    if is_closing { at - rest[stars..].trim_start().len() } else { from }
}

/// Where a sentence is over with all that closes around it: emphasis, quotes, brackets, inline tags.
pub(super) fn full_end(text: &str, end: usize, bound: usize) -> usize {
    let mut at = end;
    loop {
        let rest = &text[at..bound];
        let trimmed = rest.trim_start_matches(|c: char| "*_~\"'\u{201d}\u{2019}»)]）】.!?".contains(c));
        at = bound - trimmed.len();
        match html::tag(trimmed) {
            Some(tag) if tag.is_closing && !html::is_block(&tag.name) => at += tag.length,
            _ => return at,
        }
    }
}
