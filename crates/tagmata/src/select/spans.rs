//! Ranges of values as ranges of whole numbers, in the same order.

use crate::filter::RangeTest;
use crate::table::Ordered;
use std::ops::{Bound, Range};

/// The ranges in which matching numbers lie, by their order; no two of them meet.
pub(crate) fn spans(test: &RangeTest<f64>) -> Vec<Range<i64>> {
    match test {
        RangeTest::Between(low, high) => {
            let start = match low {
                Bound::Included(low) => low.order(),
                Bound::Excluded(low) => low.order() + 1,
                Bound::Unbounded => i64::MIN,
            };
            let end = match high {
                Bound::Included(high) => high.order() + 1,
                Bound::Excluded(high) => high.order(),
                Bound::Unbounded => i64::MAX,
            };
            std::iter::once(start..end).collect()
        }
        RangeTest::OneOf(numbers) => {
            let mut orders: Vec<i64> = numbers.iter().map(|number| number.order()).collect();
            orders.sort_unstable();
            orders.dedup();
            orders.into_iter().map(|order| order..order + 1).collect()
        }
    }
}
