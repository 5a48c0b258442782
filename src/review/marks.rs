//! Spoiler marks inside a passage: `||hidden||`.
//!
//! The cut is made before anything else looks at the text, so that no later reading of markup can show what a mark
//! hides. It fails closed: what is unclosed is hidden to the end of the passage, blank lines included.

/// A part of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Outside of all marks.
    Open(&'a str),
    /// Between marks, or after one that is never closed.
    Hidden(&'a str),
}

const MARK: &str = "||";

/// Whether the text holds a spoiler mark.
pub(super) fn any(text: &str) -> bool {
    find(text).is_some()
}

/// The pieces of a text, in order. Marks themselves are left out; so are empty open pieces.
///
/// A mark closes only if something stands between it and the opening one: in `||||secret||||` the second pair does not
/// close the first, so that doubled marks hide more and never less. A mark is escaped as `\||` or `\|\|`.
pub(super) fn cut(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    let mut inside = false;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let end = if inside { find_close(rest) } else { find(rest) };
            let piece = &rest[..end.unwrap_or(rest.len())];
            rest = end.map_or("", |end| &rest[end + MARK.len()..]);
            let was_inside = inside;
            inside = !inside;
            match was_inside {
                true => return Some(Piece::Hidden(piece)),
                false if !piece.is_empty() => return Some(Piece::Open(piece)),
                false => {}
            }
        }
    })
}

/// Where marks open, and where they close if they do.
pub(super) fn places(text: &str) -> impl Iterator<Item = (usize, Option<usize>)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let open = from + find(&text[from..])?;
        let inside = open + MARK.len();
        let close = find_close(&text[inside..]).map(|close| inside + close);
        from = close.map_or(text.len(), |close| close + MARK.len());
        Some((open, close))
    })
}

fn find(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'|', &bytes[from..]) {
        let at = from + found;
        if is_escaped(bytes, at) {
            match bytes[at + 1..] {
                // Of three bars the first is escaped and the others are a mark: the reading that hides.
                [b'|', b'|', ..] => return Some(at + 1),
                [b'|', ..] => from = at + 2,
                _ => from = at + 1,
            }
        } else if bytes.get(at + 1) == Some(&b'|') {
            return Some(at);
        } else {
            from = at + 1;
        }
    }
    None
}

/// An odd number of backslashes escapes what follows; of an even number each is a backslash of its own.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// Inside a mark an escaped one may be text or the end: each reading shows what the other hides, so it is neither, and the
/// mark is never closed.
fn find_close(text: &str) -> Option<usize> {
    let content = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '|').len();
    let found = memchr::memmem::find(&text.as_bytes()[content..], MARK.as_bytes())? + content;
    (!is_escaped(text.as_bytes(), found)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::Piece::{Hidden, Open};
    use super::*;

    #[test]
    fn marks_cut_a_text_into_open_and_hidden() {
        let table: &[(&str, &[Piece<'_>])] = &[
            ("plain", &[Open("plain")]),
            ("", &[]),
            ("a ||b|| c", &[Open("a "), Hidden("b"), Open(" c")]),
            ("||b||", &[Hidden("b")]),
            ("||b|| ||c||", &[Hidden("b"), Open(" "), Hidden("c")]),
            ("||b||||c||", &[Hidden("b"), Hidden("c")]),
            ("a ||b\n\nc", &[Open("a "), Hidden("b\n\nc")]),
            ("a ||b|| c ||d", &[Open("a "), Hidden("b"), Open(" c "), Hidden("d")]),
            ("||||b||||", &[Hidden("||b")]),
            ("|| ||b|| ||c", &[Hidden(" ||b"), Open(" "), Hidden("c")]),
            ("|||b|||", &[Hidden("|b"), Open("|")]),
            ("|| spaced ||", &[Hidden(" spaced ")]),
            ("a | b", &[Open("a | b")]),
            (r"a \|\| b", &[Open(r"a \|\| b")]),
            (r"a \|| b", &[Open(r"a \|| b")]),
            (r"a \\||b||", &[Open(r"a \\"), Hidden("b")]),
            (r"||b \|| c|| d", &[Hidden(r"b \|| c|| d")]),
            (r"a ||b\|| c", &[Open("a "), Hidden(r"b\|| c")]),
            (r"x \|||b|| y", &[Open(r"x \|"), Hidden("b"), Open(" y")]),
            ("`a || b`", &[Open("`a "), Hidden(" b`")]),
            ("||", &[]),
            ("a||", &[Open("a")]),
        ];
        for (text, pieces) in table {
            assert_eq!(cut(text).collect::<Vec<_>>(), *pieces, "{text:?}");
            let hidden = pieces.iter().filter(|piece| matches!(piece, Hidden(_))).count();
            let dangling =
                usize::from(text.ends_with("||") && places(text).any(|(at, _)| at + 2 == text.len()));
            assert_eq!(places(text).count(), hidden + dangling, "{text:?}");
        }
    }
}
