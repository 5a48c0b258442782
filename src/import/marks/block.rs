//! The block structure of a text: its lines, what each of them is, and what is code.
//!
//! It follows CommonMark where that affects spoilers, and knows no marks. A line is what a person would call one: it
//! ends at a line break, and at every HTML tag that begins or ends a block. Where CommonMark and caution disagree,
//! caution wins: a fence that is never closed is not code, since marks in code have no meaning.

use std::ops::Range;

use super::super::body::Dialect;
use super::super::html::{self, Newline};
use super::code;

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    Text,
    /// A heading of this level, including its underline.
    Heading(u8),
    Code,
}

/// A line, or the part of one that a block-level tag cuts off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) start: usize,
    /// Where its own text begins, after quote marks, list bullets and tags.
    pub(super) text: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// How many quotes it is in.
    pub(super) quotes: usize,
    /// The spaces before its text, counted from the innermost quote.
    pub(super) indent: usize,
    /// The number of its paragraph.
    pub(super) paragraph: usize,
}

/// A fenced code block.
pub(super) struct Fence {
    pub(super) whole: Range<usize>,
    /// The text after the opening fence.
    pub(super) info: Range<usize>,
    pub(super) body: Range<usize>,
}

/// The structure of a text.
#[derive(Default)]
pub(super) struct Blocks {
    pub(super) lines: Vec<Line>,
    /// Fenced, indented and inline code, in order.
    pub(super) code: Vec<Range<usize>>,
    pub(super) fences: Vec<Fence>,
}

/// Parses the structure of a text.
pub(super) fn read(text: &str, dialect: Dialect) -> Blocks {
    let mut reader = Reader::new(text, dialect);
    reader.run();
    let mut blocks = reader.out;
    if dialect == Dialect::Markdown && text.contains('`') {
        code::add_spans(text, &mut blocks);
    }
    if text.contains('<') {
        blocks.lines = cut_at_tags(text, &blocks);
    }
    blocks
}

/// An open code fence.
struct OpenFence {
    sign: u8,
    length: usize,
    quotes: usize,
    start: usize,
    info: Range<usize>,
    body: usize,
}

