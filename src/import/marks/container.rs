//! Marks that span lines: callouts, admonitions, code fences and attribute lines that say spoiler.
//!
//! Their ends follow from the block structure, so that none of them is ever left open.

use super::block::{Blocks, Kind, Line};
use super::label::{holds_words, is_spoiler_name, label_of, says_spoiler};
use super::{Draft, Hide, announce::announces, asciidoc};

/// Finds the marks in a text that span lines.
pub(super) fn find(text: &str, blocks: &Blocks, draft: &mut Draft) {
    for fence in &blocks.fences {
        if announces(&text[fence.info.clone()]) == Some(true) {
            let whole = fence.whole.clone();
            draft.drops.push(whole.start..fence.body.start.min(whole.end));
            draft.drops.push(fence.body.end.min(whole.end)..whole.end);
            draft.hides.push(Hide { start: whole.start, end: whole.end, label: None, is_block: true });
        }
    }
    let (mut index, mut first) = (0, 0);
    while let Some(line) = blocks.lines.get(index) {
        if line.paragraph != blocks.lines[first].paragraph || blocks.lines[first].kind == Kind::Blank {
            first = index;
        }
        let own = text[line.text.min(line.end)..line.end].trim();
        let taken = match own.as_bytes() {
            // What stands above a line of signs looks like a heading.
            [b'[' | b'.', ..]
                if matches!(line.kind, Kind::Text | Kind::Heading(_)) && asciidoc::may_begin(own) =>
            {
                asciidoc::block(text, &blocks.lines[index..], draft)
            }
            _ if line.kind != Kind::Text => 0,
            [b'[', b'!', ..] if line.quotes > 0 => callout(text, &blocks.lines[index..], draft),
            [b'?', b'?', b'?', ..] | [b'!', b'!', b'!', ..] | [b'.', b'.', b' ', ..] => {
                admonition(text, &blocks.lines[index..], draft)
            }
            [b'/', b'/', b'/', ..] => slashes(text, &blocks.lines[index..], draft),
            [b'{', b':', ..] => attributes(text, &blocks.lines, first, index, draft),
            _ => 0,
        };
        index += taken.max(1);
    }
}

/// `> [!spoiler]- Title`, up to the end of the quote. Returns how many lines it takes.
fn callout(text: &str, lines: &[Line], draft: &mut Draft) -> usize {
    let head = lines[0];
    let own = text[head.text..head.end].trim();
    let Some((name, title)) = own[2..].split_once(']') else { return 0 };
    let title = title.trim_start_matches(['+', '-']).trim();
    if !is_spoiler_name(name) && announces(name) != Some(true) && announces(title) != Some(true) {
        return 0;
    }
    let goes_on = |line: &&Line| match line.quotes >= head.quotes {
        true => true,
        // A line without the quote's sign is a part of it as long as the paragraph goes on.
        false => line.kind == Kind::Text && line.paragraph == lines[0].paragraph,
    };
    let mut count = 1 + lines[1..].iter().take_while(goes_on).count();
    let mut paragraph = lines[count - 1].paragraph;
    while let Some(next) = lines.get(count) {
        if next.kind != Kind::Text || next.paragraph != paragraph {
            break;
        }
        paragraph = next.paragraph;
        count += 1;
    }
    let label = label_of(title);
    let title_start = place_of(text, title);
    let is_lost = label.is_none() && holds_words(title);
    draft.drops.push(head.start..if is_lost { title_start.max(head.text) } else { head.end });
    for line in &lines[1..count] {
        if starts_line(text, line) {
            draft.drops.push(line.start..line.start + quote_signs(&text[line.start..line.end], head.quotes));
        }
    }
    draft.hides.push(Hide { start: head.start, end: lines[count - 1].end, label, is_block: true });
    count
}

fn starts_line(text: &str, line: &Line) -> bool {
    line.start == 0 || text.as_bytes()[line.start - 1] == b'\n'
}

/// The length of this many quote marks at the start of a line.
fn quote_signs(line: &str, most: usize) -> usize {
    let mut rest = line;
    for _ in 0..most {
        let own = rest.trim_start_matches(' ');
        let Some(inside) = own.strip_prefix('>').filter(|inside| !inside.starts_with('!')) else { break };
        rest = inside.strip_prefix(' ').unwrap_or(inside);
    }
    line.len() - rest.len()
}

