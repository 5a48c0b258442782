//! The same work for each of many things, with a bar for who watches.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::parallel::share;

/// How many things a thread takes at a time.
const STRETCH: usize = 32;

/// Does the work for each thing, and gives what came of it in the order of the things. `what` is being done, for the bar
/// that is drawn where it takes long and somebody watches.
pub(super) fn each<T: Sync, R: Send>(what: &str, things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let done = AtomicUsize::new(0);
    let is_watched = things.len() > 500 && io::stderr().is_terminal();
    let stretches: Vec<_> = things.chunks(STRETCH).collect();
    let results = share(
        stretches.len(),
        || (),
        |(), number| {
            let results: Vec<_> = stretches[number].iter().map(&work).collect();
            let before = done.fetch_add(results.len(), Ordering::Relaxed);
            if is_watched && (before / STRETCH).is_multiple_of(8) {
                let _ = write!(io::stderr().lock(), "\r{}", bar(what, before + results.len(), things.len()));
            }
            Some(results)
        },
    );
    if is_watched {
        let _ = write!(io::stderr(), "\r\u{1b}[K");
    }
    results.into_iter().flatten().flatten().collect()
}

fn bar(what: &str, done: usize, all: usize) -> String {
    let filled = done * 30 / all.max(1);
    format!("{what} [{}{}] {done} of {all}", "=".repeat(filled), " ".repeat(30 - filled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_things_is_in_their_order() {
        for count in [0, 1, 31, 32, 33, 5000] {
            let things: Vec<_> = (0..count).collect();
            assert_eq!(each("counting", &things, |n| n * 2), (0..count).map(|n| n * 2).collect::<Vec<_>>());
        }
    }
}
