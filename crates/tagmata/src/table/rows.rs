//! Whole contacts in a commit.

use super::interactions::Interactions;
use super::values::Values;
use crate::model::Field;
use crate::value::{FieldId, MemberSet, SegmentId};
use std::collections::BTreeMap;

/// Contacts that were made or deleted, with all they hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// Who they are.
    pub contacts: MemberSet,
    /// Their values by field, in the order of the contacts; fields in which nobody has a value are left out.
    pub columns: Vec<(FieldId, Values)>,
    /// Their interactions, ascending by contact.
    pub interactions: Interactions,
}

impl Rows {
    /// Who is in which static segment.
    pub(crate) fn static_segments(&self) -> BTreeMap<SegmentId, MemberSet> {
        let column = self.columns.iter().find(|(field, _)| *field == Field::SEGMENTS);
        let members = column.map(|(_, values)| values.contacts_by_symbol(&self.contacts)).unwrap_or_default();
        members.into_iter().map(|(symbol, members)| (SegmentId::new(symbol.get()), members)).collect()
    }

    /// About how many bytes they take.
    pub(crate) fn size_in_bytes(&self) -> usize {
        self.contacts.size_in_bytes()
            + self.columns.iter().map(|(_, values)| values.size_in_bytes()).sum::<usize>()
            + self.interactions.size_in_bytes()
    }
}
