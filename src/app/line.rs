//! A line that is typed, with the lines that were typed before it.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::backend::crossterm::to_input_request;
use tui_input::{Input, InputRequest};

/// The most bytes that a line takes: far more than any query has.
const LONGEST: usize = 4096;

/// The line's state.
#[derive(Debug, Default)]
pub struct Line {
    input: Input,
    past: Vec<String>,
    /// How far back in the past the reader is; 0 is the line itself.
    back: usize,
    /// The line itself, while the reader is in the past.
    own: String,
}

impl Line {
    /// A line with a text in it.
    #[must_use]
    pub fn new(text: &str, past: &[String]) -> Self {
        Line { input: Input::new(text.to_owned()), past: past.to_vec(), ..Line::default() }
    }

    /// Begins it again with another text.
    pub(super) fn restart(&mut self, text: &str) {
        (self.input, self.back) = (Input::new(text.to_owned()), 0);
    }

    /// What was typed.
    #[must_use]
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// The line with its cursor.
    #[must_use]
    pub fn input(&self) -> &Input {
        &self.input
    }

    /// Takes in a key.
    pub fn key(&mut self, key: KeyEvent) {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        let is_alt = key.modifiers.contains(KeyModifiers::ALT);
        let request = match key.code {
            KeyCode::Char('p') if is_control => return self.recall(self.back + 1),
            KeyCode::Char('n') if is_control => return self.recall(self.back.saturating_sub(1)),
            KeyCode::Char('b') if is_alt => Some(InputRequest::GoToPrevWord),
            KeyCode::Char('f') if is_alt => Some(InputRequest::GoToNextWord),
            KeyCode::Char('d') if is_alt => Some(InputRequest::DeleteNextWord),
            _ => to_input_request(&Event::Key(key)),
        };
        let is_full = |request: &InputRequest| match request {
            InputRequest::InsertChar(c) => self.value().len() + c.len_utf8() > LONGEST,
            _ => false,
        };
        request.filter(|request| !is_full(request)).and_then(|request| self.input.handle(request));
    }

    /// Takes in text at once, as much of it as there is room for: it is one line, whatever it was.
    pub fn paste(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.value().len());
        // What is cleaned away takes no room, but nobody pastes that much of it.
        let text = &text[..text.floor_char_boundary(2 * LONGEST)];
        let text = crate::review::clean_line(text);
        let text = &text[..text.floor_char_boundary(room)];
        let (before, after) = self.value().split_at(self.cursor_byte());
        let cursor = self.input.cursor() + text.chars().count();
        self.input = Input::new(format!("{before}{text}{after}")).with_cursor(cursor);
    }

    fn cursor_byte(&self) -> usize {
        let mut places = self.value().char_indices().map(|(at, _)| at);
        places.nth(self.input.cursor()).unwrap_or(self.value().len())
    }

    fn recall(&mut self, back: usize) {
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
