//! What the program draws, in ASCII, for terminals and fonts without stars and rules.
//!
//! It goes over a screen that is drawn: nothing else has to know. Letters are left alone, whatever alphabet they are of.

use ratatui::buffer::Buffer;

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
];

/// Replaces every sign.
pub(super) fn replace(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        if let Some((_, plain)) = SIGNS.iter().find(|(sign, _)| *sign == cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}
