//! Contacts: made, changed, found, read, merged, deleted.

use crate::book::Book;
use crate::bulk::patch;
use crate::contact::Contact;
use crate::convert::{IdsArg, Options, contact_id, contact_ids, describe, entries, inputs, text};
use crate::errors::refused;
use crate::filters::is_document;
use crate::later::NowOrLater;
use crate::outcome::Outcome;
use crate::selection::SelectionArg;
use napi::Result;
use napi::bindgen_prelude::{JsValue, Unknown};
use napi_derive::napi;
use tagmata::{Command, Draft, Error, FieldId, Ref, Selection};

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
    #[napi(ts_args_type = "selection: SelectionLike, options?: ChangeOptions", ts_return_type = "Outcome")]
    pub fn delete_contacts(
        &self,
        selection: SelectionArg<'_>,
        options: Option<Unknown<'_>>,
        later: Option<bool>,
    ) -> Result<NowOrLater> {
        const CALL: &str = "deleteContacts";
        let given = Options::of_change(CALL, options, &[])?;
        self.run_now_or_later(
            CALL,
            Command::DeleteContacts(self.selection("selection", selection)?),
            &given,
            later,
        )
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
}
