//! Making, changing and deleting contacts.

use super::decision::{Decided, Made};
use super::values::{ValueReader, require_free_external_id};
use crate::change::changes::Changes;
use crate::change::fact::Fact;
use crate::change::selection::Selection;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::{Error, Result};
use crate::model::{Contact, Draft, Field, Input, Interaction, Patch, Problems, unknown_field};
use crate::state::State;
use crate::table::{Rows, Values};
use crate::text::quoted;
use crate::time::Timestamp;
use crate::value::{ContactId, Country, FieldId, MemberSet, StatusId, SymbolSet, Text, Value, ValueType};
use std::collections::BTreeMap;

/// A phone number for each contact.
type Numbers = Vec<(ContactId, Option<Value>)>;

impl State {
    pub(super) fn decide_create(&self, draft: &Draft, now: Timestamp) -> Result<Decided> {
        let id = ContactId::new(self.table.next_row());
        let mut reader = ValueReader::new(self);
        let (mut contact, interactions) =
            draft.read_with(id, &self.schema, |field, input, country| match input.is_missing() {
                true => reader.read(field, input, country),
                false => self.refuse_own(field).and_then(|()| reader.read(field, input, country)),
            })?;
        if let Some(external) = contact.text(Field::EXTERNAL_ID) {
            require_free_external_id(self, None, external).map_err(|error| in_field(error, "external_id"))?;
        }
        self.complete(&mut contact, now);
        let facts = reader.into_facts().chain([Fact::Created(rows_of_one(&contact, interactions))]);
        Ok(Decided { facts: facts.collect(), made: Made::Contact(id), ..Decided::default() })
    }

    /// Gives a new contact what every contact has.
    fn complete(&self, contact: &mut Contact, now: Timestamp) {
        for (field, value) in self.values_of_new_contacts(now) {
            if contact.get(field).is_none() {
                contact.set(field, value);
            }
        }
    }

    /// What every contact has: a status, and when it was made. A new contact that comes without gets these.
    pub(crate) fn values_of_new_contacts(&self, now: Timestamp) -> [(FieldId, Option<Value>); 4] {
        let status = self.schema.statuses_in_order().next().map(|status| Value::One(status.into()));
        let at = || Some(Value::DateTime(now));
        [
            (Field::STATUS, status),
            (Field::STATUS_CHANGED_AT, at()),
            (Field::CREATED_AT, at()),
            (Field::UPDATED_AT, at()),
        ]
    }

    pub(super) fn decide_update(
        &self,
        selection: &Selection,
        patch: &Patch,
        now: Timestamp,
    ) -> Result<Decided> {
        let contacts = selection.resolve(self, now)?;
        let mut reader = ValueReader::new(self);
        let mut problems = Problems::new(&self.schema);
        let mut values: Vec<(FieldId, Option<Value>)> = Vec::new();
        let mut phones = Vec::new();
        for (key, input) in patch.values() {
            let read = self.schema.field_by_key(key).ok_or_else(|| unknown_field(key, &self.schema));
            let read = read.and_then(|field| {
                self.refuse_read_only(field, input, &contacts)?;
                // Of a field that is given twice, the last value counts.
                values.retain(|(other, _)| *other != field.id());
                phones.retain(|(other, _)| *other != field.id());
                let country = match field.value_type() {
                    ValueType::Phone => match patch_country(patch, self) {
                        // It is read in the country of each contact.
                        None => {
                            phones.push((field.id(), self.read_phones(field, input, &contacts)?));
                            return Ok(());
                        }
                        own => own,
                    },
                    _ => None,
                };
                values.push((field.id(), reader.read(field, input, country)?));
                Ok(())
            });
            if let Err(error) = read {
                problems.push(error, Place::Field(key.into()));
            }
        }
        problems.none()?;
        if contacts.is_empty() {
            // No tag is made that nobody gets.
            return Ok(Decided::default());
        }
        let mut changes = Changes::behind(reader.into_facts().collect(), self, now);
        for (field, numbers) in phones {
            changes.set_each(field, numbers);
        }
        for (field, value) in values {
            match (field, value) {
                (Field::STATUS, Some(Value::One(symbol))) => {
                    changes.set_status(&contacts, StatusId::new(symbol.get()));
                }
                (Field::TAGS | Field::SEGMENTS, value) => {
                    let set = match value {
                        Some(Value::Many(set)) => set,
                        _ => SymbolSet::default(),
                    };
                    changes.link_all_exactly(field, &contacts, &set);
                }
                (field, value) => changes.set_all(field, &contacts, value.as_ref()),
            }
        }
        Ok(changes.finish().into())
    }

