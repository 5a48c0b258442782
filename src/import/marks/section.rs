//! Sections and announcements: what is hidden up to a heading, to an announced end, or to the end of the text.
//!
//! Text inside a pair of marks is skipped: its end is known. This module knows headings and what sentences say, but no
//! marks.

use std::borrow::Cow;
use std::ops::Range;

use super::announce::{self, Place, Says, announces, is_bare_text, is_end_text, only_mentions};
use super::block::{Blocks, Kind, Line};
use super::sentence::words;
use super::{Draft, Hide};

/// What can happen at a place in a text.
enum Event {
    Heading {
        range: Range<usize>,
        text: Range<usize>,
        level: u8,
        quotes: usize,
    },
    /// A word for a spoiler.
    Mention,
    /// A mark that closes nothing.
    Stray,
    /// The end of a quote, and how many quotes are left.
    Leave(usize),
}

/// A range that is hidden up to a heading.
struct Section {
    start: usize,
    /// Headings of this level and higher ones end it; with 0, nothing does.
    level: u8,
    quotes: usize,
    /// Where the heading ends that stands in a quote: the section ends with the quote, if there is any of it.
    quoted: Option<usize>,
    /// Where the announcement begins, if no word stands before it.
    top: Option<usize>,
}

struct Finder<'t, 'd> {
    text: &'t str,
    blocks: &'t Blocks,
    draft: &'d mut Draft,
    /// The level of the current section.
    level: u8,
    hidden: Option<Section>,
    /// A hidden section that a heading without spoilers interrupts: its level, and that of the heading.
    interrupted: Option<(u8, u8)>,
    /// Where a word may say something again.
    from: usize,
    /// The current paragraph, and how many words in it have been considered.
    asked: (usize, usize),
}

/// Nobody mentions spoilers more often than this in one paragraph. A text that does is hidden unread, so that no text
/// takes long.
const MOST: usize = 16;

/// Finds what headings and announcements hide.
pub(super) fn find(text: &str, blocks: &Blocks, draft: &mut Draft) {
    let events = events(text, blocks, draft);
    if events.is_empty() {
        return;
    }
    let paragraphs = paragraphs(&blocks.lines);
    let covered: Vec<_> = super::merged(&draft.hides).into_iter().map(|stretch| stretch.hide).collect();
    let mut code = [&blocks.code[..], &draft.code].concat();
    code.retain(|code| !is_label(text, blocks, code));
    code.sort_unstable_by_key(|range| range.start);
    let mut skipped = covered.iter().map(|hide| hide.start..hide.end).peekable();
    let mut code = code.iter().peekable();
    let mut finder =
        Finder { text, blocks, draft, level: 0, hidden: None, interrupted: None, from: 0, asked: (0, 0) };
    let mut line = 0;
    for (at, event) in events {
        while skipped.next_if(|range| range.end <= at).is_some() {}
        while code.next_if(|range| range.end <= at).is_some() {}
        let is_inside = |range: &Range<usize>| range.start <= at;
        if skipped.peek().is_some_and(is_inside) || code.peek().is_some_and(|range| is_inside(range)) {
            continue;
        }
        while blocks.lines.get(line + 1).is_some_and(|next| next.start <= at) {
            line += 1;
        }
        match event {
            Event::Heading { range, text: own, level, quotes } => {
                finder.heading(&range, &outside(text, own, &covered), level, quotes);
            }
            Event::Stray => finder.end(at),
            Event::Leave(quotes) => finder.leave(at, quotes),
            Event::Mention if at < finder.from || blocks.lines[line].kind != Kind::Text => {}
            Event::Mention => finder.mention(at, line, &paragraphs[line]),
        }
    }
    finder.finish();
}

