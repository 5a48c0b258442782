//! A forgiving reader of the HTML tags that review sites let through, to Markdown.
//!
//! Nothing of a text is lost to it: what is not a known tag is text. It knows no spoilers; those tags are cut out before
//! ([`super::marks`]), and what is left of them inside other curtains is dropped.

use std::borrow::Cow;
use std::ops::Range;

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

/// The longest tag that is taken for one; a `<` alone must not swallow a review.
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

/// Whether a bracket or a blank line stands outside of quotes, as it does in no tag that anybody writes: what looks like a tag
/// is then text up to a sign that belongs to something else, and its words must not be lost.
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

/// The tag that a text begins with, if it is one that sites know and not a comparison that looks like one.
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
    /// White space, as HTML has it, but a blank line parts paragraphs.
    Break,
    /// The end of a paragraph, as Letterboxd has it.
    Paragraph,
}

/// Turns HTML, whose character references are already resolved, into Markdown. White space at both ends is kept, so
/// that what is put together again stays apart or together.
pub(super) fn to_markdown(html: &str, newline: Newline) -> String {
    let mut writer = Writer::new(html, newline);
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let plain = plain_length(rest.as_bytes());
        if plain > 0 {
            writer.begin_line();
            writer.out.push_str(&rest[..plain]);
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
    writer.close_all();
    writer.out
}

/// Turns the HTML that stands in Markdown into Markdown, and leaves everything else as it is. `code` is where code stands,
/// in order.
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
            // The line break that follows a `<br>` in the source is not a second one.
            at += usize::from(tag.name == "br" && text[at..].starts_with('\n'));
        }
        copied = at;
    }
    writer.verbatim(&text[copied..]);
    writer.close_all();
    writer.out
}

/// The length of the comment that a text begins with, if it ends.
fn comment_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("<!--")?;
    // What is not near is not looked for: a text of nothing but beginnings must not take long.
    let near = &inside.as_bytes()[..inside.len().min(LONGEST)];
    memchr::memmem::find(near, b"-->").map(|end| end + 7)
}

/// Bytes that are more than what they seem: tags, white space that folds, what means something in Markdown. A non-breaking
/// space begins with 0xc2.
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

/// How much of a text is what it seems. A space is, but not a second one.
fn plain_length(text: &[u8]) -> usize {
    let mut before = b' ';
    let is_special = |byte: &u8| {
        let is_folded = before == b' ' && *byte == b' ';
        before = *byte;
        is_folded || SPECIAL[usize::from(*byte)]
    };
    text.iter().position(is_special).unwrap_or(text.len())
}

/// Where the beginning of a tag stands, in any case.
pub(super) fn find_tag(text: &str, tag: &str) -> Option<usize> {
    let is_it = |at: &usize| {
        text.as_bytes()[*at..]
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).find(is_it)
}

struct Writer {
    out: String,
    /// The emphasis that is open, and where it began.
    open: Vec<(&'static str, usize)>,
    quotes: usize,
    /// The ends of quotes that are still to come: without enough of them a second beginning is an end.
    quote_ends: usize,
    /// Whether a `<style>` or `<script>` was met that never ends. Nothing is lost to it, and no other one is looked into.
    has_open_raw: bool,
    newline: Newline,
}

impl Writer {
    fn new(source: &str, newline: Newline) -> Self {
        let quote_ends = memchr::memmem::find_iter(source.as_bytes(), b"</")
            .filter(|at| tag(&source[*at..]).is_some_and(|tag| tag.name == "blockquote"))
            .count();
        Writer {
            out: String::with_capacity(source.len()),
            open: Vec::new(),
            quotes: 0,
            quote_ends,
            has_open_raw: false,
            newline,
        }
    }

    /// Writes what a tag means, and returns how much of the text behind it is no text.
    fn element(&mut self, tag: &Tag<'_>, behind: &str) -> usize {
        let is_raw = matches!(&*tag.name, "style" | "script") && !tag.is_closing && !self.has_open_raw;
        let end = if is_raw { find_tag(behind, &format!("</{}", tag.name)) } else { None };
        self.has_open_raw |= is_raw && end.is_none();
        self.tag(tag);
        end.unwrap_or_default()
    }

    fn verbatim(&mut self, text: &str) {
        if !text.is_empty() {
            self.begin_line();
            self.out.push_str(text);
        }
    }

