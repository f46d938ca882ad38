//! Who enters and leaves segments between two instants, on the same data.

use super::questions::Questions;
use crate::filter::Filter;
use crate::segment::DynamicSegment;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{MemberSet, SegmentId};
use std::collections::BTreeMap;

/// Contacts by the segments whose own conditions have other answers for them.
pub(crate) type Flips = BTreeMap<SegmentId, MemberSet>;

/// Who entered and left a segment.
#[derive(Debug)]
pub(crate) struct Passed {
    pub(crate) segment: SegmentId,
    pub(crate) entered: MemberSet,
    pub(crate) left: MemberSet,
}

/// For whom the relative conditions of segments have other answers at one instant than at another, by the segments that ask
/// them. Each different condition is looked at once.
pub(crate) fn time_flips(state: &State, from: Timestamp, to: Timestamp) -> Flips {
    let mut questions = Questions::new();
    for (segment, filter) in sound(state) {
        questions.add(filter, segment);
    }
    let mut flips = Flips::new();
    for question in questions.into_all() {
        let contacts = state.crossed(question.predicate, from, to);
        if !contacts.is_empty() {
            for segment in question.askers {
                flips.entry(segment).or_default().add_all(&contacts);
            }
        }
    }
    flips
}

/// The segments with relative conditions of their own that are not broken, and their filters.
pub(super) fn sound(state: &State) -> impl Iterator<Item = (SegmentId, &Filter)> {
    let timed = state.segments.iter().filter(|(_, definition)| definition.uses().time);
    let is_sound = |segment: SegmentId| state.segments.refuse_broken([segment], &state.schema).is_ok();
    timed.filter_map(move |(segment, definition)| {
        Some((segment, definition.filter().filter(|_| is_sound(segment))?))
    })
}

/// Who enters and leaves segments between two instants, where these are the contacts for whom their own conditions flip. Those
/// that stand on others come behind them: there only those can move who moved in the others.
pub(crate) fn passed(state: &State, flips: &Flips, from: Timestamp, to: Timestamp) -> Vec<Passed> {
    let mut segments: Vec<SegmentId> = state.segments.users_of(flips.keys().copied()).into_iter().collect();
    segments.sort_by_key(|segment| state.segments.depth(*segment));
    let mut moved = Flips::new();
    let mut all = Vec::new();
    for segment in segments {
        let is_sound = state.segments.refuse_broken([segment], &state.schema).is_ok();
        let Some(definition) = state.segments.get(segment).filter(|_| is_sound) else { continue };
        let contacts = candidates(definition, flips.get(&segment), &moved);
        let Some(filter) = definition.filter().filter(|_| !contacts.is_empty()) else { continue };
        let [before, after] = [from, to].map(|at| state.select_among(filter, &contacts, at));
        let (entered, left) = (&after - &before, &before - &after);
        if !entered.is_empty() || !left.is_empty() {
            moved.insert(segment, &entered | &left);
            all.push(Passed { segment, entered, left });
        }
    }
    all
}

/// Those who may move in a segment: its own conditions flip for them, or they moved in segments that it stands on. Pins stay.
fn candidates(definition: &DynamicSegment, own: Option<&MemberSet>, moved: &Flips) -> MemberSet {
    let mut contacts = own.cloned().unwrap_or_default();
    for moved in definition.uses().segments.iter().filter_map(|used| moved.get(used)) {
        contacts.add_all(moved);
    }
    let pins = definition.pins();
    contacts.remove_all(&pins.always_in);
    contacts.remove_all(&pins.always_out);
    contacts
}