/// "`Spoiler`: …", "`SPOILER ALERT`": words of an announcement that are set as code, before a colon or alone on their line.
fn is_label(text: &str, blocks: &Blocks, code: &Range<usize>) -> bool {
    let inside = text[code.clone()].trim_matches('`');
    if inside.len() > 60 || !announce::only_announces(inside) {
        return false;
    }
    let index = blocks.lines.partition_point(|line| line.start <= code.start).saturating_sub(1);
    let Some(line) = blocks.lines.get(index).filter(|line| line.kind == Kind::Text) else { return false };
    let is_sign = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '!');
    let before = text.get(line.text..code.start).unwrap_or_default().trim_matches(is_sign);
    let after = text.get(code.end..line.end).unwrap_or_default().trim_start_matches(is_sign);
    let is_shouted = !inside.contains(char::is_lowercase);
    let is_alone = after.is_empty() && inside.contains(' ');
    before.is_empty() && (after.starts_with(':') || is_alone || is_shouted)
}

/// The headings, the words and the stray marks of a text, in order.
fn events(text: &str, blocks: &Blocks, draft: &Draft) -> Vec<(usize, Event)> {
    let mut events: Vec<_> = super::mentions(text).map(|at| (at, Event::Mention)).collect();
    events.extend(draft.strays.iter().map(|at| (*at, Event::Stray)));
    if events.is_empty() {
        return events;
    }
    for lines in blocks.lines.chunk_by(|a, b| a.kind == b.kind && a.paragraph == b.paragraph) {
        let (Kind::Heading(level), Some(last)) = (lines[0].kind, lines.last()) else { continue };
        let (range, text) = (lines[0].start..last.end, lines[0].text.min(last.end)..last.end);
        events.push((range.start, Event::Heading { range, text, level, quotes: lines[0].quotes }));
    }
    for pair in blocks.lines.windows(2).filter(|pair| pair[1].quotes < pair[0].quotes) {
        // A line of text without the sign goes on with the paragraph of the quote.
        let is_lazy = pair[0].kind == Kind::Text && pair[1].kind == Kind::Text;
        if !is_lazy {
            events.push((pair[1].start, Event::Leave(pair[1].quotes)));
        }
    }
    events.sort_by_key(|(at, event)| (*at, matches!(event, Event::Mention)));
    events
}

/// The paragraph of each line.
fn paragraphs(lines: &[Line]) -> Vec<Range<usize>> {
    let mut ranges = Vec::with_capacity(lines.len());
    for lines in lines.chunk_by(|a, b| a.kind == b.kind && a.paragraph == b.paragraph) {
        let range = lines[0].start..lines[lines.len() - 1].end;
        ranges.extend(std::iter::repeat_n(range, lines.len()));
    }
    ranges
}

/// The part of a text that no pair of marks hides: what a pair in a heading says, it says of itself.
fn outside<'t>(text: &'t str, range: Range<usize>, covered: &[Hide]) -> Cow<'t, str> {
    let first = covered.partition_point(|hide| hide.end <= range.start);
    let mut inside = covered[first..].iter().take_while(|hide| hide.start < range.end).peekable();
    if inside.peek().is_none() {
        return text[range].into();
    }
    let (mut out, mut from) = (String::new(), range.start);
    for hide in inside {
        out.push_str(text.get(from..hide.start).unwrap_or_default());
        out.push(' ');
        from = hide.end;
    }
    out.push_str(text.get(from..range.end).unwrap_or_default());
    out.into()
}

impl Finder<'_, '_> {
    fn heading(&mut self, range: &Range<usize>, text: &str, level: u8, quotes: usize) {
        let said = text.trim_matches(['#', ' ', '=', '-', '\n']);
        self.from = range.end;
        if is_end_text(said) {
            self.end(range.start);
            self.level = level;
            return;
        }
        let says = announces(said).filter(|_| !only_mentions(said));
        let ends = |section: &Section| level <= section.level && quotes <= section.quotes;
        match says {
            Some(true) => {
                if self.hidden.as_ref().is_none_or(ends) {
                    self.end(range.start);
                    let start = if is_bare_text(said) { range.end } else { range.start };
                    let quoted = (quotes > 0).then_some(range.end);
                    self.hidden = Some(Section { start, level, quotes, quoted, top: None });
                    self.draft.guess(range.start, "a heading that says spoilers");
                }
            }
            Some(false) => {
                let before = self.hidden.as_ref().map_or(0, |section| section.level);
                self.end(range.start);
                self.interrupted = (0 < before && before < level).then_some((before, level));
            }
            None => {
                if self.hidden.as_ref().is_some_and(ends) {
                    self.end(range.start);
                }
                if let Some((outer, own)) = self.interrupted.filter(|(_, own)| level <= *own) {
                    self.interrupted = None;
                    if level > outer {
                        let start = range.start;
                        self.hidden = Some(Section { start, level: outer, quotes, quoted: None, top: None });
                    }
                    debug_assert!(outer < own);
                }
            }
        }
        self.level = level;
    }

