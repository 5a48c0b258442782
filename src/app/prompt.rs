//! The line at the bottom in which the reader types: a filter, a search, or their progress.

use super::Line;
use crate::curtain::ReviewId;
use crate::keymap::Action;
use crate::work::Progress;

/// A line to type in, and what it is for.
#[derive(Debug)]
pub struct Prompt {
    /// What the line is for.
    pub purpose: Purpose,
    /// What has been typed so far.
    pub line: Line,
}

/// What a prompt asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The list's filter.
    Filter,
    /// What to search for in the text.
    Search,
    /// The command to pipe the text to.
    Pipe,
    /// An action or a theme.
    Palette {
        /// The number of the selected choice.
        selected: usize,
        /// What the reader was asked about before: to choose it again confirms it.
        pending: Option<Action>,
    },
    /// How far the reader has got in the work of a review.
    Progress {
        /// The review. Even if another one is selected in the meantime, the answer is about its work.
        review: ReviewId,
        /// The progress that the reader was asked to confirm, since it opens everything: Enter again accepts it.
        confirms: Option<Progress>,
    },
    /// Nothing, for this reason. Typed characters must still not be taken for commands.
    Nothing(&'static str),
}

/// What progress would do to the visible spoilers of a work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// How many would be revealed.
    pub revealed: usize,
    /// How many would be hidden again.
    pub hidden: usize,
    /// How many reviews they are in.
    pub reviews: usize,
}

impl Opening {
    /// In words: `reveals 3 spoilers in 2 reviews`. `None` if it changes nothing.
    #[must_use]
    pub fn words(self) -> Option<String> {
        let counted = |count: usize, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        let done = match (self.revealed, self.hidden) {
            (0, 0) => return None,
            (revealed, 0) => format!("reveals {}", counted(revealed, "spoiler")),
            (0, hidden) => format!("hides {}", counted(hidden, "spoiler")),
            (revealed, hidden) => format!("reveals {}, hides {hidden}", counted(revealed, "spoiler")),
        };
        Some(format!("{done} in {}", counted(self.reviews, "review")))
    }
}
