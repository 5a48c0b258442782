//! Code inside paragraphs, between backticks.
//!
//! It knows paragraphs, and no marks.

use std::collections::HashMap;
use std::ops::Range;

use super::block::{Blocks, Kind, Line, is_escaped};

/// Finds code between backticks, paragraph by paragraph.
pub(super) fn add_spans(text: &str, blocks: &mut Blocks) {
    let mut spans = Vec::new();
    for lines in blocks.lines.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let is_prose = |line: &&Line| matches!(line.kind, Kind::Text | Kind::Heading(_));
        let prose = || lines.iter().filter(is_prose);
        if let (Some(first), Some(last)) = (prose().next(), prose().next_back()) {
            spans_between(text, first.start..last.end, &mut spans);
        }
    }
    blocks.code.append(&mut spans);
    blocks.code.sort_unstable_by_key(|range| range.start);
}

fn spans_between(text: &str, range: Range<usize>, spans: &mut Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = range.start;
    while let Some(found) = memchr::memchr(b'`', &bytes[at..range.end]) {
        let start = at + found;
        let length = bytes[start..range.end].iter().take_while(|b| **b == b'`').count();
        runs.push((start, length));
        at = start + length;
    }
    let mut next_alike = vec![None; runs.len()];
    let mut last = HashMap::new();
    for (index, (_, length)) in runs.iter().enumerate().rev() {
        next_alike[index] = last.insert(*length, index);
    }
    let mut index = 0;
    while let Some(&(start, _)) = runs.get(index) {
        match next_alike[index].filter(|_| !is_escaped(text, start)) {
            Some(close) => {
                spans.push(start..runs[close].0 + runs[close].1);
                index = close + 1;
            }
            None => index += 1,
        }
    }
}
