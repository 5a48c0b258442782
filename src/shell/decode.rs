//! Decodes the bytes that a terminal sends into events.
//!
//! A terminal also answers queries made by others: an earlier program, or a multiplexer. An answer must never be taken
//! for keys, however it is split up, because a key that nobody pressed could reveal hidden text. So unknown control
//! sequences and strings (ECMA-48, 5.4 and 5.6) are swallowed whole. Of strings, only the beginning of an answer to the one
//! question that we ask in this form is kept, to be read.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::app::{Appearance, Event};

/// Lines scrolled per notch of the wheel.
const WHEEL_LINES: isize = 3;

/// The longest parameters that have a meaning here.
const MAX_PARAMETERS: usize = 32;

/// The longest paste that is kept. Pasted text goes into a one-line prompt, so more would be useless.
const MAX_PASTE: usize = 1 << 20;

const PASTE_END: &[u8] = b"\x1b[201~";

/// Turns bytes into events.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    state: State,
    /// Whether the next character follows an escape.
    is_alt: bool,
    /// The parameters of a control sequence, or the first bytes of a UTF-8 character.
    bytes: Vec<u8>,
    pasted: Vec<u8>,
    /// Whether the terminal has said itself if it is light or dark.
    has_said_appearance: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    Escape,
    /// A control sequence, up to its final byte.
    Control,
    /// The character after SS3.
    Single,
    /// A string: DCS, OSC, SOS, PM or APC. In its older form it ends at a single byte, which UTF-8 encodes as the
    /// second of two.
    Text {
        introducer: u8,
        is_empty: bool,
        is_short_form: bool,
    },
    /// After the escape that ends a string; the next byte is the second half of the end.
    TextEnd,
    /// The rest of a mouse report in the oldest format.
    Mouse(u8),
    /// The letter of a function key on the Linux console.
    Console,
    Paste,
}

impl Decoder {
    /// Decodes bytes from the terminal.
    pub(super) fn advance(&mut self, bytes: &[u8], out: &mut Vec<Event>) {
        bytes.iter().for_each(|byte| self.take(*byte, out));
    }

    /// Whether the meaning of the last bytes depends on what follows.
    pub(super) fn is_pending(&self) -> bool {
        match self.state {
            State::Escape | State::Single => true,
            State::Control => self.bytes.is_empty(),
            State::Text { is_empty, is_short_form, .. } => is_empty && !is_short_form,
            _ => false,
        }
    }

