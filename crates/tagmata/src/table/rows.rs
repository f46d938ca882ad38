//! Whole contacts in a commit.

use super::interactions::Interactions;
use super::values::Values;
use crate::value::{FieldId, MemberSet};

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
    /// About how many bytes they take.
    pub(crate) fn size_in_bytes(&self) -> usize {
        self.contacts.size_in_bytes()
            + self.columns.iter().map(|(_, values)| values.size_in_bytes()).sum::<usize>()
            + self.interactions.size_in_bytes()
    }
}
