//! Long work on several threads.

use std::num::NonZero;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{Builder, available_parallelism, scope};
use std::vec::IntoIter;

/// What comes of each part of a piece of work, in order. There are as many parts as there are cores for them, and one where
/// it is not worth more: a part has at least a certain length.
pub(super) fn in_parts<T: Send>(
    length: usize,
    least: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let parts = (length / least.max(1)).clamp(1, threads());
    let part = |at: usize| length * at / parts..length * (at + 1) / parts;
    let mut done: Vec<Option<T>> = (0..parts).map(|_| None).collect();
    in_turn(done.iter_mut().enumerate().collect(), |(at, slot)| *slot = Some(work(part(at))));
    done.into_iter().flatten().collect()
}

/// Does pieces of work of different sizes, the first ones first, on as many threads as there are cores for them.
pub(super) fn in_turn<J: Send>(jobs: Vec<J>, work: impl Fn(J) + Sync) {
    let threads = threads().min(jobs.len());
    let queue = Mutex::new(jobs.into_iter());
    let work_off = || {
        while let Some(job) = next(&queue) {
            work(job);
        }
    };
    scope(|scope| {
        for _ in 1..threads {
            // Where there are no more threads, the others do it.
            let _ = Builder::new().name("tagmata-fill".to_owned()).spawn_scoped(scope, work_off);
        }
        work_off();
    });
}

/// The next piece of work; the queue is as it should be even where a thread was ended by a panic.
fn next<J>(queue: &Mutex<IntoIter<J>>) -> Option<J> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).next()
}

/// How many threads work at most.
fn threads() -> usize {
    // More do not make work faster that goes through memory.
    const MOST: usize = 8;
    cores().min(MOST)
}

/// How many cores there are. To find out takes longer than many a question.
pub(crate) fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| available_parallelism().map_or(1, NonZero::get))
}

#[cfg(test)]
mod tests {
    use super::{in_parts, in_turn};
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn parts_cover_the_whole_in_order() {
        for (length, least) in [(0, 1), (1, 1), (7, 1), (100, 3), (100, 1000), (100, 0)] {
            let all: Vec<usize> = in_parts(length, least, Iterator::collect::<Vec<_>>).concat();
            assert_eq!(all, (0..length).collect::<Vec<_>>());
        }
    }

    #[test]
    fn each_piece_of_work_is_done_once() {
        for count in [0, 1, 2, 100] {
            let done: Vec<AtomicUsize> = (0..count).map(|_| AtomicUsize::new(0)).collect();
            in_turn(done.iter().collect(), |one| _ = one.fetch_add(1, Ordering::Relaxed));
            assert!(done.iter().all(|one| one.load(Ordering::Relaxed) == 1));
        }
    }
}
