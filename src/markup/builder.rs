//! Builds flows from the events of the Markdown parser.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::{Flow, Run, Style};
use crate::review::{VEIL, clean_text};

/// The flows of a paragraph so far, and what is open.
#[derive(Default)]
pub(super) struct FlowBuilder<'s> {
    source: &'s str,
    offset: usize,
    /// The length of the part of the source that is not in the text that the offset refers to.
    pub(super) lead: usize,
    flows: Vec<Flow>,
    pub(super) flow: Flow,
    /// The prefixes of each line, outermost first: bars and indents.
    margins: Vec<String>,
    /// The marker of a list item that has no line yet.
    marker: Option<String>,
    /// For each enclosing list, the number of its next item if it is numbered.
    lists: Vec<Option<u64>>,
    styles: Vec<Style>,
    links: Vec<(String, bool)>,
    pub(super) veils: u32,
    /// The source offset up to which veils have been placed or counted.
    veiled: usize,
}

impl<'s> FlowBuilder<'s> {
    /// `offset` is where the source begins in the whole text.
    pub(super) fn new(source: &'s str, offset: usize) -> Self {
        FlowBuilder { source, offset, ..FlowBuilder::default() }
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
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
                    self.styles.push(Style::ASIDE | Style::ADDRESS);
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

    pub(super) fn verbatim(&mut self, range: Range<usize>, style: Style) {
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
    pub(super) fn finish(mut self) -> Vec<Flow> {
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
