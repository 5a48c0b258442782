//! Joins lines into the text that they were broken from, without margins and without hyphens that are not in the review.

use std::ops::Range;

use super::{Cursor, Line};

/// The text of several lines, separated by line ends except within a hyphenated word.
#[derive(Debug, Default)]
pub struct Joined {
    text: String,
    lines: Vec<Part>,
}

/// A line, the range of its words in the text, and the number of bytes before them on the line.
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

    /// The lines that a range of the text is on, with the byte range on each.
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

    /// The offset in the text of a byte of a line.
    #[must_use]
    pub fn offset(&self, at: Cursor, byte: usize) -> Option<usize> {
        let line = self.lines.iter().find(|line| line.at == at)?;
        Some((line.range.start + byte.saturating_sub(line.margin)).min(line.range.end))
    }
}
