//! An editable line, with its history.

use std::ops::Range;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::backend::crossterm::to_input_request;
use tui_input::{Input, InputRequest};

/// The maximum length of a line in bytes: far more than any query needs.
const LONGEST: usize = 4096;

/// The line's state.
#[derive(Debug, Default)]
pub struct Line {
    input: Input,
    past: Vec<String>,
    /// How far back in the history the reader is; 0 is the line itself.
    back: usize,
    /// The line itself, while the reader is in the history.
    own: String,
    /// Where the selected part begins, in bytes: it was there before the reader typed, and typing replaces it.
    selected_from: Option<usize>,
    /// The completions of the word before the cursor, while one of them is in its place.
    offered: Option<Offered>,
}

/// Completions of a word.
#[derive(Debug)]
struct Offered {
    /// Where the word begins, in bytes.
    start: usize,
    all: Vec<String>,
    /// Which of them is inserted.
    at: usize,
}

impl Line {
    /// A line with a selected text, which typing replaces unless the cursor is moved first.
    #[must_use]
    pub fn new(text: &str, past: &[String]) -> Self {
        let mut line = Line { past: past.to_vec(), ..Line::default() };
        line.restart("", text);
        line
    }

    /// Replaces the line with a text in two parts, of which the second is selected.
    pub(super) fn restart(&mut self, fixed: &str, selected: &str) {
        self.offered = None;
        (self.input, self.back) = (Input::new(format!("{fixed}{selected}")), 0);
        self.selected_from = Some(fixed.len()).filter(|_| !selected.is_empty());
    }

    /// The part that the next character replaces.
    #[must_use]
    pub fn selected(&self) -> Option<Range<usize>> {
        Some(self.selected_from?..self.value().len())
    }

    /// Deletes the selected part, if there is one.
    fn replace_selected(&mut self) {
        if let Some(from) = self.selected_from.take() {
            self.input = Input::new(self.value()[..from].to_owned());
        }
    }

    /// Goes to the previous line of the history.
    pub(super) fn older(&mut self) {
        self.recall(self.back + 1);
    }

    /// Goes to the next line of the history, or at its end back to the line itself.
    pub(super) fn newer(&mut self) {
        self.recall(self.back.saturating_sub(1));
    }

    /// Whether it shows a line of the history.
    pub(super) fn is_in_the_past(&self) -> bool {
        self.back > 0
    }

    /// Replaces the word before the cursor with its first completion, or when called again with the next. `ask` returns
    /// where that word begins and its completions. Returns whether there are any.
    pub(super) fn complete(&mut self, ask: impl FnOnce(&str) -> (usize, Vec<String>)) -> bool {
        let cursor = self.cursor_byte();
        let offered = match self.offered.take() {
            Some(offered) => Offered { at: (offered.at + 1) % offered.all.len(), ..offered },
            None => {
                let (start, all) = ask(&self.value()[..cursor]);
                Offered { start, all, at: 0 }
            }
        };
        let Some(word) = offered.all.get(offered.at) else { return false };
        let before = format!("{}{word}", &self.value()[..offered.start]);
        let text = format!("{before}{}", &self.value()[cursor..]);
        self.selected_from = None;
        self.input = Input::new(text).with_cursor(before.chars().count());
        self.offered = Some(offered);
        true
    }

    /// What was typed.
    #[must_use]
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Handles a key.
    pub fn key(&mut self, key: KeyEvent) {
        self.offered = None;
        let is_alt = key.modifiers.contains(KeyModifiers::ALT);
        let request = match key.code {
            KeyCode::Char('b') if is_alt => Some(InputRequest::GoToPrevWord),
            KeyCode::Char('f') if is_alt => Some(InputRequest::GoToNextWord),
            KeyCode::Char('d') if is_alt => Some(InputRequest::DeleteNextWord),
            _ => to_input_request(&Event::Key(key)),
        };
        let is_full = |request: &InputRequest| match request {
            InputRequest::InsertChar(c) => self.value().len() + c.len_utf8() > LONGEST,
            _ => false,
        };
        let Some(request) = request.filter(|request| !is_full(request)) else { return };
        match request {
            InputRequest::InsertChar(_) => self.replace_selected(),
            InputRequest::DeletePrevChar | InputRequest::DeletePrevWord if self.selected_from.is_some() => {
                return self.replace_selected();
            }
            _ => {}
        }
        self.input.handle(request);
        self.selected_from = None;
    }

