//! Parses a paragraph's Markdown into runs of styled text.
//!
//! Spoiler marks have been replaced before this module sees a text: each hidden span is a
//! [`VEIL`](crate::review::VEIL), and a run records the number of its veil. It knows nothing of curtains, widths or colours.

mod builder;
mod table;

use std::ops::{BitOr, Range};

use builder::FlowBuilder;
use pulldown_cmark::Parser;

pub use table::{Align, Table, table};

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
    /// The address of a link, which follows its text.
    pub const ADDRESS: Style = Style(32);

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
    let mut builder = FlowBuilder::new(paragraph, offset);
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

/// A text as it stands. `veils` is how many veils the paragraph has before it.
fn verbatim(paragraph: &str, offset: usize, veils: usize) -> Flow {
    let mut builder = FlowBuilder::new(paragraph, offset);
    builder.veils = u32::try_from(veils).unwrap_or(u32::MAX);
    builder.verbatim(0..paragraph.len(), Style::PLAIN);
    builder.flow
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::VEIL;
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
            ("[text](https://e.org)", &["¦{8 text}{48  <https://e.org>}"]),
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
            ("[\u{fffc}](https://e.org)", &["¦{veil 0}{48  <https://e.org>}"]),
            ("[a](https://e.org/\u{fffc}) \u{fffc}", &["¦{8 a}{48  <https://e.org/…>} {veil 0}{veil 1}"]),
            ("[a](b \"\u{fffc}\")", &["¦{8 a}{48  <b>} {veil 0}"]),
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
