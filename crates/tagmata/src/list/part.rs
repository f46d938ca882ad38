//! Which part of which contacts is wanted.

use super::sort::SortOrder;
use crate::value::{ContactId, MemberSet};
use std::borrow::Cow;
use std::cmp::Ordering;

/// The contacts of a list, in any order.
#[derive(Debug)]
pub(super) struct Listed<'s> {
    pub(super) members: Cow<'s, MemberSet>,
    /// Whether they are all contacts of the book.
    pub(super) everybody: bool,
}

impl Listed<'_> {
    /// Whether a contact is among them. It is one of the book.
    pub(super) fn has(&self, row: u32) -> bool {
        self.everybody || self.members.contains(ContactId::new(row))
    }

    /// Those of some contacts of the book that are among them.
    pub(super) fn among<'a>(&self, contacts: &'a MemberSet) -> Cow<'a, MemberSet> {
        match self.everybody {
            true => Cow::Borrowed(contacts),
            false => Cow::Owned(contacts & self.members.as_ref()),
        }
    }

    /// How many of some contacts of the book are among them.
    pub(super) fn count(&self, contacts: &MemberSet) -> u64 {
        if self.everybody { contacts.len() } else { self.members.common_len(contacts) }
    }
}

/// Where a part of a list begins.
#[derive(Debug, Clone, Copy)]
pub(super) enum Start {
    /// Behind so many contacts of it.
    Offset(u64),
    /// Behind the place that a contact has in the order of all, on the list or not.
    Behind(ContactId),
}

/// A part of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) start: Start,
    /// How many contacts it has at most.
    pub(super) limit: usize,
    pub(super) order: SortOrder,
}

impl Part {
    /// How many contacts of the list are left out at its beginning, besides those up to a contact.
    pub(super) fn offset(self) -> u64 {
        match self.start {
            Start::Offset(offset) => offset,
            Start::Behind(_) => 0,
        }
    }

    /// The contact behind which it begins.
    pub(super) fn behind(self) -> Option<u32> {
        match self.start {
            Start::Offset(_) => None,
            Start::Behind(contact) => Some(contact.get()),
        }
    }

    /// How the list sees two values of which this is the order.
    pub(super) fn directed(self, order: Ordering) -> Ordering {
        match self.order {
            SortOrder::Ascending => order,
            SortOrder::Descending => order.reverse(),
        }
    }

    /// The same, for things that have been put in ascending order.
    pub(super) fn direct<E>(self, ascending: &mut [E]) {
        if self.order == SortOrder::Descending {
            ascending.reverse();
        }
    }
}
