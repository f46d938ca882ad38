//! Contacts: made, changed, found, read, merged, deleted.

use super::book::Book;
use super::outcome::{Created, Outcome};
use crate::change::{Command, Ref, Selection, Stamp};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::{Contact, Draft, Patch};
use crate::state::HistoryEntry;
use crate::table::KEY_FIELDS;
use crate::text::{fold, list, quoted};
use crate::value::{ContactId, FieldId, Phone, ValueType};

impl Book {
    /// Makes a contact. Tags are made on first use; the status is the first one if none is given.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Field, Timestamp, Value};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = Draft::new().set("first_name", "Zoé").set("tags", ["vip"]);
    /// let zoe = book.create_contact(zoe, now)?.id;
    /// assert_eq!(book.contact(zoe)?.get(Field::CREATED_AT), Some(&Value::DateTime(now)));
    /// assert_eq!(book.count("status = lead and tags has vip")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// All problems of the values at once, each in the place of its field; [`Code::ExternalIdTaken`].
    pub fn create_contact(&mut self, draft: Draft, stamp: impl Into<Stamp>) -> Result<Created<ContactId>> {
        self.run_contact(&Command::CreateContact(draft), stamp)
    }

    /// Gives contacts new values.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Patch, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("first_name", "Zoé").set("source", "web"), now)?;
    /// book.update_contacts("source = web", Patch::new().set("source", "fair"), now)?;
    /// assert_eq!(book.count("source = fair")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// All problems of the values at once, each in the place of its field; those of a [`Selection`].
    pub fn update_contacts(
        &mut self,
        selection: impl Into<Selection>,
        patch: Patch,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::UpdateContacts { selection: selection.into(), patch }, stamp)
    }

    /// Deletes contacts, all they hold included. Their ids are never given out again; an undo brings them back.
    ///
    /// ```
    /// use tagmata::{Book, Code, Draft, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// let outcome = book.delete_contacts(zoe, now)?;
    /// assert_eq!(book.contact(zoe).unwrap_err().code(), Code::NotFound);
    /// book.undo(&outcome.commit, now)?;
    /// assert!(book.contact(zoe).is_ok());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of a [`Selection`].
    pub fn delete_contacts(
        &mut self,
        selection: impl Into<Selection>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::DeleteContacts(selection.into()), stamp)
    }

    /// Makes several contacts one. The one that stays keeps its values and gets those it lacks, in the order in which the
    /// others are named; tags, static segments, pins, interactions and histories are united; the keys of the others keep
    /// leading to it.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Field, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("email", "zoe@example.com").set("tags", ["vip"]), now)?.id;
    /// let twin = Draft::new().set("email", "z.martin@example.com").set("last_name", "Martin");
    /// let twin = book.create_contact(twin, now)?.id;
    /// book.merge_contacts(zoe, [twin], now)?;
    /// assert_eq!(book.count("last_name = martin and tags has vip")?, 1);
    /// assert_eq!(book.find(Field::EMAIL, "z.martin@example.com")?, Some(zoe));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::NotFound`] for an id that is nobody's, [`Code::BadId`] if the contact that stays is among the others.
    pub fn merge_contacts(
        &mut self,
        keep: ContactId,
        others: impl IntoIterator<Item = ContactId>,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        self.run(&Command::MergeContacts { keep, others: others.into_iter().collect() }, stamp)
    }

    /// A contact with all its values and interactions.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Field, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé").set("tags", ["vip"]), now)?.id;
    /// book.record(zoe, "message", now, None, Some("hello"), now)?;
    /// let contact = book.contact(zoe)?;
    /// assert_eq!((contact.id(), contact.interactions().len()), (zoe, 1));
    /// // With names instead of numbers:
    /// let record = book.record_of(&contact);
    /// assert_eq!(record.get("first_name").map(ToString::to_string), Some("Zoé".to_owned()));
    /// assert_eq!(record.get("status").map(ToString::to_string), Some("lead".to_owned()));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::NotFound`] for an id that is nobody's.
    pub fn contact(&self, contact: ContactId) -> Result<Contact> {
        self.state.contact(contact).ok_or_else(|| self.state.no_contact(contact))
    }

    /// What changed a contact's status, tags and static segments, oldest first; of contacts that were merged into it, too.
    ///
    /// ```
    /// use tagmata::{Book, Cause, Change, Draft, Stamp, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("first_name", "Zoé"), now)?.id;
    /// book.record(zoe, "payment", now, None, None, now)?; // which makes an active client of a lead
    /// book.set_status(zoe, "vip", Stamp::new(now).by("ana"))?;
    /// let [created, active, vip] = &book.history(zoe)?[..] else { panic!("three entries") };
    /// assert_eq!(created.change, Change::Created);
    /// assert!(matches!(active.origin.cause, Cause::Rule(rule) if book.rule_name(rule) == "first_payment"));
    /// let Change::Status { from, to } = vip.change else { panic!("a status") };
    /// assert_eq!((book.schema().status_key(from), book.schema().status_key(to)), ("active", "vip"));
    /// assert_eq!(vip.origin.actor.as_deref(), Some("ana"));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::NotFound`] for an id that is nobody's.
    pub fn history(&self, contact: ContactId) -> Result<Vec<HistoryEntry>> {
        self.state.require(contact)?;
        Ok(self.state.histories.of(contact))
    }

    /// The contact that a key leads to: its external id, e-mail address, phone number or account number, in any spelling.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Field, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().default_country("FR".parse()?).build(now);
    /// let zoe = book.create_contact(Draft::new().set("mobile", "06 12 34 56 78"), now)?.id;
    /// assert_eq!(book.find(Field::MOBILE, "+33 6 12 34 56 78")?, Some(zoe));
    /// assert_eq!(book.find("mobile", "06.12.34.56.78")?, Some(zoe));
    /// assert_eq!(book.find(Field::EMAIL, "zoe@example.com")?, None);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::SeveralContacts`] with their ids if several have it; [`Code::BadPhone`] for a number that cannot be read;
    /// [`Code::BadValue`] for a field that is no key, [`Code::UnknownField`] for a name that is no field's.
    pub fn find(&self, field: impl Into<Ref<FieldId>>, key: &str) -> Result<Option<ContactId>> {
        let schema = &self.state.schema;
        let field = field.into().resolve(schema)?.id();
        let is_phone = schema.type_of(field) == ValueType::Phone;
        let found = match () {
            () if !KEY_FIELDS.contains(&field) => return Err(no_key(field, self)),
            () if is_phone => {
                let phone = Phone::parse(key, schema.settings().default_country)?;
                self.state.find(field, phone.digits())
            }
            () => self.state.find(field, &fold(key)),
        };
        match found.as_slice() {
            [] => Ok(None),
            [contact] => Ok(Some(*contact)),
            several => {
                let key = quoted(key);
                let message =
                    format!("{} contacts have {key} as `{}`", several.len(), schema.field_key(field));
                let help = "merge them, or choose one by its id";
                let diagnostic = Diagnostic::new(Code::SeveralContacts, message).help(help);
                Err(Error::conflict(diagnostic).of_contacts(several.iter().map(|contact| contact.get())))
            }
        }
    }
}

fn no_key(field: FieldId, book: &Book) -> Error {
    let schema = &book.state.schema;
    let keys: Vec<&str> = KEY_FIELDS.iter().map(|field| schema.field_key(*field)).collect();
    let message = format!("contacts are not found by {}", quoted(schema.field_key(field)));
    let help = format!("find them by {}, or select them by a filter", list(&keys));
    Error::value(Diagnostic::new(Code::BadValue, message).help(help).expecting(keys))
}
