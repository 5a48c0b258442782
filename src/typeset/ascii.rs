//! What the program draws, in ASCII, for terminals and fonts without stars and rules. Letters are left alone, whatever alphabet
//! they are of.

/// A sign of the program and what stands for it, which is one column wide too.
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

/// What stands for a sign, if it is one.
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