    /// A phone number in the country of each contact; it is parsed once for each country.
    fn read_phones(&self, field: &Field, input: &Input, contacts: &MemberSet) -> Result<Numbers> {
        let mut by_country: BTreeMap<Option<Country>, Option<Value>> = BTreeMap::new();
        let mut numbers = Vec::new();
        for contact in contacts.iter() {
            let country = match self.table.get(contact, Field::COUNTRY) {
                Some(Value::One(symbol)) => Country::from_symbol(symbol),
                _ => None,
            };
            let number = match by_country.get(&country) {
                Some(known) => known.clone(),
                None => {
                    let read = self.schema.read_value(field, input, country)?;
                    by_country.insert(country, read.clone());
                    read
                }
            };
            numbers.push((contact, number));
        }
        Ok(numbers)
    }

    /// Refuses a field that the book alone sets.
    fn refuse_own(&self, field: &Field) -> Result<()> {
        let help = match field.id() {
            Field::STATUS_CHANGED_AT => "it follows from changes of the status",
            Field::UPDATED_AT => "it follows from all changes",
            _ => return Ok(()),
        };
        let message = format!("{} cannot be set", quoted(self.schema.field_key(field.id())));
        Err(Error::value(Diagnostic::new(Code::ReadOnly, message).help(help)))
    }

    /// Whether a field can be set at contacts that exist.
    fn refuse_read_only(&self, field: &Field, input: &Input, contacts: &MemberSet) -> Result<()> {
        self.refuse_own(field)?;
        let key = self.schema.field_key(field.id());
        let is_required = [Field::STATUS, Field::CREATED_AT].contains(&field.id());
        match field.id() {
            _ if is_required && input.is_missing() => {
                let message = format!("{} cannot be cleared", quoted(key));
                Err(Error::value(Diagnostic::new(Code::BadValue, message).help("every contact has one")))
            }
            Field::EXTERNAL_ID if !input.is_missing() => {
                if contacts.len() > 1 {
                    let message = format!("one external id cannot be given to {} contacts", contacts.len());
                    let help = "an external id is one contact's";
                    return Err(Error::conflict(Diagnostic::new(Code::ExternalIdTaken, message).help(help)));
                }
                match (input, contacts.first()) {
                    (Input::Text(text), Some(contact)) => Text::new(text)
                        .map_or(Ok(()), |text| require_free_external_id(self, Some(contact), &text)),
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    pub(super) fn decide_delete(&self, selection: &Selection, now: Timestamp) -> Result<Decided> {
        let contacts = selection.resolve(self, now)?;
        Ok(self.deletion(&contacts).into())
    }

    /// The facts that delete contacts, and the keys that led to them.
    pub(super) fn deletion(&self, contacts: &MemberSet) -> Vec<Fact> {
        if contacts.is_empty() {
            return Vec::new();
        }
        let aliases = self.aliases.iter().filter(|(_, contact)| contacts.contains(**contact));
        let aliases = aliases.map(|((field, key), contact)| Fact::Alias {
            field: *field,
            key: key.clone(),
            old: Some(*contact),
            new: None,
        });
        let rows = self.table.rows_of(contacts);
        aliases.chain([Fact::Deleted(rows)]).collect()
    }
}

/// The country that a patch gives, in which its phone numbers are read.
fn patch_country(patch: &Patch, state: &State) -> Option<Country> {
    let countries = patch.values().filter_map(|(key, input)| match input {
        Input::Text(text) if state.schema.field_by_key(key).is_some_and(|f| f.id() == Field::COUNTRY) => {
            text.parse().ok()
        }
        _ => None,
    });
    countries.last()
}

/// An error in the place of a field.
fn in_field(error: Error, key: &str) -> Error {
    error.at(&Place::Field(key.into()))
}

/// One new contact as a fact holds it.
fn rows_of_one(contact: &Contact, interactions: Vec<Interaction>) -> Rows {
    let stored = contact.values().filter(|(field, _)| ![Field::ID, Field::NAME].contains(field));
    Rows {
        contacts: std::iter::once(contact.id()).collect(),
        columns: stored.map(|(field, value)| (field, Values::same(Some(value.clone()), 1))).collect(),
        interactions: interactions.into_iter().map(|interaction| (contact.id(), interaction)).collect(),
    }
}
