//! Typesets a paragraph, with the spans that may be seen, into lines.

use std::ops::Range;

use super::hyphens::{Hyphens, Language};
use super::line::{Edge, Line, LineRun, Place, Role};
use super::words;
use crate::curtain::Region;
use crate::markup::{self, Flow, Style};

/// The mark in place of a hidden span: the same for every span, whatever is behind it.
pub const SPAN_MARK: &str = "▐spoiler▌";

const SPAN_START: &str = "▐";
const SPAN_END: &str = "▌";

/// A span of a paragraph: its region, and its text if the curtain is lifted.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) region: Region,
    pub(super) lifted: Option<String>,
}

/// A paragraph before typesetting. It contains only what may be seen.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    /// The place where it begins.
    pub(super) place: Place,
    /// Its Markdown, with a placeholder in place of each span.
    pub(super) text: String,
    pub(super) spans: Vec<Span>,
    pub(super) role: Role,
    /// The edge of a passage from behind a curtain, and whether this is the passage's last paragraph.
    pub(super) edge: Option<Edge>,
    pub(super) is_last: bool,
    /// The language whose words are hyphenated, if any are.
    pub(super) language: Option<Language>,
    pub(super) links: Links,
}

/// How the addresses of links in a text are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Links {
    /// After the text of the link.
    #[default]
    Inline,
    /// Below the paragraph, with a number after the text of the link.
    Numbered,
}

impl Paragraph {
    /// Its lines, including the blank one above it.
    pub(super) fn set(&self, measure: usize) -> Vec<Line> {
        let mut lines = vec![Line { place: self.place, ..Line::default() }];
        let table = markup::table(&self.text);
        let mut notes = Vec::new();
        let columns = table.as_ref().and_then(|table| super::table::set(self, table, measure, &mut notes));
        let flows = match (table, columns.is_some()) {
            (Some(table), true) => table.before,
            (Some(table), false) => table.into_flows(),
            (None, _) => markup::parse_paragraph(&self.text, 0),
        };
        for flow in flows {
            self.set_flow(&flow, measure, &mut lines, &mut notes);
        }
        lines.extend(columns.into_iter().flatten());
        self.set_notes(&notes, measure, &mut lines);
        for line in &mut lines {
            line.edge = self.edge;
        }
        if let (Some(last), Some(Edge::Side(by)), true) = (lines.last_mut(), self.edge, self.is_last) {
            last.edge = Some(Edge::Bottom(by));
        }
        lines
    }

    fn set_flow(&self, flow: &Flow, measure: usize, lines: &mut Vec<Line>, notes: &mut Vec<String>) {
        let margin = words::columns(&flow.first);
        let (first, rest) = match margin + 8 <= measure {
            true => (flow.first.clone(), flow.rest.clone()),
            false => Default::default(),
        };
        let width = measure - words::columns(&first);
        let shown = Rendered::new(self, flow, notes);
        let is_prose = |at: usize| shown.is_prose(at);
        let hyphens = self.language.map(|language| Hyphens { language, is_prose: &is_prose });
        for (number, broken) in words::broken(&shown.text, width, hyphens.as_ref()).into_iter().enumerate() {
            let mut line = Line { place: shown.place(broken.range.start), ..Line::default() };
            line.push(if number == 0 { &first } else { &rest }, self.role, Style::ASIDE, None);
            line.margin = line.text.len();
            shown.cut(broken.range, &mut line);
            if broken.is_hyphenated {
                line.hyphenate();
            }
            lines.push(line);
        }
    }

    /// The addresses that are numbered in the text.
    fn set_notes(&self, notes: &[String], measure: usize, lines: &mut Vec<Line>) {
        let place = lines.last().map(|line| line.place).unwrap_or_default();
        for (address, number) in notes.iter().zip(1..) {
            let text = format!("[{number}] {address}");
            for range in words::lines(&text, measure) {
                let mut line = Line { place, ..Line::default() };
                line.push(&text[range], self.role, Style::ASIDE, None);
                if is_address(address) {
                    line.links.push((0..line.text.len(), address.clone()));
                }
                lines.push(line);
            }
        }
    }
}

