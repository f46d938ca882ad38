//! Ranges of values as ranges of whole numbers, in the same order.

use crate::filter::RangeTest;
use std::ops::{Bound, Range};

/// The whole number that stands for a finite number. Numbers and what stands for them are in the same order.
pub(super) fn ordinal(number: f64) -> i64 {
    // Adding zero makes -0 into 0.
    let bits = (number + 0.0).to_bits();
    let magnitude = i64::try_from(bits & !(1 << 63)).unwrap_or(i64::MAX);
    if bits >> 63 == 1 { -magnitude } else { magnitude }
}

/// The ranges in which the ordinals of matching numbers lie; no two of them meet.
pub(super) fn spans(test: &RangeTest<f64>) -> Vec<Range<i64>> {
    match test {
        RangeTest::Between(low, high) => {
            let start = match low {
                Bound::Included(low) => ordinal(*low),
                Bound::Excluded(low) => ordinal(*low) + 1,
                Bound::Unbounded => i64::MIN,
            };
            let end = match high {
                Bound::Included(high) => ordinal(*high) + 1,
                Bound::Excluded(high) => ordinal(*high),
                Bound::Unbounded => i64::MAX,
            };
            vec![start..end]
        }
        RangeTest::OneOf(numbers) => {
            let mut ordinals: Vec<i64> = numbers.iter().map(|number| ordinal(*number)).collect();
            ordinals.sort_unstable();
            ordinals.dedup();
            ordinals.into_iter().map(|ordinal| ordinal..ordinal + 1).collect()
        }
    }
}
