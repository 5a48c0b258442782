//! A bar for who watches while something takes long.

use std::io::{self, IsTerminal, Write};

/// From how many things on it takes long.
const LONG: usize = 500;

/// Draws how much of something is done, and wipes it off when all of it is.
pub(super) fn draw(what: &str, done: usize, all: usize) {
    if all <= LONG || !io::stderr().is_terminal() {
        return;
    }
    let _ = match done < all {
        true => write!(io::stderr().lock(), "\r{}", bar(what, done, all)),
        false => write!(io::stderr().lock(), "\r\u{1b}[K"),
    };
}

fn bar(what: &str, done: usize, all: usize) -> String {
    let filled = done * 30 / all.max(1);
    format!("{what} [{}{}] {done} of {all}", "=".repeat(filled), " ".repeat(30 - filled))
}
