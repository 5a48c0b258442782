//! Keys and sequences of keys: how they are pressed, and how they are written.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key as it is pressed. Shift is part of the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    control: bool,
    alt: bool,
}

/// The names of keys that are not characters; the first name of each is displayed.
const NAMES: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Space", KeyCode::Char(' ')),
    ("↑", KeyCode::Up),
    ("↓", KeyCode::Down),
    ("←", KeyCode::Left),
    ("→", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Escape", KeyCode::Esc),
    ("Return", KeyCode::Enter),
];

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: KeyCode) -> Self {
        Key { code, control: false, alt: false }
    }

    /// A character's key.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Key::plain(KeyCode::Char(c))
    }

    /// A key with Control.
    #[must_use]
    pub const fn control(c: char) -> Self {
        Key { code: KeyCode::Char(c), control: true, alt: false }
    }

    /// The digit that it types, if any.
    #[must_use]
    pub fn digit(self) -> Option<u16> {
        match self {
            Key { code: KeyCode::Char(c), control: false, alt: false } => {
                c.to_digit(10).and_then(|digit| u16::try_from(digit).ok())
            }
            _ => None,
        }
    }

    /// Whether it types a character into a line.
    #[must_use]
    pub fn is_typing(self) -> bool {
        matches!(self, Key { code: KeyCode::Char(_), control: false, alt: false })
    }

    /// Whether it is a key that can be bound.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.code != KeyCode::Null
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let has = |modifiers| event.modifiers.intersects(modifiers);
        // These turn a key into another key that cannot be bound.
        let is_other = has(KeyModifiers::SUPER | KeyModifiers::META | KeyModifiers::HYPER);
        let code = if is_other { KeyCode::Null } else { event.code };
        Key { code, control: has(KeyModifiers::CONTROL), alt: has(KeyModifiers::ALT) }
    }
}

impl From<Key> for KeyEvent {
    fn from(key: Key) -> Self {
        let mut modifiers = KeyModifiers::NONE;
        modifiers.set(KeyModifiers::CONTROL, key.control);
        modifiers.set(KeyModifiers::ALT, key.alt);
        KeyEvent::new(key.code, modifiers)
    }
}

/// Formatted as on a keyboard: `j`, `Ctrl-D`, `Alt-x`, `PageDown`, `↓`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (is_held, name) in [(self.control, "Ctrl-"), (self.alt, "Alt-")] {
            if is_held {
                f.write_str(name)?;
            }
        }
        match (self.code, NAMES.iter().find(|(_, code)| *code == self.code)) {
            (_, Some((name, _))) => f.write_str(name),
            (KeyCode::Char(c), None) if self.control => write!(f, "{}", c.to_ascii_uppercase()),
            (KeyCode::Char(c), None) => write!(f, "{c}"),
            (KeyCode::F(number), None) => write!(f, "F{number}"),
            (code, None) => write!(f, "{code:?}"),
        }
    }
}

/// Parses a key in the form in which it is displayed, in any case, or in angle brackets: `j`, `ctrl-d`, `<enter>`,
/// `pagedown`, `F5`. A single character stands for itself.
impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return if c.is_control() {
                Err("that is no key".to_owned())
            } else {
                Ok(named(text).unwrap_or(Key::char(c)))
            };
        }
        let name = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
        let lower = name.to_lowercase();
        let (rest, control, alt) = modifiers(&lower);
        let mut chars = rest.chars();
        let key = match (chars.next(), chars.next()) {
            _ if let Some(key) = named(rest) => key,
            // With Control, case makes no difference, but with Alt it does.
            (Some(c), None) if control => Key::char(c),
            (Some(_), None) => Key::char(name.chars().last().unwrap_or_default()),
            _ => return Err(unknown(text)),
        };
        if let Some(same) = control.then_some(rest).and_then(same_key) {
            return Err(format!("terminals send the same for `{text}` and `{same}`: bind `{same}`"));
        }
        Ok(Key { control, alt, ..key })
    }
}

/// A lowercase name without its modifiers, and whether Control and Alt are among them.
fn modifiers(name: &str) -> (&str, bool, bool) {
    let (mut rest, mut control, mut alt) = (name, false, false);
    loop {
        if let Some(after) = rest.strip_prefix("ctrl-").filter(|after| !after.is_empty()) {
            (rest, control) = (after, true);
        } else if let Some(after) = rest.strip_prefix("alt-").filter(|after| !after.is_empty()) {
            (rest, alt) = (after, true);
        } else {
            return (rest, control, alt);
        }
    }
}

