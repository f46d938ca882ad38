//! What facts do to the histories of contacts.

use super::commit::{Commit, Entry};
use super::fact::Fact;
use crate::model::Field;
use crate::state::{Change, Origin};
use crate::table::Values;
use crate::value::{ContactId, FieldId, MemberSet, SegmentId, StatusId, Symbol, TagId};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What one fact of a commit does to the histories of contacts, for whoever keeps histories outside of the book.
///
/// The commits of a book, in their order, give the histories of [`Book::history`](crate::Book::history): the entries of each contact by
/// the numbers of their commits and their places, with those of all that were merged into it.
///
/// ```
/// use tagmata::{Book, Change, Draft, HistoryEdit, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
/// let vip = book.set_status(zoe, "vip", now)?;
/// let entered = |commit: &tagmata::Commit| {
///     commit.history_edits().all(|edit| match edit {
///         HistoryEdit::Entry { contacts, change: Change::Status { .. }, is_added, .. } => is_added && contacts.contains(zoe),
///         _ => false,
///     })
/// };
/// assert!(entered(&vip.commit));
/// // An undo takes the entry out of the history: it is that of the commit which is undone, at its place.
/// let undone = book.undo(&vip.commit, now)?;
/// let edit = undone.commit.history_edits().next();
/// assert!(matches!(edit, Some(HistoryEdit::Entry { origin, place: 0, is_added: false, .. }) if origin.commit == 2));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum HistoryEdit<'c> {
    /// Contacts get an entry in their histories, or lose it.
    Entry {
        /// The contacts.
        contacts: Cow<'c, MemberSet>,
        /// What the entry says. A fact makes at most one in the history of a contact.
        change: Change,
        /// The commit that the entry is of, which is an earlier one where it is taken out or comes back.
        origin: &'c Arc<Origin>,
        /// The place of the fact that made the entry among those of its commit.
        place: u32,
        /// Whether the contacts get it.
        is_added: bool,
    },
    /// Contacts are gone by a fact of a commit, or those that were are back. Their histories stay.
    Gone {
        /// The contacts.
        contacts: &'c MemberSet,
        /// The number of the commit by which they are gone, or were.
        commit: u64,
        /// The place of the fact among those of its commit.
        place: u32,
        /// Whether they are gone.
        are_gone: bool,
    },
    /// A contact has been merged into another one, or is no longer.
    Heir {
        /// The contact that was merged.
        other: ContactId,
        /// The one that it is part of.
        kept: ContactId,
        /// Whether it is part of it.
        is_merged: bool,
    },
}

impl Commit {
    /// What its facts do to the histories of contacts, in their order.
    pub fn history_edits(&self) -> impl Iterator<Item = HistoryEdit<'_>> {
        self.facts.iter().zip(&self.entries).flat_map(|(fact, entry)| {
            let mut edits = Vec::new();
            fact.edit_histories(entry, |edit| edits.push(edit));
            edits
        })
    }
}

impl Fact {
    /// Tells what the fact does to the histories of its contacts.
    pub(super) fn edit_histories<'c>(&'c self, entry: &'c Entry, mut tell: impl FnMut(HistoryEdit<'c>)) {
        let Entry { origin, place, is_added } = entry;
        let (place, is_added) = (*place, *is_added);
        let write = |contacts, change| HistoryEdit::Entry { contacts, change, origin, place, is_added };
        match self {
            Self::Created(rows) | Self::Deleted(rows) => {
                let (contacts, is_created) = (&rows.contacts, matches!(self, Self::Created(_)));
                tell(HistoryEdit::Gone { contacts, commit: origin.commit, place, are_gone: !is_created });
                // A contact that was deleted and comes back has its history still.
                if is_created == is_added {
                    tell(write(Cow::Borrowed(contacts), Change::Created));
                }
            }
            Self::Set { field, contacts, old, new } if *field == Field::STATUS => {
                // What takes an entry out is the inverse of what put it in.
                let (from, to) = if is_added { (old, new) } else { (new, old) };
                for ((from, to), contacts) in status_changes(contacts, from, to) {
                    tell(write(Cow::Owned(contacts), Change::Status { from, to }));
                }
            }
            Self::Linked { field, symbol, contacts } => {
                tell(write(Cow::Borrowed(contacts), linked(*field, *symbol, is_added)));
            }
            Self::Unlinked { field, symbol, contacts } => {
                tell(write(Cow::Borrowed(contacts), linked(*field, *symbol, !is_added)));
            }
            Self::Merged { kept, other } => {
                tell(HistoryEdit::Heir { other: *other, kept: *kept, is_merged: is_added });
                let kept = std::iter::once(*kept).collect();
                tell(write(Cow::Owned(kept), Change::Merged(*other)));
            }
            _ => {}
        }
    }
}

/// The change by which a contact gets or loses a tag or static segment.
pub(super) fn linked(field: FieldId, symbol: Symbol, added: bool) -> Change {
    let (tag, segment) = (TagId::new(symbol.get()), SegmentId::new(symbol.get()));
    match (field == Field::TAGS, added) {
        (true, true) => Change::TagAdded(tag),
        (true, false) => Change::TagRemoved(tag),
        (false, true) => Change::SegmentAdded(segment),
        (false, false) => Change::SegmentRemoved(segment),
    }
}

/// The contacts of each change from one status to another. Every contact has a status.
fn status_changes(
    contacts: &MemberSet,
    from: &Values,
    to: &Values,
) -> BTreeMap<(StatusId, StatusId), MemberSet> {
    let status = |symbol: Symbol| StatusId::new(symbol.get());
    let to = to.contacts_by_symbol(contacts);
    let mut changes = BTreeMap::new();
    for (before, had) in from.contacts_by_symbol(contacts) {
        let both = to.iter().map(|(after, have)| ((status(before), status(*after)), &had & have));
        changes.extend(both.filter(|(_, contacts)| !contacts.is_empty()));
    }
    changes
}
