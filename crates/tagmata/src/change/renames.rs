//! Filters of segments follow what they name to its new name.

use super::fact::Fact;
use crate::model::{Field, NameSpace, SchemaEdit};
use crate::segment::Segments;
use crate::value::{SegmentId, TagId};
use std::sync::Arc;

/// The facts by which the filters of segments get the new name of a tag or segment, if that is what an edit gives.
///
/// An old name works until something else takes it: a filter that kept it would mean that other thing when it is read again.
pub(super) fn followed(edit: &SchemaEdit, segments: &Segments) -> Vec<Fact> {
    let SchemaEdit::Name { space, number, old: Some(old), new: Some(new) } = edit else { return Vec::new() };
    let (field, tag, segment) = match space {
        NameSpace::Tags => (Field::TAGS, Some(TagId::new(*number)), None),
        NameSpace::Segments => (Field::SEGMENTS, None, Some(SegmentId::new(*number))),
        _ => return Vec::new(),
    };
    let followed = segments.iter().filter_map(|(id, definition)| {
        let uses = definition.uses();
        let names_it = tag.is_some_and(|tag| uses.symbols.contains(&(field, tag.into())))
            || segment.is_some_and(|segment| uses.segments.contains(&segment));
        let renamed = names_it.then(|| definition.renamed(field, old, new)).flatten()?;
        Some(Fact::Segment { segment: id, old: Some(Arc::clone(definition)), new: Some(Arc::new(renamed)) })
    });
    followed.collect()
}
