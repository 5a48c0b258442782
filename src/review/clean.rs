//! Makes text from a file safe to show.
//!
//! A review must never control the terminal (C0, C1, escape sequences, bidirectional overrides), or contain the
//! character that stands for a hidden span ([`super::VEIL`]). All text is cleaned once, when it is read.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::VEIL;

/// The longest grapheme that is shown whole, in bytes. Each takes one cell of the screen and is drawn on every frame,
/// and Unicode does not limit the marks on a letter; the longest emoji in common use takes 41.
const MAX_GRAPHEME: usize = 64;

/// Cleans text of several lines: line ends become `\n`, tabs become spaces, and anything that could control the
/// terminal is dropped.
#[must_use]
pub fn text(raw: Cow<'_, str>) -> Cow<'_, str> {
    let clean = without_control(raw);
    if !clean.is_ascii() && may_hold_long_grapheme(&clean) {
        Cow::Owned(with_short_graphemes(&clean))
    } else {
        clean
    }
}

/// Truncates graphemes that are too long for a cell.
fn with_short_graphemes(text: &str) -> String {
    let short = |grapheme: &'_ str| grapheme.floor_char_boundary(MAX_GRAPHEME.min(grapheme.len()));
    text.graphemes(true).map(|grapheme| &grapheme[..short(grapheme)]).collect()
}

/// Whether the text contains a long stretch without a byte that starts a new grapheme. One look at each byte rules this
/// out for nearly all text: a grapheme of more than 64 bytes contains 32 such bytes in a row, aligned to a multiple of
/// 32.
fn may_hold_long_grapheme(text: &str) -> bool {
    // ASCII, Latin, Greek, Cyrillic and most Chinese characters never join the character before them.
    let begins = |byte: &u8| matches!(byte, ..0x80 | 0xc3..=0xcb | 0xce..=0xd1 | 0xe4..=0xe9);
    text.as_bytes()
        .as_chunks::<32>()
        .0
        .iter()
        .any(|chunk| !chunk.iter().fold(false, |any, byte| any | begins(byte)))
}

fn without_control(raw: Cow<'_, str>) -> Cow<'_, str> {
    if !is_suspect(&raw) {
        return raw;
    }
    let mut clean = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\t' => clean.push_str("    "),
            '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            VEIL => clean.push('\u{fffd}'),
            c if is_unwanted(c) => {}
            c => clean.push(c),
        }
    }
    Cow::Owned(clean)
}

