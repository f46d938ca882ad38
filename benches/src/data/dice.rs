//! Random numbers that are the same in every run.

use std::f64::consts::TAU;

/// A source of random numbers: SplitMix64, <https://prng.di.unimi.it/splitmix64.c>.
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// Always the same numbers for a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from 0, less than `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// A number from 0, less than 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Yes, with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A number of an exponential distribution.
    pub(super) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    /// A number whose logarithm is normal, by the transform of Box and Muller.
    pub(super) fn log_normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let normal = (-2.0 * (1.0 - self.unit()).ln()).sqrt() * (TAU * self.unit()).cos();
        (mean + deviation * normal).exp()
    }

    /// One of these, all alike.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let place = self.below(from.len() as u64);
        usize::try_from(place).ok().and_then(|place| from.get(place)).expect("a list that is not empty")
    }

    /// One of these, by their weights.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn weigh<'a, T>(&mut self, from: &'a Weighted<T>) -> &'a T {
        let mark = self.unit() * from.total;
        let place = from.entries.partition_point(|(up_to, _)| *up_to <= mark);
        let entry = from.entries.get(place).or(from.entries.last());
        entry.map(|(_, value)| value).expect("a list that is not empty")
    }
}

/// Values of which some are drawn more often than others.
#[derive(Debug)]
pub struct Weighted<T> {
    /// Each value with the sum of all weights up to its own.
    entries: Vec<(f64, T)>,
    total: f64,
}

impl<T> Weighted<T> {
    /// Each value with its weight.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = (T, f64)>) -> Self {
        let mut total = 0.0;
        let entries = values
            .into_iter()
            .map(|(value, weight)| {
                total += weight;
                (total, value)
            })
            .collect();
        Self { entries, total }
    }

    /// The first is drawn most often, the n-th with the weight 1 / n to the power of `exponent` (Zipf's law).
    #[must_use]
    pub fn zipf(values: impl IntoIterator<Item = T>, exponent: f64) -> Self {
        Self::new(
            values.into_iter().zip(1_u32..).map(|(value, rank)| (value, f64::from(rank).powf(-exponent))),
        )
    }
}
