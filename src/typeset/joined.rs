//! Lines put together again into the text that they were broken from: without margins, and without hyphens that are not in
//! the review.

use std::ops::Range;

use super::{Cursor, Line};

/// A text of several lines, a line end between each two unless a word goes on.
#[derive(Debug, Default)]
pub struct Joined {
    text: String,
    lines: Vec<Part>,
}

/// A line, where its words are in the text, and how many bytes are before them on the line.
#[derive(Debug)]
struct Part {
    at: Cursor,
    range: Range<usize>,
    margin: usize,
}

impl Joined {
    pub(crate) fn of<'l>(lines: impl Iterator<Item = (Cursor, &'l Line)>) -> Self {
        let mut joined = Joined::default();
        let mut is_going_on = true;
        for (at, line) in lines {
            if !is_going_on {
                joined.text.push('\n');
            }
            let start = joined.text.len();
            joined.text.push_str(line.words());
            joined.lines.push(Part { at, range: start..joined.text.len(), margin: line.margin });
            is_going_on = line.is_hyphenated;
        }
        joined
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of the text stands: lines, and bytes of them.
    #[must_use]
    pub fn on_lines(&self, found: Range<usize>) -> Vec<(Cursor, Range<usize>)> {
        let first = self.lines.partition_point(|line| line.range.end <= found.start);
        let lines = self.lines[first..].iter().take_while(|line| line.range.start < found.end);
        let part = |line: &Part| {
            let (start, end) = (found.start.max(line.range.start), found.end.min(line.range.end));
            let at = |byte: usize| line.margin + byte - line.range.start;
            (start < end).then(|| (line.at, at(start)..at(end)))
        };
        lines.filter_map(part).collect()
    }

    /// Where in the text a byte of a line is.
    #[must_use]
    pub fn offset(&self, at: Cursor, byte: usize) -> Option<usize> {
        let line = self.lines.iter().find(|line| line.at == at)?;
        Some((line.range.start + byte.saturating_sub(line.margin)).min(line.range.end))
    }
}
