//! Markdown tables. Cells are found here and not by the parser, which drops excess cells: no text of a review may be
//! lost.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::builder::FlowBuilder;
use super::{Flow, Run, Style, parse_paragraph, verbatim};
use crate::review::VEIL;

/// How the text of a column is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Left, like all other text.
    #[default]
    Left,
    /// Centred.
    Centre,
    /// Right, for numbers.
    Right,
}

/// A table, and the text above it in its paragraph.
#[derive(Debug)]
pub struct Table {
    /// The text above it.
    pub before: Vec<Flow>,
    /// The alignment of its columns, as far as it is given.
    pub columns: Vec<Align>,
    /// Its rows, starting with the header. A row may have more or fewer cells than there are columns.
    pub rows: Vec<Vec<Flow>>,
}

/// Separates cells when a row is set as a line of text.
const BETWEEN: &str = " · ";

/// Parses a paragraph that contains a table.
#[must_use]
pub fn table(paragraph: &str) -> Option<Table> {
    let mut lines = lines(paragraph);
    let at = lines.iter().position(|line| alignments(&paragraph[line.clone()]).is_some())?;
    let head = lines.get(at.checked_sub(1)?)?.clone();
    let columns = alignments(&paragraph[lines[at].clone()])?;
    let is_code = |line: &Range<usize>| {
        let text = &paragraph[line.clone()];
        text.starts_with("    ")
            || text.trim_start().starts_with("```")
            || text.trim_start().starts_with("~~~")
    };
    let is_plain = !lines[..at].iter().any(is_code)
        && !paragraph[head.clone()].trim_start().starts_with(['>', '-', '*']);
    if !is_plain || cells(paragraph, head.clone()).len() != columns.len() {
        return None;
    }
    let before = match paragraph[..head.start].trim_end() {
        "" => Vec::new(),
        before => parse_paragraph(before, 0),
    };
    lines.drain(..at - 1);
    lines.remove(1);
    let mut reader =
        Cells { paragraph, veils: paragraph[..head.start].matches(VEIL).count(), from: head.start };
    let rows = lines
        .into_iter()
        .map(|line| cells(paragraph, line).into_iter().map(|cell| reader.read(cell)).collect());
    Some(Table { before, columns, rows: rows.collect() })
}

impl Table {
    /// The table as lines of text: the header, then an item for each row.
    #[must_use]
    pub fn into_flows(self) -> Vec<Flow> {
        let mut flows = self.before;
        for (number, cells) in self.rows.into_iter().enumerate() {
            let (first, rest) = if number == 0 { ("", "") } else { ("• ", "  ") };
            let mut row = Flow { first: first.to_owned(), rest: rest.to_owned(), ..Flow::default() };
            for (index, cell) in cells.into_iter().filter(|cell| !cell.text.is_empty()).enumerate() {
                if index > 0 {
                    let source = cell.runs.first().map_or(0, |run| run.source.saturating_sub(1));
                    row.text.push_str(BETWEEN);
                    row.runs.push(Run { end: row.text.len(), style: Style::ASIDE, source, veil: None });
                }
                let start = row.text.len();
                row.text.push_str(&cell.text);
                let strong = if number == 0 { Style::STRONG } else { Style::PLAIN };
                let moved = |run: Run| Run { end: start + run.end, style: run.style | strong, ..run };
                row.runs.extend(cell.runs.into_iter().map(moved));
            }
            flows.extend(Some(row).filter(|row| !row.text.is_empty()));
        }
        flows
    }
}

fn lines(paragraph: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let line = |line: &str| {
        start += line.len();
        start - line.len()..start - (line.len() - line.trim_end().len())
    };
    paragraph.split_inclusive('\n').map(line).collect()
}

/// The alignment of each column, if this is the line below a table's header.
fn alignments(line: &str) -> Option<Vec<Align>> {
    if !line.contains('|') || !line.bytes().all(|b| b"|-: \t".contains(&b)) {
        return None;
    }
    let align = |cell: Range<usize>| {
        let cell = &line[cell];
        let dashes = cell.trim_start_matches(':').trim_end_matches(':');
        let is_one = !dashes.is_empty() && dashes.bytes().all(|b| b == b'-');
        is_one.then_some(match (cell.starts_with(':'), cell.ends_with(':')) {
            (true, true) => Align::Centre,
            (false, true) => Align::Right,
            _ => Align::Left,
        })
    };
    cells(line, 0..line.len()).into_iter().map(align).collect()
}

/// The cells of a row, without surrounding white space.
fn cells(text: &str, row: Range<usize>) -> Vec<Range<usize>> {
    let trimmed = |range: Range<usize>| {
        let cell = &text[range.clone()];
        let start = range.start + cell.len() - cell.trim_start().len();
        start..(range.start + cell.trim_end().len()).max(start)
    };
    let row = trimmed(row);
    let (mut cells, mut start, mut is_escaped) = (Vec::new(), row.start, false);
    for (at, b) in text[row.clone()].bytes().enumerate() {
        if b == b'|' && !is_escaped {
            // The bar before the first cell separates nothing.
            if at > 0 {
                cells.push(trimmed(start..row.start + at));
            }
            start = row.start + at + 1;
        }
        is_escaped = b == b'\\' && !is_escaped;
    }
    if start < row.end {
        cells.push(trimmed(start..row.end));
    }
    cells
}

/// Parses cells in order.
struct Cells<'p> {
    paragraph: &'p str,
    /// How many veils come before a position.
    veils: usize,
    from: usize,
}

impl Cells<'_> {
    fn read(&mut self, cell: Range<usize>) -> Flow {
        self.veils += self.paragraph[self.from..cell.start].matches(VEIL).count();
        self.from = cell.start;
        let text = &self.paragraph[cell.clone()];
        if text.is_empty() {
            return Flow::default();
        }
        // Parsed as the header of a table of its own, so that it is read as a cell: it cannot be a list or a heading.
        let source = format!("|{text}|\n|-|");
        let mut events = Parser::new_ext(&source, Options::ENABLE_TABLES).into_offset_iter().peekable();
        let mut builder = FlowBuilder::new(&source, cell.start);
        builder.lead = 1;
        builder.veils = u32::try_from(self.veils).unwrap_or(u32::MAX);
        if !matches!(events.peek(), Some((Event::Start(Tag::Table(_)), _))) {
            return verbatim(text, cell.start, self.veils);
        }
        for (event, range) in events {
            builder.event(event, range);
        }
        let mut flows = builder.finish();
        match flows.len() {
            1 => flows.remove(0),
            _ => verbatim(text, cell.start, self.veils),
        }
    }
}