    /// Begins or ends a quote. Sites deliver `<blockquote>…<blockquote>` as they deliver `<i>…<i>`.
    fn quote(&mut self, is_closing: bool) {
        self.quote_ends -= usize::from(is_closing && self.quote_ends > 0);
        let ends = is_closing || (self.quotes > 0 && self.quote_ends <= self.quotes);
        self.quotes = if ends { self.quotes.saturating_sub(1) } else { self.quotes + 1 };
        self.paragraph();
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match &*tag.name {
            "b" | "strong" => self.toggle("**", tag.is_closing),
            "i" | "em" | "cite" => self.toggle("*", tag.is_closing),
            "br" => self.line_break(),
            "hr" => {
                self.paragraph();
                self.out.push_str("* * *");
                self.paragraph();
            }
            "li" if !tag.is_closing => {
                self.end_line();
                self.out.push_str("- ");
            }
            "blockquote" => self.quote(tag.is_closing),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.paragraph();
                if let Some(level) = heading_level(&tag.name).filter(|_| !tag.is_closing) {
                    self.out.extend(std::iter::repeat_n('#', usize::from(level)));
                    self.out.push(' ');
                }
            }
            "a" if !tag.is_closing => {
                if let Some(address) = attribute(tag, "href").and_then(web_address) {
                    self.open.push(("](", self.out.len()));
                    self.out.push('[');
                    self.out.push_str(&address.replace(']', "%5D"));
                    self.out.push(']');
                }
            }
            "a" => self.close_link(),
            "tr" | "dt" | "dd" | "li" => self.end_line(),
            "td" | "th" => self.out.push(' '),
            name if is_block(name) => self.paragraph(),
            _ => {}
        }
    }

    fn character(&mut self, c: char) {
        match c {
            '\n' if self.newline == Newline::Paragraph => self.paragraph(),
            '\n' => {
                trim_spaces(&mut self.out);
                self.out.push('\n');
            }
            ' ' | '\t' | '\u{a0}' if self.out.ends_with(['\n', ' ']) => {}
            ' ' | '\t' | '\u{a0}' => self.out.push(' '),
            // Stars and underscores mean nothing in HTML, but would in Markdown; so would a backslash before them.
            '*' | '_' | '\\' | '`' => {
                self.begin_line();
                self.out.push('\\');
                self.out.push(c);
            }
            c => {
                self.begin_line();
                self.out.push(c);
            }
        }
    }

    /// The quote's mark, at the start of a line inside one.
    fn begin_line(&mut self) {
        if self.quotes > 0 && (self.out.is_empty() || self.out.ends_with('\n')) {
            self.out.push_str("> ");
        }
    }

    fn end_line(&mut self) {
        trim_spaces(&mut self.out);
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// A break that stays one in Markdown; a second one makes a paragraph.
    fn line_break(&mut self) {
        if self.out.ends_with("  \n") || self.out.ends_with('\n') || self.out.is_empty() {
            self.paragraph();
        } else {
            trim_spaces(&mut self.out);
            self.out.push_str("  \n");
        }
    }

    fn paragraph(&mut self) {
        self.close_all();
        let end = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(end);
        self.out.push_str("\n\n");
    }

    /// Opens emphasis, or closes it: sites deliver `<i>…<i>` by the thousand.
    fn toggle(&mut self, mark: &'static str, is_closing: bool) {
        match self.open.iter().rposition(|(open, _)| *open == mark) {
            Some(found) => {
                let (_, start) = self.open.remove(found);
                self.emphasise(mark, start, found);
            }
            None if !is_closing => self.open.push((mark, self.out.len())),
            None => {}
        }
    }

    /// Marks what was written since `start`; the marks stand next to words, else they mean nothing. What was opened later,
    /// from this number on, moves with its text.
    fn emphasise(&mut self, mark: &str, start: usize, later: usize) {
        let Some(text) = self.out.get(start..) else { return };
        let (from, to) = (text.len() - text.trim_start().len(), text.trim_end().len());
        if from < to {
            self.out.insert_str(start + to, mark);
            self.out.insert_str(start + from, mark);
            for (_, open) in self.open.iter_mut().skip(later) {
                if *open >= start + from {
                    *open += mark.len();
                }
            }
        }
    }

    /// Puts the address, which was written first, behind the text.
    fn close_link(&mut self) {
        let Some(found) = self.open.iter().rposition(|(mark, _)| *mark == "](") else { return };
        let (_, start) = self.open.remove(found);
        let link = self.out.split_off(start);
        let (address, text) = link[1..].split_once(']').unwrap_or((&link[1..], ""));
        let written = match text.trim() {
            "" => String::new(),
            shown if shown.replace('\\', "") == address => format!("<{address}>"),
            shown => format!("[{shown}]({address})"),
        };
        self.out.push_str(&written);
        self.open.retain(|(_, open)| *open <= start);
    }

    fn close_all(&mut self) {
        while let Some((mark, start)) = self.open.last().copied() {
            match mark {
                "](" => self.close_link(),
                mark => {
                    self.open.pop();
                    self.emphasise(mark, start, usize::MAX);
                }
            }
        }
    }
}

fn trim_spaces(out: &mut String) {
    let end = out.trim_end_matches(' ').len();
    out.truncate(end);
}

/// An address that can stand in a Markdown link.
fn web_address(address: &str) -> Option<&str> {
    let address = address.trim();
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    let is_plain = address.chars().all(|c| !c.is_whitespace() && !"()<>|\\".contains(c));
    (is_web && is_plain).then_some(address)
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