struct Reader<'t> {
    text: &'t str,
    dialect: Dialect,
    fence: Option<OpenFence>,
    /// The longest fence of each sign that could still close one, from each line on.
    closers: Vec<[usize; 2]>,
    in_list: bool,
    /// Whether indented lines belong to an admonition.
    in_admonition: bool,
    paragraph: usize,
    out: Blocks,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, dialect: Dialect) -> Self {
        let mut closers = Vec::new();
        if dialect == Dialect::Markdown && (text.contains("```") || text.contains("~~~")) {
            let mut longest = [0, 0];
            for line in text.split('\n').rev() {
                if let Some((sign, length, info)) = fence_of(content(line).1)
                    && info.is_empty()
                {
                    let slot = &mut longest[usize::from(sign == b'~')];
                    *slot = length.max(*slot);
                }
                closers.push(longest);
            }
            closers.reverse();
        }
        Reader {
            text,
            dialect,
            fence: None,
            closers,
            in_list: false,
            in_admonition: false,
            paragraph: 0,
            out: Blocks::default(),
        }
    }

    fn run(&mut self) {
        let mut start = 0;
        for (number, raw) in self.text.split('\n').enumerate() {
            let (quotes, own) = content(raw);
            let indent = own.len() - own.trim_start_matches(' ').len();
            let end = start + raw.len();
            let text = end - own.trim_start_matches(' ').len();
            let paragraph = self.paragraph;
            let mut line = Line { start, text, end, kind: Kind::Text, quotes, indent, paragraph };
            self.kind_of(&mut line, own, number);
            self.out.lines.push(line);
            start = end + 1;
        }
        // The last open fence has a closer in another quote.
        if let Some(fence) = self.fence.take() {
            self.end_fence(&fence, self.text.len(), self.text.len());
        }
    }

    fn kind_of(&mut self, line: &mut Line, own: &str, number: usize) {
        let before = self.out.lines.last().copied();
        if let Some(fence) = self.fence.take() {
            if line.quotes < fence.quotes {
                self.end_fence(&fence, line.start, line.start);
            } else {
                line.kind = Kind::Code;
                let closes = fence_of(own)
                    .is_some_and(|(s, n, info)| s == fence.sign && n >= fence.length && info.is_empty());
                match closes {
                    true => self.end_fence(&fence, line.start, line.end),
                    false => self.fence = Some(fence),
                }
                return;
            }
        }
        let trimmed = own.trim();
        if trimmed.is_empty() {
            line.kind = Kind::Blank;
            self.paragraph += 1;
            return;
        }
        let is_apart = before.is_none_or(|before| before.kind != Kind::Text);
        if self.dialect == Dialect::Markdown {
            if line.indent >= 4 && is_apart && !self.in_list && !self.in_admonition {
                line.kind = Kind::Code;
                self.add_code(line.start..line.end);
                return;
            }
            if is_apart && line.indent == 0 {
                self.in_list = false;
                self.in_admonition = false;
            }
            if let Some((sign, length, info)) = fence_of(own)
                && self.closers.get(number + 1).is_some_and(|left| left[usize::from(sign == b'~')] >= length)
            {
                let info_start = line.end - own.trim_start().len() + length;
                let info = info_start..info_start + info.len().max(1).min(line.end - info_start);
                let body = (line.end + 1).min(self.text.len());
                let (quotes, start) = (line.quotes, line.start);
                self.fence = Some(OpenFence { sign, length, quotes, start, info, body });
                line.kind = Kind::Code;
                self.paragraph += 1;
                return;
            }
        }
        if let Some(level) = heading_level(trimmed).filter(|_| line.indent < 4) {
            line.text += usize::from(level);
            line.kind = Kind::Heading(level);
            self.paragraph += 2;
            line.paragraph = self.paragraph - 1;
            return;
        }
        if let Some(level) = self.underline(trimmed, line.quotes) {
            let paragraph = self.paragraph;
            for above in self.out.lines.iter_mut().rev().take_while(|above| above.paragraph == paragraph) {
                above.kind = Kind::Heading(level);
            }
            line.kind = Kind::Heading(level);
            self.paragraph += 1;
            return;
        }
        self.begin_paragraph(line, trimmed, before);
    }

    fn begin_paragraph(&mut self, line: &mut Line, trimmed: &str, before: Option<Line>) {
        let is_admonition =
            trimmed.starts_with("???") || trimmed.starts_with("!!!") || trimmed.starts_with(".. ");
        let markers = markers(trimmed);
        let is_new = markers > 0
            || is_admonition
            || trimmed.starts_with(":::")
            || self.dialect == Dialect::Html(Newline::Paragraph)
            || before.is_some_and(|before| before.kind == Kind::Text && line.quotes > before.quotes);
        if is_new {
            self.paragraph += 1;
        }
        self.in_list |= markers > 0;
        self.in_admonition |= is_admonition;
        line.paragraph = self.paragraph;
        line.text += markers;
    }

    /// The level of the heading that this line underlines. A long text above a rule is no heading, so that it ends no
    /// section that it should not.
    fn underline(&self, trimmed: &str, quotes: usize) -> Option<u8> {
        let sign = trimmed.bytes().next().filter(|sign| matches!(sign, b'=' | b'-'))?;
        if trimmed.len() < 2 || trimmed.bytes().any(|b| b != sign) {
            return None;
        }
        let above = self.out.lines.last().filter(|above| above.kind == Kind::Text)?;
        let first = self.out.lines.iter().rev().nth(1).is_none_or(|line| line.paragraph != above.paragraph);
        let is_short = above.end - above.text <= 100;
        (above.quotes == quotes && above.paragraph == self.paragraph && first && is_short)
            .then_some(if sign == b'=' { 1 } else { 2 })
    }

    fn end_fence(&mut self, fence: &OpenFence, body_end: usize, end: usize) {
        let body = fence.body..body_end.max(fence.body);
        self.out.fences.push(Fence { whole: fence.start..end, info: fence.info.clone(), body });
        self.add_code(fence.start..end);
        self.paragraph += 1;
    }

    /// Consecutive lines of indented code form one range.
    fn add_code(&mut self, range: Range<usize>) {
        self.out.code.push(range);
    }
}

