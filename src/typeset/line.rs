//! A line of a page, and the words for what is on it.

use crate::curtain::Region;
use crate::markup::Style;

/// A place in a review's text, the same at every width: lines come and go, places stay.
///
/// The order is the reading order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// 0 for what stands above the text, else the passage's number plus 1.
    pub section: u32,
    /// Bytes into the section; 0 is the line of its curtain.
    pub offset: u32,
    /// Bytes into a lifted span that stands there.
    pub within: u32,
}

/// What a run of text is. The theme gives each role a look; nothing here knows a colour.
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
    /// What a curtain says of itself.
    Label,
    /// The mark in place of a hidden span, and the edges of a lifted one.
    SpanMark,
    /// Text that was behind a curtain.
    Revealed,
    /// What is wrong with a file.
    Fault,
}

/// A run of text in one role and style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRun {
    /// Where it ends in its line's text, in bytes. It begins where the one before it ends.
    pub end: usize,
    /// What it is.
    pub role: Role,
    /// How it is meant.
    pub style: Style,
    /// The span whose mark or text it is.
    pub span: Option<Region>,
}

/// What stands at the left edge of a line, to show where what was lifted begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A curtain that is down.
    Down,
    /// The line of a curtain that is lifted.
    Top,
    /// Text from behind a lifted curtain.
    Side,
    /// The last line of it.
    Bottom,
}

/// One line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Where in the text it begins.
    pub place: Place,
    /// What it says, margins included.
    pub text: String,
    /// The runs of the text, in order.
    pub runs: Vec<LineRun>,
    /// The mark at its left edge.
    pub edge: Option<Edge>,
    /// The curtain of which this is the line.
    pub curtain: Option<Region>,
}

impl Line {
    /// A line of one run.
    pub(super) fn of(text: &str, role: Role) -> Self {
        let mut line = Line::default();
        line.push(text, role, Style::PLAIN, None);
        line
    }

    /// Adds a run at the end.
    pub(super) fn push(&mut self, text: &str, role: Role, style: Style, span: Option<Region>) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        self.runs.push(LineRun { end: self.text.len(), role, style, span });
    }

    /// The runs with their texts, in order.
    pub fn runs(&self) -> impl Iterator<Item = (&str, &LineRun)> {
        let starts = std::iter::once(0).chain(self.runs.iter().map(|run| run.end));
        starts.zip(&self.runs).map(|(start, run)| (&self.text[start..run.end], run))
    }

    /// The curtains on this line in order: its own, and those of its spans.
    pub fn regions(&self) -> impl Iterator<Item = Region> {
        self.curtain.into_iter().chain(self.runs.iter().filter_map(|run| run.span))
    }
}
