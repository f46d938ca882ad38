//! What a dynamic segment is.

use crate::filter::Filter;
use crate::value::ContactId;
use std::collections::BTreeSet;

/// A segment whose members are `(filter ∪ always in) − always out`.
///
/// ```
/// use tagmata::{Contact, ContactId, DynamicSegment, Filter, Membership, Schema, Segments};
/// let mut schema = Schema::default();
/// let french = schema.define_segment("French")?;
/// let [zoe, leo] = [0, 1].map(ContactId::new);
/// let definition = DynamicSegment::new(Filter::parse("country = FR", &schema)?);
/// let definition = definition.always_in([zoe, leo]).always_out([leo]);
/// let mut segments = Segments::default();
/// segments.define(french, definition, &schema)?;
/// let now = segments.at("2026-11-22T09:30:00Z".parse()?);
/// let is_in = |id| now.membership().contains(french, &Contact::new(id));
/// assert_eq!([is_in(zoe), is_in(leo)], [true, false]);
/// # Ok::<(), tagmata::Error>(())
/// ```
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
