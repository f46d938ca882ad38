//! Long work on several threads.

use std::num::NonZero;
use std::ops::Range;
use std::sync::OnceLock;
use std::thread::{Builder, available_parallelism, scope};

/// More threads do not make a scan of memory faster.
const MOST: usize = 8;

/// What comes of each part of a piece of work, in order. There are as many parts as there are cores for them, and one where
/// it is not worth more: a part has at least a certain length.
pub(super) fn in_parts<T: Send>(
    length: usize,
    least: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let parts = (length / least.max(1)).clamp(1, cores());
    let part = |at: usize| length * at / parts..length * (at + 1) / parts;
    if parts == 1 {
        return vec![work(part(0))];
    }
    scope(|scope| {
        let others: Vec<_> = (1..parts)
            .map(|at| {
                let work = &work;
                Builder::new().name("tagmata-scan".to_owned()).spawn_scoped(scope, move || work(part(at)))
            })
            .collect();
        let mut done = vec![work(part(0))];
        for (at, thread) in (1..).zip(others) {
            done.push(match thread {
                Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                // Where there are no more threads, this one does it.
                Err(_) => work(part(at)),
            });
        }
        done
    })
}

/// How many cores there are. To find out takes longer than many a question.
fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| available_parallelism().map_or(1, NonZero::get).min(MOST))
}

#[cfg(test)]
mod tests {
    use super::in_parts;

    #[test]
    fn parts_cover_the_whole_in_order() {
        for (length, least) in [(0, 1), (1, 1), (7, 1), (100, 3), (100, 1000), (100, 0)] {
            let all: Vec<usize> = in_parts(length, least, Iterator::collect::<Vec<_>>).concat();
            assert_eq!(all, (0..length).collect::<Vec<_>>());
        }
    }
}
