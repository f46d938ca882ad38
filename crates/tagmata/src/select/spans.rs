//! Ranges of values as ranges of whole numbers, in the same order.

use crate::filter::RangeTest;
use std::ops::{Bound, Range};

/// The whole number that stands for a finite number. Numbers and what stands for them are in the same order.
pub(super) fn ordinal(number: f64) -> i64 {
    // Adding zero makes -0 into 0. The bits of finite doubles ascend for positive ones and descend for negative ones.
    let bits = (number + 0.0).to_bits().cast_signed();
    if bits < 0 { bits ^ i64::MAX } else { bits }
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
            std::iter::once(start..end).collect()
        }
        RangeTest::OneOf(numbers) => {
            let mut ordinals: Vec<i64> = numbers.iter().map(|number| ordinal(*number)).collect();
            ordinals.sort_unstable();
            ordinals.dedup();
            ordinals.into_iter().map(|ordinal| ordinal..ordinal + 1).collect()
        }
    }
}
