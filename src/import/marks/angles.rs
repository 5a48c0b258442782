//! `>!…!<`, and lines that begin with `>!`.
//!
//! A mark that begins its line and is never closed hides its paragraph; any other one that is never closed hides to the
//! end.

use super::block::{Blocks, Kind};
use super::pair::Angle;
use super::{Draft, Hide};

/// Pairs the marks of a text.
pub(super) fn pair(angles: &[Angle], text: &str, blocks: &Blocks, draft: &mut Draft) {
    let last_closer = angles.iter().rposition(|angle| !angle.opens);
    let (mut depth, mut start, mut skipped) = (0_usize, 0, 0);
    // The position of the first mark that was taken to hide only its paragraph.
    let mut first_block = None;
    for (index, angle) in angles.iter().enumerate() {
        let end = angle.at + 2;
        if !angle.opens {
            if depth > 0 {
                draft.drops.push(angle.at..end);
                depth -= 1;
                if depth == 0 {
                    draft.hides.push(Hide { start, end, label: None, is_block: false });
                }
            } else if angle.at < skipped {
                draft.drops.push(angle.at..end);
            } else if let Some(start) = first_block {
                // It closes nothing else, so it may belong to a mark that seemed to hide only its paragraph.
                draft.drops.push(angle.at..end);
                draft.guess(start, "a mark whose end is not clear");
                draft.hides.push(Hide { start, end, label: None, is_block: true });
            } else if is_stray(text, angle.at) {
                draft.drops.push(angle.at..end);
            }
            continue;
        }
        draft.drops.push(angle.at..end);
        if angle.at < skipped {
            continue;
        }
        let is_closed_next = angles.get(index + 1).is_some_and(|next| !next.opens);
        let is_spaced = text[end..].starts_with(' ');
        let has_closer = last_closer.is_some_and(|last| last > index);
        if let Some(line) = angle.line.filter(|_| depth == 0 && !is_closed_next && (is_spaced || !has_closer))
        {
            let block = block(blocks, line, text);
            skipped = block;
            first_block = first_block.or(Some(angle.at));
            draft.hides.push(Hide { start: angle.at, end: block, label: None, is_block: true });
            continue;
        }
        if depth == 0 {
            start = angle.at;
        }
        depth += 1;
    }
    if depth > 0 {
        draft.unclosed(Hide { start, end: text.len(), label: None, is_block: false });
    }
}

/// Whether a closing mark that closes nothing looks like one, and not like "so!<3".
fn is_stray(text: &str, at: usize) -> bool {
    text[at + 2..].chars().next().is_none_or(|c| c.is_whitespace() || c == '.' || c == ',')
}

/// Where the paragraph that begins on a line ends, including following ones that begin with the same mark.
fn block(blocks: &Blocks, line: usize, text: &str) -> usize {
    let lines = &blocks.lines;
    let mut end = lines[line].end;
    let mut paragraph = lines[line].paragraph;
    for next in &lines[line + 1..] {
        let is_marked = text[next.text..next.end].trim_start().starts_with(">!");
        let continues = next.paragraph == paragraph && next.kind != Kind::Blank;
        if !(is_marked || continues) {
            break;
        }
        paragraph = next.paragraph;
        end = next.end;
    }
    end
}