/// The key that terminals cannot tell from this one with Control.
fn same_key(name: &str) -> Option<&'static str> {
    Some(match name {
        "i" => "tab",
        "m" => "enter",
        "[" => "esc",
        _ => return None,
    })
}

fn named(name: &str) -> Option<Key> {
    let of_table = NAMES.iter().find(|(known, _)| known.to_lowercase() == name.to_lowercase());
    let function = || match name.strip_prefix(['f', 'F'])?.parse() {
        Ok(number @ 1..=12) => Some(KeyCode::F(number)),
        _ => None,
    };
    of_table.map(|(_, code)| *code).or_else(function).map(Key::plain)
}

fn unknown(text: &str) -> String {
    let likeness =
        |name: &str| strsim::normalized_damerau_levenshtein(&name.to_lowercase(), &text.to_lowercase());
    let nearest = NAMES.iter().map(|(name, _)| *name).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match nearest.filter(|nearest| likeness(nearest) >= 0.6) {
        Some(nearest) => format!("there is no key `{text}`; the nearest is `{}`", nearest.to_lowercase()),
        None => format!(
            "there is no key `{text}`; a key is a character, ctrl-d, alt-x, F5, or one of enter, esc, tab, shift-tab, space, \
             backspace, delete, insert, up, down, left, right, home, end, pageup, pagedown; a space comes between keys \
             that are pressed one after the other"
        ),
    }
}

/// Keys that are pressed one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence(Vec<Key>);

impl Sequence {
    /// Its keys.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// Whether one begins with the other, so that only one of them can be typed.
    #[must_use]
    pub fn collides_with(&self, other: &Sequence) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }
}

impl From<Key> for Sequence {
    fn from(key: Key) -> Self {
        Sequence(vec![key])
    }
}

/// Its keys, separated by spaces: `g g`.
impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(Key::to_string).collect::<Vec<_>>().join(" "))
    }
}

impl FromStr for Sequence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let keys = text.split_whitespace().map(str::parse).collect::<Result<Vec<_>, _>>()?;
        match keys.is_empty() {
            true => Err("this names no key; `[]` unbinds an action, and `space` is the space bar".to_owned()),
            false => Ok(Sequence(keys)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_shown_and_as_they_are_typed() {
        for (text, shown) in [
            ("j", "j"),
            ("G", "G"),
            ("<", "<"),
            ("-", "-"),
            ("é", "é"),
            ("<enter>", "Enter"),
            ("Enter", "Enter"),
            ("return", "Enter"),
            ("space", "Space"),
            ("ctrl-d", "Ctrl-D"),
            ("Ctrl-D", "Ctrl-D"),
            ("<ctrl-d>", "Ctrl-D"),
            ("ctrl--", "Ctrl--"),
            ("alt-x", "Alt-x"),
            ("alt-X", "Alt-X"),
            ("alt-<", "Alt-<"),
            ("ctrl-alt-x", "Ctrl-Alt-X"),
            ("ctrl-right", "Ctrl-→"),
            ("shift-tab", "Shift-Tab"),
            ("↓", "↓"),
            ("down", "↓"),
            ("f5", "F5"),
            ("F12", "F12"),
        ] {
            let key: Key = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(key.to_string(), shown, "{text}");
            assert_eq!(shown.parse(), Ok(key), "{shown} is read again");
            assert_eq!(Key::from(KeyEvent::from(key)), key, "{text} is what is pressed");
        }
    }

    #[test]
    fn what_is_no_key_is_told_with_what_is_near() {
        for (text, reason) in [
            ("entr", "the nearest is `enter`"),
            ("pgdown", "the nearest is `pagedown`"),
            ("ctrl-", "there is no key"),
            ("jj", "a space comes between keys"),
            ("F13", "there is no key"),
            ("ctrl-i", "and `tab`"),
            ("\u{1b}", "no key"),
        ] {
            let error = text.parse::<Key>().expect_err(text);
            assert!(error.contains(reason), "{text:?}: {error}");
        }
    }

    #[test]
    fn sequences_have_spaces_between() {
        for (text, shown) in [("g g", "g g"), ("space  f", "Space f"), (" ctrl-x ctrl-c ", "Ctrl-X Ctrl-C")] {
            assert_eq!(text.parse::<Sequence>().map(|keys| keys.to_string()), Ok(shown.to_owned()));
        }
        assert!("  ".parse::<Sequence>().is_err(), "no key is no sequence");
    }
}
