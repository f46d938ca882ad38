//! What a commit says is true now, and what was true before.

use crate::automation::AutomationEdit;
use crate::model::SchemaEdit;
use crate::segment::DynamicSegment;
use crate::table::{Interactions, Rows, Values};
use crate::time::Timestamp;
use crate::value::{ContactId, FieldId, KindId, MemberSet, RuleId, SegmentId, Symbol};
use std::sync::Arc;

/// One fact of a commit. Facts about contacts are columns: one for all contacts that it is about.
///
/// The enum is exhaustive on purpose: whatever stores or replays commits fails to build when a fact is added.
///
/// ```
/// use tagmata::{Book, Draft, Fact, Field, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// let outcome = book.set_status(zoe, "vip", now)?;
/// let [Fact::Set { field, contacts, .. }] = outcome.commit.facts() else { panic!("one fact") };
/// assert_eq!(*field, Field::STATUS);
/// assert!(contacts.contains(zoe));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Contacts exist, with these values.
    Created(Rows),
    /// Contacts exist no more; these were their values.
    Deleted(Rows),
    /// Contacts have new values of a field, in the order of the contacts.
    Set {
        /// The field.
        field: FieldId,
        /// Whose value it is.
        contacts: MemberSet,
        /// The values before.
        old: Values,
        /// The values after.
        new: Values,
    },
    /// Contacts have a tag, or are in a static segment.
    Linked {
        /// `tags` or `segments`.
        field: FieldId,
        /// The tag or segment.
        symbol: Symbol,
        /// Who has it now and had it not before.
        contacts: MemberSet,
    },
    /// Contacts do not have a tag any more, or are not in a static segment any more.
    Unlinked {
        /// `tags` or `segments`.
        field: FieldId,
        /// The tag or segment.
        symbol: Symbol,
        /// Who had it before and has it not now.
        contacts: MemberSet,
    },
    /// Interactions happened.
    Recorded(Interactions),
    /// Interactions are taken back.
    Erased(Interactions),
    /// A key leads to the contact that took it over in a merge.
    Alias {
        /// The field of the key.
        field: FieldId,
        /// The key as it is compared.
        key: Box<str>,
        /// Where it led before.
        old: Option<ContactId>,
        /// Where it leads now.
        new: Option<ContactId>,
    },
    /// A contact has taken over another one, which is deleted by another fact.
    Merged {
        /// The contact that stays.
        kept: ContactId,
        /// The one that is part of it now.
        other: ContactId,
    },
    /// A name or definition is another one.
    Schema(SchemaEdit),
    /// A segment has another filter or other pins, or is dynamic no more.
    Segment {
        /// The segment.
        segment: SegmentId,
        /// Its definition before; none if it was static, or was not.
        old: Option<Arc<DynamicSegment>>,
        /// Its definition after; none if it is static, or is no more.
        new: Option<Arc<DynamicSegment>>,
    },
    /// A rule is another one, or a switch of a default rule.
    Automation(AutomationEdit),
}

impl Fact {
    /// The fact that makes this one untrue again.
    pub(crate) fn inverse(&self) -> Self {
        match self.clone() {
            Self::Created(rows) => Self::Deleted(rows),
            Self::Deleted(rows) => Self::Created(rows),
            Self::Set { field, contacts, old, new } => Self::Set { field, contacts, old: new, new: old },
            Self::Linked { field, symbol, contacts } => Self::Unlinked { field, symbol, contacts },
            Self::Unlinked { field, symbol, contacts } => Self::Linked { field, symbol, contacts },
            Self::Recorded(interactions) => Self::Erased(interactions),
            Self::Erased(interactions) => Self::Recorded(interactions),
            Self::Alias { field, key, old, new } => Self::Alias { field, key, old: new, new: old },
            // It is only an entry in a history, which an undo takes out.
            merged @ Self::Merged { .. } => merged,
            Self::Schema(edit) => Self::Schema(edit.inverse()),
            Self::Segment { segment, old, new } => Self::Segment { segment, old: new, new: old },
            Self::Automation(edit) => Self::Automation(edit.inverse()),
        }
    }

    /// Whether a rule is another one by the fact.
    pub(super) fn redefines(&self, id: RuleId) -> bool {
        matches!(self, Self::Automation(AutomationEdit::Rule { rule, .. }) if *rule == id)
    }

    /// The interactions that are there by the fact: whose, of which kind, and when.
    pub(super) fn interactions(&self) -> impl Iterator<Item = (ContactId, KindId, Timestamp)> + '_ {
        let all = match self {
            Self::Recorded(interactions) => Some(interactions),
            Self::Created(rows) => Some(&rows.interactions),
            _ => None,
        };
        all.into_iter().flat_map(Interactions::moments)
    }

    /// The field whose values the fact changes at contacts that are there, and at whom.
    pub(crate) fn changed_values(&self) -> Option<(FieldId, &MemberSet)> {
        match self {
            Self::Set { field, contacts, .. }
            | Self::Linked { field, contacts, .. }
            | Self::Unlinked { field, contacts, .. } => Some((*field, contacts)),
            _ => None,
        }
    }

    /// Adds the contacts that the fact is about to a set.
    pub(crate) fn add_contacts_to(&self, all: &mut MemberSet) {
        match self {
            Self::Created(rows) | Self::Deleted(rows) => all.add_all(&rows.contacts),
            Self::Set { contacts, .. } | Self::Linked { contacts, .. } | Self::Unlinked { contacts, .. } => {
                all.add_all(contacts);
            }
            Self::Recorded(interactions) | Self::Erased(interactions) => {
                all.add_all(&interactions.members());
            }
            Self::Merged { kept, other } => all.extend([*kept, *other]),
            Self::Alias { .. } | Self::Schema(_) | Self::Segment { .. } | Self::Automation(_) => {}
        }
    }

    /// About how many bytes the fact takes.
    pub(super) fn size_in_bytes(&self) -> usize {
        size_of::<Self>()
            + match self {
                Self::Created(rows) | Self::Deleted(rows) => rows.size_in_bytes(),
                Self::Set { contacts, old, new, .. } => {
                    contacts.size_in_bytes() + old.size_in_bytes() + new.size_in_bytes()
                }
                Self::Linked { contacts, .. } | Self::Unlinked { contacts, .. } => contacts.size_in_bytes(),
                Self::Recorded(interactions) | Self::Erased(interactions) => interactions.size_in_bytes(),
                Self::Alias { .. }
                | Self::Merged { .. }
                | Self::Schema(_)
                | Self::Segment { .. }
                | Self::Automation(_) => 0,
            }
    }
}
