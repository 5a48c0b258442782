//! Parses a paragraph's Markdown into runs of styled text.
//!
//! Spoiler marks have been replaced before this module sees a text: each hidden span is a [`VEIL`], and a run records
//! the number of its veil. It knows nothing of curtains, widths or colours.

mod table;

use std::ops::{BitOr, Range};

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

pub use table::{Align, Table, table};

use crate::review::{VEIL, clean_text};

/// The set of styles of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style(u8);

impl Style {
    /// Nothing special.
    pub const PLAIN: Style = Style(0);
    /// `*Emphasis*`.
    pub const EMPHASIS: Style = Style(1);
    /// `**Strong**`, and headings.
    pub const STRONG: Style = Style(2);
    /// `` `code` ``.
    pub const CODE: Style = Style(4);
    /// The text of a link.
    pub const LINK: Style = Style(8);
    /// The address of a link or the bar of a quote: present, but not part of what is read.
    pub const ASIDE: Style = Style(16);

    /// Whether this set includes all of `other`.
    #[must_use]
    pub fn has(self, other: Style) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Style {
    type Output = Style;

    fn bitor(self, other: Style) -> Style {
        Style(self.0 | other.0)
    }
}

/// A run of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it ends in the flow's text, in bytes. It begins where the previous run ends.
    pub end: usize,
    /// Its styles.
    pub style: Style,
    /// Where it begins in the source, in bytes.
    pub source: usize,
    /// The number of the veil, if this run is one.
    pub veil: Option<u32>,
}

/// Text set as one paragraph: a paragraph, a list item or a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// The prefix of its first line: a bullet or the bar of a quote.
    pub first: String,
    /// The prefix of its other lines, as wide as `first`.
    pub rest: String,
    /// The text; `\n` breaks a line.
    pub text: String,
    /// Its runs in order; together they cover the text.
    pub runs: Vec<Run>,
}

/// Parses a text. Blank lines separate paragraphs; within one, emphasis, strong, code, links, quotes, lists, headings,
/// code blocks and tables are understood. Everything else is text.
#[must_use]
pub fn parse(source: &str) -> Vec<Flow> {
    let mut flows = Vec::new();
    for paragraph in paragraphs(source) {
        flows.extend(parse_paragraph(&source[paragraph.clone()], paragraph.start));
    }
    flows
}

/// The byte ranges of a text's paragraphs, without blank lines and surrounding white space.
pub fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].len() - text[at..].trim_start().len();
        let start = at;
        if start == text.len() {
            return None;
        }
        let mut end = text.len();
        for newline in memchr::memchr_iter(b'\n', &text.as_bytes()[start..]).map(|n| start + n) {
            let next = text[newline + 1..].trim_start_matches([' ', '\u{a0}']);
            if next.is_empty() || next.starts_with('\n') {
                end = newline;
                break;
            }
        }
        at = end;
        Some(start..start + text[start..end].trim_end().len())
    })
}

/// Parses one paragraph. `offset` is where it begins in the source.
#[must_use]
pub fn parse_paragraph(paragraph: &str, offset: usize) -> Vec<Flow> {
    if let Some(table) = table(paragraph) {
        let mut flows = table.into_flows();
        flows.iter_mut().flat_map(|flow| &mut flow.runs).for_each(|run| run.source += offset);
        return flows;
    }
    let parser = Parser::new(paragraph);
    if parser.reference_definitions().iter().next().is_some() {
        // The parser drops link definitions silently, but no text of a review may be lost.
        return vec![verbatim(paragraph, offset, 0)];
    }
    let mut builder = FlowBuilder { source: paragraph, offset, ..FlowBuilder::default() };
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// A text as it stands. `veils` is how many veils the paragraph has before it.
fn verbatim(paragraph: &str, offset: usize, veils: usize) -> Flow {
    let veils = u32::try_from(veils).unwrap_or(u32::MAX);
    let mut builder = FlowBuilder { source: paragraph, offset, veils, ..FlowBuilder::default() };
    builder.verbatim(0..paragraph.len(), Style::PLAIN);
    builder.flow
}

#[derive(Default)]
struct FlowBuilder<'s> {
    source: &'s str,
    offset: usize,
    /// How much of the source is not in the text that the offset counts in.
    lead: usize,
    flows: Vec<Flow>,
    flow: Flow,
    /// The prefixes of each line, outermost first: bars and indents.
    margins: Vec<String>,
    /// The marker of a list item that has no line yet.
    marker: Option<String>,
    /// For each enclosing list, the number of its next item if it is numbered.
    lists: Vec<Option<u64>>,
    styles: Vec<Style>,
    links: Vec<(String, bool)>,
    veils: u32,
    /// The source offset up to which veils have been placed or counted.
    veiled: usize,
}

