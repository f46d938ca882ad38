//! The names that a suite gives to contacts and commits, and those that segments had.

use serde_json::Value;
use std::collections::BTreeMap;
use tagmata::{Book, Commit, ContactId, MemberSet, Outcome, SegmentId};

/// What names stand for in one case.
#[derive(Debug, Default)]
pub(super) struct Names {
    contacts: BTreeMap<String, ContactId>,
    commits: BTreeMap<String, Commit>,
    segments: BTreeMap<SegmentId, String>,
}

impl Names {
    /// Gives a contact a name.
    pub(super) fn name_contact(&mut self, name: &str, contact: ContactId) {
        self.contacts.insert(name.to_owned(), contact);
    }

    /// Remembers what a change came to, where it has a name.
    pub(super) fn note(&mut self, id: Option<&str>, outcome: &Outcome, book: &Book) {
        self.note_segments(book);
        if let Some(id) = id {
            self.commits.insert(id.to_owned(), outcome.commit.clone());
        }
    }

    /// Remembers how the segments are called, for those that will be deleted.
    pub(super) fn note_segments(&mut self, book: &Book) {
        let named = book.schema().segment_entries();
        self.segments.extend(named.map(|(segment, name)| (segment, name.to_owned())));
    }

    /// The commit of a name.
    pub(super) fn commit(&self, name: &str) -> &Commit {
        self.commits.get(name).unwrap_or_else(|| panic!("no step has the id {name}"))
    }

    /// The contact of a name, or of a number that may be nobody's.
    pub(super) fn contact(&self, name: &Value) -> ContactId {
        match (name.as_str(), name.as_u64()) {
            (Some(name), _) => *self.contacts.get(name).unwrap_or_else(|| panic!("no contact {name}")),
            (None, Some(number)) => ContactId::new(u32::try_from(number).unwrap()),
            (None, None) => panic!("neither a name nor a number: {name}"),
        }
    }

    /// The contacts of several names.
    pub(super) fn contacts(&self, names: &[Value]) -> Vec<ContactId> {
        names.iter().map(|name| self.contact(name)).collect()
    }

    /// The name of a contact.
    pub(super) fn name_of(&self, contact: ContactId) -> Value {
        let name = self.contacts.iter().find(|(_, id)| **id == contact).map(|(name, _)| name.as_str());
        name.map_or_else(|| contact.get().into(), Into::into)
    }

    /// The names of contacts.
    pub(super) fn names_of(&self, contacts: &MemberSet) -> Value {
        contacts.iter().map(|contact| self.name_of(contact)).collect()
    }

    /// The name that a segment has, or had last.
    pub(super) fn segment(&self, segment: SegmentId) -> String {
        self.segments.get(&segment).cloned().unwrap_or_default()
    }
}
