//! Interactions: recorded one by one or many at once, and deleted.

use super::book::Book;
use super::outcome::Outcome;
use crate::change::{Command, InteractionQuery, NewInteractions, Selection, Stamp};
use crate::error::Result;
use crate::time::Timestamp;
use crate::value::{Amount, ContactId};

impl Book {
    /// Notes that something happened with a contact.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.record(zoe, "payment", now, Some("49.90".parse()?), Some("Invoice 7"), now)?;
    /// assert_eq!(book.count("sum(payment) = 49.9")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::NotFound`](crate::Code::NotFound) for an id that is nobody's,
    /// [`Code::UnknownKind`](crate::Code::UnknownKind) for a kind that there is not.
    pub fn record(
        &mut self,
        contact: ContactId,
        kind: &str,
        at: Timestamp,
        amount: Option<Amount>,
        label: Option<&str>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        let (kind, label) = (kind.to_owned(), label.map(str::to_owned));
        self.run(&Command::Record { contact, kind, at, amount, label }, stamp)
    }

    /// Notes all that happened, in one commit: late entries and such in the future, in any order.
    ///
    /// ```
    /// use tagmata::{Book, Draft, NewInteractions, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// let mut new = NewInteractions::new();
    /// new.push(zoe, "payment", "2026-11-20T15:00:00Z".parse()?, Some("49.90".parse()?), Some("Invoice 7"));
    /// new.push(zoe, "appointment", "2026-12-01T09:00:00Z".parse()?, None, None);
    /// book.record_many(new, now)?;
    /// assert_eq!(book.count("sum(payment) = 49.9 and count(appointment in next 30 days) = 1")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// All problems at once, each with its position, such as `/7/kind` for the eighth one:
    /// [`Code::NotFound`](crate::Code::NotFound) for an id that is nobody's,
    /// [`Code::UnknownKind`](crate::Code::UnknownKind) for a kind that there is not. Nothing is recorded then.
    pub fn record_many(&mut self, new: NewInteractions, stamp: impl Into<Stamp>) -> Result<Outcome> {
        self.run(&Command::RecordMany(Box::new(new)), stamp)
    }

    /// Deletes interactions of contacts, which an undo brings back.
    ///
    /// ```
    /// use tagmata::{Book, Draft, InteractionQuery, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.record(zoe, "payment", now, None, Some("Test"), now)?;
    /// book.record(zoe, "payment", now, Some("49.90".parse()?), None, now)?;
    /// let tests = InteractionQuery::new().kind("payment").labelled("test");
    /// let deleted = book.delete_interactions("everyone", tests, now)?;
    /// assert_eq!(book.contact(zoe)?.interactions().len(), 1);
    /// book.undo(&deleted.commit, now)?;
    /// assert_eq!(book.contact(zoe)?.interactions().len(), 2);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of a [`Selection`]; [`Code::UnknownKind`](crate::Code::UnknownKind); [`Code::BadValue`](crate::Code::BadValue)
    /// if the query ends before it begins.
    pub fn delete_interactions(
        &mut self,
        selection: impl Into<Selection>,
        query: InteractionQuery,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::DeleteInteractions { selection: selection.into(), query }, stamp)
    }
}
