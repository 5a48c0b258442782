//! Markdown that this program exported with its curtains; one set of rules writes and reads it.
//!
//! The front matter says how the text is divided, and contains a checksum of it. If the text is unchanged, its parts
//! are known exactly, and it is not searched for marks: a passage may contain headings, fences, or the end tag of the
//! very element that hides it. Text that has changed is read like any other.

use super::body::{Passage, Spoiler};
use super::checksum;
use super::front::Front;

/// The front matter key that contains all of this.
pub(super) const KEY: &str = "unspoiled";

/// What hides a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cover {
    /// Nothing.
    None,
    /// Only the curtain over the whole review.
    Review,
    /// A curtain of its own, with its label if it has one.
    Own(Option<String>),
}

/// A passage as written. `words` is the description of its curtain.
pub(crate) fn block(cover: &Cover, words: &str, text: &str) -> String {
    match cover {
        Cover::None => text.to_owned(),
        _ => format!("{}\n\n{}\n\n{END}", summary(words), escaped(text)),
    }
}

const END: &str = "</details>";

fn summary(words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<details><summary>{words}</summary>")
}

/// The text of a review after its front matter, and the lines of the front matter that say how it is divided.
pub(crate) fn parted(blocks: &[(Cover, String)]) -> (String, String) {
    let body: String = blocks.iter().map(|(_, block)| format!("\n{block}\n")).collect();
    let parts: Vec<_> = blocks.iter().map(|(cover, block)| written(cover, block)).collect();
    let sum = sum(parts.iter().map(String::as_str), &body);
    let mut front = format!("{KEY}:\n  checksum: \"{sum}\"\n  passages:\n");
    for part in parts {
        front.push_str(&format!("    - \"{}\"\n", part.replace('\\', "\\\\").replace('"', "\\\"")));
    }
    (front, body)
}

fn written(cover: &Cover, block: &str) -> String {
    let lines = block.split('\n').count();
    match cover {
        Cover::None => format!("open {lines}"),
        Cover::Review => format!("review {lines}"),
        Cover::Own(None) => format!("own {lines}"),
        Cover::Own(Some(label)) => format!("own {lines}: {label}"),
    }
}

fn sum<'p>(parts: impl Iterator<Item = &'p str>, body: &'p str) -> String {
    let all: String = parts.chain([body]).collect::<Vec<_>>().join("\n");
    checksum(all.as_bytes())
}

/// What is known about how a text is divided.
pub(super) enum Parts<'t> {
    /// Nothing: it was not exported by this program.
    Unknown,
    /// It has changed since: at least this many passages were behind curtains.
    Changed(usize),
    /// Everything.
    Known {
        passages: Vec<Passage>,
        /// Whether the whole review is behind a curtain.
        is_whole: bool,
        /// What follows the review in the file.
        behind: &'t str,
    },
}

/// Reads the text below front matter.
pub(super) fn read<'t>(front: &Front<'t>) -> Parts<'t> {
    let written: Vec<_> = front.list(KEY, "passages").collect();
    if written.is_empty() {
        return Parts::Unknown;
    }
    let parts: Option<Vec<_>> = written.iter().map(|written| part(written)).collect();
    let Some(parts) = parts else { return Parts::Changed(written.len()) };
    let hidden = parts.iter().filter(|(cover, _)| *cover != Cover::None).count();
    let is_whole = parts.iter().any(|(cover, _)| *cover == Cover::Review);
    let (mut passages, mut rest) = (Vec::new(), front.text);
    for (cover, lines) in parts {
        let cut = cut(rest, lines).and_then(|(block, behind)| {
            rest = behind;
            passage(&cover, block)
        });
        match cut {
            Some(passage) => passages.push(passage),
            None => return Parts::Changed(hidden),
        }
    }
    let body = &front.text[..front.text.len() - rest.len()];
    match front.below(KEY, &["checksum"]) == Some(&sum(written.into_iter(), body)) {
        true => Parts::Known { passages, is_whole, behind: rest },
        false => Parts::Changed(hidden),
    }
}

