//! A line of a page and its parts.

use std::ops::Range;

use crate::curtain::Region;
use crate::markup::Style;

/// A place in a review's text, which is independent of the width. Ordered as read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// 0 for the head of the page, otherwise the passage's number plus 1.
    pub section: u32,
    /// The offset in the section, in bytes; 0 is the line of its curtain.
    pub offset: u32,
    /// The offset within a lifted span at that place, in bytes.
    pub within: u32,
}

/// The purpose of a run of text. The theme assigns each role a style; nothing here knows colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// The text of the review.
    #[default]
    Body,
    /// The headline of a page.
    Headline,
    /// The work, below the headline.
    Work,
    /// Stars.
    Stars,
    /// Date, reviewer, reading time, tags, link.
    Meta,
    /// The label of a curtain.
    Label,
    /// What fills the line of a curtain that is down.
    Texture,
    /// The mark in place of a hidden span, or at the edges of a lifted one.
    SpanMark,
    /// Text that was behind a curtain.
    Revealed,
    /// A fault of a file.
    Fault,
}

/// A run of text in one role and style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRun {
    /// Where it ends in the line's text, in bytes. It begins where the previous run ends.
    pub end: usize,
    /// Its role.
    pub role: Role,
    /// Its style.
    pub style: Style,
    /// The span that it belongs to, if any.
    pub span: Option<Region>,
}

/// The mark at the left edge of a line, which shows where revealed text begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A curtain that is down.
    Down,
    /// The line of a lifted curtain.
    Top(By),
    /// Text from behind a lifted curtain.
    Side(By),
    /// The last line of that text.
    Bottom(By),
}

/// What lifted a curtain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The reader.
    Hand,
    /// Their progress.
    Progress,
}

impl Edge {
    /// The mark.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Edge::Down => "▐",
            Edge::Top(By::Hand) => "┌",
            Edge::Side(By::Hand) => "│",
            Edge::Bottom(By::Hand) => "└",
            Edge::Top(By::Progress) => "╭",
            Edge::Side(By::Progress) => "┊",
            Edge::Bottom(By::Progress) => "╰",
        }
    }
}

/// One line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The place in the text where it begins.
    pub place: Place,
    /// Its text, margins included.
    pub text: String,
    /// The runs of the text, in order.
    pub runs: Vec<LineRun>,
    /// How many bytes of the text are a margin: a bullet, the bar of a quote, an indent.
    pub margin: usize,
    /// Whether it ends in a hyphen that is not in the review: its last word goes on in the next line.
    pub is_hyphenated: bool,
    /// The addresses that its text leads to, with the bytes that lead there.
    pub links: Vec<(Range<usize>, String)>,
    /// The mark at its left edge.
    pub edge: Option<Edge>,
    /// The curtain whose line this is, if any.
    pub curtain: Option<Region>,
}

impl Line {
    /// Creates a line of a single run.
    pub(super) fn of(text: &str, role: Role) -> Self {
        let mut line = Line::default();
        line.push(text, role, Style::PLAIN, None);
        line
    }

    /// Appends a run.
    pub(super) fn push(&mut self, text: &str, role: Role, style: Style, span: Option<Region>) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        self.runs.push(LineRun { end: self.text.len(), role, style, span });
    }

    /// Puts a hyphen behind it, in the look of what is before.
    pub(super) fn hyphenate(&mut self) {
        if let Some(LineRun { role, style, span, .. }) = self.runs.last().copied() {
            self.push("-", role, style, span);
            self.is_hyphenated = true;
        }
    }

    /// The text of the review that is on it: without its margin, and without a hyphen that is not in the review.
    #[must_use]
    pub fn words(&self) -> &str {
        let end = self.text.len() - usize::from(self.is_hyphenated);
        self.text.get(self.margin..end).unwrap_or_default()
    }

    /// The runs with their texts, in order.
    pub fn runs(&self) -> impl Iterator<Item = (&str, &LineRun)> {
        let starts = std::iter::once(0).chain(self.runs.iter().map(|run| run.end));
        starts.zip(&self.runs).map(|(start, run)| (&self.text[start..run.end], run))
    }

    /// The curtains on this line, in order: its own, then those of its spans.
    pub fn regions(&self) -> impl Iterator<Item = Region> {
        self.curtain.into_iter().chain(self.runs.iter().filter_map(|run| run.span))
    }
}
