//! Wiki links, as notes of Obsidian and its kin have them, to what they show.

use std::borrow::Cow;

use super::marks;

/// The longest link, in bytes.
const LONGEST: usize = 300;

/// Replaces `[[Emma]]` and `[[Emma|the book]]` by what they show, and takes pictures out. Code stays as it is, and so does
/// whatever could be a spoiler mark.
pub(super) fn without_links(text: &str) -> Cow<'_, str> {
    if !text.contains("[[") {
        return text.into();
    }
    let code = marks::code(text);
    let mut code = code.iter().peekable();
    let (mut out, mut copied) = (String::with_capacity(text.len()), 0);
    for (at, _) in text.match_indices("[[") {
        while code.next_if(|code| code.end <= at).is_some() {}
        let is_code = code.peek().is_some_and(|code| code.start <= at);
        let Some((shown, length)) = link(&text[at..]).filter(|_| !is_code && at >= copied) else { continue };
        let is_embedded = text[copied..at].ends_with('!');
        let before = &text[copied..at];
        out.push_str(if is_embedded { &before[..before.len() - 1] } else { before });
        if !(is_embedded && is_picture(shown)) {
            out.push_str(shown);
        }
        copied = at + length;
    }
    out.push_str(&text[copied..]);
    out.into()
}

/// What a link shows, and how long it is.
fn link(text: &str) -> Option<(&str, usize)> {
    let near = &text[..text.floor_char_boundary(LONGEST)];
    let inside = &near[2..near.find("]]")?];
    let is_plain = !inside.contains(['\n', '[', ']', '<', '>', '{', '~']) && !inside.contains("||");
    let shown = inside.rsplit('|').next().unwrap_or(inside).trim();
    (is_plain && !shown.is_empty() && !shown.to_lowercase().contains("spoil"))
        .then_some((shown, inside.len() + 4))
}

fn is_picture(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"].contains(&&*ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_become_what_they_show() {
        for (text, shown) in [
            ("see [[Emma]] and [[Books/Persuasion|the last]].", "see Emma and the last."),
            ("![[poster.png]]ok", "ok"),
            ("![[Emma]]", "Emma"),
            ("`[[Emma]]`", "`[[Emma]]`"),
            ("[[a||b||c]] [[x", "[[a||b||c]] [[x"),
            ("[[spoiler]] b [[/spoiler]]", "[[spoiler]] b [[/spoiler]]"),
            ("[[Emma]][[Emma]]", "EmmaEmma"),
        ] {
            assert_eq!(without_links(text), shown, "{text}");
        }
    }
}
