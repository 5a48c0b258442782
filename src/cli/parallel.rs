//! The same work for each of many things, on all processors.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many things a thread takes at a time.
const STRETCH: usize = 32;

/// Does the work for each thing, and gives what came of it in the order of the things. `what` is being done, for the bar
/// that is drawn where it takes long and somebody watches.
pub(super) fn each<T: Sync, R: Send>(what: &str, things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let is_watched = things.len() > 500 && io::stderr().is_terminal();
    let run = || {
        let mut results = Vec::new();
        loop {
            let from = next.fetch_add(STRETCH, Ordering::Relaxed);
            if from >= things.len() {
                return results;
            }
            let stretch = &things[from..things.len().min(from + STRETCH)];
            results.push((from, stretch.iter().map(&work).collect::<Vec<_>>()));
            let before = done.fetch_add(stretch.len(), Ordering::Relaxed);
            if is_watched && (before / STRETCH).is_multiple_of(8) {
                let _ = write!(io::stderr().lock(), "\r{}", bar(what, before + stretch.len(), things.len()));
            }
        }
    };
    let processors = thread::available_parallelism().map_or(1, Into::into);
    let threads = processors.min(things.len().div_ceil(STRETCH));
    let mut results = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let own = run();
        let join = |other: thread::ScopedJoinHandle<'_, _>| other.join().expect("a panic ends the program");
        own.into_iter().chain(others.into_iter().flat_map(join)).collect::<Vec<_>>()
    });
    if is_watched {
        let _ = write!(io::stderr(), "\r\u{1b}[K");
    }
    results.sort_unstable_by_key(|(from, _)| *from);
    results.into_iter().flat_map(|(_, results)| results).collect()
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
