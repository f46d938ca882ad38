//! What a segment is explained by.

use super::explanation::{SegmentExplanation, SegmentPart};
use crate::model::Field;
use crate::select::{Effect, SegmentShares, Share};
use crate::state::State;
use crate::time::Timestamp;
use crate::value::SegmentId;

/// Why a segment of the schema has as many members as it has.
pub(crate) fn explain_segment(segment: SegmentId, state: &State, now: Timestamp) -> SegmentExplanation {
    let schema = &state.schema;
    let name = schema.segment_name(segment).to_owned();
    let everybody = state.table.live().len();
    let nobody = SegmentExplanation {
        name,
        filter: None,
        count: None,
        everybody,
        always_in: None,
        always_out: None,
        error: None,
        nodes: Vec::new(),
    };
    let Some(definition) = state.segments.get(segment) else {
        let count = state.linked(Field::SEGMENTS, segment.into()).len();
        let by_hand = part("put in by hand", Share { count, effect: None });
        return SegmentExplanation { count: Some(count), nodes: vec![by_hand], ..nobody };
    };
    let sound = state.segments.refuse_broken([segment], schema);
    match (definition.filter(), sound.err()) {
        (Some(filter), None) => {
            let SegmentShares { parts, always_in, always_out, count } =
                state.shares(filter, definition.pins(), now);
            let nodes = filter.parts(schema).into_iter().zip(parts).map(|(named, share)| SegmentPart {
                id: named.id,
                children: named.children,
                ..part(&named.text, share)
            });
            SegmentExplanation {
                filter: Some(definition.current_text(schema)),
                count: Some(count),
                always_in: pins("always in", always_in),
                always_out: pins("always out", always_out),
                nodes: nodes.collect(),
                ..nobody
            }
        }
        (_, error) => SegmentExplanation { filter: Some(definition.current_text(schema)), error, ..nobody },
    }
}

fn part(text: &str, share: Share) -> SegmentPart {
    let (removes, adds, without) = match share.effect {
        Some(Effect::Removes { contacts, without }) => (Some(contacts), None, Some(without)),
        Some(Effect::Adds { contacts, without }) => (None, Some(contacts), Some(without)),
        None => (None, None, None),
    };
    let (text, count) = (text.to_owned(), share.count);
    SegmentPart { text, count, removes, adds, without, id: None, children: Vec::new() }
}

fn pins(text: &str, share: Share) -> Option<SegmentPart> {
    (share.count > 0).then(|| part(text, share))
}
