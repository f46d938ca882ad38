//! A contact as it comes from outside: values by name, not yet read.

use super::problems::Problems;
use super::{Contact, Field, Input, Interaction, Schema};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::error::{Error, Result};
use crate::text::{did_you_mean, nearest, quoted};
use crate::time::Timestamp;
use crate::value::{Amount, ContactId, Country, Text, Value};

/// A contact to be made: values by field key, and interactions.
///
/// ```
/// use tagmata::{ContactId, Draft, Field, Schema, Value};
/// let schema = Schema::default();
/// let draft = Draft::new().set("first_name", "Zoé").set("country", "FR").set("mobile", "06 12 34 56 78");
/// let contact = draft.read(ContactId::new(0), &schema)?;
/// let Some(Value::Phone(mobile)) = contact.get(Field::MOBILE) else { unreachable!() };
/// assert_eq!(mobile.e164(), "+33612345678");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Draft {
    values: Vec<(String, Input)>,
    interactions: Vec<DraftInteraction>,
}

#[derive(Debug, Clone)]
struct DraftInteraction {
    kind: String,
    at: Timestamp,
    amount: Option<Amount>,
    label: Option<String>,
}

impl Draft {
    /// A contact without values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a field a value, by the field's key.
    ///
    /// ```
    /// use tagmata::{ContactId, Draft, NewField, Schema, Value, ValueType};
    /// let mut schema = Schema::default();
    /// let billed = schema.define_field(NewField::new("billed", ValueType::Number))?;
    /// schema.define_tag("vip")?;
    /// let draft = Draft::new().set("first_name", "Zoé").set("billed", 1200.0).set("tags", ["vip"]);
    /// let zoe = draft.read(ContactId::new(0), &schema)?;
    /// assert_eq!(zoe.get(billed), Some(&Value::Number(1200.0)));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn set(mut self, key: impl Into<String>, value: impl Into<Input>) -> Self {
        self.values.push((key.into(), value.into()));
        self
    }

    /// Adds an interaction of a kind.
    ///
    /// ```
    /// use tagmata::{ContactId, Draft, Filter, Schema, Timestamp};
    /// let schema = Schema::default();
    /// let at: Timestamp = "2026-11-20T15:00:00Z".parse()?;
    /// let draft = Draft::new().interaction("payment", at, Some("49.90".parse()?), Some("Invoice 7"));
    /// let zoe = draft.read(ContactId::new(0), &schema)?;
    /// assert!(Filter::parse("sum(payment) = 49.9", &schema)?.matches(&zoe, at));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn interaction(
        mut self,
        kind: impl Into<String>,
        at: Timestamp,
        amount: Option<Amount>,
        label: Option<&str>,
    ) -> Self {
        self.interactions.push(DraftInteraction {
            kind: kind.into(),
            at,
            amount,
            label: label.map(str::to_owned),
        });
        self
    }

    /// Reads all values by the types of their fields.
    ///
    /// ```
    /// use tagmata::{Code, ContactId, Draft, Schema};
    /// let schema = Schema::default();
    /// let draft = Draft::new().set("fist_name", "Zoé").set("email", "zoe@");
    /// let error = draft.read(ContactId::new(0), &schema).unwrap_err();
    /// let codes: Vec<_> = error.diagnostics().iter().map(|problem| problem.code()).collect();
    /// assert_eq!(codes, [Code::UnknownField, Code::BadEmail]);
    /// ```
    ///
    /// # Errors
    /// All problems at once, each in the place of its field: [`Code::UnknownField`] or [`Code::UnknownKind`] for a name
    /// that is none, [`Code::BadPhone`], [`Code::BadEmail`], [`Code::BadDate`], [`Code::UnknownOption`], … for a value.
    pub fn read(&self, id: ContactId, schema: &Schema) -> Result<Contact> {
        let read = |field: &Field, input: &Input, country| schema.read_value(field, input, country);
        let (mut contact, interactions) = self.read_with(id, schema, read)?;
        for interaction in interactions {
            let outgoing = schema.is_outgoing(interaction.kind);
            contact.record(interaction, outgoing);
        }
        Ok(contact)
    }

    /// Reads all values by a reader of one value. The interactions are not recorded yet.
    ///
    /// # Errors
    /// Those of [`Draft::read`], of the kind of the first one.
    pub(crate) fn read_with(
        &self,
        id: ContactId,
        schema: &Schema,
        mut read: impl FnMut(&Field, &Input, Option<Country>) -> Result<Option<Value>>,
    ) -> Result<(Contact, Vec<Interaction>)> {
        let mut contact = Contact::new(id);
        let mut problems = Problems::new(schema);
        let country = self.country(schema);
        for (key, input) in &self.values {
            let value = match schema.field_by_key(key) {
                Some(field) => read(field, input, country).map(|value| contact.set(field.id(), value)),
                None => Err(unknown_field(key, schema)),
            };
            if let Err(error) = value {
                problems.push(error, Place::Field(key.as_str().into()));
            }
        }
        let mut interactions = Vec::with_capacity(self.interactions.len());
        for draft in &self.interactions {
            match schema.kind(&draft.kind) {
                Some(kind) => {
                    let label = draft.label.as_deref().and_then(Text::new);
                    let (kind, at, amount) = (kind.id, draft.at, draft.amount);
                    interactions.push(Interaction { kind, at, amount, label });
                }
                None => problems.push(unknown_kind(&draft.kind, schema), Place::Whole),
            }
        }
        problems.none().map(|()| (contact, interactions))
    }

    /// The draft's own country, in which its phone number is read, wherever it stands among the values.
    fn country(&self, schema: &Schema) -> Option<Country> {
        let is_country =
            |key: &str| schema.field_by_key(key).is_some_and(|field| field.id() == Field::COUNTRY);
        self.values.iter().rev().find_map(|(key, input)| match input {
            Input::Text(text) if is_country(key) => text.parse().ok(),
            _ => None,
        })
    }
}

pub(crate) fn unknown_field(name: &str, schema: &Schema) -> Error {
    let near = nearest(name, schema.field_entries().map(|entry| entry.key));
    let diagnostic = Diagnostic::new(Code::UnknownField, format!("there is no field {}", quoted(name)));
    Error::value(diagnostic.help_if(did_you_mean(&near)).expecting(near))
}

pub(crate) fn unknown_kind(name: &str, schema: &Schema) -> Error {
    let near = nearest(name, schema.kinds());
    let mut diagnostic =
        Diagnostic::new(Code::UnknownKind, format!("there is no kind of interaction {}", quoted(name)));
    match did_you_mean(&near) {
        Some(help) => diagnostic = diagnostic.help(help).expecting(near),
        None => diagnostic = diagnostic.expecting(schema.kinds()),
    }
    Error::value(diagnostic)
}
