//! Obsidian comments, `%%…%%`, which Obsidian does not show.

use std::ops::Range;

/// The length of the comment that begins at a place, if one begins and ends there. Two signs after a number do not begin one.
pub(super) fn length(text: &str, at: usize) -> Option<usize> {
    let inside = text[at..].strip_prefix("%%")?;
    let end = inside.find("%%").filter(|end| *end > 0)?;
    (!text[..at].ends_with(char::is_numeric)).then_some(end + 4)
}

/// The comments of a text, except in code. The ranges of code must be in order.
pub(super) fn of(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    let (mut code, mut from) = (code.iter().peekable(), 0);
    for (at, _) in text.match_indices("%%") {
        while code.next_if(|code| code.end <= at).is_some() {}
        let is_code = code.peek().is_some_and(|code| code.start <= at);
        if let Some(length) = length(text, at).filter(|_| at >= from && !is_code) {
            from = at + length;
            comments.push(at..from);
        }
    }
    comments
}
