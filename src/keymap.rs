//! What keys mean. One table has every action with its default keys; a [`Keymap`] has the keys in force, including
//! those of a ready-made set and the reader's own. Dispatch, help, palette, footer, README and manual page are all
//! based on it.
//!
//! It knows the names of keys and what they mean, and knows nothing of state.

mod bound;
mod key;
mod read;
mod table;

pub use bound::{Keymap, Meaning, Row};
pub use key::{Key, Sequence};
pub use read::SETS;
pub use table::{BINDINGS, Binding};

/// Something the reader wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Move: to another review in the list, or to other lines in the text.
    Move(Step),
    /// Open the selected review.
    Open,
    /// Go back from the text to the list, or from the help page to the panes.
    Back,
    /// Go to the list.
    ToList,
    /// Go to the text.
    ToText,
    /// Go to the other pane.
    OtherPane,
    /// Go to the next spoiler of the review.
    NextCurtain,
    /// Go to the previous spoiler.
    PreviousCurtain,
    /// Reveal or hide the focused spoiler.
    ToggleCurtain,
    /// Reveal or hide all spoilers of the review.
    ToggleAll,
    /// Show every spoiler for the rest of this run, or stop doing so.
    ToggleAlwaysShow,
    /// Set how far the reader has got in the work.
    Progress,
    /// Move progress one chapter or episode forward.
    StepOn,
    /// Move progress one chapter or episode back.
    StepBack,
    /// Go to the next unread passage that progress has opened.
    NextOpened,
    /// Show the review as of its next gate.
    Preview,
    /// Show all reviews of the work side by side.
    Room,
    /// Go to the next of these reviews.
    RightColumn,
    /// Go to the previous of these reviews.
    LeftColumn,
    /// Mark the review as read or unread.
    ToggleRead,
    /// Hide or show the list.
    ToggleList,
    /// Filter the list.
    Filter,
    /// Search the text of every review.
    FilterTexts,
    /// Search the text on the screen.
    Search,
    /// Go to the next hit in the text.
    NextHit,
    /// Go to the previous hit.
    PreviousHit,
    /// Sort the list by the next key.
    NextSort,
    /// Reverse the sort order.
    ReverseSort,
    /// Switch to the next grouping.
    NextGroup,
    /// Fold or unfold the selected group.
    ToggleGroup,
    /// Accept the line.
    Accept,
    /// Cancel the line, as if nothing had been typed.
    Cancel,
    /// Complete the word that is being typed.
    Complete,
    /// Go to the previous line in the history.
    OlderLine,
    /// Go to the next line in the history.
    NewerLine,
    /// Show all actions by name, to choose one.
    Palette,
    /// Show the help page.
    Help,
    /// Show counts of what is in the list.
    Statistics,
    /// Set the bookmark of the review here, or remove it.
    ToggleBookmark,
    /// Go to the next bookmark.
    NextBookmark,
    /// Go back to where the reader was before a jump.
    JumpBack,
    /// Go forward again.
    JumpForward,
    /// Undo the last change.
    Undo,
    /// Go to the next review in the list, even from the text.
    NextReview,
    /// Go to the previous review.
    PreviousReview,
    /// Go to the next unread review.
    NextUnread,
    /// Go to the heading of the next group.
    NextGroupHead,
    /// Go to the heading of the previous group.
    PreviousGroupHead,
    /// Fold or unfold all groups.
    ToggleAllGroups,
    /// Hide or show reviews that have been read.
    ToggleUnreadOnly,
    /// Open the file in an editor.
    Edit,
    /// Open the review's link in a browser.
    OpenLink,
    /// Copy the passage, or the review.
    Copy,
    /// Copy the review's link.
    CopyAddress,
    /// Pipe the text to a command.
    Pipe,
    /// Reread all files and the configuration.
    Reload,
    /// Redraw the screen.
    Redraw,
    /// Suspend the program and return to the shell.
    Suspend,
    /// Quit.
    Quit,
}

