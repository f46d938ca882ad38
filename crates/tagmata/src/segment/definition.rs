//! What a dynamic segment is.

use crate::filter::Filter;
use crate::value::ContactId;
use std::collections::BTreeSet;

/// A segment whose members are `(filter ∪ always in) − always out`.
#[derive(Debug, Clone)]
pub struct DynamicSegment {
    filter: Filter,
    always_in: BTreeSet<ContactId>,
    always_out: BTreeSet<ContactId>,
}

impl DynamicSegment {
    /// The segment of a filter, without pins.
    #[must_use]
    pub fn new(filter: Filter) -> Self {
        Self { filter, always_in: BTreeSet::new(), always_out: BTreeSet::new() }
    }

    /// Pins contacts into the segment, whatever the filter says.
    #[must_use]
    pub fn always_in(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        self.always_in.extend(contacts);
        self
    }

    /// Pins contacts out of the segment, whatever the filter says and even if they are pinned in.
    #[must_use]
    pub fn always_out(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        self.always_out.extend(contacts);
        self
    }

    /// The filter.
    #[must_use]
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Whether a contact is pinned: in, out, or not at all.
    pub(super) fn pin(&self, contact: ContactId) -> Option<bool> {
        match () {
            () if self.always_out.contains(&contact) => Some(false),
            () if self.always_in.contains(&contact) => Some(true),
            () => None,
        }
    }
}
