//! Spoiler marks inside a passage: `||hidden||`.
//!
//! The text is cut at its marks before anything else looks at it, so that no later step can show what a mark hides. It
//! fails closed: an unclosed mark hides the rest of the passage, blank lines included.

/// A part of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text outside of all marks.
    Open(&'a str),
    /// Text between marks, or after an unclosed one.
    Hidden(&'a str),
}

const MARK: &str = "||";

/// Whether the text contains a spoiler mark.
pub(super) fn any(text: &str) -> bool {
    find(text).is_some()
}

/// The pieces of a text, in order, without the marks and without empty open pieces.
///
/// A mark closes only if there is something between it and the opening one: in `||||secret||||` the second pair does
/// not close the first, so that doubled marks hide more and never less. A mark is escaped as `\||` or `\|\|`.
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

/// The offsets of opening marks, each with that of its closing mark, if any.
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
                // Of three bars, the first is escaped and the other two are a mark: the reading that hides.
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

/// An odd number of backslashes escapes what follows; an even number is literal backslashes.
fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// Finds the end of a mark. An escaped mark inside it could be text or the end, and either reading would show what the
/// other hides, so the mark counts as never closed.
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
