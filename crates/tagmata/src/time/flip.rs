//! When a moving edge passes a value that stands still.

use super::Timestamp;
use super::calendar::Cut;

/// The first instant after `now` at which an edge lies beyond a value, for an edge that never moves back.
pub(crate) fn first_crossing(
    now: Timestamp,
    value: i64,
    edge: impl Fn(Timestamp) -> Cut,
) -> Option<Timestamp> {
    let crossed = |at: i64| edge(Timestamp::at(at)) > value;
    let start = now.as_micros();
    let last = Timestamp::MAX.as_micros();
    // Gallop until the edge is beyond, then halve: an edge is cheap, and there is no closed form for all of them.
    let (mut low, mut step) = (start, 1_i64);
    let mut high = loop {
        let at = start.saturating_add(step).min(last);
        if at <= low {
            return None;
        }
        if crossed(at) {
            break at;
        }
        low = at;
        step = step.saturating_mul(4);
    };
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
