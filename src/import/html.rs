//! Converts the HTML that review sites allow to Markdown, leniently.
//!
//! No text is lost: whatever is not a known tag is text. It knows nothing of spoilers. Their tags have been removed
//! before ([`super::marks`]), and any that are left inside other curtains are dropped.

mod writer;

use std::borrow::Cow;
use std::ops::Range;

use writer::Writer;

use super::elements::is_known;
pub(super) use super::elements::{heading_level, is_block};

/// A tag at the start of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// In lower case, without the slash.
    pub(super) name: Cow<'t, str>,
    pub(super) is_closing: bool,
    /// What follows the name.
    pub(super) attributes: &'t str,
    /// The whole tag, in bytes.
    pub(super) length: usize,
}

/// The length limit for a tag: a single `<` must not swallow a review.
const LONGEST: usize = 2000;

/// The tag that a text begins with.
pub(super) fn tag(text: &str) -> Option<Tag<'_>> {
    let inner = text.strip_prefix('<')?;
    let end = memchr::memchr2(b'>', b'<', inner.as_bytes()).filter(|end| *end < LONGEST)?;
    if inner.as_bytes()[end] != b'>' {
        return None;
    }
    let inner = &inner[..end];
    let (is_closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(name_end);
    let is_named = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let name = match name.bytes().any(|b| b.is_ascii_uppercase()) {
        true => name.to_ascii_lowercase().into(),
        false => name.into(),
    };
    (is_named && !has_bracket(attributes)).then_some(Tag { name, is_closing, attributes, length: end + 2 })
}

/// Whether there is a bracket or a blank line outside of quotes, which no real tag has. What looks like a tag is then text
/// that ends at some other `>`, and its words must not be lost.
fn has_bracket(attributes: &str) -> bool {
    let is_foreign = |b, before| matches!(b, b'(' | b')' | b'[' | b']') || (b == b'\n' && before == b'\n');
    // A quote that is never closed is none.
    let (mut quote, mut is_quoted, mut before) = (None, false, b' ');
    let stands_free = attributes.bytes().any(|b| {
        let is_here = is_foreign(b, before);
        before = b;
        match (quote, b) {
            (None, b'"' | b'\'') => (quote, is_quoted) = (Some(b), false),
            (Some(open), b) if open == b => quote = None,
            (Some(_), _) => is_quoted |= is_here,
            (None, _) => return is_here,
        }
        false
    });
    stands_free || (quote.is_some() && is_quoted)
}

/// The tag that a text begins with, if it is a known one and not a comparison that looks like one.
pub(super) fn known_tag(text: &str) -> Option<Tag<'_>> {
    let is_tag = |attributes: &str| matches!(attributes.trim(), "" | "/") || attributes.contains('=');
    tag(text).filter(|tag| is_known(&tag.name) && is_tag(tag.attributes))
}

/// The value of an attribute.
pub(super) fn attribute<'t>(tag: &Tag<'t>, name: &str) -> Option<&'t str> {
    let at = tag.attributes.to_ascii_lowercase().find(&format!("{name}="))?;
    let value = &tag.attributes[at + name.len() + 1..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split_whitespace().next(),
    }
}

/// What a line break in the source means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Newline {
    /// White space, as in HTML, except that a blank line separates paragraphs.
    Break,
    /// The end of a paragraph, as on Letterboxd.
    Paragraph,
}

