//! The table of default keys. It does not know which of them are in force.

use crossterm::event::KeyCode;

use super::{Action, Key, Scope, Step};

/// A row of the table.
#[derive(Debug)]
pub struct Binding {
    /// The default keys, the usual one first.
    pub keys: &'static [Key],
    /// The scope that it belongs to.
    pub scope: Scope,
    /// What it does.
    pub action: Action,
    /// What it does, in words.
    pub help: &'static str,
    /// The footer's word for it, if it belongs there.
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

/// All bindings, in the order of the help page, which is also the order of hints.
pub const BINDINGS: &[Binding] = {
    use Action::{
        Accept, Back, Cancel, Complete, Copy, CopyAddress, Edit, Filter, FilterTexts, Help, JumpBack,
        JumpForward, LeftColumn, Move, NewerLine, NextBookmark, NextCurtain, NextGroup, NextGroupHead,
        NextHit, NextOpened, NextReview, NextSort, NextUnread, OlderLine, Open, OpenLink, OtherPane, Palette,
        Pipe, Preview, PreviousCurtain, PreviousGroupHead, PreviousHit, PreviousReview, Progress, Quit,
        Redraw, Reload, ReverseSort, RightColumn, Room, Search, Statistics, StepBack, StepOn, Suspend,
        ToList, ToText, ToggleAll, ToggleAllGroups, ToggleAlwaysShow, ToggleBookmark, ToggleCurtain,
        ToggleGroup, ToggleList, ToggleRead, ToggleUnreadOnly, Undo,
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
            "change the sort order: date, rating, title, year, reviewer, last read",
            None,
        ),
        bind(Scope::List, &[c('R')], ReverseSort, "reverse the order", None),
        bind(
            Scope::List,
            &[c('w')],
            NextGroup,
            "change the grouping: work, kind, year, reviewer, none",
            None,
        ),
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
            "always show spoilers until you quit (asks once), or stop showing them",
            None,
        ),
        bind(
            Scope::Panes,
            &[c('p')],
            Progress,
            "set how far you have got: spoilers you are past are revealed",
            Some("progress"),
        ),
        bind(
            Scope::Panes,
            &[c('+')],
            StepOn,
            "one chapter or episode further: reveals what you are then past",
            None,
        ),
        bind(
            Scope::Panes,
            &[c('-')],
            StepBack,
            "one chapter or episode back: hides what lies ahead again",
            None,
        ),
        bind(Scope::Panes, &[c('O')], NextOpened, "next unread passage that your progress has opened", None),
        bind(
            Scope::Panes,
            &[c('W')],
            Room,
            "all reviews of the work side by side, at your place in it",
            None,
        ),
        bind(
            Scope::Panes,
            &[c('V')],
            Preview,
            "for authors: the review at each of its gates in turn (asks once)",
            None,
        ),
        bind(Scope::Panes, &[c('f')], FilterTexts, "find words in the text of every review", None),
        bind(Scope::Panes, &[c('m')], ToggleRead, "mark as read or unread", None),
        bind(
            Scope::Panes,
            &[c('u')],
            Undo,
            "undo a read mark, progress or filter, or hide what was revealed last",
            None,
        ),
        bind(Scope::Panes, &[c('J')], NextReview, "next review", Some("next")),
        bind(Scope::Panes, &[c('K')], PreviousReview, "previous review", None),
        bind(Scope::Panes, &[c('U')], NextUnread, "next unread review", None),
        bind(Scope::Panes, &[c('<')], JumpBack, "back to where you were before a jump", None),
        bind(Scope::Panes, &[c('>')], JumpForward, "forward again", None),
        bind(Scope::Panes, &[c('B')], ToggleBookmark, "set or remove the review's bookmark here", None),
        bind(Scope::Panes, &[c('\'')], NextBookmark, "next bookmark", None),
        bind(Scope::Panes, &[c('H')], ToggleUnreadOnly, "hide or show reviews you have read", None),
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
            "copy the focused passage, the sentence of a hit, or the review as far as it is revealed",
            None,
        ),
        bind(Scope::Panes, &[c('Y')], CopyAddress, "copy the review's link or id", None),
        bind(Scope::Panes, &[c('|')], Pipe, "pipe the text to a command", None),
        bind(Scope::Panes, &[c('t')], Statistics, "statistics of the reviews in the list", None),
        bind(Scope::Panes, &[c('z')], ToggleList, "hide or show the list", None),
        bind(Scope::Panes, &[c(':')], Palette, "all actions by name, and themes", Some("actions")),
        bind(Scope::Panes, &[c('?')], Help, "help: these keys", Some("help")),
        bind(Scope::Panes, &[k(F(5))], Reload, "reread all files and the configuration", None),
        bind(Scope::Panes, &[ctrl('l')], Redraw, "redraw the screen", None),
        bind(Scope::Panes, &[ctrl('z')], Suspend, "suspend", None),
        bind(Scope::Panes, &[c('q'), ctrl('c')], Quit, "quit", Some("quit")),
        bind(Scope::Room, &[k(Enter)], Open, "continue reading this review", Some("read on")),
        bind(
            Scope::Room,
            &[c('l'), k(Right), k(Tab)],
            RightColumn,
            "next review, at the same point in the work",
            Some("next"),
        ),
        bind(Scope::Room, &[c('h'), k(Left), k(BackTab)], LeftColumn, "previous review", None),
        bind(Scope::Room, &[c('j'), k(Down)], Move(Step::Down), "down", None),
        bind(Scope::Room, &[c('k'), k(Up)], Move(Step::Up), "up", None),
        bind(Scope::Room, &[c(' '), k(PageDown)], Move(Step::PageDown), "a page down", None),
        bind(Scope::Room, &[c('b'), k(PageUp)], Move(Step::PageUp), "a page up", None),
        bind(Scope::Room, &[ctrl('d')], Move(Step::HalfDown), "half a page down", None),
        bind(Scope::Room, &[ctrl('u')], Move(Step::HalfUp), "half a page up", None),
        bind(Scope::Room, &[c('g'), k(Home)], Move(Step::Start), "to the beginning", None),
        bind(Scope::Room, &[c('G'), k(End)], Move(Step::End), "to the end", None),
        bind(Scope::Room, &[c('p')], Progress, "set how far you have got", Some("progress")),
        bind(
            Scope::Room,
            &[c('+')],
            StepOn,
            "one chapter or episode further, going to what that reveals",
            Some("further"),
        ),
        bind(Scope::Room, &[c('-')], StepBack, "one chapter or episode back", None),
        bind(Scope::Room, &[c('u')], Undo, "undo", None),
        bind(Scope::Room, &[c('O')], NextOpened, "next passage that your progress has opened", None),
        bind(Scope::Room, &[k(Esc), c('W'), c('q')], Back, "back", Some("back")),
        bind(Scope::Room, &[c('?')], Help, "help: these keys", Some("help")),
        bind(Scope::Room, &[ctrl('l')], Redraw, "redraw the screen", None),
        bind(Scope::Room, &[ctrl('z')], Suspend, "suspend", None),
        bind(Scope::Room, &[ctrl('c')], Quit, "quit", None),
        bind(Scope::Prompt, &[k(Enter)], Accept, "accept", None),
        bind(Scope::Prompt, &[k(Esc), ctrl('c')], Cancel, "cancel, leaving everything as it was", None),
        bind(
            Scope::Prompt,
            &[k(Down)],
            Move(Step::Down),
            "next line in the history; after the last, down in the filtered list",
            None,
        ),
        bind(
            Scope::Prompt,
            &[k(Up)],
            Move(Step::Up),
            "up in the filtered list; at its top, previous line in the history",
            None,
        ),
        bind(Scope::Prompt, &[k(PageDown)], Move(Step::PageDown), "a page down in the list", None),
        bind(Scope::Prompt, &[k(PageUp)], Move(Step::PageUp), "a page up in the list", None),
        bind(
            Scope::Prompt,
            &[k(Tab)],
            Complete,
            "complete a key or value in a filter, or a point in the work; press again for the next one",
            None,
        ),
        bind(Scope::Prompt, &[ctrl('p')], OlderLine, "previous line in the history", None),
        bind(Scope::Prompt, &[ctrl('n')], NewerLine, "next line in the history", None),
        bind(
            Scope::Help,
            &[c('?'), k(Esc), c('q'), k(Enter), c('t')],
            Back,
            "back to the reviews",
            Some("back"),
        ),
        bind(Scope::Help, &[c('j'), k(Down)], Move(Step::Down), "down", Some("down")),
        bind(Scope::Help, &[c('k'), k(Up)], Move(Step::Up), "up", Some("up")),
        bind(Scope::Help, &[c(' '), k(PageDown), ctrl('d')], Move(Step::PageDown), "a page down", None),
        bind(Scope::Help, &[c('b'), k(PageUp), ctrl('u')], Move(Step::PageUp), "a page up", None),
        bind(Scope::Help, &[c('g'), k(Home)], Move(Step::Start), "to the beginning", None),
        bind(Scope::Help, &[c('G'), k(End)], Move(Step::End), "to the end", None),
        bind(Scope::Help, &[c(':')], Palette, "all actions by name, and themes", None),
        bind(Scope::Help, &[ctrl('z')], Suspend, "suspend", None),
        bind(Scope::Help, &[ctrl('c')], Quit, "quit", None),
    ]
};