    /// Called when nothing has followed the last bytes for a while: an escape was the Escape key, and the start of a
    /// sequence was a key with Alt.
    pub(super) fn settle(&mut self, out: &mut Vec<Event>) {
        if !self.is_pending() {
            return;
        }
        let key = match std::mem::take(&mut self.state) {
            State::Control => alt('['),
            State::Single => alt('O'),
            State::Text { introducer, .. } => alt(char::from(introducer)),
            _ => KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE),
        };
        out.push(Event::Key(key));
    }

    fn take(&mut self, byte: u8, out: &mut Vec<Event>) {
        match (self.state, byte) {
            (State::Paste, _) => self.paste(byte, out),
            (State::Mouse(left), _) => {
                self.state = if left > 1 { State::Mouse(left - 1) } else { State::Ground };
            }
            (State::TextEnd, b'\\') => self.text(out),
            (State::TextEnd, _) => {
                self.begin(State::Escape);
                self.take(byte, out);
            }
            (State::Text { .. }, 0x1b) => self.state = State::TextEnd,
            (State::Escape, 0x1b) => out.push(Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE))),
            (_, 0x1b) => self.begin(State::Escape),
            // CAN and SUB end any sequence, and so does Ctrl-C, which must always work.
            (State::Control | State::Single | State::Console | State::Text { .. }, 0x18 | 0x1a) => {
                self.begin(State::Ground);
            }
            (State::Control | State::Single | State::Console | State::Text { .. }, 0x03) => {
                self.begin(State::Ground);
                self.take(byte, out);
            }
            (State::Text { introducer, is_short_form, .. }, _) => {
                let is_end = byte == 0x07 || (is_short_form && byte == 0x9c);
                if is_end {
                    return self.text(out);
                }
                if introducer == b']' && self.bytes.len() < MAX_PARAMETERS {
                    self.bytes.push(byte);
                }
                self.state = State::Text { introducer, is_empty: false, is_short_form };
            }
            (State::Escape, _) => self.escaped(byte, out),
            (State::Control, 0x20..=0x3f) => {
                if self.bytes.len() < MAX_PARAMETERS {
                    self.bytes.push(byte);
                }
            }
            (State::Control, 0x40..=0x7e) => self.control(byte, out),
            (State::Control, _) => {}
            (State::Console, _) => self.state = State::Ground,
            (State::Single, _) => {
                self.begin(State::Ground);
                out.extend(named(byte).map(|code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE))));
            }
            (State::Ground, _) => self.character(byte, out),
        }
    }

    fn begin(&mut self, state: State) {
        self.bytes.clear();
        self.is_alt = false;
        self.state = state;
    }

    fn escaped(&mut self, byte: u8, out: &mut Vec<Event>) {
        match byte {
            b'[' => self.begin(State::Control),
            b'O' => self.begin(State::Single),
            b'P' | b'X' | b']' | b'^' | b'_' => {
                self.begin(State::Text { introducer: byte, is_empty: true, is_short_form: false });
            }
            _ => {
                self.begin(State::Ground);
                self.is_alt = true;
                self.character(byte, out);
            }
        }
    }

    /// Handles the end of a string: it may be the colour of the background.
    fn text(&mut self, out: &mut Vec<Event>) {
        let text = std::mem::take(&mut self.bytes);
        self.begin(State::Ground);
        // The end in its eight-bit form is two bytes, of which this is the first.
        let text = text.strip_suffix(b"\xc2").unwrap_or(&text);
        let appearance = str::from_utf8(text).ok().and_then(background).filter(|_| !self.has_said_appearance);
        out.extend(appearance.map(Event::Appearance));
    }

    /// Handles a control character in its eight-bit form, given the letter of the seven-bit form.
    fn short_form(&mut self, letter: u8) {
        match letter {
            b'[' => self.begin(State::Control),
            b'O' => self.begin(State::Single),
            b'P' | b'X' | b']' | b'^' | b'_' => {
                self.begin(State::Text { introducer: letter, is_empty: true, is_short_form: true });
            }
            _ => self.begin(State::Ground),
        }
    }

    /// Handles a byte of a UTF-8 character. Invalid bytes are ignored.
    fn character(&mut self, byte: u8, out: &mut Vec<Event>) {
        if self.bytes.is_empty() && (0x80..0xa0).contains(&byte) {
            return self.short_form(byte - 0x40);
        }
        self.bytes.push(byte);
        match str::from_utf8(&self.bytes) {
            Ok(text) => {
                let Some(c) = text.chars().next() else { return };
                let is_alt = self.is_alt;
                self.begin(State::Ground);
                match u8::try_from(u32::from(c)) {
                    Ok(control @ 0x80..0xa0) => self.short_form(control - 0x40),
                    _ => out.push(Event::Key(key(c, is_alt))),
                }
            }
            Err(error) if error.error_len().is_none() => {}
            Err(_) => {
                let is_lone = self.bytes.len() == 1;
                self.begin(State::Ground);
                // The byte that cut a character short may be a key itself.
                if !is_lone {
                    self.take(byte, out);
                }
            }
        }
    }

    fn paste(&mut self, byte: u8, out: &mut Vec<Event>) {
        self.pasted.push(byte);
        if byte == b'~' && self.pasted.ends_with(PASTE_END) {
            let pasted = std::mem::take(&mut self.pasted);
            let text = &pasted[..pasted.len() - PASTE_END.len()];
            out.push(Event::Paste(String::from_utf8_lossy(text).into_owned()));
            self.begin(State::Ground);
        } else if self.pasted.len() > MAX_PASTE + 64 {
            // Keep the tail, where the end marker may have begun.
            self.pasted.drain(MAX_PASTE..self.pasted.len() - PASTE_END.len());
        }
    }

    /// Handles the final byte of a control sequence.
    fn control(&mut self, last: u8, out: &mut Vec<Event>) {
        let parameters = std::mem::take(&mut self.bytes);
        self.begin(State::Ground);
        if let Some(report) = parameters.strip_prefix(b"<") {
            out.extend(mouse(&numbers(report), last));
            return;
        }
        match (last, &parameters[..]) {
            (b'[', []) => return self.state = State::Console,
            (b'n', b"?997;1" | b"?997;2") => {
                self.has_said_appearance = true;
                let is_dark = parameters.ends_with(b"1");
                let appearance = if is_dark { Appearance::Dark } else { Appearance::Light };
                return out.push(Event::Appearance(appearance));
            }
            (b'M', []) => return self.state = State::Mouse(3),
            _ => {}
        }
        // Answers have a prefix or intermediate bytes.
        if !parameters.iter().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':')) {
            return;
        }
        let numbers = numbers(&parameters);
        let number = |at: usize| numbers.get(at).copied();
        let modifiers = || modifiers(number(1).unwrap_or(1));
        let code = match last {
            b'~' if number(0) == Some(200) => return self.begin(State::Paste),
            b'~' => number(0).and_then(numbered),
            // Function keys of this form cannot be told from a cursor position report, and none is bound.
            b'R' => None,
            b'A'..=b'H' | b'P'..=b'S' | b'Z' if numbers.len() <= 2 => named(last),
            _ => None,
        };
        let key = |code| match code {
            KeyCode::BackTab => KeyEvent::new(code, KeyModifiers::SHIFT),
            code => KeyEvent::new(code, modifiers()),
        };
        out.extend(code.map(|code| Event::Key(key(code))));
    }
}

