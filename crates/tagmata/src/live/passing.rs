//! Whether anybody enters or leaves segments between two instants, on the same data.

use crate::filter::Filter;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{MemberSet, SegmentId};
use std::collections::BTreeMap;

/// Contacts by the segments whose own conditions have other answers for them.
pub(crate) type Flips = BTreeMap<SegmentId, MemberSet>;

/// The segments with relative conditions of their own that are not broken, and their filters.
pub(super) fn sound(state: &State) -> impl Iterator<Item = (SegmentId, &Filter)> {
    let timed = state.segments.iter().filter(|(_, definition)| definition.uses().time);
    let is_sound = |segment: SegmentId| state.segments.refuse_broken([segment], &state.schema).is_ok();
    timed.filter_map(move |(segment, definition)| {
        Some((segment, definition.filter().filter(|_| is_sound(segment))?))
    })
}

/// Whether anybody enters or leaves a segment between two instants, where these are the contacts for whom the own conditions of
/// segments that are not broken flip. In a segment that stands on others nobody moves by them unless somebody moved there.
pub(crate) fn moves_anybody(state: &State, flips: &Flips, from: Timestamp, to: Timestamp) -> bool {
    flips.iter().any(|(segment, flipped)| {
        let Some(definition) = state.segments.get(*segment) else { return false };
        let (pins, mut contacts) = (definition.pins(), flipped.clone());
        contacts.remove_all(&pins.always_in);
        contacts.remove_all(&pins.always_out);
        let Some(filter) = definition.filter().filter(|_| !contacts.is_empty()) else { return false };
        let [before, after] = [from, to].map(|at| state.select_among(filter, &contacts, at));
        before != after
    })
}