impl Action {
    /// Its name in the configuration and in the palette.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Action::Move(Step::Down) => "down",
            Action::Move(Step::Up) => "up",
            Action::Move(Step::HalfDown) => "half-down",
            Action::Move(Step::HalfUp) => "half-up",
            Action::Move(Step::PageDown) => "page-down",
            Action::Move(Step::PageUp) => "page-up",
            Action::Move(Step::Start) => "start",
            Action::Move(Step::End) => "end",
            Action::Open => "open",
            Action::Back => "back",
            Action::ToList => "to-list",
            Action::ToText => "to-text",
            Action::OtherPane => "other-pane",
            Action::NextCurtain => "next-spoiler",
            Action::PreviousCurtain => "previous-spoiler",
            Action::ToggleCurtain => "reveal",
            Action::ToggleAll => "reveal-all",
            Action::ToggleAlwaysShow => "always-show",
            Action::Progress => "progress",
            Action::StepOn => "progress-on",
            Action::StepBack => "progress-back",
            Action::NextOpened => "next-opened",
            Action::Preview => "preview",
            Action::Room => "compare",
            Action::RightColumn => "right-column",
            Action::LeftColumn => "left-column",
            Action::ToggleRead => "mark-read",
            Action::ToggleList => "toggle-list",
            Action::Filter => "filter",
            Action::FilterTexts => "find-texts",
            Action::Search => "search",
            Action::NextHit => "next-hit",
            Action::PreviousHit => "previous-hit",
            Action::NextSort => "sort",
            Action::ReverseSort => "reverse",
            Action::NextGroup => "group",
            Action::ToggleGroup => "fold",
            Action::Accept => "accept",
            Action::Cancel => "cancel",
            Action::OlderLine => "older-line",
            Action::NewerLine => "newer-line",
            Action::Complete => "complete",
            Action::ToggleBookmark => "toggle-bookmark",
            Action::NextBookmark => "next-bookmark",
            Action::JumpBack => "jump-back",
            Action::JumpForward => "jump-forward",
            Action::Undo => "undo",
            Action::NextReview => "next-review",
            Action::PreviousReview => "previous-review",
            Action::NextUnread => "next-unread",
            Action::NextGroupHead => "next-group",
            Action::PreviousGroupHead => "previous-group",
            Action::ToggleAllGroups => "fold-all",
            Action::ToggleUnreadOnly => "hide-read",
            Action::Edit => "edit",
            Action::OpenLink => "open-link",
            Action::Copy => "copy",
            Action::CopyAddress => "copy-address",
            Action::Pipe => "pipe",
            Action::Palette => "palette",
            Action::Help => "help",
            Action::Statistics => "statistics",
            Action::Reload => "reload",
            Action::Redraw => "redraw",
            Action::Suspend => "suspend",
            Action::Quit => "quit",
        }
    }

    /// Whether it may reveal a spoiler.
    #[must_use]
    pub fn is_revealing(self) -> bool {
        matches!(
            self,
            Action::ToggleCurtain
                | Action::ToggleAll
                | Action::ToggleAlwaysShow
                | Action::Progress
                | Action::StepOn
                | Action::Preview
        )
    }

    /// Whether a count repeats it.
    #[must_use]
    pub fn is_motion(self) -> bool {
        matches!(
            self,
            Action::Move(_)
                | Action::NextCurtain
                | Action::PreviousCurtain
                | Action::NextHit
                | Action::PreviousHit
                | Action::NextReview
                | Action::PreviousReview
                | Action::NextUnread
                | Action::NextOpened
                | Action::RightColumn
                | Action::LeftColumn
                | Action::NextGroupHead
                | Action::PreviousGroupHead
                | Action::JumpBack
                | Action::JumpForward
        )
    }
}

/// A movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One row or line down.
    Down,
    /// One row or line up.
    Up,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the beginning.
    Start,
    /// To the end.
    End,
}

/// Where a binding applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In the list.
    List,
    /// In the text of a review.
    Text,
    /// On the help page.
    Help,
    /// Among the reviews of a work, side by side.
    Room,
    /// In both panes.
    Panes,
    /// While a line is being typed. Any other key edits the line.
    Prompt,
}

impl Scope {
    /// All scopes, in the order of the README.
    pub const ALL: [Scope; 6] =
        [Scope::List, Scope::Text, Scope::Panes, Scope::Room, Scope::Prompt, Scope::Help];

    /// Its heading in help.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Scope::List => "In the list",
            Scope::Text => "In the text",
            Scope::Panes => "In both",
            Scope::Room => "Comparing reviews of a work",
            Scope::Prompt => "While typing a line",
            Scope::Help => "On the help page",
        }
    }

    /// Its name in the configuration: `[keys.list]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Scope::List => "list",
            Scope::Text => "text",
            Scope::Panes => "both",
            Scope::Room => "compare",
            Scope::Prompt => "prompt",
            Scope::Help => "help",
        }
    }

    /// Whether it is one of the panes.
    #[must_use]
    pub fn is_pane(self) -> bool {
        matches!(self, Scope::List | Scope::Text)
    }
}

/// A hint in the footer.
#[derive(Debug)]
pub struct Hint {
    /// The usual key.
    pub key: String,
    /// The word for what it does.
    pub word: &'static str,
    /// What it does.
    pub action: Action,
}

#[cfg(test)]
mod tests;