/// `??? spoiler "Title"`, `!!! spoiler`, `.. spoiler::` with the lines below that are indented. Returns how many lines it
/// takes; without such lines it is none, and may still be an announcement.
fn admonition(text: &str, lines: &[Line], draft: &mut Draft) -> usize {
    let head = lines[0];
    let own = text[head.text..head.end].trim();
    let said = own.trim_start_matches(['?', '!', '+', '.', ' ']);
    if announces(said) != Some(true) || own.starts_with(".. ") && !own.contains("::") {
        return 0;
    }
    let indent = head.indent + if own.starts_with(".. ") { 2 } else { 4 };
    let is_inside = |line: &Line| line.indent >= indent || !starts_line(text, line);
    let inside = lines[1..].iter().take_while(|line| line.kind == Kind::Blank || is_inside(line)).count();
    let Some(last) = lines[1..=inside].iter().rposition(|line| line.kind != Kind::Blank) else {
        return if said.split("::").next().is_some_and(|name| name.ends_with("class")) {
            next_paragraph(lines, draft)
        } else {
            0
        };
    };
    let title =
        said.split_once(['"', '\u{201c}']).map_or("", |(_, title)| title).trim_end_matches(['"', '\u{201d}']);
    let title = if title.is_empty() { said.split_once("::").map_or("", |(_, title)| title) } else { title };
    let label = label_of(title);
    match label.is_none() && holds_words(title) {
        true => draft.drops.push(head.start..place_of(text, title)),
        false => draft.drops.push(head.start..head.end),
    }
    let is_option = |line: &&Line| {
        let own = text[line.start..line.end].trim();
        own.strip_prefix(':').and_then(|own| own.split_once(':')).is_some_and(|(name, _)| !name.contains(' '))
    };
    if own.starts_with(".. ") {
        let options = lines[1..=last + 1].iter().take_while(is_option);
        draft.drops.extend(options.map(|line| line.start..line.end));
    }
    for line in lines[1..=last + 1].iter().filter(|line| line.kind != Kind::Blank && starts_line(text, line))
    {
        draft.drops.push(line.start..line.start + indent.min(line.end - line.start));
    }
    draft.hides.push(Hide { start: head.start, end: lines[last + 1].end, label, is_block: true });
    last + 2
}

/// `.. class:: spoiler` speaks of the paragraph behind it. Returns how many lines they take.
fn next_paragraph(lines: &[Line], draft: &mut Draft) -> usize {
    let is_blank = |line: &&Line| line.kind == Kind::Blank;
    let from = 1 + lines[1..].iter().take_while(is_blank).count();
    let count = from + lines[from..].iter().take_while(|line| !is_blank(line)).count();
    draft.drops.push(lines[0].start..lines[0].end);
    draft.hides.push(Hide { start: lines[0].start, end: lines[count - 1].end, label: None, is_block: true });
    count
}

/// `/// spoiler | Title`, up to the line of as many slashes that ends it. Returns how many lines it takes.
fn slashes(text: &str, lines: &[Line], draft: &mut Draft) -> usize {
    let own = |line: &Line| text[line.text.min(line.end)..line.end].trim();
    let head = own(&lines[0]);
    let said = head.trim_start_matches('/');
    let sign = &head[..head.len() - said.len()];
    if announces(said) != Some(true) {
        return 0;
    }
    let title = said.split_once('|').map_or("", |(_, title)| title);
    let label = label_of(title);
    let is_lost = label.is_none() && holds_words(title);
    draft.drops.push(lines[0].start..if is_lost { place_of(text, title) } else { lines[0].end });
    let hide = |end| Hide { start: lines[0].start, end, label, is_block: true };
    match lines[1..].iter().position(|line| own(line) == sign) {
        Some(inside) => {
            let line = lines[inside + 1];
            draft.drops.push(line.start..line.end);
            draft.hides.push(hide(line.end));
            inside + 2
        }
        None => {
            draft.unclosed(hide(text.len()));
            lines.len()
        }
    }
}

/// The position of a part of a text in it.
fn place_of(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// `{: .spoiler}`, which applies to the paragraph above or below it.
fn attributes(text: &str, lines: &[Line], first: usize, index: usize, draft: &mut Draft) -> usize {
    let line = lines[index];
    let own = text[line.text..line.end].trim();
    if own.find('}').is_none_or(|end| end + 1 < own.len()) {
        return 0;
    }
    let own = own.replace(['{', '}', ':', '.', '#'], " ");
    if !says_spoiler(&own) && announces(&own) != Some(true) {
        return 0;
    }
    let mut last = index;
    if first == index {
        while lines
            .get(last + 1)
            .is_some_and(|next| next.kind != Kind::Blank && next.paragraph == line.paragraph)
        {
            last += 1;
        }
    }
    draft.drops.push(line.start..line.end);
    draft.hides.push(Hide { start: lines[first].start, end: lines[last].end, label: None, is_block: true });
    last + 1 - index
}
