//! When a moving edge passes a value that stands still.

use super::Timestamp;
use super::calendar::Cut;
use std::ops::Range;

/// What lies in one of two ranges only.
pub(crate) fn symmetric_difference(one: &Range<Cut>, other: &Range<Cut>) -> [Range<Cut>; 2] {
    let nothing = Cut::MAX..Cut::MAX;
    match () {
        () if one.is_empty() => [other.clone(), nothing],
        () if other.is_empty() => [one.clone(), nothing],
        () if one.end <= other.start || other.end <= one.start => [one.clone(), other.clone()],
        () => {
            let between = |a: Cut, b: Cut| a.min(b)..a.max(b);
            [between(one.start, other.start), between(one.end, other.end)]
        }
    }
}

/// The first instant after `now` at which an edge lies beyond a value, for an edge that never moves back.
pub(crate) fn first_crossing(
    now: Timestamp,
    value: i64,
    edge: impl Fn(Timestamp) -> Cut,
) -> Option<Timestamp> {
    let crossed = |at: i64| edge(Timestamp::at(at)) > value;
    let (start, last) = (now.as_micros(), Timestamp::MAX.as_micros());
    // Most edges move as fast as the clock; the others are found from there: gallop until the edge is on both sides, then halve. An edge
    // is cheap, and there is no closed form for all of them.
    let guess = start.saturating_add(value.saturating_sub(edge(now))).clamp(start, last);
    let (mut low, mut high) = (guess, guess);
    let mut step = 1_i64;
    if guess > start && crossed(guess) {
        loop {
            low = high.saturating_sub(step).max(start);
            if low == start || !crossed(low) {
                break;
            }
            high = low;
            step = step.saturating_mul(4);
        }
    } else {
        loop {
            high = low.saturating_add(step).min(last);
            if high <= low {
                return None;
            }
            if crossed(high) {
                break;
            }
            low = high;
            step = step.saturating_mul(4);
        }
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if crossed(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(Timestamp::at(high))
}