    /// Inserts a text, as much of it as fits, as one line.
    pub fn paste(&mut self, text: &str) {
        self.offered = None;
        self.replace_selected();
        let room = LONGEST.saturating_sub(self.value().len());
        // Characters that are cleaned away do not count towards the limit.
        let text = &text[..text.floor_char_boundary(2 * LONGEST)];
        let text = crate::review::clean_line(text);
        let text = &text[..text.floor_char_boundary(room)];
        let (before, after) = self.value().split_at(self.cursor_byte());
        let cursor = self.input.cursor() + text.chars().count();
        self.input = Input::new(format!("{before}{text}{after}")).with_cursor(cursor);
    }

    /// Where the cursor is, in bytes.
    #[must_use]
    pub fn cursor_byte(&self) -> usize {
        let mut places = self.value().char_indices().map(|(at, _)| at);
        places.nth(self.input.cursor()).unwrap_or(self.value().len())
    }

    fn recall(&mut self, back: usize) {
        self.offered = None;
        self.selected_from = None;
        let back = back.min(self.past.len());
        if back == self.back {
            return;
        }
        if self.back == 0 {
            self.own = self.value().to_owned();
        }
        self.back = back;
        let text = if back == 0 { &self.own } else { &self.past[self.past.len() - back] };
        self.input = Input::new(text.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(line: &mut Line, code: KeyCode) {
        line.key(KeyEvent::new(code, KeyModifiers::NONE));
    }

    #[test]
    fn what_was_there_is_replaced_by_what_is_typed_unless_the_cursor_is_moved() {
        use KeyCode::{Backspace, Char, End, Left};
        for (keys, expected) in [
            (&[Char('x')][..], "x"),
            (&[Char('x'), Char('y')], "xy"),
            (&[Left, Char('x')], "1x8"),
            (&[End, Char('x')], "18x"),
            (&[Backspace], ""),
            (&[], "18"),
        ] {
            let mut line = Line::new("18", &[]);
            keys.iter().for_each(|key| press(&mut line, *key));
            assert_eq!(line.value(), expected, "{keys:?}");
        }
        let mut line = Line::new("18", &[]);
        line.paste("31");
        assert_eq!(line.value(), "31", "what is pasted replaces it too");
        line.restart("\"", "old words");
        press(&mut line, Char('n'));
        assert_eq!(line.value(), "\"n", "of a line with a fixed beginning that stays");
    }

    #[test]
    fn tab_goes_through_what_a_word_can_become() {
        let mut line = Line::new("", &[]);
        line.paste("a kind b");
        [KeyCode::Left, KeyCode::Left].into_iter().for_each(|code| press(&mut line, code));
        let ask = |before: &str| {
            assert_eq!(before, "a kind");
            (2, vec!["kind:film".to_owned(), "kind:book".to_owned()])
        };
        for expected in ["a kind:film b", "a kind:book b", "a kind:film b"] {
            assert!(line.complete(ask), "there is something");
            assert_eq!(line.value(), expected);
        }
        press(&mut line, KeyCode::Char('s'));
        assert_eq!(line.value(), "a kind:films b", "one types on behind the word");
        assert!(!line.complete(|_| (0, Vec::new())), "nothing becomes of this");
        assert_eq!(line.value(), "a kind:films b");
    }

    #[test]
    fn what_is_pasted_stands_where_the_cursor_is() {
        let mut line = Line::new("aé", &[]);
        press(&mut line, KeyCode::Left);
        line.paste("雪\nb");
        press(&mut line, KeyCode::Char('c'));
        assert_eq!(line.value(), "a雪 bcé", "the cursor is behind what was pasted");
    }

    #[test]
    fn a_line_takes_no_more_than_it_has_room_for() {
        let mut line = Line::new("ab", &[]);
        press(&mut line, KeyCode::Left);
        line.paste(&"é".repeat(1 << 20));
        assert!((LONGEST - 1..=LONGEST).contains(&line.value().len()), "a pasted megabyte is cut");
        assert!(line.value().starts_with("aé") && line.value().ends_with("éb"), "what was there stays");
        let full = line.value().len();
        for _ in 0..9 {
            press(&mut line, KeyCode::Char('é'));
            line.paste("é");
        }
        assert!(
            line.value().len() <= LONGEST && line.value().len() >= full,
            "a full line takes nothing more"
        );
        press(&mut line, KeyCode::Backspace);
        assert!(line.value().len() < LONGEST, "what is too much can be deleted");
    }
}
