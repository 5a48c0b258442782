//! The line at the bottom in which the reader types: a filter, a search, or their progress.

use super::Line;
use crate::curtain::ReviewId;
use crate::work::Point;

/// A line to type in, and what it is for.
#[derive(Debug)]
pub struct Prompt {
    /// What the line is for.
    pub purpose: Purpose,
    /// What was typed so far.
    pub line: Line,
}

/// What a prompt asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// What the list is narrowed to.
    Filter,
    /// What to look for in the text.
    Search,
    /// The command that the text is handed to.
    Pipe,
    /// What to do, or what to look like.
    Palette {
        /// The number of the choice that is selected.
        selected: usize,
    },
    /// How far the reader has got in the work of a review.
    Progress {
        /// The review. Whatever is selected meanwhile, the answer is about its work.
        review: ReviewId,
        /// The point that the reader was asked about, since it opens all there is: Enter again takes it.
        confirms: Option<Point>,
    },
    /// Nothing, for this reason. What is typed all the same must not be taken for commands.
    Nothing(&'static str),
}

/// What a point in a work would do to the gates of a review that can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The gates that it is past.
    pub opened: usize,
    /// All of them.
    pub gates: usize,
}

impl Opening {
    /// Whether it is past every gate, of which there is one at least.
    pub(super) fn is_all(self) -> bool {
        self.gates > 0 && self.opened == self.gates
    }
}
