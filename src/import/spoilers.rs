//! Every spoiler mark that people write, cut out of a text.
//!
//! It fails closed: what is opened and not closed hides to the end of the review, marks that overlap hide until the last
//! of them is closed, and a sentence that announces spoilers without saying where they end hides up to the next heading.
//! Words that merely mention spoilers hide nothing.

use memchr::memmem;

use super::announce::{Announcement, announcement, is_end_of_spoilers, mentions, words};
use super::html;
use super::marks::{bracket, element, end_of_heading, heading, label_of, view};

/// A text without its marks.
#[derive(Default)]
pub(super) struct Cut<'t> {
    /// Whether the text says that all of it is a spoiler.
    pub(super) whole: bool,
    pub(super) parts: Vec<Part<'t>>,
}

/// A stretch of a text, behind one curtain or none.
pub(super) struct Part<'t> {
    pub(super) text: &'t str,
    pub(super) veil: Option<Veil>,
}

/// How a part is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Veil {
    /// What the mark says of itself.
    pub(super) label: Option<String>,
    /// Whether the mark is one for blocks: it never becomes a span of a sentence.
    pub(super) is_block: bool,
}

/// A mark that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// An HTML element, up to its end tag.
    Element(String),
    /// `[spoiler]`
    Bracket,
    /// `||`
    Bars,
    /// `>!`
    Angle,
    /// `~!`
    Tilde,
    /// `(view spoiler)[`
    View,
    /// `::: spoiler`
    Fence,
    /// A heading or an alert, up to the next heading.
    Section,
    /// Marks that overlap so that nobody can say where they end: nothing is open behind them.
    Tangle,
}

/// What stands at a place of the text.
pub(super) enum Found {
    /// A mark that opens, with its label.
    Open(Mark, Option<String>),
    /// A mark that closes.
    Close(Mark),
    /// A heading or an end-of-spoilers line, which ends a section and is itself text.
    EndOfSection,
    /// A line that warns of the whole review, and is no part of it.
    Warning,
}

/// Whether a backslash keeps `||` from being a mark, as it does in our own files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escapes {
    Honoured,
    None,
}

/// Cuts a text at its marks.
pub(super) fn cut(text: &str, escapes: Escapes) -> Cut<'_> {
    let speaks = mentions(text);
    let signs =
        || [">!", "||", "~!"].iter().any(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_some());
    if !speaks && !signs() {
        let parts = if text.is_empty() { Vec::new() } else { vec![Part { text, veil: None }] };
        return Cut { whole: false, parts };
    }
    let mut cutter = Cutter {
        text,
        escapes,
        speaks,
        line_end: 0,
        open: Vec::new(),
        veil: None,
        from: 0,
        tag_end: 0,
        bars_at: 0,
        out: Cut::default(),
    };
    cutter.run();
    cutter.out
}

