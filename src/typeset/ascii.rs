//! Replaces the program's own signs with ASCII, for terminals and fonts without stars and rules. Letters of any alphabet are
//! left alone.

/// Signs of the program and their replacements, each one column wide.
const SIGNS: &[(&str, &str)] = &[
    ("★", "*"),
    ("½", "+"),
    ("☆", "."),
    ("●", "o"),
    ("⊘", "!"),
    ("✗", "x"),
    ("▐", "|"),
    ("▌", "|"),
    ("▏", ":"),
    ("░", ":"),
    ("█", "#"),
    ("▶", ">"),
    ("▼", "v"),
    ("▸", ">"),
    ("▾", "v"),
    ("│", "|"),
    ("┃", "|"),
    ("─", "-"),
    ("━", "="),
    ("┬", "+"),
    ("┌", "+"),
    ("└", "+"),
    ("↑", "^"),
    ("↓", "v"),
    ("←", "<"),
    ("→", ">"),
    ("…", "~"),
    ("·", "-"),
    ("•", "*"),
    ("×", "x"),
    ("›", ">"),
    ("╭", "+"),
    ("╰", "+"),
    ("┊", ":"),
];

/// The replacement for a sign.
#[must_use]
pub fn ascii_sign(symbol: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(sign, _)| *sign == symbol).map(|(_, plain)| *plain)
}

/// A text with every sign replaced.
#[must_use]
pub fn in_ascii(text: &str) -> String {
    let mut bytes = [0; 4];
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        let symbol = &*c.encode_utf8(&mut bytes);
        plain.push_str(ascii_sign(symbol).unwrap_or(symbol));
    }
    plain
}
