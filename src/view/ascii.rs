//! A screen in ASCII. It goes over a screen that is drawn: nothing else has to know.

use ratatui::buffer::Buffer;

use crate::typeset::ascii_sign;

/// Replaces every sign of the program.
pub(super) fn replace(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        if let Some(plain) = ascii_sign(cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}