/// Cleans text of one line: like [`text`], with white space collapsed and trimmed.
#[must_use]
pub fn line(raw: &str) -> Cow<'_, str> {
    if is_plain_line(raw) {
        return raw.into();
    }
    let clean = text(Cow::Borrowed(raw));
    let is_folded = !clean.contains('\n') && !clean.contains("  ") && clean.trim() == clean;
    if is_folded {
        return clean;
    }
    Cow::Owned(clean.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether the text is ASCII that [`line`] leaves as it is.
fn is_plain_line(text: &str) -> bool {
    let mut before = b' ';
    text.bytes().all(|b| {
        let is_loose = b == b' ' && before == b' ';
        before = b;
        matches!(b, b' '..=b'~') && !is_loose
    }) && (before != b' ' || text.is_empty())
}

/// Whether [`text`] changes or drops a character.
///
/// The bidirectional controls are those that reorder what follows (UAX #9, 2.1 to 2.4). LRM, RLM and ALM have no effect
/// beyond themselves and stay. U+00AD, U+FEFF and U+FFF9 to U+FFFB are invisible and are dropped.
fn is_unwanted(c: char) -> bool {
    matches!(c,
        '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}'
        | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | VEIL)
}

/// Whether any character may be unwanted. It works on bytes because it runs over all text, and nearly all text is
/// clean.
fn is_suspect(text: &str) -> bool {
    let bytes = text.as_bytes();
    let control = |b: &u8| (*b < 0x20 && *b != b'\n') || *b == 0x7f;
    // The loop never exits early, so that the compiler can take many bytes at a time.
    let has_control = bytes.iter().fold(false, |found, b| found | control(b));
    // Of all ASCII, only control characters are suspect.
    has_control
        || !text.is_ascii()
            && memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(|at| {
                matches!(
                    bytes[at..],
                    [0xc2, 0x80..=0x9f | 0xad, ..]
                        | [0xe2, 0x80, 0xa8..=0xae, ..]
                        | [0xe2, 0x81, 0xa6..=0xa9, ..]
                        | [0xef, 0xbb, 0xbf, ..]
                        | [0xef, 0xbf, 0xb9..=0xbc, ..]
                )
            })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_steers_a_terminal_is_taken_out() {
        for (raw, clean) in [
            ("plain — “text” 漢字 👍🏽", "plain — “text” 漢字 👍🏽"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("\u{1b}[31mred\u{1b}[0m", "[31mred[0m"),
            ("\u{1b}]0;title\u{7}", "]0;title"),
            ("a\u{9b}31mb", "a31mb"),
            ("right\u{202e}tfel", "righttfel"),
            ("\u{feff}start", "start"),
            ("a\tb", "a    b"),
            ("veil \u{fffc}", "veil \u{fffd}"),
        ] {
            assert_eq!(text(raw.into()), clean, "{raw:?}");
        }
    }

    #[test]
    fn no_grapheme_takes_more_than_a_cell_should_hold() {
        for (name, long) in [
            ("marks", "a".to_owned() + &"\u{301}".repeat(1_000)),
            ("marks that follow nothing", "\u{20d0}".repeat(1_000)),
            ("joined pictures", "👩\u{200d}".repeat(1_000)),
            ("leading consonants", "ᄀ".repeat(1_000)),
            ("conjuncts", "क\u{94d}".repeat(1_000)),
        ] {
            let padded = format!("before {long} after");
            let clean = text(Cow::Borrowed(&padded));
            let longest = clean.graphemes(true).map(str::len).max();
            assert!(longest <= Some(MAX_GRAPHEME), "{name}: {longest:?}");
            assert!(clean.starts_with("before ") && clean.ends_with(" after"), "{name}: {clean}");
        }
        for whole in [
            "👩🏽\u{200d}❤\u{fe0f}\u{200d}💋\u{200d}👨🏽",
            "ภาษาไทยภาษาไทยภาษาไทยภาษาไทยภาษาไทย",
            "한국어 한국어",
            "z\u{301}\u{302}\u{303}\u{304}",
        ] {
            assert_eq!(text(Cow::Borrowed(whole)), whole);
        }
    }

    #[test]
    fn a_line_has_no_line_ends_and_no_loose_spaces() {
        for (raw, clean) in [("  a \n b  ", "a b"), ("a  b", "a b"), ("", ""), ("a\u{2028}b", "a b")] {
            assert_eq!(line(raw), clean, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_line_is_one_that_nothing_is_done_to(raw in "[ -~\\n]{0,12}|[ a\\x00-\\x20\\x7f-\\xad]{0,4}") {
            let folded = raw.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(is_plain_line(&raw), raw.is_ascii() && !is_suspect(&raw) && raw == folded);
        }

        #[test]
        fn the_quick_look_and_the_long_look_agree(raw in "[\\PC\\x00-\\x9f\u{ad}\u{2020}-\u{2070}\u{fe00}-\u{ffff}]*") {
            prop_assert_eq!(is_suspect(&raw), raw.chars().any(is_unwanted));
        }

        #[test]
        fn the_quick_look_misses_no_long_grapheme(raw in "([a-zé漢ᄀ가]|(\u{301}|ᄀ|👩\u{200d}|\u{94d}क){0,40}){0,8}") {
            let is_long = raw.graphemes(true).any(|grapheme| grapheme.len() > MAX_GRAPHEME);
            prop_assert!(!is_long || may_hold_long_grapheme(&raw));
        }

        #[test]
        fn nothing_unwanted_is_left(raw in "[\\x00-\\x9f\u{ad}\u{2020}-\u{2070}\u{feff}-\u{ffff}a-c]*") {
            prop_assert!(!text(Cow::Borrowed(&raw)).chars().any(is_unwanted));
        }
    }
}
