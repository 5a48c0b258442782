//! What marks say about themselves: labels, and attributes that turn an element into a mark.
//!
//! It knows no positions: it considers a name, a value, a label.

use super::super::html;
use super::announce::{announces, is_bare_text};

/// The usable part of a label, if any: without the word for a spoiler, and without marks.
pub(super) fn label_of(text: &str) -> Option<String> {
    let plain = html::to_markdown(text, html::Newline::Break).replace(['*', '\\', '`'], "");
    let plain = crate::review::clean_line(&plain).into_owned();
    let around = ['"', '\'', ' ', '=', ':', '“', '”', '-', '+', '—', '–'];
    let mut label = plain.trim_matches(around);
    for word in ["spoilers", "spoiler"] {
        if label.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            label = label[word.len()..].trim_matches(around);
            break;
        }
    }
    let holds_mark = ["||", ">!", "~!", "[", "<", "{"].iter().any(|sign| label.contains(sign));
    let is_fit = !label.is_empty() && label.len() <= 200 && !is_bare_text(label) && !holds_mark;
    is_fit.then(|| label.to_owned())
}

/// Whether a label contains words that would be lost with it.
pub(super) fn holds_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) && !is_bare_text(text)
}

/// Whether the name of an element or a shortcode stands for spoilers.
pub(super) fn is_spoiler_name(name: &str) -> bool {
    if name.eq_ignore_ascii_case("spoiler") {
        return true;
    }
    if is_foreign(name) {
        return false;
    }
    let name = name.to_lowercase();
    super::mentions(&name).next().is_some() && !is_denied(&name) && !is_addressed(&name)
}

/// Whether a name cannot contain a word for a spoiler: a quick check that settles nearly all names.
fn is_foreign(name: &str) -> bool {
    let has_letters = memchr::memchr2(b'p', b'P', name.as_bytes()).is_some();
    name.is_ascii() && !has_letters && memchr::memchr2(b'v', b'V', name.as_bytes()).is_none()
}

/// "spoilerfree", "nospoilers".
fn is_denied(name: &str) -> bool {
    announces(name) == Some(false)
        || [
            "spoilerfree",
            "spoiler-free",
            "spoiler_free",
            "nospoil",
            "no-spoil",
            "no_spoil",
            "nonspoil",
            "non-spoil",
        ]
        .iter()
        .any(|no| name.contains(no))
}

fn is_addressed(name: &str) -> bool {
    name.contains("://")
}

/// The attributes of a tag: each with its lowercase name and its value, if it has one.
pub(super) fn attributes(mut rest: &str) -> impl Iterator<Item = (String, Option<&str>)> {
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/' || c == ',');
        if rest.is_empty() {
            return None;
        }
        let name_end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let name = rest[..name_end].to_lowercase();
        let behind = rest[name_end..].trim_start();
        let Some(value) = behind.strip_prefix('=').map(str::trim_start) else {
            rest = behind;
            return Some((name, None));
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (inside, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        rest = after;
        Some((name, Some(inside)))
    })
}

/// Whether any attribute says that its element hides spoilers. Attributes that address or describe something do not
/// count.
pub(super) fn says_spoiler(text: &str) -> bool {
    if is_foreign(text) || super::mentions(text).next().is_none() {
        return false;
    }
    attributes(text).any(|(name, value)| {
        let speaks = !matches!(
            &*name,
            "href" | "src" | "srcset" | "style" | "alt" | "cite" | "content" | "action" | "title" | "for"
        );
        let is_off =
            value.is_some_and(|value| matches!(&*value.to_lowercase(), "false" | "0" | "no" | "off"));
        let named = holds_name(&name) && !is_off;
        speaks && (named || value.is_some_and(holds_name))
    })
}

/// Whether a name of a class, an id or an attribute contains the word anywhere.
fn holds_name(name: &str) -> bool {
    name.split_whitespace().any(|name| {
        let name = name.to_lowercase();
        (name.contains("spoiler") || super::mentions(&name).next().is_some()) && !is_denied(&name)
    })
}

/// The value of the attribute that titles a mark.
pub(super) fn title(text: &str) -> Option<&str> {
    ["title", "label", "name", "summary", "header"]
        .iter()
        .find_map(|key| attributes(text).find_map(|(name, value)| (name == *key).then_some(value).flatten()))
}
