//! Tests of numbers, days and instants: whether two of them can be passed together.

use crate::filter::RangeTest;
use std::ops::{Bound, RangeBounds};

/// Whether no value passes both tests, each of which may be turned round. Where it is not easy to see, some value is said to.
pub(super) fn exclude<T: PartialOrd + Copy>(
    (ours, our_not): (&RangeTest<T>, bool),
    (theirs, their_not): (&RangeTest<T>, bool),
) -> bool {
    match (our_not, their_not) {
        (false, false) => !meet(ours, theirs),
        (false, true) => is_within(ours, theirs),
        (true, false) => is_within(theirs, ours),
        (true, true) => false,
    }
}

/// Whether a value may pass both.
fn meet<T: PartialOrd + Copy>(ours: &RangeTest<T>, theirs: &RangeTest<T>) -> bool {
    match (ours, theirs) {
        (RangeTest::OneOf(values), other) | (other, RangeTest::OneOf(values)) => {
            values.iter().any(|value| other.holds(*value))
        }
        (RangeTest::Between(our_low, our_high), RangeTest::Between(their_low, their_high)) => {
            reaches(*our_low, *their_high) && reaches(*their_low, *our_high)
        }
    }
}

/// Whether there may be a value between a lower and an upper bound.
fn reaches<T: PartialOrd>(low: Bound<T>, high: Bound<T>) -> bool {
    match (low, high) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => true,
        (Bound::Included(low), Bound::Included(high)) => low <= high,
        (Bound::Included(low) | Bound::Excluded(low), Bound::Included(high) | Bound::Excluded(high)) => {
            low < high
        }
    }
}

/// Whether every value that passes ours passes theirs.
fn is_within<T: PartialOrd + Copy>(ours: &RangeTest<T>, theirs: &RangeTest<T>) -> bool {
    match (ours, theirs) {
        (RangeTest::OneOf(values), _) => values.iter().all(|value| theirs.holds(*value)),
        (RangeTest::Between(our_low, our_high), RangeTest::Between(their_low, their_high)) => {
            is_end_within(*our_low, *their_low, (*their_low, Bound::Unbounded))
                && is_end_within(*our_high, *their_high, (Bound::Unbounded, *their_high))
        }
        (RangeTest::Between(..), RangeTest::OneOf(_)) => false,
    }
}

/// Whether one end of a range lies within another range that is open at its other end.
fn is_end_within<T: PartialOrd + Copy>(
    ours: Bound<T>,
    theirs: Bound<T>,
    range: (Bound<T>, Bound<T>),
) -> bool {
    match ours {
        _ if theirs == Bound::Unbounded || ours == theirs => true,
        Bound::Unbounded => false,
        Bound::Included(end) | Bound::Excluded(end) => range.contains(&end),
    }
}
