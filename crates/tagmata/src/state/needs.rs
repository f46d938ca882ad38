//! How much of a contact has to be read to answer a question.

use crate::filter::Uses;
use crate::model::{Field, Schema};
use crate::segment::Segments;
use crate::value::{FieldId, SegmentId};
use std::collections::BTreeSet;

/// The stored fields that a question looks at, and whether it looks at interactions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Needs {
    pub(super) fields: BTreeSet<FieldId>,
    pub(super) interactions: bool,
}

impl Needs {
    /// All that a contact has.
    pub(crate) fn everything(schema: &Schema) -> Self {
        Self { fields: schema.fields().map(Field::id).collect(), interactions: true }
    }

    /// What a filter needs, and the segments that it stands on.
    pub(crate) fn of(uses: &Uses, segments: &Segments) -> Self {
        let mut needs = Self::default();
        needs.add(uses);
        needs.add_segments(uses.segments.iter().copied(), segments);
        needs
    }

    /// What segments need, and those that they stand on.
    pub(crate) fn of_segments(wanted: impl IntoIterator<Item = SegmentId>, segments: &Segments) -> Self {
        let mut needs = Self::default();
        needs.add_segments(wanted, segments);
        needs
    }

    /// Some fields, to be shown or sorted by.
    pub(crate) fn fields(fields: impl IntoIterator<Item = FieldId>) -> Self {
        let mut needs = Self::default();
        for field in fields {
            needs.add_field(field);
        }
        needs
    }

    /// Whether a stored field is looked at.
    pub(crate) fn has(&self, field: FieldId) -> bool {
        self.fields.contains(&field)
    }

    /// The stored fields that are looked at.
    pub(crate) fn stored(&self) -> impl Iterator<Item = FieldId> + '_ {
        self.fields.iter().copied()
    }

    /// Whether interactions are looked at; by filters, the last of them is one.
    pub(crate) fn has_interactions(&self) -> bool {
        self.interactions
    }

    fn add_field(&mut self, field: FieldId) {
        if field == Field::NAME {
            self.fields.extend([Field::FIRST_NAME, Field::LAST_NAME]);
        }
        self.fields.insert(field);
    }

    fn add(&mut self, uses: &Uses) {
        self.fields.extend(&uses.fields);
        self.interactions |= uses.interactions;
    }

    fn add_segments(&mut self, wanted: impl IntoIterator<Item = SegmentId>, segments: &Segments) {
        for id in segments.used_by(wanted) {
            match segments.get(id) {
                Some(definition) => self.add(definition.uses()),
                None => {
                    self.fields.insert(Field::SEGMENTS);
                }
            }
        }
    }
}
