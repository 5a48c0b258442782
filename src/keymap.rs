//! What keys mean. One table has every action with its usual keys; a [`Keymap`] has the keys in force, with those of a
//! ready-made set and the reader's own. Dispatch, help, palette, footer, README and manual page all come from it.
//!
//! It knows what keys are called and what they mean, and nothing of state.

mod bound;
mod key;
mod read;
mod table;

pub use bound::{Keymap, Meaning, Row};
pub use key::{Key, Sequence};
pub use read::SETS;
pub use table::{BINDINGS, Binding};

/// What the reader wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Go somewhere: in the list to another review, in a text to other lines.
    Move(Step),
    /// Open the selected review.
    Open,
    /// Leave the text for the list, or the help page for what was before.
    Back,
    /// To the list.
    ToList,
    /// To the text.
    ToText,
    /// To the other of the two.
    OtherPane,
    /// To the next spoiler of the review.
    NextCurtain,
    /// To the previous one.
    PreviousCurtain,
    /// Reveal the focused spoiler, or hide it.
    ToggleCurtain,
    /// Reveal all spoilers of the review, or hide them.
    ToggleAll,
    /// Show every spoiler, in this run.
    ToggleAlwaysShow,
    /// Say how far one has got in the work.
    Progress,
    /// Say that one has got one chapter or episode further.
    StepOn,
    /// Say that one is one chapter or episode less far.
    StepBack,
    /// To the next passage that progress has opened and that was not read.
    NextOpened,
    /// Show the review as of its next gate.
    Preview,
    /// All reviews of the work, side by side.
    Room,
    /// To the next of them.
    RightColumn,
    /// To the one before.
    LeftColumn,
    /// Mark the review as read, or as unread.
    ToggleRead,
    /// Hide the list, or show it.
    ToggleList,
    /// Type what the list is to be narrowed to.
    Filter,
    /// Type words to look for in the text of every review.
    FilterTexts,
    /// Type what to look for in the text on the screen.
    Search,
    /// To the next hit in the text.
    NextHit,
    /// To the one before.
    PreviousHit,
    /// Sort the list by the next key.
    NextSort,
    /// Reverse the order.
    ReverseSort,
    /// Group the list by the next thing.
    NextGroup,
    /// Fold the selected group, or unfold it.
    ToggleGroup,
    /// Take the line that was typed.
    Accept,
    /// Leave the line as if nothing had been typed.
    Cancel,
    /// Complete the word that is being typed.
    Complete,
    /// The line that was typed before this one.
    OlderLine,
    /// The line that was typed after this one.
    NewerLine,
    /// Show every action by its name, to choose one.
    Palette,
    /// Show the keys.
    Help,
    /// Show counts of what is in the list.
    Statistics,
    /// Set the bookmark of the review here, or remove it.
    ToggleBookmark,
    /// To the next bookmark.
    NextBookmark,
    /// Back to where one was before a jump.
    JumpBack,
    /// Forward again.
    JumpForward,
    /// Take back what was done last.
    Undo,
    /// To the next review in the list, from the text too.
    NextReview,
    /// To the one before.
    PreviousReview,
    /// To the next review that was not read.
    NextUnread,
    /// To the heading of the next group.
    NextGroupHead,
    /// To the one before.
    PreviousGroupHead,
    /// Fold all groups, or unfold them.
    ToggleAllGroups,
    /// Hide what was read, or show it.
    ToggleUnreadOnly,
    /// Open the file in an editor.
    Edit,
    /// Open the review's address in a browser.
    OpenLink,
    /// Copy the passage, or the review.
    Copy,
    /// Copy the review's address.
    CopyAddress,
    /// Type a command to hand the text to.
    Pipe,
    /// Read all files and the configuration again.
    Reload,
    /// Draw everything anew.
    Redraw,
    /// Give the terminal back to the shell until it is called for.
    Suspend,
    /// End the program.
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

    /// Whether a count before its key repeats it.
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

/// A way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One row or line on.
    Down,
    /// One row or line back.
    Up,
    /// Half a page on.
    HalfDown,
    /// Half a page back.
    HalfUp,
    /// A page on.
    PageDown,
    /// A page back.
    PageUp,
    /// To the very beginning.
    Start,
    /// To the very end.
    End,
}

/// Where a binding holds.
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
    /// While a line is typed. Every other key edits the line.
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
            Scope::Room => "Among the reviews of a work",
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
