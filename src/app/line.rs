//! A line that is typed, with the lines that were typed before it.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::backend::crossterm::to_input_request;
use tui_input::{Input, InputRequest};

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
        request.and_then(|request| self.input.handle(request));
    }

    /// Takes in text at once: it is one line, whatever it was.
    pub fn paste(&mut self, text: &str) {
        for c in crate::review::clean_line(text).chars() {
            self.input.handle(InputRequest::InsertChar(c));
        }
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
