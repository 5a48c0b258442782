//! HTML elements that hide, comments that say so, and code in HTML.

use std::ops::Range;

use super::super::comments;
use super::super::html::{self, Tag};
use super::announce::{announces, is_bare_text, is_end_text};
use super::label::{holds_words, is_spoiler_name, says_spoiler, title};
use super::pair::{Kind, Scanner};

/// Elements whose text is code.
const CODE: &[&str] = &["code", "pre", "kbd", "samp", "tt"];

/// Elements without contents.
const VOID: &[&str] = &["br", "img", "hr", "input", "wbr", "meta", "link", "source", "col", "embed"];

/// The maximum length of a summary, in bytes.
const LONGEST_SUMMARY: usize = 2000;

impl<'t> Scanner<'t, '_> {
    /// Handles a `<`; returns how much of the text was consumed.
    pub(super) fn angle_bracket(&mut self, at: usize) -> usize {
        let text: &'t str = self.text;
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            return self.comment(at);
        }
        let Some(tag) = html::tag(rest).or_else(|| loose_tag(rest)) else { return 1 };
        let end = at + tag.length;
        let is_named = is_spoiler_name(&tag.name);
        let name = if is_named { "spoiler".to_owned() } else { tag.name.to_string() };
        let kind = Kind::Element(name);
        if tag.is_closing {
            if is_named || self.is_open(&kind) {
                self.close(&kind, at, end);
                return tag.length;
            }
            return if html::known_tag(rest).is_some() { tag.length } else { 1 };
        }
        let is_void = VOID.contains(&&*tag.name);
        if let Some((label, end)) = self.hides(&tag, is_named, end).filter(|_| !is_void) {
            // A `<p>` ends the one before it.
            if tag.name == "p" && self.is_open(&kind) {
                self.close(&kind, at, at);
            }
            let is_block = html::is_block(&tag.name);
            // `<spoiler: …>` holds the text itself.
            if is_named && holds_text(tag.attributes) {
                let words = self.place_of(tag.attributes);
                self.open(kind, at, words.start, None, is_block);
                self.draft.drops.push(words.end..end);
                return end - at;
            }
            self.open(kind, at, end, label, is_block);
            return end - at;
        }
        if tag.name == "p" && self.is_open(&kind) {
            self.close(&kind, at, at);
        } else if !is_void && (!tag.attributes.ends_with('/') || self.is_open(&kind)) {
            self.nest(&kind);
        }
        self.enter_code(&tag, end);
        if html::known_tag(rest).is_some() { tag.length } else { 1 }
    }

    /// Whether an element hides, with the position of its label and of the end of its beginning.
    fn hides(&mut self, tag: &Tag<'t>, is_named: bool, end: usize) -> Option<(Option<Range<usize>>, usize)> {
        if tag.name == "details" {
            let summary = self.summary(end);
            let says =
                summary.as_ref().is_some_and(|(label, _)| announces(&self.text[label.clone()]) == Some(true));
            if says || self.says(tag.attributes) {
                return Some(summary.map_or((None, end), |(label, end)| (Some(label), end)));
            }
            return None;
        }
        if is_named || self.says(tag.attributes) {
            let label = title(tag.attributes).map(|label| self.place_of(label));
            return Some((label.filter(|_| is_named), end));
        }
        None
    }

    /// Whether attributes say spoiler. The results are cached, since the same attributes keep recurring.
    fn says(&mut self, attributes: &'t str) -> bool {
        !attributes.is_empty() && *self.verdicts.entry(attributes).or_insert_with(|| says_spoiler(attributes))
    }

    /// The position of a part of the text in it.
    fn place_of(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
        start..start + part.len()
    }

    /// The summary that a `<details>` begins with, and where it ends. One that never ends is as long as its line.
    fn summary(&self, from: usize) -> Option<(Range<usize>, usize)> {
        let rest = &self.text[from..];
        let start = from + rest.len() - rest.trim_start().len();
        let tag = html::tag(&self.text[start..]).filter(|tag| tag.name == "summary" && !tag.is_closing)?;
        let inside = start + tag.length;
        let near = &self.text[inside..self.text.floor_char_boundary(inside + LONGEST_SUMMARY)];
        let close = html::find_tag(near, "</summary");
        let next = html::find_tag(near, "<details");
        if let Some(close) = close.filter(|close| next.is_none_or(|next| *close < next)) {
            let length = html::tag(&near[close..]).map_or("</summary".len(), |tag| tag.length);
            return Some((inside..inside + close, inside + close + length));
        }
        let line = near.find(['\n', '<']).unwrap_or(near.len());
        Some((inside..inside + line, inside + line))
    }

    /// `<!-- spoiler -->…<!-- end of spoiler -->`
    fn comment(&mut self, at: usize) -> usize {
        let near = &self.text[at..self.text.floor_char_boundary(at + LONGEST_SUMMARY)];
        let Some(end) = near.find("-->") else { return 1 };
        self.comment_says(at, near[4..end].trim(), end + 3)
    }

    /// `%% spoiler %%…%% end of spoiler %%`
    pub(super) fn comment_of_obsidian(&mut self, at: usize) -> usize {
        let near = &self.text[at..self.text.floor_char_boundary(at + LONGEST_SUMMARY)];
        match comments::length(self.text, at).and_then(|length| near.get(..length)) {
            Some(comment) => {
                self.draft.code.push(at..at + comment.len());
                self.comment_says(at, comment.trim_matches('%').trim(), comment.len())
            }
            None => near.bytes().take_while(|b| *b == b'%').count(),
        }
    }

    /// Comments that enclose hidden text.
    fn comment_says(&mut self, at: usize, said: &str, length: usize) -> usize {
        if said.starts_with('/') && super::mentions(said).next().is_some() || is_end_text(said) {
            self.close(&Kind::Comment, at, at + length);
        } else if announces(said) == Some(true) && is_bare_text(said) {
            self.open(Kind::Comment, at, at + length, None, true);
        }
        length
    }

    /// Records where code ends, if a code element begins and ends.
    fn enter_code(&mut self, tag: &Tag<'_>, from: usize) {
        if !CODE.contains(&&*tag.name) || from < self.code_end {
            return;
        }
        let known = self.code_ends.get(&*tag.name).copied();
        let end = match known {
            Some(None) => None,
            Some(Some(end)) if end >= from => Some(end),
            _ => html::find_tag(&self.text[from..], &format!("</{}", tag.name)).map(|end| from + end),
        };
        self.code_ends.insert(tag.name.to_string(), end);
        self.draft.code.extend(end.map(|end| from..end));
        self.code_end = end.unwrap_or(self.code_end);
    }
}

/// Whether what stands in place of attributes is text: words without a value, and no flags.
fn holds_text(attributes: &str) -> bool {
    const FLAGS: &[&str] = &["open", "closed", "hidden", "inline", "block", "collapsed", "reveal"];
    let is_text = |(name, value): (String, Option<&str>)| {
        value.is_none() && holds_words(&name) && !FLAGS.contains(&&*name)
    };
    super::label::attributes(attributes).any(is_text)
}

/// A tag for spoilers that contains spaces, or is never closed with a `>`.
fn loose_tag(rest: &str) -> Option<Tag<'_>> {
    let inner = rest[1..].trim_start_matches(' ');
    let (is_closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner.trim_start_matches(' ')),
        None => (false, inner),
    };
    let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
    let name = &inner[..name_end];
    let is_named = name.len() < 40 && name.to_ascii_lowercase().ends_with("spoiler");
    let from = rest.len() - inner.len() + name_end;
    let closed = rest[from..].trim_start_matches(' ').strip_prefix('>').map(|after| rest.len() - after.len());
    is_named.then(|| Tag {
        name: "spoiler".into(),
        is_closing,
        attributes: "",
        length: closed.unwrap_or(from),
    })
}
