//! Work in numbered parts, shared by the processor's cores.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// Parts from which on a second thread pays for its start.
const WORTH_A_THREAD: usize = 4;

/// Does parts `0..count` of a work and returns what they gave, in order; nothing, if one of them gave nothing, which ends
/// the rest. Each thread begins with a state of its own.
pub(crate) fn share<S, T: Send>(
    count: usize,
    begin: impl Fn() -> S + Sync,
    part: impl Fn(&mut S, usize) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = cores.min(count / WORTH_A_THREAD).max(1);
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let run = || {
        let (mut state, mut done) = (begin(), Vec::new());
        while !is_over.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                break;
            }
            match part(&mut state, number) {
                Some(given) => done.push((number, given)),
                None => is_over.store(true, Ordering::Relaxed),
            }
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut done = run();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    (done.len() == count).then(|| done.into_iter().map(|(_, given)| given).collect())
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
