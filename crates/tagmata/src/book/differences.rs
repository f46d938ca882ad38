//! What two books have that is not the same.

use super::book::Book;
use crate::model::Field;
use crate::text::quoted;
use crate::value::{ContactId, FieldId, MemberSet};
use std::collections::BTreeSet;

impl Book {
    /// What is not the same in another book, one line each; empty if both are the same book: instant, definitions, contacts,
    /// interactions, histories, and the numbers of what comes next. For whatever stores or copies books.
    ///
    /// It looks at everything, so it takes a while for large books.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let mut replica = book.clone();
    /// let outcome = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.outcome;
    /// assert_eq!(book.differences(&replica)[0], "the last commit is 1 here and 0 there");
    /// replica.replay(&outcome.commit)?;
    /// assert!(book.differences(&replica).is_empty());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let mut note = |what: &str, here: String, there: String| {
            if here != there {
                found.push(format!("{what} is {here} here and {there} there"));
            }
        };
        note("the last commit", self.last_commit().to_string(), other.last_commit().to_string());
        note("the instant", self.now.to_string(), other.now.to_string());
        let (ours, theirs) = (&self.state.table, &other.state.table);
        note("the next new contact", ours.next_row().to_string(), theirs.next_row().to_string());
        note("the number of contacts", ours.live().len().to_string(), theirs.live().len().to_string());
        if self.definitions() != other.definitions() {
            found.push("the definitions are not the same".to_owned());
        }
        if self.state.aliases != other.state.aliases {
            found.push("keys of merged contacts lead elsewhere".to_owned());
        }
        self.different_contacts(other, &mut found);
        found
    }

    fn different_contacts(&self, other: &Self, found: &mut Vec<String>) {
        let (ours, theirs) = (&self.state.table, &other.state.table);
        if ours.live() != theirs.live() {
            let only = |these: &MemberSet, those: &MemberSet| (these - those).first().map(ContactId::get);
            let (here, there) = (only(ours.live(), theirs.live()), only(theirs.live(), ours.live()));
            if let Some(contact) = here.or(there) {
                let side = if here.is_some() { "here" } else { "there" };
                found.push(format!("contact {contact} is only {side}"));
            }
            return;
        }
        let fields: BTreeSet<FieldId> = ours.fields().chain(theirs.fields()).collect();
        for field in fields {
            let (here, there) = (ours.values_of(ours.live(), field), theirs.values_of(ours.live(), field));
            let differs = |at: &usize| here.lent(*at) != there.lent(*at);
            if let Some(at) = (0..here.len()).find(differs)
                && let Some(contact) = ours.live().iter().nth(at)
            {
                let key = self
                    .state
                    .schema
                    .field(field)
                    .map_or("", |field| self.schema().field_key(Field::id(field)));
                found.push(format!("contact {} has another value in {}", contact.get(), quoted(key)));
            }
        }
        let mut contacts = ours.live().iter();
        if let Some(contact) =
            contacts.find(|contact| !ours.interactions(*contact).eq(theirs.interactions(*contact)))
        {
            found.push(format!("contact {} has other interactions", contact.get()));
        }
        let all = (0..ours.next_row()).map(ContactId::new);
        let histories = (&self.state.histories, &other.state.histories);
        let mut others = all.filter(|contact| histories.0.of(*contact) != histories.1.of(*contact));
        if let Some(contact) = others.next() {
            found.push(format!("contact {} has another history", contact.get()));
        }
    }
}
