//! `||…||`, which opens and closes with the same characters.
//!
//! The text around the bars tells opening from closing ones, as far as possible. If marks do not pair up, nobody knows
//! which of them is the stray one, so everything is hidden that any reading hides.

use super::pair::Scanner;
use super::{Draft, Hide};

/// What bars can be, judging by the space around them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Space before them and none after.
    Opening,
    /// Space after them and none before.
    Closing,
    /// Space on both sides or on neither.
    Either,
}

/// Two bars or more.
#[derive(Clone, Copy)]
pub(super) struct Run {
    at: usize,
    length: usize,
    side: Side,
}

/// Records the bars at a place, and returns how many there are. Of three after a backslash, the first is text.
pub(super) fn run(scanner: &mut Scanner<'_, '_>, at: usize, is_escaped: bool) -> usize {
    let bytes = scanner.text.as_bytes();
    let length = bytes[at..].iter().take_while(|b| **b == b'|').count();
    let text = usize::from(is_escaped && length > 2);
    if length - text < 2 || (is_escaped && length == 2) || at < scanner.code_end {
        return length;
    }
    let is_apart =
        |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "\"'“”‘’«»()[]*_.,;:!?…".contains(c));
    let before = scanner.text[..at].chars().next_back();
    let after = scanner.text[at + length..].chars().next();
    let side = match (is_apart(before), is_apart(after)) {
        (true, false) => Side::Opening,
        (false, true) => Side::Closing,
        _ => Side::Either,
    };
    scanner.bars.push(Run { at: at + text, length: length - text, side });
    length
}

/// Pairs the bars of a text.
pub(super) fn pair(runs: &[Run], text: &str, draft: &mut Draft) {
    let (mut depth, mut start) = (0_usize, 0);
    // Where the previous pair was opened, and where the bars became ambiguous.
    let (mut last_start, mut unclear) = (None, None);
    for run in runs {
        let end = run.at + run.length;
        draft.drops.push(run.at..end);
        match run.side {
            Side::Either => unclear = unclear.or(Some(if depth == 0 { run.at } else { start })),
            Side::Opening if depth == 0 => unclear = None,
            _ => {}
        }
        match (depth, run.side) {
            (0, Side::Closing) => {
                // A pair before this one has been closed by a stray mark.
                let start = last_start.unwrap_or(run.at).min(unclear.unwrap_or(run.at));
                return unclosed(runs, start, end, text, draft);
            }
            (0, _) => (depth, start) = (1, run.at),
            (_, Side::Opening) => depth += 1,
            // Four bars between words close one mark and open another.
            (1, Side::Either) if run.length >= 4 && is_filled(text, start, run.at) => {
                draft.hides.push(Hide { start, end: run.at, label: None, is_block: false });
                (last_start, start) = (Some(start), run.at);
            }
            _ if !is_filled(text, start, run.at) => {}
            _ => {
                depth -= 1;
                if depth == 0 {
                    draft.hides.push(Hide { start, end, label: None, is_block: false });
                    last_start = Some(start);
                }
            }
        }
    }
    if depth > 0 {
        let start = unclear.map_or(start, |unclear: usize| unclear.min(start));
        draft.unclosed(Hide { start, end: text.len(), label: None, is_block: false });
    }
}

/// A mark closes only if there is something between, so that doubled marks hide more and never less.
fn is_filled(text: &str, start: usize, end: usize) -> bool {
    text[start..end].chars().any(|c| !c.is_whitespace() && c != '|')
}

fn unclosed(runs: &[Run], start: usize, from: usize, text: &str, draft: &mut Draft) {
    let left = runs.iter().filter(|run| run.at >= from);
    draft.drops.extend(left.map(|run| run.at..run.at + run.length));
    draft.unclosed(Hide { start, end: text.len(), label: None, is_block: false });
}
