//! Contacts: made, changed, found, read, merged, deleted.

use crate::book::Book;
use crate::bulk::patch;
use crate::contact::Contact;
use crate::convert::{
    IdsArg, Options, contact_id, contact_ids, describe, entries, inputs, instant, number, text,
};
use crate::errors::refused;
use crate::filters::is_document;
use crate::outcome::Outcome;
use crate::selection::SelectionArg;
use napi::bindgen_prelude::{JsValue, Unknown};
use napi::{Result, ValueType};
use napi_derive::napi;
use tagmata::{Amount, Command, Draft, Error, FieldId, Number, Ref, Selection};

#[napi]
impl Book {
    /// Makes a contact, and gives its id. Tags are made on first use.
    #[napi(ts_return_type = "number")]
    pub fn create_contact(
        &self,
        #[napi(ts_arg_type = "ContactValues")] values: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Option<u32>> {
        let given = Options::of_change("createContact", options, &[])?;
        let inputs = inputs("values", values)?;
        let draft = inputs.into_iter().fold(Draft::new(), |draft, (key, input)| draft.set(key, input));
        let (_, made) = self.create(&Command::CreateContact(draft), &given)?;
        Ok(made.first().copied())
    }

    /// Gives a contact new values; `null` clears a field, `undefined` says nothing about it.
    #[napi]
    pub fn update_contact(
        &self,
        #[napi(ts_arg_type = "number")] contact: Unknown<'_>,
        #[napi(ts_arg_type = "ContactValues")] values: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("updateContact", options, &[])?;
        let selection = Selection::from(contact_id("contact", contact)?);
        self.run(&Command::UpdateContacts { selection, patch: patch(values)? }, &given)
    }

    /// A contact with all its values, segments and interactions, and its history.
    #[napi]
    pub fn contact(&self, #[napi(ts_arg_type = "number")] contact: Unknown<'_>) -> Result<Contact> {
        let id = contact_id("contact", contact)?;
        self.read(|book| Contact::of(book, id, &self.home))
    }

    /// The id of the contact that a key leads to, in any spelling: `{ email: "ZOE@example.com" }`; `null` if there is none.
    #[napi(ts_return_type = "number | null")]
    pub fn find(&self, #[napi(ts_arg_type = "ContactKey")] key: Unknown<'_>) -> Result<Option<u32>> {
        const TAKES: &str = "an object of one field and its value";
        if !is_document(&key)? {
            return Err(refused(Error::wrong_type("find", TAKES, describe(&key)?)));
        }
        let given = entries(&key.coerce_to_object()?)?;
        let [(field, value)] = given.as_slice() else {
            return Err(refused(Error::wrong_type("find", TAKES, &format!("one of {}", given.len()))));
        };
        let (field, value) = (Ref::<FieldId>::from(field.as_str()), text(field, *value)?);
        self.read(|book| Ok(book.find(field, &value)?.map(tagmata::ContactId::get)))
    }

    /// Deletes contacts, all they hold included. Their ids are never given out again; an undo brings them back.
    #[napi]
    pub fn delete_contacts(
        &self,
        #[napi(ts_arg_type = "SelectionLike")] selection: SelectionArg<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("deleteContacts", options, &[])?;
        self.run(&Command::DeleteContacts(self.selection("selection", selection)?), &given)
    }

    /// Makes several contacts one: the one that stays keeps its values and gets those it lacks.
    #[napi]
    pub fn merge_contacts(
        &self,
        #[napi(ts_arg_type = "number")] keep: Unknown<'_>,
        #[napi(ts_arg_type = "Ids")] others: IdsArg<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("mergeContacts", options, &[])?;
        let (keep, others) = (contact_id("keep", keep)?, contact_ids("others", others)?);
        self.run(&Command::MergeContacts { keep, others }, &given)
    }

    /// Notes that something happened with a contact, now if no instant is given.
    #[napi]
    pub fn record(
        &self,
        #[napi(ts_arg_type = "number")] contact: Unknown<'_>,
        #[napi(ts_arg_type = "string")] kind: Unknown<'_>,
        #[napi(ts_arg_type = "RecordOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("record", options, &["at", "amount", "label"])?;
        let zone = self.read(|book| Ok(book.schema().settings().calendar.zone))?;
        let (contact, kind) = (contact_id("contact", contact)?, text("kind", kind)?);
        let at = given.get("at")?.map(|at| instant("at", at, zone)).transpose()?;
        let (amount, label) = (given.get("amount")?.map(amount).transpose()?, given.text("label")?);
        self.change(&given, |book, stamp| {
            book.record(contact, &kind, at.unwrap_or(stamp.at()), amount, label.as_deref(), stamp)
        })
    }
}

/// An amount as a number, or exactly as text.
fn amount(given: Unknown<'_>) -> Result<Amount> {
    const NAME: &str = "amount";
    let numeral = match given.get_type()? {
        ValueType::String => text(NAME, given)?,
        _ => Number::new(number(NAME, given)?).map_err(refused)?.to_string(),
    };
    numeral.parse().map_err(refused)
}
