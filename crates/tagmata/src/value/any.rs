//! Any value, and the types that fields have.

use super::{ContactId, Phone, Symbol, SymbolSet, Text};
use crate::error::{Error, Result};
use crate::time::{Date, Timestamp};
use std::fmt;
use std::str::FromStr;

/// The type of a field: what it holds and which operators it has.
///
/// ```
/// use tagmata::ValueType;
/// assert_eq!(ValueType::DateTime.to_string(), "datetime");
/// assert_eq!("multi_select".parse::<ValueType>()?, ValueType::MultiSelect);
/// assert!(ValueType::Tags.is_set() && !ValueType::Select.is_set());
/// assert!(ValueType::CUSTOM.contains(&ValueType::Select) && !ValueType::CUSTOM.contains(&ValueType::Tags));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// Text, compared by [`fold`](crate::fold).
    Text,
    /// An e-mail address; filtered as text.
    Email,
    /// A phone number in E.164 form.
    Phone,
    /// A finite double.
    Number,
    /// A calendar day.
    Date,
    /// An instant.
    DateTime,
    /// Yes or no.
    Bool,
    /// One of the field's options.
    Select,
    /// Several of the field's options.
    MultiSelect,
    /// The status of a contact.
    Status,
    /// A country.
    Country,
    /// The tags of a contact.
    Tags,
    /// The segments of a contact.
    Segments,
    /// The number of a contact.
    Id,
}

impl ValueType {
    /// The types that a custom field can have.
    pub const CUSTOM: [Self; 7] =
        [Self::Text, Self::Number, Self::Bool, Self::Date, Self::DateTime, Self::Select, Self::MultiSelect];

    /// The type as definitions and messages spell it.
    ///
    /// ```
    /// # use tagmata::ValueType;
    /// assert_eq!(ValueType::MultiSelect.as_str(), "multi_select");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Number => "number",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Bool => "bool",
            Self::Select => "select",
            Self::MultiSelect => "multi_select",
            Self::Status => "status",
            Self::Country => "country",
            Self::Tags => "tags",
            Self::Segments => "segments",
            Self::Id => "id",
        }
    }

    /// What a field of the type takes, for messages.
    pub(crate) const fn takes(self) -> &'static str {
        match self {
            Self::Text | Self::Email => "text",
            Self::Phone => "a phone number",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::DateTime => "a datetime",
            Self::Bool => "true or false",
            Self::Select => "the name of an option",
            Self::Status => "the name of a status",
            Self::Country => "a country",
            Self::MultiSelect | Self::Tags | Self::Segments => "a list of names",
            Self::Id => "a whole number",
        }
    }

    /// Whether a value is a set: several tags, segments or options.
    #[must_use]
    pub const fn is_set(self) -> bool {
        matches!(self, Self::MultiSelect | Self::Tags | Self::Segments)
    }
}

impl FromStr for ValueType {
    type Err = Error;

    /// Reads a type as definitions spell it.
    ///
    /// # Errors
    /// [`Code::BadSetting`](crate::Code::BadSetting) with the types that a custom field can have.
    fn from_str(word: &str) -> Result<Self> {
        let custom = Self::CUSTOM.into_iter();
        let standard =
            [Self::Email, Self::Phone, Self::Status, Self::Country, Self::Tags, Self::Segments, Self::Id];
        custom
            .chain(standard)
            .find(|value_type| value_type.as_str() == word)
            .ok_or_else(|| Error::unknown_word("type", word, &Self::CUSTOM.map(Self::as_str)))
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The value of one field of one contact.
///
/// ```
/// use tagmata::{ContactId, Draft, Field, Schema, Value};
/// let schema = Schema::default();
/// let zoe = Draft::new().set("status", "lead").read(ContactId::new(0), &schema)?;
/// let lead = schema.status("lead").unwrap();
/// assert_eq!(zoe.get(Field::STATUS), Some(&Value::One(lead.into())));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Of a text or e-mail field.
    Text(Text),
    /// Of a phone field.
    Phone(Phone),
    /// Of a number field.
    Number(f64),
    /// Of a date field.
    Date(Date),
    /// Of a datetime field.
    DateTime(Timestamp),
    /// Of a yes-or-no field.
    Bool(bool),
    /// Of a select, status or country field.
    One(Symbol),
    /// Of a multi-select field, or the tags or static segments; never empty.
    Many(SymbolSet),
    /// Of the field `id`.
    Id(ContactId),
}
