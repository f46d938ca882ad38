//! Values as whole numbers in the same order.

use super::super::cell::Cell;
use crate::time::{Date, Timestamp};
use std::ops::{Bound, RangeBounds};

/// A value whose order is that of a whole number.
pub(crate) trait Ordered: Cell {
    /// The number for what is kept; the one for "missing" is less than that of every value.
    fn order_of(raw: Self::Raw) -> i64;

    /// Tells what lies in a span from what does not and from what is missing, in the way that is fastest for the type.
    fn within(span: Span) -> impl Fn(Self::Raw) -> bool;

    /// The number for a value.
    fn order(self) -> i64 {
        Self::order_of(self.pack())
    }
}

/// The numbers between two, both included; none if the first is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(super) low: i64,
    pub(super) high: i64,
}

impl Span {
    /// The part of a range where values of a type can lie.
    pub(super) fn of<T: Ordered>(range: &impl RangeBounds<i64>) -> Self {
        let low = match range.start_bound() {
            Bound::Included(low) => Some(*low),
            Bound::Excluded(low) => low.checked_add(1),
            Bound::Unbounded => Some(i64::MIN),
        };
        let high = match range.end_bound() {
            Bound::Included(high) => Some(*high),
            Bound::Excluded(high) => high.checked_sub(1),
            Bound::Unbounded => Some(i64::MAX),
        };
        let first = T::order_of(T::MISSING).saturating_add(1);
        match (low, high) {
            (Some(low), Some(high)) => Self { low: low.max(first), high },
            _ => Self { low: i64::MAX, high: i64::MIN },
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.low > self.high
    }
}

/// The bits of doubles, as whole numbers, ascend for positive doubles, and descend for negative ones from the least number
/// on, which is -0.0: counted down from 0 they ascend too, and both zeros are the same. It is its own inverse.
fn flip(bits: i64) -> i64 {
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

impl Ordered for f64 {
    fn order_of(raw: u64) -> i64 {
        flip(raw.cast_signed())
    }

    /// As doubles, of which every processor compares several at a time; "missing" is a NaN, which lies nowhere.
    fn within(span: Span) -> impl Fn(u64) -> bool {
        let double = |order: i64| Self::from_bits(flip(order).cast_unsigned());
        let low = double(span.low.max(Self::NEG_INFINITY.order()));
        let high = double(span.high.min(Self::INFINITY.order()));
        move |raw| {
            let number = Self::from_bits(raw);
            (low <= number) & (number <= high)
        }
    }
}

impl Ordered for Timestamp {
    fn order_of(raw: i64) -> i64 {
        raw
    }

    fn within(span: Span) -> impl Fn(i64) -> bool {
        move |raw| (span.low <= raw) & (raw <= span.high)
    }
}

impl Ordered for Date {
    fn order_of(raw: i32) -> i64 {
        i64::from(raw)
    }

    /// As days of 32 bits, of which twice as many are compared at a time.
    fn within(span: Span) -> impl Fn(i32) -> bool {
        // What does not fit lies beyond all days.
        let low = i32::try_from(span.low).unwrap_or(i32::MAX);
        let high = i32::try_from(span.high).unwrap_or(if span.high < 0 { i32::MIN } else { i32::MAX });
        move |raw| (low <= raw) & (raw <= high)
    }
}
