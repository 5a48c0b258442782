//! Numbered pieces of work, shared among the processor's cores.
//!
//! The helper threads are kept between calls: a newly started thread is often queued on the core of its parent while
//! another core is idle.

use std::cmp::Ordering;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use rayon::slice::ParallelSliceMut;

/// The number of parts from which waking other threads is worthwhile.
const WORTH_OTHERS: usize = 8;

/// Runs parts `0..count` and returns their results in order. If one returns `None`, the rest is cancelled and so is the
/// result. Each thread creates its own state with `begin`.
pub(crate) fn share<S, T: Send>(
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
                Some(given) => done.push((number, given)),
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
    (done.len() == count).then(|| done.into_iter().map(|(_, given)| given).collect())
}

/// Sorts rows in parallel; the sort is stable.
pub(crate) fn sort_by<T: Send>(rows: &mut [T], compare: impl Fn(&T, &T) -> Ordering + Sync) {
    rows.par_sort_by(compare);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back_in_order_or_not_at_all() {
        for count in [0, 1, 7, 100] {
            let squares = share(count, || 0, |_, n| Some(n * n));
            assert_eq!(squares, Some((0..count).map(|n| n * n).collect()), "{count} parts");
            let given_up = share(count, || 0, |_, n| (n + 1 != count).then_some(n));
            assert_eq!(given_up.is_none(), count > 0, "a part of {count} that gives nothing ends the work");
        }
    }
}
