//! Times, and how often something is repeated.

use std::time::{Duration, Instant};

/// What one call takes on average, and how many it moves: the sum over all segments of who enters and who leaves.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// How often it was measured.
    pub(crate) calls: usize,
    /// All times together.
    pub(crate) total: Duration,
    /// All moves together.
    pub(crate) moves: u64,
}

impl Cost {
    /// The time of one call, in microseconds.
    #[must_use]
    pub(crate) fn micros(&self) -> f64 {
        self.total.as_secs_f64() * 1e6 / self.calls.max(1) as f64
    }

    /// How many move by one call.
    #[must_use]
    pub(crate) fn moves_of_one(&self) -> f64 {
        self.moves as f64 / self.calls.max(1) as f64
    }

    /// Measures one call more.
    pub(crate) fn time<T>(&mut self, call: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = call();
        self.total += start.elapsed();
        self.calls += 1;
        result
    }

    /// Whether it was measured so often, or for as long as anybody waits.
    #[must_use]
    pub(crate) fn is_enough(&self, calls: usize) -> bool {
        self.calls >= calls || self.total >= Duration::from_secs(5)
    }

    /// Both together.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            calls: self.calls + other.calls,
            total: self.total + other.total,
            moves: self.moves + other.moves,
        }
    }
}
