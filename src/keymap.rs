//! One table of keys. Dispatch, the help page, the hints in the footer and the README's table all come from it.
//!
//! It knows what keys are called and what they mean, and nothing of state.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

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
    /// The line that was typed before this one.
    OlderLine,
    /// The line that was typed after this one.
    NewerLine,
    /// Show the keys.
    Help,
    /// Read all files again.
    Reload,
    /// Draw everything anew.
    Redraw,
    /// Give the terminal back to the shell until it is called for.
    Suspend,
    /// End the program.
    Quit,
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
    /// The scopes in the order of the help page, with their headings.
    pub const ALL: [(Scope, &str); 5] = [
        (Scope::List, "In the list"),
        (Scope::Text, "In the text"),
        (Scope::Panes, "In both"),
        (Scope::Prompt, "While typing a line"),
        (Scope::Help, "On the help page"),
    ];
}

/// A key as it is pressed: a code, and whether Control is held. Shift is in the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    control: bool,
}

impl Key {
    /// A key by itself.
    #[must_use]
    pub const fn plain(code: KeyCode) -> Self {
        Key { code, control: false }
    }

    /// A character's key.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Key::plain(KeyCode::Char(c))
    }

    /// A key while Control is held.
    #[must_use]
    pub const fn control(c: char) -> Self {
        Key { code: KeyCode::Char(c), control: true }
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        // Alt and its like make another key of a key, and none of those is bound.
        let is_other =
            event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META);
        let code = if is_other { KeyCode::Null } else { event.code };
        Key { code, control: event.modifiers.contains(KeyModifiers::CONTROL) }
    }
}

/// As it is called on a keyboard: `j`, `Ctrl-D`, `PageDown`, `↓`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) if self.control => write!(f, "Ctrl-{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::BackTab => f.write_str("Shift-Tab"),
            KeyCode::F(number) => write!(f, "F{number}"),
            code => write!(f, "{code:?}"),
        }
    }
}

/// A row of the table.
#[derive(Debug)]
pub struct Binding {
    /// The keys, the usual one first.
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

impl Binding {
    /// The keys by name, with spaces between.
    #[must_use]
    pub fn key_names(&self) -> String {
        self.keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
    }
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
        Accept, Back, Cancel, Filter, FilterTexts, Help, Move, NewerLine, NextCurtain, NextGroup, NextHit,
        NextSort, OlderLine, Open, OtherPane, PreviousCurtain, PreviousHit, Progress, Quit, Redraw, Reload,
        ReverseSort, Search, Suspend, ToList, ToText, ToggleAll, ToggleAlwaysShow, ToggleCurtain,
        ToggleGroup, ToggleList, ToggleRead,
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
            "set your progress: spoilers you are past are revealed",
            Some("progress"),
        ),
        bind(Scope::Panes, &[c('f')], FilterTexts, "find words in the text of every review", None),
        bind(Scope::Panes, &[c('m')], ToggleRead, "mark as read or unread", None),
        bind(Scope::Panes, &[c('z')], ToggleList, "hide or show the list", None),
        bind(Scope::Panes, &[c('?')], Help, "help: these keys", Some("help")),
        bind(Scope::Panes, &[k(F(5))], Reload, "read all files again", None),
        bind(Scope::Panes, &[ctrl('l')], Redraw, "redraw the screen", None),
        bind(Scope::Panes, &[ctrl('z')], Suspend, "suspend", None),
        bind(Scope::Panes, &[c('q'), ctrl('c')], Quit, "quit", Some("quit")),
        bind(Scope::Prompt, &[k(Enter)], Accept, "accept the line", None),
        bind(Scope::Prompt, &[k(Esc), ctrl('c')], Cancel, "cancel: everything is as it was", None),
        bind(Scope::Prompt, &[k(Down)], Move(Step::Down), "down in the list that is filtered", None),
        bind(Scope::Prompt, &[k(Up)], Move(Step::Up), "up in it", None),
        bind(Scope::Prompt, &[k(PageDown)], Move(Step::PageDown), "a page down in it", None),
        bind(Scope::Prompt, &[k(PageUp)], Move(Step::PageUp), "a page up in it", None),
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

/// What a key means where these scopes hold, the first that knows the key deciding.
#[must_use]
pub fn action(scopes: &[Scope], key: Key) -> Option<Action> {
    let find = |scope: &Scope| {
        BINDINGS.iter().find(|binding| binding.scope == *scope && binding.keys.contains(&key))
    };
    scopes.iter().find_map(find).map(|binding| binding.action)
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

/// The hints of the footer where these scopes hold.
pub fn hints(scopes: &[Scope]) -> impl Iterator<Item = Hint> {
    let of = |scope: &Scope| {
        let scope = *scope;
        BINDINGS.iter().filter(move |binding| binding.scope == scope)
    };
    scopes.iter().flat_map(of).filter_map(|binding| {
        Some(Hint { key: binding.keys.first()?.to_string(), word: binding.hint?, action: binding.action })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_scope() {
        for (scope, name) in Scope::ALL {
            let mut seen = Vec::new();
            for key in BINDINGS.iter().filter(|b| b.scope == scope).flat_map(|b| b.keys) {
                assert!(!seen.contains(key), "{key} is bound twice: {name}");
                seen.push(*key);
            }
        }
    }

    #[test]
    fn only_the_keys_of_the_covenant_reveal_a_spoiler() {
        use Action::{Progress, ToggleAll, ToggleAlwaysShow, ToggleCurtain};
        let lifting = [ToggleCurtain, ToggleAll, ToggleAlwaysShow, Progress];
        let keys: Vec<_> =
            BINDINGS.iter().filter(|b| lifting.contains(&b.action)).map(Binding::key_names).collect();
        assert_eq!(keys, ["Enter", "s", "S", "p"]);
    }

    #[test]
    fn every_binding_says_what_it_does() {
        for binding in BINDINGS {
            assert!(!binding.help.is_empty() && !binding.keys.is_empty(), "{binding:?}");
        }
    }

    #[test]
    fn the_first_scope_that_knows_a_key_decides() {
        assert_eq!(action(&[Scope::List, Scope::Panes], k(KeyCode::Enter)), Some(Action::Open));
        assert_eq!(action(&[Scope::Text, Scope::Panes], k(KeyCode::Enter)), Some(Action::ToggleCurtain));
        assert_eq!(action(&[Scope::Help], c('s')), None);
    }
}
