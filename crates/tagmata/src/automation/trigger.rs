//! What makes a rule fire.

use crate::filter::{Filter, Uses};
use crate::value::{FieldId, KindId};

/// What makes a rule fire.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Trigger {
    /// An interaction of a kind.
    Interaction(KindId),
    /// Another value of a field.
    Field(FieldId),
    /// A filter becomes true of a contact.
    Filter(Box<Filter>),
}

impl Trigger {
    /// The kind of interaction that it listens to, if it is one.
    pub(crate) const fn interaction(&self) -> Option<KindId> {
        match self {
            Self::Interaction(kind) => Some(*kind),
            Self::Field(_) | Self::Filter(_) => None,
        }
    }

    /// What has to be there.
    pub(super) fn add_to(&self, uses: &mut Uses) {
        match self {
            Self::Interaction(kind) => drop(uses.kinds.insert(*kind)),
            Self::Field(field) => drop(uses.fields.insert(*field)),
            Self::Filter(filter) => uses.extend(&filter.plan().uses()),
        }
    }

    /// Whether both are the same, whatever the words.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Filter(ours), Self::Filter(theirs)) => ours.is_like(theirs),
            (ours, theirs) => ours == theirs,
        }
    }
}
