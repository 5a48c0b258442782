//! Typesets a review, the state of its curtains and a width into a page of lines.
//!
//! A [`Page`] contains only what may be seen. The screen, text search and printing all read it, so none of them needs a
//! rule about curtains. It knows roles, not colours, and nothing of terminals.
//!
//! A page consists of blocks (a paragraph, a curtain), and a block is broken into lines only when needed, so that a
//! text of a megabyte opens as fast as a single page. This is why lines are identified by a [`Cursor`] instead of a
//! number.

mod ascii;
mod compose;
mod hyphens;
mod joined;
mod line;
mod paragraph;
mod table;
mod words;

use std::cell::OnceCell;

pub use ascii::{ascii_sign, in_ascii};
use compose::compose;
pub use hyphens::Language;
pub use joined::Joined;
pub use line::{By, Edge, Line, LineRun, Place, Role};
use paragraph::Paragraph;
pub use paragraph::{Links, SPAN_MARK};
pub use words::{columns, shorten};
pub(crate) use words::{fit, lines};

use crate::curtain::Region;
use crate::review::{DateStyle, Fault, RatingStyle, Visible};

/// Identifies a line of a page: its block, and its number within the block. Ordered as read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    block: usize,
    line: usize,
}

/// How a review is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// The width, in columns.
    pub measure: usize,
    /// How dates are written.
    pub dates: DateStyle,
    /// How its rating is written.
    pub ratings: RatingStyle,
    /// The language whose words are hyphenated where lines are short, if any are.
    pub hyphenation: Option<Language>,
    /// How the addresses of links are shown.
    pub links: Links,
}

/// The usual format of this width.
impl From<usize> for Format {
    fn from(measure: usize) -> Self {
        Format { measure, ..Format::default() }
    }
}

/// A typeset text.
#[derive(Debug, Default)]
pub struct Page {
    measure: usize,
    blocks: Vec<Block>,
}

#[derive(Debug)]
struct Block {
    place: Place,
    /// The weight for the reading position, in bytes of visible text.
    weight: usize,
    source: Source,
    lines: OnceCell<Vec<Line>>,
}

#[derive(Debug)]
enum Source {
    Paragraph(Paragraph),
    /// Lines that need no typesetting.
    Set,
}

impl Block {
    fn of(paragraph: Paragraph) -> Self {
        let (place, weight) = (paragraph.place, paragraph.text.len());
        Block { place, weight, source: Source::Paragraph(paragraph), lines: OnceCell::new() }
    }

    fn set(place: Place, lines: Vec<Line>, weight: usize) -> Self {
        Block { place, weight, source: Source::Set, lines: OnceCell::from(lines) }
    }

    fn lines(&self, measure: usize) -> &[Line] {
        self.lines.get_or_init(|| match &self.source {
            Source::Paragraph(paragraph) => paragraph.set(measure),
            Source::Set => Vec::new(),
        })
    }
}

impl Page {
    /// Sets a review as far as its reader may see it.
    #[must_use]
    pub fn review(visible: Visible<'_>, format: impl Into<Format>) -> Self {
        let format = format.into();
        Page { measure: format.measure, blocks: compose(visible, format) }
    }

    /// Sets a review whose file can no longer be read, below the reasons why.
    #[must_use]
    pub fn outdated(visible: Visible<'_>, faults: &[Fault], format: impl Into<Format>) -> Self {
        let format = format.into();
        let mut page = Page { measure: format.measure, blocks: Vec::new() };
        page.add(
            "✗ The file has changed and cannot be read as a review any more. This is what it was.",
            Role::Fault,
        );
        for fault in faults {
            page.add(&fault.to_string(), Role::Fault);
        }
        page.add("", Role::Body);
        // They belong to the very beginning, like the head of the review.
        for block in &mut page.blocks {
            block.place = Place::default();
            block.lines.get_mut().into_iter().flatten().for_each(|line| line.place = Place::default());
        }
        page.blocks.extend(compose(visible, format));
        page
    }

    /// Sets the faults of a file that could not be read.
    #[must_use]
    pub fn problem(file: &str, faults: &[Fault], measure: usize) -> Self {
        let mut page = Page { measure, blocks: Vec::new() };
        page.add(file, Role::Headline);
        page.add("This file could not be read as a review.", Role::Work);
        for fault in faults {
            page.add("", Role::Body);
            page.add(&fault.to_string(), Role::Fault);
        }
        page
    }

