//! Work on many items, spread over all cores.
//!
//! The threads are kept between calls, since a new thread often waits for its parent's core while another core is idle.

use std::cmp::Ordering;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use rayon::slice::ParallelSliceMut;

/// With fewer parts than this, waking other threads takes longer than it saves.
const WORTH_OTHERS: usize = 8;

/// Items in a chunk.
pub(crate) const CHUNK: usize = 1024;

/// Calls a function on chunks of a slice, and returns the results in order.
pub(crate) fn map_chunks<I: Sync, T: Send>(items: &[I], map: impl Fn(&[I]) -> T + Sync) -> Vec<T> {
    let chunks: Vec<_> = items.chunks(CHUNK).collect();
    map_parts(chunks.len(), || (), |(), number| Some(map(chunks[number]))).unwrap_or_default()
}

/// Calls a function on the numbers below `count`, and returns the results in order. If one of them is `None`, the rest
/// is cancelled and so is the result. Each thread has a state of its own, which `begin` creates.
pub(crate) fn map_parts<S, T: Send>(
    count: usize,
    begin: impl Fn() -> S + Sync,
    part: impl Fn(&mut S, usize) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let run = || {
        let (mut state, mut done) = (begin(), Vec::new());
        while !is_over.load(Relaxed) {
            let number = next.fetch_add(1, Relaxed);
            if number >= count {
                break;
            }
            match part(&mut state, number) {
                Some(result) => done.push((number, result)),
                None => is_over.store(true, Relaxed),
            }
        }
        done
    };
    let mut done = match count {
        ..WORTH_OTHERS => run(),
        _ => rayon::broadcast(|_| run()).into_iter().flatten().collect(),
    };
    done.sort_unstable_by_key(|(number, _)| *number);
    (done.len() == count).then(|| done.into_iter().map(|(_, result)| result).collect())
}

/// Does two things at once, the second on a thread of its own, and gives what came of both. One that waits for the disk
/// keeps no thread from the other.
pub(crate) fn both<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let other = scope.spawn(there);
        let here = here();
        (here, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Sorts rows; the sort is stable.
pub(crate) fn sort_by<T: Send>(rows: &mut [T], compare: impl Fn(&T, &T) -> Ordering + Sync) {
    rows.par_sort_by(compare);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_back_in_order_or_not_at_all() {
        for count in [0, 1, 7, 100] {
            let squares = map_parts(count, || 0, |_, n| Some(n * n));
            assert_eq!(squares, Some((0..count).map(|n| n * n).collect()), "{count} parts");
            let given_up = map_parts(count, || 0, |_, n| (n + 1 != count).then_some(n));
            assert_eq!(given_up.is_none(), count > 0, "one part of {count} without a result cancels all");
        }
    }
}
