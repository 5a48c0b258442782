//! Converts boxes that are not spoilers from other dialects of Markdown: callouts, admonitions, fences of colons, directives
//! and shortcodes. Comments, which their own program does not show, are left out.
//!
//! Spoilers have already been cut out ([`super::marks`]). The title of a box is kept, its name is not.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{comments, marks};

const SIGNS: &[&str] = &["[!", ":::", "!!!", "???", "///", ".. ", "%%", "{{<", "{{%", "{%"];

static SHORTCODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{[<%][^{}\n]{1,300}[%>]\}\}|\{%[^{}\n]{1,300}%\}").expect("it is an expression")
});

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(?:title|caption|alt|summary|label)\s*=\s*(?:"([^"]*)"|'([^']*)')"#).expect("it is one")
});

/// Which kinds of box end further down. A box without an end is not one.
#[derive(Clone, Copy, Default)]
pub(super) struct Ends {
    colons: bool,
    slashes: bool,
}

impl Ends {
    /// These, and those in a text above them.
    pub(super) fn above(self, text: &str) -> Self {
        let mut ends = self;
        if !text.contains(":::") && !text.contains("///") {
            return ends;
        }
        for line in text.lines().map(str::trim).filter(|line| line.len() >= 3) {
            ends.colons |= line.bytes().all(|b| b == b':');
            ends.slashes |= line.bytes().all(|b| b == b'/');
        }
        ends
    }
}

/// Removes the boxes around a text. `below` tells which end in the texts below it.
pub(super) fn opened(text: &str, below: Ends) -> Cow<'_, str> {
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return text.into();
    }
    let mut code = marks::code(text);
    let text = without(text, &comments::of(text, &code));
    if let Cow::Owned(text) = &text {
        code = marks::code(text);
    }
    let lines = Opener::new(&text, &code, below).run();
    match SHORTCODE.is_match(&lines) {
        true => without_shortcodes(&lines).into(),
        false => lines.into(),
    }
}

fn without<'t>(text: &'t str, ranges: &[Range<usize>]) -> Cow<'t, str> {
    if ranges.is_empty() {
        return text.into();
    }
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for range in ranges {
        out.push_str(&text[from..range.start]);
        from = range.end;
    }
    out.push_str(&text[from..]);
    out.into()
}

/// Removes shortcodes, but keeps those of their arguments that they would show.
fn without_shortcodes(text: &str) -> String {
    let code = marks::code(text);
    let shown = |found: &Captures<'_>| {
        let at = found.get(0).map_or(0, |found| found.start());
        let next = code.partition_point(|code| code.end <= at);
        if code.get(next).is_some_and(|code| code.start <= at) {
            return found[0].to_owned();
        }
        let title = TITLE.captures(&found[0]);
        title.and_then(|title| title.get(1).or(title.get(2))).map_or("", |title| title.as_str()).to_owned()
    };
    SHORTCODE.replace_all(text, shown).into_owned()
}

/// The part of a box that a line is.
enum Part<'t> {
    /// Its first line: the title, the quote marks before it, and the indentation of the lines in it.
    Head { before: &'t str, title: &'t str, indent: usize },
    /// Its last line.
    Tail,
    /// Text.
    Text,
}

/// Removes boxes line by line.
struct Opener<'t> {
    text: &'t str,
    code: &'t [Range<usize>],
    /// The offset of the last line that ends a box of colons, and of the last that ends one of slashes.
    last_ends: [Option<usize>; 2],
    /// The indentation of the lines in the current box.
    indent: usize,
    out: String,
}

impl<'t> Opener<'t> {
    fn new(text: &'t str, code: &'t [Range<usize>], below: Ends) -> Self {
        let last = |sign: char, is_below: bool| {
            let is_end = |line: &&str| line.trim().len() >= 3 && line.trim().chars().all(|c| c == sign);
            let here = text.lines().rfind(is_end);
            let here = here.map(|line| line.as_ptr() as usize - text.as_ptr() as usize);
            if is_below { Some(text.len()) } else { here }
        };
        let last_ends = [last(':', below.colons), last('/', below.slashes)];
        Opener { text, code, last_ends, indent: 0, out: String::with_capacity(text.len()) }
    }

    fn run(mut self) -> String {
        let (mut at, mut next_code, mut is_below_head) = (0, 0, false);
        for line in self.text.split_inclusive('\n') {
            while self.code.get(next_code).is_some_and(|code| code.end <= at) {
                next_code += 1;
            }
            let is_code = self.code.get(next_code).is_some_and(|code| code.start <= at);
            let own = line.trim_end_matches('\n');
            let part = if is_code { Part::Text } else { self.part(own, at) };
            let is_option = is_below_head && self.indent > 0 && is_option(own);
            is_below_head = false;
            match part {
                Part::Head { before, title, indent } => {
                    self.indent = indent;
                    is_below_head = true;
                    self.head(before, title);
                }
                Part::Tail => self.out.push('\n'),
                Part::Text if is_option => is_below_head = true,
                Part::Text => self.line(line),
            }
            at += line.len();
        }
        self.out
    }

    fn head(&mut self, before: &str, title: &str) {
        let title = title.trim().trim_matches(['"', '\u{201c}', '\u{201d}']).trim();
        if title.is_empty() {
            // The text above is another paragraph.
            return if before.is_empty() {
                self.out.push('\n')
            };
        }
        let emphasis = if title.contains('*') { "" } else { "**" };
        self.out.extend([before, emphasis, title, emphasis, "\n", before.trim_end(), "\n"]);
    }

