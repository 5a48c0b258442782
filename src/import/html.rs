//! A forgiving reader of the dozen HTML tags that review sites let through, to Markdown.
//!
//! Nothing of a text is lost to it: what is not a known tag is text. It knows no spoilers; those tags are cut out before
//! ([`super::spoilers`]), and what is left of them inside other curtains is dropped.

use std::borrow::Cow;

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
    let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(name_end);
    let is_named = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let name = match name.bytes().any(|b| b.is_ascii_uppercase()) {
        true => name.to_ascii_lowercase().into(),
        false => name.into(),
    };
    is_named.then_some(Tag { name, is_closing, attributes, length: end + 2 })
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
    let mut writer = Writer { out: String::with_capacity(html.len()), open: Vec::new(), quotes: 0, newline };
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let plain = plain_length(rest.as_bytes());
        if plain > 0 {
            writer.begin_line();
            writer.out.push_str(&rest[..plain]);
            rest = &rest[plain..];
        } else if let Some(tag) = tag(rest).filter(|tag| is_known(&tag.name)) {
            rest = &rest[tag.length..];
            match &*tag.name {
                // What is between these is no text.
                "style" | "script" if !tag.is_closing => {
                    let end = find_tag(rest, &format!("</{}", tag.name));
                    rest = end.map_or("", |end| &rest[end..]);
                }
                _ => writer.tag(&tag),
            }
        } else {
            writer.character(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    writer.close_all();
    writer.out
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

fn is_known(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "blockquote"
            | "br"
            | "center"
            | "cite"
            | "code"
            | "dd"
            | "del"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "em"
            | "figcaption"
            | "figure"
            | "font"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "i"
            | "iframe"
            | "img"
            | "li"
            | "ol"
            | "p"
            | "pre"
            | "s"
            | "script"
            | "section"
            | "small"
            | "span"
            | "spoiler"
            | "strike"
            | "strong"
            | "style"
            | "sub"
            | "summary"
            | "sup"
            | "table"
            | "tbody"
            | "td"
            | "th"
            | "thead"
            | "tr"
            | "u"
            | "ul"
    )
}

struct Writer {
    out: String,
    /// The emphasis that is open, and where it began.
    open: Vec<(&'static str, usize)>,
    quotes: usize,
    newline: Newline,
}

impl Writer {
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
            "blockquote" => {
                self.quotes = if tag.is_closing { self.quotes.saturating_sub(1) } else { self.quotes + 1 };
                self.paragraph();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.paragraph();
                if !tag.is_closing {
                    self.out.push_str("## ");
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
            "p" | "div" | "ul" | "ol" | "dl" | "pre" | "table" | "figure" | "section" | "details"
            | "summary" | "center" | "footer" => self.paragraph(),
            "tr" | "dt" | "dd" | "li" => self.end_line(),
            "td" | "th" => self.out.push(' '),
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