    /// Ends a section whose heading stood in a quote that is over.
    fn leave(&mut self, at: usize, quotes: usize) {
        let is_filled = |from: usize| self.text[from..at].chars().any(|c| !c.is_whitespace() && c != '>');
        let ends = |section: &Section| quotes < section.quotes && section.quoted.is_some_and(is_filled);
        if self.hidden.as_ref().is_some_and(ends) {
            self.end(at);
        }
    }

    fn mention(&mut self, at: usize, line: usize, paragraph: &Range<usize>) {
        let own = self.blocks.lines[line];
        let place = Place { text: self.text, paragraph: paragraph.clone(), line: own.start..own.end, at };
        self.asked = if self.asked.0 == paragraph.end {
            (paragraph.end, self.asked.1 + 1)
        } else {
            (paragraph.end, 1)
        };
        if self.asked.1 > MOST {
            if self.hidden.is_none() {
                self.begin(at, own.start, at, self.level);
            }
            self.from = paragraph.end;
            return;
        }
        let said = announce::judge(&place);
        self.from = at + 1;
        match said {
            Says::Nothing => {}
            Says::End(end) => self.end(end),
            Says::Review => {
                self.draft.whole = true;
                self.draft.guess(at, "a sentence says that the whole review holds spoilers");
                let line = &self.text[place.line.clone()];
                if announce::can_go(line) {
                    self.draft.drops.push(place.line.clone());
                }
                self.from = own.end;
            }
            _ if self.hidden.is_some() => {}
            Says::Rest(from) => self.begin(at, own.start, from, self.level),
            Says::ToEnd(from) => self.begin(at, own.start, from, 0),
            Says::Paragraph(from) => {
                self.draft.guess(at, "an announcement, up to the end of its paragraph");
                let hide = Hide { start: from, end: paragraph.end, label: None, is_block: false };
                self.draft.hides.push(hide);
                self.from = paragraph.end;
            }
            Says::Aside(range) => {
                self.from = range.end;
                self.draft.guess(at, "a remark in brackets that is called a spoiler");
                let hide = Hide { start: range.start, end: range.end, label: None, is_block: false };
                self.draft.hides.push(hide);
            }
        }
    }

    fn begin(&mut self, at: usize, line: usize, from: usize, level: u8) {
        const FAR: usize = 2000;
        let is_top = level == 0 && from < FAR && {
            let before = &self.text[..from];
            let is_bare = || is_bare_text(before) && !before.trim().contains(['\n', '.', '<']);
            words(before, 0..from).is_empty() || is_bare()
        };
        let quotes = usize::MAX;
        self.hidden = Some(Section { start: from, level, quotes, quoted: None, top: is_top.then_some(line) });
        self.draft.guess(at, "an announcement of spoilers");
        self.interrupted = None;
        self.from = self.from.max(from);
    }

    /// Ends what is hidden.
    fn end(&mut self, at: usize) {
        self.interrupted = None;
        if let Some(Section { start, .. }) = self.hidden.take()
            && start < at
        {
            self.draft.hides.push(Hide { start, end: at, label: None, is_block: true });
        }
    }

    fn finish(mut self) {
        match self.hidden.take() {
            // An announcement at the very top applies to everything.
            Some(Section { start, top: Some(top), .. }) => {
                self.draft.whole = true;
                if top < start && announce::can_go(&self.text[top..start]) {
                    self.draft.drops.push(top..start);
                }
            }
            hidden => {
                self.hidden = hidden;
                self.end(self.text.len());
            }
        }
    }
}