    fn line(&mut self, line: &str) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !line.trim().is_empty() && indent < self.indent {
            self.indent = 0;
        }
        self.out.push_str(&line[self.indent.min(indent)..]);
    }

    fn part(&self, line: &'t str, at: usize) -> Part<'t> {
        let own = line.trim_start();
        match own.as_bytes() {
            [b'>', ..] | [b'-' | b'*' | b'+', b' ', ..] => callout(line),
            [b':', b':', b':', ..] => self.fence(own, ':', 0, at),
            [b'/', b'/', b'/', ..] => self.fence(own, '/', 1, at),
            [b'!', b'!', b'!', ..] | [b'?', b'?', b'?', ..] => self.admonition(own, at),
            [b'.', b'.', b' ', ..] => self.directive(own, at),
            _ => Part::Text,
        }
    }

    /// `::: tip Title`, `:::note[Title]{.wide}`, `/// note | Title`, and their ends.
    fn fence(&self, own: &'t str, sign: char, index: usize, at: usize) -> Part<'t> {
        let said = own.trim().trim_start_matches(sign).trim();
        if said.is_empty() {
            return Part::Tail;
        }
        if self.last_ends[index].is_none_or(|last| last <= at) {
            return Part::Text;
        }
        let said = match said.split_once('{') {
            Some(("", attributes)) => attributes.split_once('}').map_or("", |(_, title)| title),
            Some((title, _)) => title,
            None => said,
        };
        let behind = said.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let title = behind.trim().trim_start_matches(['|', '[']).trim_end_matches(']');
        Part::Head { before: "", title, indent: 0 }
    }

    /// `!!! note "Title"`, with indented lines below it.
    fn admonition(&self, own: &'t str, at: usize) -> Part<'t> {
        let said = own.trim().trim_start_matches(['!', '?', '+']);
        let (name, title) = said.split_once('"').unwrap_or((said, ""));
        let is_name = said.starts_with(' ')
            && name.split_whitespace().all(|word| word.chars().all(|c| c.is_alphanumeric() || c == '-'));
        match is_name && self.indent_below(at) >= 4 {
            true => Part::Head { before: "", title, indent: 4 },
            false => Part::Text,
        }
    }

    /// `.. note:: Title`, with indented lines below it or none.
    fn directive(&self, own: &'t str, at: usize) -> Part<'t> {
        let Some((name, title)) = own[3..].split_once("::") else { return Part::Text };
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return Part::Text;
        }
        let is_address = matches!(name, "image" | "figure" | "include" | "class" | "rst-class" | "container");
        let title = if is_address { "" } else { title };
        Part::Head { before: "", title, indent: self.indent_below(at).min(4) }
    }

    /// The indentation of the next line that is not blank.
    fn indent_below(&self, at: usize) -> usize {
        let below = self.text[at..].lines().skip(1).take(4).find(|line| !line.trim().is_empty());
        below.map_or(0, |line| line.len() - line.trim_start_matches(' ').len())
    }
}

/// `:open: false`
fn is_option(line: &str) -> bool {
    let name = line.trim().strip_prefix(':').and_then(|line| line.split_once(':'));
    name.is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// `> [!note]- Title`
fn callout(line: &str) -> Part<'_> {
    let own = line.trim_start_matches(['>', '-', '*', '+', ' ']);
    let before = &line[..line.len() - own.len()];
    let Some((name, title)) = own.strip_prefix("[!").and_then(|own| own.split_once(']')) else {
        return Part::Text;
    };
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '|'));
    match is_name && before.contains('>') && !title.starts_with(['(', '[']) {
        true => Part::Head { before, title: title.trim_start_matches(['+', '-']), indent: 0 },
        false => Part::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_become_what_is_in_them() {
        for (text, shown) in [
            ("> [!note]\n> a\n> b\n", "> a\n> b\n"),
            ("> [!tip]- Look here\n> a\n", "> **Look here**\n>\n> a\n"),
            ("> a\n> [!x](https://example.org)\n", "> a\n> [!x](https://example.org)\n"),
            ("::: tip Look\na\n:::\nb\n", "**Look**\n\na\n\nb\n"),
            (":::note[Look]{.wide}\na\n:::\n", "**Look**\n\na\n\n"),
            ("::: so to speak\na\n", "::: so to speak\na\n"),
            ("!!! note \"Look\"\n    a\n\n    b\nc\n", "**Look**\n\na\n\nb\nc\n"),
            ("!!! what a film\n\na\n", "!!! what a film\n\na\n"),
            (".. note::\n   :class: wide\n\n   a\n\nb\n", "\n\na\n\nb\n"),
            ("wait.. what\n.. and then\n", "wait.. what\n.. and then\n"),
            ("a {{< figure src=\"x\" caption=\"A door\" >}} b", "a A door b"),
            ("`{{< x >}}` {{< x >}}", "`{{< x >}}` "),
            ("a %%b%% c\n%%\nd\n%%\n", "a  c\n\n"),
            ("100%% and 50%%, `%% a %%`\n", "100%% and 50%%, `%% a %%`\n"),
            ("```\n::: a\n:::\n```\n", "```\n::: a\n:::\n```\n"),
        ] {
            assert_eq!(opened(text, Ends::default()), shown, "{text:?}");
        }
    }
}
