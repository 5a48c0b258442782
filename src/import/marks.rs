//! The marks that open and close at a place of a text: elements, brackets, headings, and the labels in them.

use super::announce::{announcement, is_negated, mentions, words};
use super::html::{self, Tag};
use super::spoilers::{Found, Mark};

/// A tag that hides: `<spoiler>`, `<details>` that says so, an element of a class that says so.
pub(super) fn element(rest: &str, open: &[Mark]) -> Option<(Found, usize)> {
    let tag = html::tag(rest).or_else(|| broken_tag(rest))?;
    let name = if tag.name.starts_with("spoiler") { "spoiler" } else { &tag.name };
    let mark = Mark::Element(name.to_owned());
    let is_open = open.contains(&mark);
    if tag.is_closing {
        return is_open.then_some((Found::Close(mark), tag.length));
    }
    if name == "spoiler" {
        let label = html::attribute(&tag, "title").or_else(|| html::attribute(&tag, "label"));
        return Some((Found::Open(mark, label.and_then(label_of)), tag.length));
    }
    if name == "details" {
        let (summary, length) = summary(&rest[tag.length..]);
        if mentions(summary) && !is_negated(&words(summary)) {
            return Some((Found::Open(mark, label_of(summary)), tag.length + length));
        }
    }
    let class = html::attribute(&tag, "class").unwrap_or_default();
    let is_hidden = mentions(class) && !class.to_ascii_lowercase().contains("spoiler-free");
    // Elements of the same name inside a hidden one are counted, so that the right end tag ends it.
    let is_void = matches!(name, "br" | "img" | "hr" | "input") || tag.attributes.ends_with('/');
    ((is_hidden || is_open) && !is_void).then_some((Found::Open(mark, None), tag.length))
}

/// `<spoiler` that is never closed with a `>`.
fn broken_tag(rest: &str) -> Option<Tag<'_>> {
    let is_spoiler = rest.get(1..8).is_some_and(|name| name.eq_ignore_ascii_case("spoiler"));
    is_spoiler.then(|| Tag { name: "spoiler".into(), is_closing: false, attributes: "", length: 8 })
}

/// The summary that a `<details>` begins with, and how much of the text it takes.
fn summary(rest: &str) -> (&str, usize) {
    let start = rest.len() - rest.trim_start().len();
    let Some(tag) = html::tag(&rest[start..]).filter(|tag| tag.name == "summary" && !tag.is_closing) else {
        return ("", 0);
    };
    let from = start + tag.length;
    match html::find_tag(&rest[from..], "</summary>") {
        Some(end) => (&rest[from..from + end], from + end + "</summary>".len()),
        None => ("", 0),
    }
}

/// `[spoiler]`, `[spoiler=label]`, `[/spoiler]`, and their kin.
pub(super) fn bracket(rest: &str) -> Option<(Found, usize)> {
    let inner = &rest[1..];
    let end = inner.find([']', '[', '\n'])?;
    let inside = inner[..end].to_lowercase();
    let length = end + 2;
    let inside = inside.trim();
    if inside.starts_with("/spoiler")
        || inside.starts_with("end spoiler")
        || inside.starts_with("end of spoiler")
    {
        return Some((Found::Close(Mark::Bracket), length));
    }
    let after = inside.strip_prefix("spoiler")?;
    let after = after.strip_prefix('s').unwrap_or(after);
    let is_mark = after.is_empty() || after.starts_with([' ', '=', ':']);
    if !is_mark || is_negated(&words(inside)) || inner.as_bytes().get(end) != Some(&b']') {
        return None;
    }
    let label = inner[..end].find(['=', ':']).and_then(|at| label_of(&inner[at + 1..end]));
    Some((Found::Open(Mark::Bracket, label), length))
}

/// `(view spoiler)[` and `(hide spoiler)]`, as Goodreads prints them, with tags between.
pub(super) fn view(rest: &str) -> Option<(Found, usize)> {
    let lower = rest.get(..14)?.to_ascii_lowercase();
    let after = &rest[14..];
    let skipped = |sign: char| {
        let mut at = 0;
        while let Some(tag) = html::tag(&after[at..]) {
            at += tag.length;
        }
        if after[at..].starts_with(sign) { at + 1 } else { 0 }
    };
    match lower.as_str() {
        "(view spoiler)" => Some((Found::Open(Mark::View, None), 14 + skipped('['))),
        "(hide spoiler)" => Some((Found::Close(Mark::View), 14 + skipped(']'))),
        _ => None,
    }
}

/// What a label says, if it can stand on a curtain.
pub(super) fn label_of(text: &str) -> Option<String> {
    let plain = html::to_markdown(text, html::Newline::Break).replace(['*', '\\'], "");
    let plain = crate::review::clean_line(&plain).into_owned();
    let mut label = plain.trim_matches(['"', '\'', ' ', '=', ':']);
    for word in ["spoilers", "spoiler"] {
        if label.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            label = label[word.len()..].trim_matches(['"', '\'', ' ', '=', ':']);
        }
    }
    let is_fit =
        !label.is_empty() && !label.contains("||") && label.len() <= 200 && announcement(label).is_none();
    is_fit.then(|| label.to_owned())
}

/// The text of a heading line, in Markdown or HTML.
pub(super) fn heading(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.starts_with('#') {
        let text = line.trim_start_matches('#');
        return (text.is_empty() || text.starts_with(' ')).then_some(text);
    }
    let tag = html::tag(line).filter(|tag| is_heading(&tag.name) && !tag.is_closing)?;
    let text = &line[tag.length..];
    Some(text.split("</").next().unwrap_or_default())
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Where an HTML heading is over.
pub(super) fn end_of_heading(rest: &str) -> Option<usize> {
    let tag = html::tag(rest).filter(|tag| is_heading(&tag.name))?;
    let close = rest[tag.length..].find("</").map(|at| at + tag.length)?;
    html::tag(&rest[close..]).map(|tag| close + tag.length)
}