/// Converts HTML whose character references are already resolved. White space at both ends is kept, so that words stay
/// separate or joined when the parts of a text are put together again.
pub(super) fn to_markdown(html: &str, newline: Newline) -> String {
    let mut writer = Writer::new(html, newline);
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let plain = plain_length(rest.as_bytes());
        if plain > 0 {
            writer.verbatim(&rest[..plain]);
            rest = &rest[plain..];
        } else if let Some(length) = comment_length(rest) {
            rest = &rest[length..];
        } else if let Some(tag) = tag(rest).filter(|tag| is_known(&tag.name)) {
            rest = &rest[tag.length + writer.element(&tag, &rest[tag.length..])..];
        } else {
            writer.character(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    writer.finish()
}

/// Converts the HTML within a Markdown text, and leaves everything else as it is. `code` has the ranges of code, in order.
pub(super) fn inside_markdown(text: &str, code: &[Range<usize>]) -> String {
    let mut writer = Writer::new(text, Newline::Break);
    let mut code = code.iter().peekable();
    let (mut at, mut copied) = (0, 0);
    while let Some(found) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        let start = at + found;
        while code.next_if(|code| code.end <= start).is_some() {}
        at = start + 1;
        if let Some(code) = code.peek().filter(|code| code.start <= start) {
            at = code.end;
            continue;
        }
        let is_escaped = text.as_bytes()[..start].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1;
        let rest = &text[start..];
        let (tag, comment) = (known_tag(rest), comment_length(rest));
        if is_escaped || (tag.is_none() && comment.is_none()) {
            continue;
        }
        writer.verbatim(&text[copied..start]);
        at = start + comment.unwrap_or_default();
        if let Some(tag) = tag {
            at = start + tag.length + writer.element(&tag, &rest[tag.length..]);
            // A newline after `<br>` is not a second line break.
            at += usize::from(tag.name == "br" && text[at..].starts_with('\n'));
        }
        copied = at;
    }
    writer.verbatim(&text[copied..]);
    writer.finish()
}

/// The length of the comment that a text begins with, if it ends.
fn comment_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("<!--")?;
    // The search has a limit, so that a text of nothing but `<!--` takes linear time.
    let near = &inside.as_bytes()[..inside.len().min(LONGEST)];
    memchr::memmem::find(near, b"-->").map(|end| end + 7)
}

/// Bytes that need a closer look: tags, white space that collapses, and Markdown syntax. A non-breaking space begins with
/// 0xc2.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let bytes = b"<*_\\`\n\t\xc2";
    let mut at = 0;
    while at < bytes.len() {
        special[bytes[at] as usize] = true;
        at += 1;
    }
    special
};

/// The length of the text up to the next special byte or second space in a row.
fn plain_length(text: &[u8]) -> usize {
    let mut before = b' ';
    let is_special = |byte: &u8| {
        let is_folded = before == b' ' && *byte == b' ';
        before = *byte;
        is_folded || SPECIAL[usize::from(*byte)]
    };
    text.iter().position(is_special).unwrap_or(text.len())
}

/// Finds the beginning of a tag, ignoring case.
pub(super) fn find_tag(text: &str, tag: &str) -> Option<usize> {
    let is_it = |at: &usize| {
        text.as_bytes()[*at..]
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).find(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        for (html, markdown) in [
            ("plain", "plain"),
            ("a<br/>b", "a  \nb"),
            ("a<br/><br />b", "a\n\nb"),
            ("<p>one</p>\n<p>two</p>", "\n\none\n\ntwo\n\n"),
            ("so <i>human</i>, no", "so *human*, no"),
            ("<b>a <i>b</i> c</b>", "**a *b* c**"),
            ("<i>one<i> and <i>two<i>", "*one* and *two*"),
            ("<b> a </b>x", " **a** x"),
            ("never <i>closed<br><br>next", "never *closed*\n\nnext"),
            ("5 < 6 <3 <unknown>", "5 < 6 <3 <unknown>"),
            ("*sigh* ¯\\_(ツ)", r"\*sigh\* ¯\\\_(ツ)"),
            ("<a href='https://e.org/x'>text</a>.", "[text](https://e.org/x)."),
            ("<a href=\"https://e.org\">https://e.org</a>", "<https://e.org>"),
            ("<a href=\"javascript:x\">text</a>", "text"),
            ("<blockquote>said</blockquote>after", "\n\n> said\n\nafter"),
            ("<h2>Head</h2>text", "\n\n## Head\n\ntext"),
            ("<ul><li>a</li><li>b</li></ul>", "\n\n- a\n- b\n\n"),
        ] {
            let written = to_markdown(html, Newline::Break);
            assert_eq!(written, markdown, "{html:?}");
        }
    }

    #[test]
    fn bare_newlines_can_be_paragraphs() {
        assert_eq!(to_markdown("a\nb\n\n\nc", Newline::Paragraph), "a\n\nb\n\nc");
    }
}
