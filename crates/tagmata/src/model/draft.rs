//! A contact as it comes from outside: values by name, not yet read.

use super::{Contact, Field, Interaction, Schema};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::{did_you_mean, nearest, quoted};
use crate::time::{Date, Timestamp};
use crate::value::{Amount, ContactId, Country, Text};

/// A value that has not been read yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// No value.
    Missing,
    /// Text; also dates, numbers and names in their written form.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// An instant.
    DateTime(Timestamp),
    /// Names of options, tags or segments.
    List(Vec<String>),
}

impl Input {
    /// Whether there is no value: absent, blank text, a list of nothing (filter-language.md, section 3).
    #[must_use]
    pub fn is_missing(&self) -> bool {
        match self {
            Self::Missing => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(names) => names.iter().all(|name| name.trim().is_empty()),
            Self::Number(_) | Self::Bool(_) | Self::Date(_) | Self::DateTime(_) => false,
        }
    }

    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Missing => "nothing",
            Self::Text(_) => "text",
            Self::Number(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::DateTime(_) => "a datetime",
            Self::List(_) => "a list",
        }
    }
}

macro_rules! inputs {
    ($($type:ty => $variant:ident,)+) => {$(
        impl From<$type> for Input {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )+};
}

inputs! {
    &str => Text,
    String => Text,
    f64 => Number,
    bool => Bool,
    Date => Date,
    Timestamp => DateTime,
    Vec<String> => List,
}

impl<const N: usize> From<[&str; N]> for Input {
    fn from(names: [&str; N]) -> Self {
        Self::List(names.map(str::to_owned).into())
    }
}

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
    pub fn set(mut self, key: impl Into<String>, value: impl Into<Input>) -> Self {
        self.values.push((key.into(), value.into()));
        self
    }

    /// Adds an interaction of a kind.
    pub fn interaction(
        mut self,
        kind: impl Into<String>,
        at: Timestamp,
        amount: Option<Amount>,
        label: Option<&str>,
    ) -> Self {
        self.interactions.push(DraftInteraction { kind: kind.into(), at, amount, label: label.map(str::to_owned) });
        self
    }

    /// Reads all values by the types of their fields.
    ///
    /// # Errors
    /// [`Code::UnknownField`] or [`Code::UnknownKind`] for a name that is none, else what is wrong with the first bad
    /// value: [`Code::BadPhone`], [`Code::BadEmail`], [`Code::BadDate`], [`Code::UnknownOption`], ….
    pub fn read(&self, id: ContactId, schema: &Schema) -> Result<Contact> {
        let mut contact = Contact::new(id);
        let country = self.country(schema);
        for (key, input) in &self.values {
            let field = schema.field_by_key(key).ok_or_else(|| unknown_field(key, schema))?;
            contact.set(field.id(), schema.read_value(field, input, country)?);
        }
        for draft in &self.interactions {
            let kind = schema.kind(&draft.kind).ok_or_else(|| unknown_kind(&draft.kind, schema))?;
            let label = draft.label.as_deref().and_then(Text::new);
            contact.record(Interaction { kind: kind.id, at: draft.at, amount: draft.amount, label }, kind.outgoing);
        }
        Ok(contact)
    }

    /// The draft's own country, in which its phone number is read, wherever it stands among the values.
    fn country(&self, schema: &Schema) -> Option<Country> {
        let is_country = |key: &str| schema.field_by_key(key).is_some_and(|field| field.id() == Field::COUNTRY);
        self.values.iter().rev().find_map(|(key, input)| match input {
            Input::Text(text) if is_country(key) => text.parse().ok(),
            _ => None,
        })
    }
}

pub(crate) fn unknown_field(name: &str, schema: &Schema) -> Error {
    let near = nearest(name, schema.field_entries().map(|entry| entry.key));
    let mut diagnostic = Diagnostic::new(Code::UnknownField, format!("there is no field {}", quoted(name)));
    if let Some(help) = did_you_mean(&near) {
        diagnostic = diagnostic.help(help);
    }
    Error::value(diagnostic.expecting(near))
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
