//! Typesets a paragraph, with the spans that may be seen, into lines.

use std::ops::Range;

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
}

impl Paragraph {
    /// Its lines, including the blank one above it.
    pub(super) fn set(&self, measure: usize) -> Vec<Line> {
        let mut lines = vec![Line { place: self.place, ..Line::default() }];
        let table = markup::table(&self.text);
        let columns = table.as_ref().and_then(|table| super::table::set(self, table, measure));
        let flows = match (table, columns.is_some()) {
            (Some(table), true) => table.before,
            (Some(table), false) => table.into_flows(),
            (None, _) => markup::parse_paragraph(&self.text, 0),
        };
        for flow in flows {
            self.set_flow(&flow, measure, &mut lines);
        }
        lines.extend(columns.into_iter().flatten());
        for line in &mut lines {
            line.edge = self.edge;
        }
        if let (Some(last), Some(Edge::Side(by)), true) = (lines.last_mut(), self.edge, self.is_last) {
            last.edge = Some(Edge::Bottom(by));
        }
        lines
    }

    fn set_flow(&self, flow: &Flow, measure: usize, lines: &mut Vec<Line>) {
        let margin = words::columns(&flow.first);
        let (first, rest) = match margin + 8 <= measure {
            true => (flow.first.clone(), flow.rest.clone()),
            false => Default::default(),
        };
        let width = measure - words::columns(&first);
        let shown = Shown::new(self, flow);
        for (number, range) in words::lines(&shown.text, width).into_iter().enumerate() {
            let mut line = Line { place: shown.place(range.start), ..Line::default() };
            line.push(if number == 0 { &first } else { &rest }, self.role, Style::ASIDE, None);
            shown.cut(range, &mut line);
            lines.push(line);
        }
    }
}

/// The visible form of a flow, with spans as marks or text.
pub(super) struct Shown {
    pub(super) text: String,
    runs: Vec<ShownRun>,
}

struct ShownRun {
    run: LineRun,
    place: Place,
    /// Whether places advance with the text, byte for byte.
    is_verbatim: bool,
}

impl Shown {
    pub(super) fn new(paragraph: &Paragraph, flow: &Flow) -> Self {
        let mut shown = Shown { text: String::with_capacity(flow.text.len()), runs: Vec::new() };
        let mut start = 0;
        for run in &flow.runs {
            let text = &flow.text[start..run.end];
            start = run.end;
            let offset = paragraph.place.offset + u32::try_from(run.source).unwrap_or(u32::MAX);
            let place = Place { offset, ..paragraph.place };
            match run.placeholder.and_then(|placeholder| paragraph.spans.get(placeholder as usize)) {
                Some(span) => shown.span(span, run.style, place),
                None => shown.push(text, paragraph.role, run.style, None, place),
            }
        }
        shown
    }

    fn push(&mut self, text: &str, role: Role, style: Style, span: Option<Region>, place: Place) {
        self.text.push_str(text);
        let run = LineRun { end: self.text.len(), role, style, span };
        self.runs.push(ShownRun { run, place, is_verbatim: true });
    }

    /// Adds text that is not in the review; all of it has the same place.
    fn insert(&mut self, text: &str, role: Role, style: Style, span: Region, place: Place) {
        self.push(text, role, style, Some(span), place);
        if let Some(inserted) = self.runs.last_mut() {
            inserted.is_verbatim = false;
        }
    }

    fn span(&mut self, span: &Span, style: Style, place: Place) {
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
                self.push(text, Role::Revealed, style | run.style, Some(span.region), within(run.source));
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
        let first = self.runs.partition_point(|shown| shown.run.end <= range.start);
        let mut start = range.start;
        for ShownRun { run, .. } in &self.runs[first..] {
            let end = run.end.min(range.end);
            line.push(&self.text[start..end.max(start)], run.role, run.style, run.span);
            start = end.max(start);
            if run.end >= range.end {
                break;
            }
        }
    }
}