impl FlowBuilder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag, range.end),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                self.styles.push(Style::CODE);
                let inner = self.source[range.clone()].find(&*text).map(|at| range.start + at);
                let range = inner.map_or(range, |start| start..start + text.len());
                self.text(&text, range);
                self.styles.pop();
            }
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text, range),
            Event::SoftBreak => self.push(" ", range.start),
            Event::HardBreak => self.push("\n", range.start),
            Event::Rule => {
                self.push("* * *", range.start);
                self.flush();
            }
            // Math, footnotes and tasks occur only with extensions, which are off.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.flush(),
            Tag::Heading { .. } => {
                self.flush();
                self.styles.push(Style::STRONG);
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.margins.push("│ ".to_owned());
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.styles.push(Style::CODE);
                if let CodeBlockKind::Fenced(info) = kind
                    && !info.is_empty()
                {
                    let info = clean_text(info.replace(VEIL, "…").into()).into_owned();
                    self.push(&format!("{info}\n"), 0);
                }
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "• ".to_owned(),
                };
                self.margins.push(" ".repeat(marker.chars().count()));
                self.marker = Some(marker);
            }
            Tag::Emphasis => self.styles.push(Style::EMPHASIS),
            Tag::Strong => self.styles.push(Style::STRONG),
            Tag::Link { link_type, dest_url, .. } => {
                let is_shown = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.link(&dest_url, is_shown);
            }
            Tag::Image { dest_url, .. } => self.link(&dest_url, false),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, end: usize) {
        match tag {
            TagEnd::Heading(_) => {
                self.styles.pop();
                self.flush();
            }
            TagEnd::CodeBlock => {
                self.styles.pop();
                self.flush();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.margins.pop();
            }
            TagEnd::Item => {
                self.flush();
                self.margins.pop();
                self.marker = None;
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Emphasis | TagEnd::Strong => {
                self.styles.pop();
            }
            TagEnd::Link | TagEnd::Image => {
                self.styles.pop();
                if let Some((address, false)) = self.links.pop() {
                    self.styles.push(Style::ASIDE);
                    self.push(&format!(" <{address}>"), end.saturating_sub(1));
                    self.styles.pop();
                }
            }
            _ => {}
        }
    }

    fn link(&mut self, address: &str, is_shown: bool) {
        // A veil inside an address is placed after the paragraph, like all others that Markdown swallows.
        let address = clean_text(address.replace(VEIL, "…").into()).into_owned();
        self.links.push((address, is_shown));
        self.styles.push(Style::LINK);
    }

    fn style(&self) -> Style {
        self.styles.iter().fold(Style::PLAIN, |all, style| all | *style)
    }

    /// Adds the text of an event. If it differs from the source, a character reference was resolved, which can produce
    /// anything, including control characters and veils.
    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.source.get(range.clone()) == Some(text) {
            self.verbatim(range, self.style());
        } else if text.contains(VEIL) && self.source[range.clone()].contains(VEIL) {
            // The text differs and contains a veil, as code that spans lines can: show the source as it is.
            self.verbatim(range, self.style());
        } else {
            self.push(&clean_text(text.into()), range.start);
        }
    }

    fn verbatim(&mut self, range: Range<usize>, style: Style) {
        let text = &self.source[range.clone()];
        let mut from = 0;
        for (at, veil) in text.match_indices(VEIL) {
            self.run(&text[from..at], style, range.start + from);
            self.veil(range.start + at);
            from = at + veil.len();
        }
        self.run(&text[from..], style, range.start + from);
    }

    /// Places the veil at this source offset, after any that Markdown has swallowed since the last one.
    fn veil(&mut self, at: usize) {
        let swallowed = self.source[self.veiled.min(at)..at].matches(VEIL).count();
        for _ in 0..=swallowed {
            self.run(VEIL.encode_utf8(&mut [0; 4]), self.style(), at);
            if let Some(run) = self.flow.runs.last_mut() {
                run.veil = Some(self.veils);
            }
            self.veils += 1;
        }
        self.veiled = at + VEIL.len_utf8();
    }

    fn push(&mut self, text: &str, source: usize) {
        self.run(text, self.style(), source);
    }

    fn run(&mut self, text: &str, style: Style, source: usize) {
        let mut from = 0;
        if style.has(Style::CODE) {
            for at in unseen_backslashes(text) {
                self.add(&text[from..at], style, source + from);
                from = at + 1;
            }
        }
        self.add(&text[from..], style, source + from);
    }

    fn add(&mut self, text: &str, style: Style, source: usize) {
        if text.is_empty() {
            return;
        }
        self.flow.text.push_str(text);
        let source = self.offset + source.saturating_sub(self.lead);
        self.flow.runs.push(Run { end: self.flow.text.len(), style, source, veil: None });
    }

    fn flush(&mut self) {
        let mut flow = std::mem::take(&mut self.flow);
        let kept = flow.text.trim_end().len();
        flow.text.truncate(kept);
        for run in &mut flow.runs {
            run.end = run.end.min(kept);
        }
        flow.runs.dedup_by(|later, earlier| later.end == earlier.end);
        if flow.text.is_empty() {
            return;
        }
        flow.rest = self.margins.concat();
        flow.first = match (self.marker.take(), self.margins.split_last()) {
            (Some(marker), Some((_, outer))) => outer.concat() + &marker,
            _ => flow.rest.clone(),
        };
        self.flows.push(flow);
    }

    /// Returns the flows. Veils that Markdown swallowed, in a link's title for example, are placed at the end: a
    /// curtain that cannot be seen could not be lifted.
    fn finish(mut self) -> Vec<Flow> {
        self.flush();
        let left = self.source[self.veiled..].matches(VEIL).count();
        if left == 0 {
            return self.flows;
        }
        self.flow = self.flows.pop().unwrap_or_default();
        for _ in 0..left {
            let at = self.veiled + self.source[self.veiled..].find(VEIL).unwrap_or_default();
            self.push(" ", at);
            self.veil(at);
        }
        let flow = std::mem::take(&mut self.flow);
        self.flows.push(flow);
        self.flows
    }
}