struct Cutter<'t> {
    text: &'t str,
    escapes: Escapes,
    /// Whether the word stands anywhere in the text: without it there are no announcements, and few marks.
    speaks: bool,
    /// Where the line ends that was looked at last.
    line_end: usize,
    /// The marks that are open, and nothing is shown while there is one.
    open: Vec<Mark>,
    veil: Option<Veil>,
    /// Where the part begins that is being read.
    from: usize,
    /// Where the last tag ends: its `>` is no part of a mark.
    tag_end: usize,
    /// Where the text behind the last `||` begins.
    bars_at: usize,
    out: Cut<'t>,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            let found = match self.is_line_start(at) {
                true => self.at_line(at).or_else(|| self.at(at)),
                false => self.at(at),
            };
            match found {
                Some((found, length)) => {
                    self.take(found, at, at + length);
                    // A mark of no length is an announcement whose words belong to what it hides.
                    at += length.max(1);
                }
                None => at += 1,
            }
            at = self.next_place(at);
        }
        self.part(self.text.len());
    }

    /// The next place, from this one on, where anything can begin or end.
    fn next_place(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_place = |at: &usize| match (bytes[at - 1], bytes[*at]) {
            (_, b'<' | b'[' | b'(' | b'|' | b'>' | b'!' | b'~') | (b'\n' | b'>', _) => true,
            (before, b'a'..=b'z' | b'A'..=b'Z') => self.speaks && !before.is_ascii_alphanumeric(),
            _ => false,
        };
        (from..bytes.len()).find(is_place).unwrap_or(bytes.len())
    }

    fn is_line_start(&self, at: usize) -> bool {
        let rest = &self.text.as_bytes()[at..];
        at == 0
            || matches!(self.text.as_bytes()[at - 1], b'\n' | b'>')
            || matches!(rest, [b'<', b'h' | b'H', b'1'..=b'6', ..])
    }

    fn take(&mut self, found: Found, at: usize, end: usize) {
        match found {
            // Inside another mark the end is given, and a sentence that announces spoilers changes nothing.
            Found::Open(Mark::Section, _) if !self.open.is_empty() => {}
            Found::Open(mark, label) => {
                if self.open.is_empty() {
                    self.part(at);
                    self.from = end;
                    let is_block = match &mark {
                        Mark::Element(name) => name == "details" || name == "div" || name == "blockquote",
                        Mark::Fence | Mark::Section => true,
                        _ => false,
                    };
                    self.veil = Some(Veil { label, is_block });
                }
                self.open.push(mark);
            }
            Found::Warning if self.open.is_empty() => {
                self.part(at);
                self.from = end;
            }
            Found::Warning => {}
            Found::Close(mark) => {
                let Some(index) = self.open.iter().rposition(|open| *open == mark) else { return };
                // The next bars might close those that are open inside this mark, or open some of their own.
                if self.open[index + 1..].contains(&Mark::Bars) {
                    self.open.push(Mark::Tangle);
                }
                self.open.remove(index);
                if self.open.is_empty() {
                    self.part(at);
                    (self.from, self.veil) = (end, None);
                }
            }
            Found::EndOfSection => {
                let Some(index) = self.open.iter().position(|open| *open == Mark::Section) else { return };
                self.open.remove(index);
                if self.open.is_empty() {
                    self.part(at);
                    (self.from, self.veil) = (at, None);
                }
            }
        }
    }

    /// Ends the part that is being read.
    fn part(&mut self, end: usize) {
        if self.from < end {
            let part = Part { text: &self.text[self.from..end], veil: self.veil.clone() };
            self.out.parts.push(part);
        }
    }

    /// A mark that takes a line: a heading, an alert, a fence.
    fn at_line(&mut self, at: usize) -> Option<(Found, usize)> {
        if !self.speaks {
            return None;
        }
        let rest = &self.text[at..];
        if at >= self.line_end {
            self.line_end = at + memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        }
        let line_end = self.line_end - at;
        let line = &rest[..line_end];
        let fence = line.trim().strip_prefix(":::").map(str::trim);
        if let Some(fence) = fence {
            if fence.is_empty() {
                return Some((Found::Close(Mark::Fence), line_end));
            }
            if fence.to_ascii_lowercase().contains("spoiler") {
                return Some((Found::Open(Mark::Fence, label_of(fence)), line_end));
            }
        }
        if let Some(heading) = heading(line) {
            let heading_end = end_of_heading(rest).unwrap_or(line_end);
            return match announcement(heading) {
                // A section is over, and the next one opens before a word of it is shown.
                Some(_) if self.open.contains(&Mark::Section) => None,
                Some(Announcement::Bare) => Some((Found::Open(Mark::Section, None), heading_end)),
                Some(_) => Some((Found::Open(Mark::Section, None), 0)),
                None => Some((Found::EndOfSection, 0)),
            };
        }
        // What an element or a `<br>` begins may be a line of its own as well.
        let own = &line[..own_length(line)];
        if !mentions(own) {
            return None;
        }
        if is_end_of_spoilers(own) {
            return Some((Found::EndOfSection, 0));
        }
        match announcement(own)? {
            Announcement::Review => {
                self.out.whole = true;
                let said = html::to_markdown(own, html::Newline::Break);
                let said = said.trim_matches(|c: char| !c.is_alphanumeric());
                (!said.contains(['.', '!', '?'])).then_some((Found::Warning, own.len()))
            }
            // An alert above everything is meant for everything.
            Announcement::Bare if words(&self.text[..at]).is_empty() => {
                self.out.whole = true;
                Some((Found::Warning, own.len()))
            }
            Announcement::Bare => Some((Found::Open(Mark::Section, None), own.len())),
            Announcement::Alert => Some((Found::Open(Mark::Section, None), 0)),
        }
    }

    /// A mark at any place of a line.
    fn at(&mut self, at: usize) -> Option<(Found, usize)> {
        let rest = &self.text[at..];
        let is_tag_end = at + 1 == self.tag_end;
        match rest.as_bytes()[0] {
            b'<' => {
                self.tag_end = html::known_tag(rest).map_or(self.tag_end, |tag| at + tag.length);
                if self.speaks { element(rest, &self.open) } else { None }
            }
            b'[' if self.speaks => bracket(rest),
            b'(' if self.speaks => view(rest),
            b'|' if rest.starts_with("||") => self.bars(at),
            b'>' if rest.starts_with(">!") && !is_tag_end => Some((Found::Open(Mark::Angle, None), 2)),
            b'!' if rest.starts_with("!<") && html::known_tag(&rest[1..]).is_none() => {
                Some((Found::Close(Mark::Angle), 2))
            }
            b'~' if rest.starts_with("~!") => Some((Found::Open(Mark::Tilde, None), 2)),
            b'!' if rest.starts_with("!~") && !rest.starts_with("!~~") => {
                Some((Found::Close(Mark::Tilde), 2))
            }
            first if self.speaks && first.is_ascii_alphabetic() => self.sentence(at),
            _ => None,
        }
    }

    /// Bars open and close with the same sign. As in our own files, a mark closes only if there is something to close on,
    /// so that doubled marks hide more and never less.
    fn bars(&mut self, at: usize) -> Option<(Found, usize)> {
        if self.open.contains(&Mark::Bars) {
            let inside = self.text.get(self.bars_at..at).unwrap_or_default();
            let is_filled = inside.chars().any(|c| !c.is_whitespace() && c != '|');
            return is_filled.then_some((Found::Close(Mark::Bars), 2));
        }
        let slashes = self.text.as_bytes()[..at].iter().rev().take_while(|b| **b == b'\\').count();
        if self.escapes == Escapes::Honoured && self.open.is_empty() && slashes % 2 == 1 {
            return None;
        }
        self.bars_at = at + 2;
        Some((Found::Open(Mark::Bars, None), 2))
    }

    /// A sentence inside a line that announces spoilers.
    fn sentence(&mut self, at: usize) -> Option<(Found, usize)> {
        // Nearly every letter stands inside a word, and this is asked for each.
        if at > 0 && self.text.as_bytes()[at - 1].is_ascii_alphanumeric() {
            return None;
        }
        let before = self.text[..at].trim_end_matches([' ', '*', '_', '(', '"', '\u{201c}', '[']);
        let is_start =
            before.is_empty() || before.ends_with(['.', '!', '?', '\n', '>', ':', ';', ')', '-', '—', '…']);
        if !is_start {
            return None;
        }
        let rest = &self.text[at..];
        let end = rest.find(['.', '!', '?', '\n', '<']).unwrap_or(rest.len());
        match announcement(&rest[..end])? {
            Announcement::Review => {
                self.out.whole = true;
                None
            }
            Announcement::Bare if rest[..end].trim().contains(' ') => {
                Some((Found::Open(Mark::Section, None), 0))
            }
            Announcement::Bare => None,
            Announcement::Alert => Some((Found::Open(Mark::Section, None), 0)),
        }
    }
}

/// How much of a line is its own: up to the tag that begins another. The tag that it begins with is its own.
fn own_length(line: &str) -> usize {
    let bytes = line.as_bytes();
    let is_other = |at: &usize| {
        matches!(
            bytes[*at..],
            [b'<', b'b', b'r', ..] | [b'<', b'p' | b'h', ..] | [b'<', b'/', b'p' | b'h' | b'd' | b'l', ..]
        )
    };
    memchr::memchr_iter(b'<', bytes).filter(|at| *at > 0).find(is_other).unwrap_or(line.len())
}

#[cfg(test)]
#[path = "spoilers_tests.rs"]
mod tests;
