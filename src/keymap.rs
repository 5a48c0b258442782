//! What keys mean. One table has every action with its usual keys; a [`Keymap`] has the keys in force, with those of a
//! ready-made set and the reader's own. Dispatch, help, palette, footer, README and manual page all come from it.
//!
//! It knows what keys are called and what they mean, and nothing of state.

mod bound;
mod key;
mod read;

use crossterm::event::KeyCode;

pub use bound::{Keymap, Meaning, Row};
pub use key::{Key, Sequence};
pub use read::SETS;

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
    /// In both panes.
    Panes,
    /// While a line is typed. Every other key edits the line.
    Prompt,
}

impl Scope {
    /// All scopes, in the order of the README.
    pub const ALL: [Scope; 5] = [Scope::List, Scope::Text, Scope::Panes, Scope::Prompt, Scope::Help];

    /// Its heading in help.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Scope::List => "In the list",
            Scope::Text => "In the text",
            Scope::Panes => "In both",
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

/// A row of the table.
#[derive(Debug)]
pub struct Binding {
    /// The keys that it has unless the reader decides otherwise, the usual one first.
    pub keys: &'static [Key],
    /// Where it holds.
    pub scope: Scope,
    /// What it does.
    pub action: Action,
    /// What it does, in words.
    pub help: &'static str,
    /// The word for it in the footer, if it belongs there.
    pub hint: Option<&'static str>,
}

const fn bind(
    scope: Scope,
    keys: &'static [Key],
    action: Action,
    help: &'static str,
    hint: Option<&'static str>,
) -> Binding {
    Binding { keys, scope, action, help, hint }
}

const fn c(c: char) -> Key {
    Key::char(c)
}

const fn k(code: KeyCode) -> Key {
    Key::plain(code)
}

const fn ctrl(c: char) -> Key {
    Key::control(c)
}

/// All bindings. The order is that of the help page; hints come in this order too.
pub const BINDINGS: &[Binding] = {
    use Action::{
        Accept, Back, Cancel, Complete, Copy, CopyAddress, Edit, Filter, FilterTexts, Help, JumpBack,
        JumpForward, Move, NewerLine, NextBookmark, NextCurtain, NextGroup, NextGroupHead, NextHit,
        NextReview, NextSort, NextUnread, OlderLine, Open, OpenLink, OtherPane, Palette, Pipe,
        PreviousCurtain, PreviousGroupHead, PreviousHit, PreviousReview, Progress, Quit, Redraw, Reload,
        ReverseSort, Search, StepBack, StepOn, Suspend, ToList, ToText, ToggleAll, ToggleAllGroups,
        ToggleAlwaysShow, ToggleBookmark, ToggleCurtain, ToggleGroup, ToggleList, ToggleRead,
        ToggleUnreadOnly, Undo,
    };
    use KeyCode::{BackTab, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right, Tab, Up};
    &[
        bind(Scope::List, &[k(Enter)], Open, "read the review", Some("read")),
        bind(Scope::List, &[c('l'), k(Right)], ToText, "to the text", None),
        bind(
            Scope::List,
            &[c('/')],
            Filter,
            "filter the list as you type: words, kind:film, rating:>=4",
            Some("filter"),
        ),
        bind(
            Scope::List,
            &[c('r')],
            NextSort,
            "sort by date, rating, title, year, reviewer, last read in turn",
            None,
        ),
        bind(Scope::List, &[c('R')], ReverseSort, "reverse the order", None),
        bind(Scope::List, &[c('w')], NextGroup, "group by work, kind, year, reviewer, or not at all", None),
        bind(Scope::List, &[c('h'), k(Left)], ToggleGroup, "fold or unfold the group", None),
        bind(Scope::List, &[c('Z')], ToggleAllGroups, "fold or unfold all groups", None),
        bind(Scope::List, &[c('}')], NextGroupHead, "next group", None),
        bind(Scope::List, &[c('{')], PreviousGroupHead, "previous group", None),
        bind(Scope::List, &[k(Esc)], Back, "clear the filter", None),
        bind(Scope::Text, &[c(']')], NextCurtain, "next spoiler", Some("spoiler")),
        bind(Scope::Text, &[c('[')], PreviousCurtain, "previous spoiler", None),
        bind(Scope::Text, &[k(Enter)], ToggleCurtain, "reveal or hide the focused spoiler", Some("reveal")),
        bind(
            Scope::Text,
            &[c('s')],
            ToggleAll,
            "reveal or hide all spoilers of this review",
            Some("all spoilers"),
        ),
        bind(Scope::Text, &[k(Esc)], Back, "back to the list", Some("list")),
        bind(Scope::Text, &[c('h'), k(Left)], ToList, "to the list", None),
        bind(Scope::Text, &[c('/')], Search, "search in this text", Some("search")),
        bind(Scope::Text, &[c('n')], NextHit, "next hit", None),
        bind(Scope::Text, &[c('N')], PreviousHit, "previous hit", None),
        bind(Scope::Panes, &[c('j'), k(Down)], Move(Step::Down), "down", None),
        bind(Scope::Panes, &[c('k'), k(Up)], Move(Step::Up), "up", None),
        bind(Scope::Panes, &[c(' '), k(PageDown)], Move(Step::PageDown), "a page down", None),
        bind(Scope::Panes, &[c('b'), k(PageUp)], Move(Step::PageUp), "a page up", None),
        bind(Scope::Panes, &[ctrl('d')], Move(Step::HalfDown), "half a page down", None),
        bind(Scope::Panes, &[ctrl('u')], Move(Step::HalfUp), "half a page up", None),
        bind(Scope::Panes, &[c('g'), k(Home)], Move(Step::Start), "to the beginning", None),
        bind(Scope::Panes, &[c('G'), k(End)], Move(Step::End), "to the end", None),
        bind(Scope::Panes, &[k(Tab), k(BackTab)], OtherPane, "to the other pane", None),
        bind(
            Scope::Panes,
            &[c('S')],
            ToggleAlwaysShow,
            "always show spoilers until you quit (asks once), or stop that",
            None,
        ),
        bind(
            Scope::Panes,
            &[c('p')],
            Progress,
            "say how far you have got: spoilers you are past are revealed",
            Some("progress"),
        ),
        bind(
            Scope::Panes,
            &[c('+')],
            StepOn,
            "you are one chapter or episode further: what you are then past is revealed",
            None,
        ),
        bind(Scope::Panes, &[c('-')], StepBack, "one back: what lies ahead is hidden again", None),
        bind(Scope::Panes, &[c('f')], FilterTexts, "find words in the text of every review", None),
        bind(Scope::Panes, &[c('m')], ToggleRead, "mark as read or unread", None),
        bind(
            Scope::Panes,
            &[c('u')],
            Undo,
            "undo: read marks, progress, filters; hide what was revealed last",
            None,
        ),
        bind(Scope::Panes, &[c('J')], NextReview, "next review", Some("next")),
        bind(Scope::Panes, &[c('K')], PreviousReview, "previous review", None),
        bind(Scope::Panes, &[c('U')], NextUnread, "next unread review", None),
        bind(Scope::Panes, &[c('<')], JumpBack, "back to where you were before a jump", None),
        bind(Scope::Panes, &[c('>')], JumpForward, "forward again", None),
        bind(Scope::Panes, &[c('B')], ToggleBookmark, "set or remove the review's bookmark here", None),
        bind(Scope::Panes, &[c('\'')], NextBookmark, "next bookmark", None),
        bind(Scope::Panes, &[c('H')], ToggleUnreadOnly, "hide or show what was read", None),
        bind(
            Scope::Panes,
            &[c('e')],
            Edit,
            "edit the file in $VISUAL or $EDITOR (asks once if it hides spoilers)",
            None,
        ),
        bind(Scope::Panes, &[c('o')], OpenLink, "open the review's link in a browser (shows it first)", None),
        bind(
            Scope::Panes,
            &[c('y')],
            Copy,
            "copy the focused passage, or the review as it may be seen",
            None,
        ),
        bind(Scope::Panes, &[c('Y')], CopyAddress, "copy the review's link or id", None),
        bind(Scope::Panes, &[c('|')], Pipe, "hand the text to a command", None),
        bind(Scope::Panes, &[c('z')], ToggleList, "hide or show the list", None),
        bind(Scope::Panes, &[c(':')], Palette, "every action by its name, and themes", Some("actions")),
        bind(Scope::Panes, &[c('?')], Help, "help: these keys", Some("help")),
        bind(Scope::Panes, &[k(F(5))], Reload, "read all files and the configuration again", None),
        bind(Scope::Panes, &[ctrl('l')], Redraw, "redraw the screen", None),
        bind(Scope::Panes, &[ctrl('z')], Suspend, "suspend", None),
        bind(Scope::Panes, &[c('q'), ctrl('c')], Quit, "quit", Some("quit")),
        bind(Scope::Prompt, &[k(Enter)], Accept, "accept the line", None),
        bind(Scope::Prompt, &[k(Esc), ctrl('c')], Cancel, "cancel: everything is as it was", None),
        bind(
            Scope::Prompt,
            &[k(Down)],
            Move(Step::Down),
            "down in the list that is filtered; in other lines, the next one in the history",
            None,
        ),
        bind(Scope::Prompt, &[k(Up)], Move(Step::Up), "up in it, or the previous line", None),
        bind(Scope::Prompt, &[k(PageDown)], Move(Step::PageDown), "a page down in it", None),
        bind(Scope::Prompt, &[k(PageUp)], Move(Step::PageUp), "a page up in it", None),
        bind(
            Scope::Prompt,
            &[k(Tab)],
            Complete,
            "complete a key or value of the filter; again, the next one",
            None,
        ),
        bind(Scope::Prompt, &[ctrl('p')], OlderLine, "previous line in the history", None),
        bind(Scope::Prompt, &[ctrl('n')], NewerLine, "next line in the history", None),
        bind(Scope::Help, &[c('?'), k(Esc), c('q'), k(Enter)], Back, "back to the reviews", Some("back")),
        bind(Scope::Help, &[c('j'), k(Down)], Move(Step::Down), "down", Some("down")),
        bind(Scope::Help, &[c('k'), k(Up)], Move(Step::Up), "up", Some("up")),
        bind(Scope::Help, &[c(' '), k(PageDown), ctrl('d')], Move(Step::PageDown), "a page down", None),
        bind(Scope::Help, &[c('b'), k(PageUp), ctrl('u')], Move(Step::PageUp), "a page up", None),
        bind(Scope::Help, &[c('g'), k(Home)], Move(Step::Start), "to the beginning", None),
        bind(Scope::Help, &[c('G'), k(End)], Move(Step::End), "to the end", None),
        bind(Scope::Help, &[ctrl('z')], Suspend, "suspend", None),
        bind(Scope::Help, &[ctrl('c')], Quit, "quit", None),
    ]
};

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