/// The backslashes in code that keep two bars from being a spoiler mark. Elsewhere Markdown drops them itself.
fn unseen_backslashes(code: &str) -> impl Iterator<Item = usize> {
    let bytes = code.as_bytes();
    memchr::memmem::find_iter(bytes, b"\\|").filter(|at| {
        bytes.get(at + 2) == Some(&b'|') || at.checked_sub(1).is_some_and(|before| bytes[before] == b'|')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Renders flows for comparison: prefixes, then the text, with non-plain runs in braces after the bits of their
    /// style.
    fn rendered(source: &str) -> Vec<String> {
        let show = |flow: Flow| {
            let mut start = 0;
            let runs: String = flow
                .runs
                .iter()
                .map(|run| {
                    let text = &flow.text[start..run.end];
                    start = run.end;
                    match (run.veil, run.style) {
                        (Some(veil), _) => format!("{{veil {veil}}}"),
                        (None, Style::PLAIN) => text.to_owned(),
                        (None, style) => format!("{{{} {text}}}", style.0),
                    }
                })
                .collect();
            format!("{}¦{runs}", flow.first)
        };
        parse(source).into_iter().map(show).collect()
    }

    #[test]
    fn markdown_becomes_runs() {
        let table: &[(&str, &[&str])] = &[
            ("plain", &["¦plain"]),
            ("one\ntwo", &["¦one two"]),
            ("one\n\ntwo", &["¦one", "¦two"]),
            ("one\n \n\n two", &["¦one", "¦two"]),
            ("*a* **b** `c`", &["¦{1 a} {2 b} {4 c}"]),
            ("***ab***", &["¦{3 ab}"]),
            ("[text](https://e.org)", &["¦{8 text}{16  <https://e.org>}"]),
            ("<https://e.org>", &["¦{8 https://e.org}"]),
            ("> quoted\n> more", &["│ ¦quoted more"]),
            ("- a\n- b\n  - c", &["• ¦a", "• ¦b", "  • ¦c"]),
            ("3. a\n4. b", &["3. ¦a", "4. ¦b"]),
            (
                "x\n| a | *b* |\n|--|:-:|\n| \u{fffc} | d | \u{fffc} |",
                &["¦x", "¦{2 a}{16  · }{3 b}", "• ¦{veil 0}{16  · }d{16  · }{veil 1}"],
            ),
            ("a | b\n- | -\n- | `x`", &["¦{2 a}{16  · }{2 b}", "• ¦-{16  · }{4 x}"]),
            ("a | b\n- | - | -", &["¦a | b", "• ¦| - | -"]),
            ("# Head\ntext", &["¦{2 Head}", "¦text"]),
            ("5 < 6 & <b>x</b>", &["¦5 < 6 & <b>x</b>"]),
            ("[Kane]: rosebud", &["¦[Kane]: rosebud"]),
            ("a \u{fffc} b \u{fffc}", &["¦a {veil 0} b {veil 1}"]),
            ("*a \u{fffc} b*", &["¦{1 a }{veil 0}{1  b}"]),
            ("[\u{fffc}](https://e.org)", &["¦{veil 0}{16  <https://e.org>}"]),
            ("[a](https://e.org/\u{fffc}) \u{fffc}", &["¦{8 a}{16  <https://e.org/…>} {veil 0}{veil 1}"]),
            ("[a](b \"\u{fffc}\")", &["¦{8 a}{16  <b>} {veil 0}"]),
            ("`a \u{fffc}`", &["¦{4 a }{veil 0}"]),
            (r"`a |\| b` c |\| d", &["¦{4 a |}{4 | b} c || d"]),
            (r"`\||` `\|` `\\`", &["¦{4 ||} {4 \\|} {4 \\\\}"]),
            ("```\na |\\| b\n```", &["¦{4 a |}{4 | b}"]),
        ];
        for (source, flows) in table {
            assert_eq!(rendered(source), *flows, "{source:?}");
        }
    }

    #[test]
    fn character_references_cannot_make_control_or_veils() {
        for source in ["&#27;[31m", "&#x1b;", "&#xfffc;", "&#x202e;x", "[a](b&#27;c)", "&#8238;"] {
            for flow in parse(source) {
                assert!(
                    !flow.text.contains(['\u{1b}', '\u{202e}', VEIL]),
                    "{source:?} became {:?}",
                    flow.text
                );
            }
        }
    }

    proptest! {
        #[test]
        fn every_veil_is_set_once_and_in_order(source in "([a-z*_`>#|<&;!\"'\\[\\]() \n\u{fffc}]|- |\\]\\(|: |\n\\|-\\|-\\|\n){0,40}") {
            let flows = parse(&source);
            let veils: Vec<_> = flows.iter().flat_map(|flow| &flow.runs).filter_map(|run| run.veil).collect();
            let paragraphs: Vec<_> = paragraphs(&source).map(|p| source[p].matches(VEIL).count()).collect();
            let expected: Vec<_> = paragraphs.into_iter().flat_map(|n| 0..u32::try_from(n).unwrap_or(0)).collect();
            prop_assert_eq!(veils, expected);
            for flow in flows {
                prop_assert_eq!(flow.runs.last().map_or(0, |run| run.end), flow.text.len());
                prop_assert_eq!(flow.text.matches(VEIL).count(), flow.runs.iter().filter(|r| r.veil.is_some()).count());
            }
        }

        #[test]
        fn no_plain_word_is_lost(words in prop::collection::vec("[a-zäé—]{1,9}", 1..40)) {
            let source = words.join(" ");
            let text: Vec<_> = parse(&source).into_iter().map(|flow| flow.text).collect();
            prop_assert_eq!(text, [source]);
        }
    }
}
