//! What a dynamic segment is.

use crate::error::Error;
use crate::filter::{Filter, Uses};
use crate::model::Schema;
use crate::value::{ContactId, MemberSet};

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
#[derive(Debug, Clone, PartialEq)]
pub struct DynamicSegment {
    rule: Rule,
    uses: Uses,
    pins: Pins,
}

/// Who is in a segment, whatever its filter says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Pins {
    pub(crate) always_in: MemberSet,
    pub(crate) always_out: MemberSet,
}

impl Pins {
    /// The same pins, but for some contacts as others have them.
    pub(crate) fn except(&self, contacts: &MemberSet, others: &Self) -> Self {
        let mixed = |ours: &MemberSet, theirs: &MemberSet| &(ours - contacts) | &(theirs & contacts);
        Self {
            always_in: mixed(&self.always_in, &others.always_in),
            always_out: mixed(&self.always_out, &others.always_out),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Rule {
    Filter(Box<Filter>),
    /// Something that the filter uses was deleted by force.
    Broken {
        text: Box<str>,
        error: Error,
    },
}

impl DynamicSegment {
    /// The segment of a filter, without pins.
    #[must_use]
    pub fn new(filter: Filter) -> Self {
        let uses = filter.plan().uses();
        Self { rule: Rule::Filter(Box::new(filter)), uses, pins: Pins::default() }
    }

    /// Pins contacts into the segment, whatever the filter says.
    #[must_use]
    pub fn always_in(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        self.pins.always_in.extend(contacts);
        self
    }

    /// Pins contacts out of the segment, whatever the filter says and even if they are pinned in.
    #[must_use]
    pub fn always_out(mut self, contacts: impl IntoIterator<Item = ContactId>) -> Self {
        self.pins.always_out.extend(contacts);
        self
    }

    /// The contacts that are in the segment whatever the filter says, unless they are [`pinned_out`](Self::pinned_out) too.
    ///
    /// ```
    /// use tagmata::{ContactId, DynamicSegment, Filter, Schema};
    /// let segment = DynamicSegment::new(Filter::parse("status = vip", &Schema::default())?);
    /// let segment = segment.always_in([ContactId::new(7)]);
    /// assert_eq!((segment.pinned_in().to_numbers(), segment.pinned_out().len()), (vec![7], 0));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn pinned_in(&self) -> &MemberSet {
        &self.pins.always_in
    }

    /// The contacts that are not in the segment whatever the filter says.
    #[must_use]
    pub fn pinned_out(&self) -> &MemberSet {
        &self.pins.always_out
    }

    /// The filter; `None` if the segment is broken.
    #[must_use]
    pub fn filter(&self) -> Option<&Filter> {
        match &self.rule {
            Rule::Filter(filter) => Some(filter),
            Rule::Broken { .. } => None,
        }
    }

    /// The canonical text of the filter, also of one that is broken by now.
    ///
    /// ```
    /// use tagmata::{DynamicSegment, Filter, Schema};
    /// let segment = DynamicSegment::new(Filter::parse("status=vip", &Schema::default())?);
    /// assert_eq!(segment.filter_text(), r#"status = "vip""#);
    /// assert!(segment.error().is_none());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn filter_text(&self) -> String {
        match &self.rule {
            Rule::Filter(filter) => filter.to_string(),
            Rule::Broken { text, .. } => text.to_string(),
        }
    }

    /// The same with the names that things have now, where it is not broken.
    #[must_use]
    pub fn current_text(&self, schema: &Schema) -> String {
        self.filter().map_or_else(|| self.filter_text(), |filter| filter.to_text(schema))
    }

    /// Why the segment is broken: what its filter uses was deleted by force. Broken never means empty.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match &self.rule {
            Rule::Filter(_) => None,
            Rule::Broken { error, .. } => Some(error),
        }
    }

    /// Whether a segment has the same members by the same filter, whatever its names were when the filter was read.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.pins == other.pins
            && match (&self.rule, &other.rule) {
                (Rule::Filter(ours), Rule::Filter(theirs)) => ours.is_like(theirs),
                (ours, theirs) => ours == theirs,
            }
    }

    /// The same segment, broken. The text of its filter has the names that a schema has now.
    pub(crate) fn broken(&self, error: Error, schema: &Schema) -> Self {
        let rule = Rule::Broken { text: self.current_text(schema).into(), error };
        Self { rule, uses: Uses::default(), pins: self.pins.clone() }
    }

    /// A segment that is broken, with the text that its filter had, without pins.
    pub(crate) fn broken_from(text: Box<str>, error: Error) -> Self {
        Self { rule: Rule::Broken { text, error }, uses: Uses::default(), pins: Pins::default() }
    }

    /// The same segment with other pins.
    pub(crate) fn with_pins(&self, pins: Pins) -> Self {
        Self { rule: self.rule.clone(), uses: self.uses.clone(), pins }
    }

    /// Whether another definition has the same pins and, written with the names that things have now, the same filter.
    pub(crate) fn says_the_same(&self, other: &Self, schema: &Schema) -> bool {
        match (self.filter(), other.filter()) {
            (Some(own), Some(others)) => {
                self.pins == other.pins && own.to_json(schema) == others.to_json(schema)
            }
            _ => self == other,
        }
    }

    /// What the filter looks at; nothing if it is broken.
    pub(crate) fn uses(&self) -> &Uses {
        &self.uses
    }

    pub(crate) fn pins(&self) -> &Pins {
        &self.pins
    }

    /// Whether a contact is pinned: in, out, or not at all.
    pub(super) fn pin(&self, contact: ContactId) -> Option<bool> {
        match () {
            () if self.pins.always_out.contains(contact) => Some(false),
            () if self.pins.always_in.contains(contact) => Some(true),
            () => None,
        }
    }
}
