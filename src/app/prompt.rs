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
    /// What was typed so far.
    pub line: Line,
}

/// What a prompt asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        /// What the reader was asked about before: to choose it again confirms it.
        pending: Option<Action>,
    },
    /// How far the reader has got in the work of a review.
    Progress {
        /// The review. Whatever is selected meanwhile, the answer is about its work.
        review: ReviewId,
        /// The progress that the reader was asked about, since it opens all there is: Enter again takes it.
        confirms: Option<Progress>,
    },
    /// Nothing, for this reason. What is typed all the same must not be taken for commands.
    Nothing(&'static str),
}

/// What progress would do to the spoilers of a work that can be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Those that would be revealed.
    pub revealed: usize,
    /// Those that would be hidden again.
    pub hidden: usize,
    /// The reviews that they are in.
    pub reviews: usize,
}

impl Opening {
    /// In words: `reveals 3 spoilers in 2 reviews`. Nothing if it does nothing.
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
