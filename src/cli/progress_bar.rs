//! A progress bar for long operations.

use std::io::{self, IsTerminal, Write};

/// The number of items from which an operation counts as long.
const LONG: usize = 500;

/// Draws the progress bar, and erases it when everything is done.
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