/// Whether the background is dark or light, from an answer like `11;rgb:1d1d/2020/2626`.
pub(super) fn background(answer: &str) -> Option<Appearance> {
    let colour = answer.strip_prefix("11;rgb:").or_else(|| answer.strip_prefix("11;rgba:"))?;
    let part = |digits: &str| {
        let most =
            16_u32.checked_pow(u32::try_from(digits.len()).ok()?)?.checked_sub(1).filter(|most| *most > 0)?;
        Some(f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most))
    };
    let parts: Option<Vec<_>> = colour.split('/').map(part).collect();
    let [red, green, blue] = *parts?.get(..3)? else { return None };
    let luminance = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(if luminance < 0.5 { Appearance::Dark } else { Appearance::Light })
}

fn alt(c: char) -> KeyEvent {
    key(c, true)
}

/// The key event for a typed character.
fn key(c: char, is_alt: bool) -> KeyEvent {
    let with_control = |c: char| (KeyCode::Char(c), KeyModifiers::CONTROL);
    let (code, modifiers) = match c {
        '\r' => (KeyCode::Enter, KeyModifiers::NONE),
        '\t' => (KeyCode::Tab, KeyModifiers::NONE),
        '\u{7f}' => (KeyCode::Backspace, KeyModifiers::NONE),
        '\0' => with_control(' '),
        '\u{1}'..='\u{1a}' => with_control(char::from(c as u8 - 1 + b'a')),
        '\u{1c}'..='\u{1f}' => with_control(char::from(c as u8 - 0x1c + b'4')),
        c if c.is_uppercase() => (KeyCode::Char(c), KeyModifiers::SHIFT),
        c => (KeyCode::Char(c), KeyModifiers::NONE),
    };
    KeyEvent::new(code, if is_alt { modifiers | KeyModifiers::ALT } else { modifiers })
}

/// The keys identified by a letter.
fn named(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'Z' => KeyCode::BackTab,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// The keys identified by a number.
fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number as u8 - 10),
        17..=21 => KeyCode::F(number as u8 - 11),
        23 | 24 => KeyCode::F(number as u8 - 12),
        _ => return None,
    })
}

/// The numbers between semicolons, using the first of any with subparameters.
fn numbers(parameters: &[u8]) -> Vec<u32> {
    let number = |part: &[u8]| {
        let first = part.split(|byte| *byte == b':').next().unwrap_or_default();
        str::from_utf8(first).ok().and_then(|text| text.parse().ok()).unwrap_or(0)
    };
    parameters.split(|byte| *byte == b';').map(number).collect()
}

fn modifiers(parameter: u32) -> KeyModifiers {
    let bits = parameter.saturating_sub(1);
    let all = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
        (16, KeyModifiers::HYPER),
        (32, KeyModifiers::META),
    ];
    all.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect()
}

/// Decodes a mouse report (mode 1006): the left button without modifiers, and the wheel.
fn mouse(report: &[u32], last: u8) -> Option<Event> {
    let [button, column, row] = *report else { return None };
    let cell = |at: u32| u16::try_from(at.checked_sub(1)?).ok();
    let (column, row) = (cell(column)?, cell(row)?);
    match (button, last) {
        (0, b'M') => Some(Event::Click(column, row)),
        (32, b'M') => Some(Event::Drag(column)),
        (0, b'm') => Some(Event::Release),
        (64, b'M') => Some(Event::Wheel(column, row, -WHEEL_LINES)),
        (65, b'M') => Some(Event::Wheel(column, row, WHEEL_LINES)),
        _ => None,
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