/// Whether a text may be passed to a terminal as an address: a web address without anything that could end the sequence.
pub(super) fn is_address(text: &str) -> bool {
    let is_of_web = text.starts_with("https://") || text.starts_with("http://");
    is_of_web && text.len() <= LONGEST_ADDRESS && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The maximum length of such an address, in bytes: several terminals have this limit.
const LONGEST_ADDRESS: usize = 2000;

/// The visible form of a flow, with spans as marks or text.
pub(super) struct Rendered {
    pub(super) text: String,
    runs: Vec<RenderedRun>,
    style: Links,
    /// The parts of the text that link to an address.
    links: Vec<(Range<usize>, String)>,
    /// Where the text of the current link begins.
    link: Option<usize>,
}

struct RenderedRun {
    run: LineRun,
    place: Place,
    /// Whether places advance with the text, byte for byte.
    is_verbatim: bool,
}

impl Rendered {
    /// `notes` are the addresses numbered so far.
    pub(super) fn new(paragraph: &Paragraph, flow: &Flow, notes: &mut Vec<String>) -> Self {
        let mut shown = Rendered {
            text: String::with_capacity(flow.text.len()),
            runs: Vec::new(),
            style: paragraph.links,
            links: Vec::new(),
            link: None,
        };
        let mut start = 0;
        for run in &flow.runs {
            let text = &flow.text[start..run.end];
            start = run.end;
            let offset = paragraph.place.offset + u32::try_from(run.source).unwrap_or(u32::MAX);
            let place = Place { offset, ..paragraph.place };
            match run.placeholder.and_then(|at| paragraph.spans.get(at as usize)) {
                Some(span) => shown.span(span, run.style, place, notes),
                None => shown.text(text, paragraph.role, run.style, None, place, notes),
            }
        }
        shown.end_link(None);
        shown
    }

    /// Adds text of the review. An address may become a number.
    fn text(
        &mut self,
        text: &str,
        role: Role,
        style: Style,
        span: Option<Region>,
        place: Place,
        notes: &mut Vec<String>,
    ) {
        if !style.has(Style::ADDRESS) {
            return self.push(text, role, style, span, place);
        }
        let address = text.trim_matches([' ', '<', '>']);
        match self.style {
            Links::Inline => self.push(text, role, style, span, place),
            Links::Numbered => {
                notes.push(address.to_owned());
                self.push(&format!(" [{}]", notes.len()), role, style, span, place);
                self.runs.iter_mut().last().into_iter().for_each(|number| number.is_verbatim = false);
            }
        }
        self.end_link(Some(address));
    }

    /// Ends the text of a link to this address, or of one that is itself the address.
    fn end_link(&mut self, address: Option<&str>) {
        let Some(start) = self.link.take() else { return };
        let address = address.unwrap_or(&self.text[start..]);
        if is_address(address) {
            self.links.push((start..self.text.len(), address.to_owned()));
        }
    }

    /// Whether the text at a byte is prose.
    fn is_prose(&self, at: usize) -> bool {
        let found = self.runs.partition_point(|shown| shown.run.end <= at);
        self.runs.get(found).is_some_and(|RenderedRun { run, .. }| {
            run.role != Role::SpanMark && !run.style.has(Style::CODE) && !run.style.has(Style::ASIDE)
        })
    }

    fn push(&mut self, text: &str, role: Role, style: Style, span: Option<Region>, place: Place) {
        match (style.has(Style::LINK), style.has(Style::ADDRESS)) {
            (true, _) => drop(self.link.get_or_insert(self.text.len())),
            (false, true) => {}
            (false, false) => self.end_link(None),
        }
        self.text.push_str(text);
        let run = LineRun { end: self.text.len(), role, style, span };
        self.runs.push(RenderedRun { run, place, is_verbatim: true });
    }

    /// Adds text that is not in the review; all of it has the same place.
    fn insert(&mut self, text: &str, role: Role, style: Style, span: Region, place: Place) {
        self.push(text, role, style, Some(span), place);
        if let Some(inserted) = self.runs.last_mut() {
            inserted.is_verbatim = false;
        }
    }

    fn span(&mut self, span: &Span, style: Style, place: Place, notes: &mut Vec<String>) {
        let Some(text) = &span.lifted else {
            self.insert(SPAN_MARK, Role::SpanMark, style, span.region, place);
            return;
        };
        let within = |source: usize| Place { within: u32::try_from(source).unwrap_or(u32::MAX), ..place };
        self.insert(SPAN_START, Role::SpanMark, style, span.region, place);
        for (number, flow) in markup::parse(text).into_iter().enumerate() {
            let at = within(flow.runs.first().map_or(0, |run| run.source));
            if number > 0 {
                self.insert("\n\n", Role::Revealed, style, span.region, at);
            }
            if !flow.first.is_empty() {
                self.insert(&flow.first, Role::Revealed, style | Style::ASIDE, span.region, at);
            }
            let mut start = 0;
            for run in &flow.runs {
                let text = &flow.text[start..run.end];
                start = run.end;
                let style = style | run.style;
                self.text(text, Role::Revealed, style, Some(span.region), within(run.source), notes);
            }
        }
        self.insert(SPAN_END, Role::SpanMark, style, span.region, within(text.len()));
    }

    /// The place in the review of byte `at` of the visible text.
    pub(super) fn place(&self, at: usize) -> Place {
        let found = self.runs.partition_point(|shown| shown.run.end <= at);
        let Some(shown) = self.runs.get(found) else {
            return self.runs.last().map(|last| last.place).unwrap_or_default();
        };
        let start = found.checked_sub(1).map_or(0, |before| self.runs[before].run.end);
        let into = if shown.is_verbatim { u32::try_from(at - start).unwrap_or(u32::MAX) } else { 0 };
        match shown.run.span {
            Some(_) => Place { within: shown.place.within + into, ..shown.place },
            None => Place { offset: shown.place.offset + into, ..shown.place },
        }
    }

    /// Adds the runs of a range of the text to a line.
    pub(super) fn cut(&self, range: Range<usize>, line: &mut Line) {
        let before = line.text.len();
        for (link, address) in &self.links {
            let (start, end) = (link.start.max(range.start), link.end.min(range.end));
            if start < end {
                let on_line = before + start - range.start..before + end - range.start;
                line.links.push((on_line, address.clone()));
            }
        }
        let first = self.runs.partition_point(|shown| shown.run.end <= range.start);
        let mut start = range.start;
        for RenderedRun { run, .. } in &self.runs[first..] {
            let end = run.end.min(range.end);
            line.push(&self.text[start..end.max(start)], run.role, run.style, run.span);
            start = end.max(start);
            if run.end >= range.end {
                break;
            }
        }
    }
}
