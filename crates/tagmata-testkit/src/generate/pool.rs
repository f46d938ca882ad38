//! The small pool that the contacts and the filters of one case share, so that operands often hit values.

use crate::generate::numbers::DOUBLES;
use crate::generate::texts::WORDS;
use crate::generate::times::Times;
use chrono::{DateTime, Utc};
use proptest::prelude::{BoxedStrategy, Strategy};
use proptest::sample::subsequence;
use serde_json::Value;

/// Words, numbers, sizes of windows, instants and days to draw from.
///
/// Drawn apart from what is made of it, so that contacts and filters shrink without changing each other.
#[derive(Clone, Debug)]
pub struct Pool {
    pub(crate) words: Vec<&'static str>,
    pub(crate) numbers: Vec<f64>,
    pub(crate) times: Times,
}

impl Pool {
    /// All words, numbers and instants there are, with no `now` in mind.
    pub fn whole() -> Pool {
        Pool { words: WORDS.to_vec(), numbers: DOUBLES.to_vec(), times: Times::fixed() }
    }

    /// A few words, a few numbers, a few sizes of windows, and the instants and days where such windows around `now` begin and end.
    pub fn around(settings: &Value, now: DateTime<Utc>) -> BoxedStrategy<Pool> {
        (subsequence(WORDS, 6), subsequence(DOUBLES, 6), Times::around(settings, now))
            .prop_map(|(words, numbers, times)| Pool { words, numbers, times })
            .boxed()
    }
}