/// How many quotes a line is in, and the rest of it. A `>!` is not a quote.
fn content(mut line: &str) -> (usize, &str) {
    let mut quotes = 0;
    loop {
        let own = line.trim_start_matches(' ');
        if line.len() - own.len() > 3 || !own.starts_with('>') || own.starts_with(">!") {
            break;
        }
        quotes += 1;
        line = own[1..].strip_prefix(' ').unwrap_or(&own[1..]);
    }
    (quotes, line)
}

/// The character, the length and the info string of a code fence.
fn fence_of(own: &str) -> Option<(u8, usize, &str)> {
    let own = own.trim();
    let sign = own.bytes().next().filter(|sign| matches!(sign, b'`' | b'~'))?;
    let length = own.bytes().take_while(|b| *b == sign).count();
    let info = own[length..].trim();
    (length >= 3 && !(sign == b'`' && info.contains('`'))).then_some((sign, length, info))
}

fn heading_level(trimmed: &str) -> Option<u8> {
    let level = trimmed.bytes().take_while(|b| *b == b'#').count();
    let is_heading = matches!(trimmed.as_bytes().get(level), None | Some(b' '));
    u8::try_from(level).ok().filter(|level| is_heading && (1..=6).contains(level))
}

/// The length of the list bullets at the start of a line.
fn markers(trimmed: &str) -> usize {
    let mut rest = trimmed;
    for _ in 0..6 {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match rest.as_bytes() {
            [b'-' | b'*' | b'+', b' ', ..] => 2,
            bytes if (1..=9).contains(&digits) => match bytes[digits..] {
                [b'.' | b')', b' ', ..] => digits + 2,
                _ => break,
            },
            _ => break,
        };
        rest = rest[marker..].trim_start_matches(' ');
    }
    trimmed.len() - rest.len()
}

/// Whether a backslash escapes this place.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// The lines of a text, cut where an HTML block begins or ends.
fn cut_at_tags(text: &str, blocks: &Blocks) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(blocks.lines.len());
    let mut code = blocks.code.iter().peekable();
    let (mut heading, mut added, mut breaks) = (None, 0, 0);
    for line in &blocks.lines {
        let mut piece = Line { paragraph: line.paragraph + added, ..*line };
        if line.kind == Kind::Code {
            out.push(piece);
            continue;
        }
        let mut at = line.start;
        while let Some(found) = memchr::memchr(b'<', &text.as_bytes()[at..line.end]) {
            let tag_at = at + found;
            while code.next_if(|code| code.end <= tag_at).is_some() {}
            at = tag_at + 1;
            if code.peek().is_some_and(|code| code.start <= tag_at) {
                continue;
            }
            let Some(tag) = html::tag(&text[tag_at..line.end]).filter(|tag| html::is_block(&tag.name)) else {
                continue;
            };
            at = tag_at + tag.length;
            let is_filled = !text[piece.text.min(tag_at)..tag_at].trim().is_empty();
            if is_filled {
                out.push(Line { end: tag_at, ..piece });
                piece.start = tag_at;
            }
            breaks = if tag.name == "br" && !is_filled { breaks + 1 } else { 0 };
            if tag.name != "br" || breaks > 0 {
                added += 1;
                piece.paragraph = line.paragraph + added;
            }
            if let Some(level) = html::heading_level(&tag.name) {
                heading = (!tag.is_closing).then_some(level);
                piece.kind = line.kind;
            }
            piece.text = at;
            if let (Some(level), Kind::Text | Kind::Blank) = (heading, piece.kind) {
                piece.kind = Kind::Heading(level);
            }
        }
        if let (Some(level), Kind::Text) = (heading, piece.kind) {
            piece.kind = Kind::Heading(level);
        }
        if piece.start < piece.end || line.start == line.end {
            out.push(piece);
        }
    }
    out
}