    /// Sets plain lines, such as those of the help page: a heading, then text.
    #[must_use]
    pub fn document<'t>(lines: impl Iterator<Item = (&'t str, Role)>, measure: usize) -> Self {
        let mut page = Page { measure, blocks: Vec::new() };
        for (text, role) in lines {
            page.add(text, role);
        }
        page
    }

    fn add(&mut self, text: &str, role: Role) {
        let offset = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        let place = Place { offset, ..Place::default() };
        let set = |range: std::ops::Range<usize>| Line { place, ..Line::of(&text[range], role) };
        let lines: Vec<_> = words::lines(text, self.measure).into_iter().map(set).collect();
        let weight = lines.len();
        self.blocks.push(Block::set(place, lines, weight));
    }

    /// The width that the page was set for, in columns.
    #[must_use]
    pub fn measure(&self) -> usize {
        self.measure
    }

    fn lines(&self, block: usize) -> &[Line] {
        self.blocks.get(block).map_or(&[], |block| block.lines(self.measure))
    }

    /// The lines from a cursor onwards, with their cursors.
    pub fn lines_from(&self, from: Cursor) -> impl Iterator<Item = (Cursor, &Line)> {
        (from.block..self.blocks.len())
            .flat_map(|block| {
                self.lines(block).iter().enumerate().map(move |(line, set)| (Cursor { block, line }, set))
            })
            .skip_while(move |(cursor, _)| *cursor < from)
    }

    /// The lines before a cursor, last one first.
    fn lines_before(&self, from: Cursor) -> impl Iterator<Item = Cursor> {
        (0..(from.block + 1).min(self.blocks.len()))
            .rev()
            .flat_map(|block| (0..self.lines(block).len()).rev().map(move |line| Cursor { block, line }))
            .skip_while(move |cursor| *cursor >= from)
    }

    /// The cursor `by` lines down, or the last one.
    #[must_use]
    pub fn down(&self, from: Cursor, by: usize) -> Cursor {
        self.lines_from(from).take(by + 1).last().map_or(from, |(cursor, _)| cursor)
    }

    /// The next line after a cursor with text on it.
    #[must_use]
    pub fn after(&self, from: Cursor) -> Option<Cursor> {
        let mut lines = self.lines_from(from).skip(1);
        lines.find(|(_, line)| !line.text.is_empty()).map(|(cursor, _)| cursor)
    }

    /// The cursor `by` lines up, or the first one.
    #[must_use]
    pub fn up(&self, from: Cursor, by: usize) -> Cursor {
        self.lines_before(from).take(by).last().unwrap_or(from)
    }

    /// The top of the next page of this height: the last line of this one stays in sight, and more of it where only the last
    /// line of a paragraph would.
    #[must_use]
    pub fn page_down(&self, top: Cursor, height: usize) -> Cursor {
        let mut at = self.down(top, height.saturating_sub(1));
        while self.is_bad_top(at) && self.up(at, 1) > top {
            at = self.up(at, 1);
        }
        at
    }

    /// The top of the page before, of which the last line is the one at the top now.
    #[must_use]
    pub fn page_up(&self, top: Cursor, height: usize) -> Cursor {
        let mut at = self.up(top, height.saturating_sub(1));
        while self.is_bad_top(at) && self.down(at, 1) < top {
            at = self.down(at, 1);
        }
        at
    }

    /// Whether a page should not begin with a line: a blank one, or the last of a paragraph by itself.
    fn is_bad_top(&self, at: Cursor) -> bool {
        let lines = self.lines(at.block);
        let is_blank = |line: &Line| line.text.is_empty();
        let texts = lines.iter().filter(|line| !is_blank(line)).count();
        let is_widow = texts > 1 && at.line > 0 && at.line + 1 == lines.len();
        at != Cursor::default() && (is_widow || lines.get(at.line).is_none_or(is_blank))
    }

    /// The lines of the paragraph that a line belongs to, put together again.
    #[must_use]
    pub fn paragraph(&self, at: Cursor) -> Joined {
        let lines = self.lines(at.block).iter().enumerate();
        Joined::of(lines.map(|(line, set)| (Cursor { block: at.block, line }, set)))
    }

    /// The lowest cursor that may be at the top of a window of this height, which puts the last line at the bottom.
    #[must_use]
    pub fn last_top(&self, height: usize) -> Cursor {
        let end = Cursor { block: self.blocks.len(), line: 0 };
        self.lines_before(end).take(height.max(1)).last().unwrap_or_default()
    }

    /// The place in the text where the line at a cursor begins.
    #[must_use]
    pub fn place(&self, cursor: Cursor) -> Place {
        self.lines(cursor.block).get(cursor.line).map_or_else(Place::default, |line| line.place)
    }

    /// The line that contains a place: the last one that begins at or before it. A paragraph takes precedence over the
    /// blank line above it.
    #[must_use]
    pub fn locate(&self, place: Place) -> Cursor {
        let block = self.blocks.partition_point(|block| block.place <= place).saturating_sub(1);
        let lines = self.lines(block);
        let line = lines.partition_point(|line| line.place <= place).saturating_sub(1);
        Cursor { block, line: if place == Place::default() { 0 } else { line } }
    }

    /// The first line of a curtain: its own line, or the one where its span begins.
    #[must_use]
    pub fn find(&self, region: Region) -> Option<Cursor> {
        let section = region.passage_number().map_or(0, |number| number + 1);
        let first = self.blocks.partition_point(|block| block.place.section < section);
        let at = Cursor { block: first, line: 0 };
        self.lines_from(at)
            .take_while(|(_, line)| line.place.section <= section)
            .find(|(_, line)| line.regions().any(|on_line| on_line == region))
            .map(|(cursor, _)| cursor)
    }

    /// The first curtain at or below a line, or with `back` the last one above it.
    #[must_use]
    pub fn nearest(&self, from: Cursor, back: bool) -> Option<Region> {
        match back {
            false => self.lines_from(from).find_map(|(_, line)| line.regions().next()),
            true => self
                .lines_before(from)
                .find_map(|cursor| self.lines(cursor.block).get(cursor.line)?.regions().last()),
        }
    }

    /// The fraction of the visible text that is above the bottom of a window, from 0 to 1.
    #[must_use]
    pub fn fraction(&self, top: Cursor, height: usize) -> f64 {
        let bottom = self.down(top, height.saturating_sub(1));
        if self.down(bottom, 1) == bottom {
            return 1.0;
        }
        let above: usize = self.blocks[..bottom.block].iter().map(|block| block.weight).sum();
        let all: usize = self.blocks.iter().map(|block| block.weight).sum();
        let block =
            self.blocks[bottom.block].weight * (bottom.line + 1) / self.lines(bottom.block).len().max(1);
        #[expect(clippy::cast_precision_loss, reason = "a percentage needs no more")]
        let fraction = (above + block) as f64 / all.max(1) as f64;
        fraction
    }
}

#[cfg(test)]
mod setting_tests;
#[cfg(test)]
mod tests;