fn part(part: &str) -> Option<(Cover, usize)> {
    let (part, label) = match part.split_once(": ") {
        Some((part, label)) => (part, Some(label.to_owned())),
        None => (part, None),
    };
    let (name, lines) = part.split_once(' ')?;
    let cover = match name {
        "open" => Cover::None,
        "review" => Cover::Review,
        "own" => Cover::Own(label),
        _ => return None,
    };
    Some((cover, lines.parse().ok()?))
}

/// A blank line followed by this many lines, and what comes after them.
fn cut(text: &str, lines: usize) -> Option<(&str, &str)> {
    let text = text.strip_prefix('\n')?;
    let (end, _) = text.match_indices('\n').nth(lines.checked_sub(1)?)?;
    Some((&text[..end], &text[end + 1..]))
}

fn passage(cover: &Cover, block: &str) -> Option<Passage> {
    let spoiler = match cover {
        Cover::Own(label) => Some(Spoiler::labelled(label.clone())),
        Cover::None | Cover::Review => None,
    };
    let text = match cover {
        Cover::None => block.to_owned(),
        _ => {
            let (_, rest) = block.split_once("</summary>\n\n")?;
            unescaped(rest.strip_suffix(END)?.strip_suffix("\n\n")?)
        }
    };
    Some(Passage { spoiler, text: text + "\n" })
}

/// The end tag of an element in a text that is inside one, which no reader must take for the end of the outer one.
fn escaped(text: &str) -> String {
    changed(text, |before, name| match before {
        "<" => Some(format!("&lt;{name}")),
        _ => before.strip_prefix('&').map(|rest| format!("&amp;{rest}{name}")),
    })
}

fn unescaped(text: &str) -> String {
    changed(text, |before, name| match before {
        "<" => None,
        "&lt;" => Some(format!("<{name}")),
        _ => before.strip_prefix("&amp;").map(|rest| format!("&{rest}{name}")),
    })
}

/// Changes each `details` and `/details` after a `<`, or after what becomes one when escaped once or more.
fn changed(text: &str, change: impl Fn(&str, &str) -> Option<String>) -> String {
    const NAME: &str = "details";
    let lower = text.to_ascii_lowercase();
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (at, _) in lower.match_indices(NAME) {
        let name_at = at - usize::from(text[..at].ends_with('/'));
        let before = sign(&text[from..name_at]);
        let name = &text[name_at..at + NAME.len()];
        if let Some(new) = change(before, name).filter(|_| !before.is_empty()) {
            out.push_str(&text[from..name_at - before.len()]);
            out.push_str(&new);
            from = at + NAME.len();
        }
    }
    out + &text[from..]
}

/// `<`, `&lt;`, `&amp;lt;` and so on, at the end of a text.
fn sign(text: &str) -> &str {
    if text.ends_with('<') {
        return &text[text.len() - 1..];
    }
    let Some(mut before) = text.strip_suffix("lt;") else { return "" };
    while let Some(shorter) = before.strip_suffix("amp;") {
        before = shorter;
    }
    match before.strip_suffix('&') {
        Some(before) => &text[before.len()..],
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_end_of_the_element_is_no_end_inside_it() {
        for (text, written) in [
            ("a </details> b", "a &lt;/details> b"),
            ("a <DETAILS open>", "a &lt;DETAILS open>"),
            ("a &lt;/details>", "a &amp;lt;/details>"),
            ("in detail, </detail>", "in detail, </detail>"),
        ] {
            assert_eq!(escaped(text), written);
            assert_eq!(unescaped(written), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read_as_it_was(text in "(<|&lt;|&amp;|amp;|lt;|/|details|DETAILS|[a-z&;<>\n]){0,12}") {
            let written = escaped(&text);
            prop_assert!(!written.to_ascii_lowercase().contains("<details"));
            prop_assert!(!written.to_ascii_lowercase().contains("</details"));
            prop_assert_eq!(unescaped(&written), text);
        }
    }
}
