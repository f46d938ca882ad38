//! What the rows of a file are, and which columns it can have.

use super::aliases::{contact_field_of, interaction_field_of};
use crate::error::Result;
use crate::model::{Field, NewField, Schema};
use crate::value::{FieldId, ValueType};

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Subject {
    #[default]
    Contacts,
    /// What happened with contacts: a file of its own fields, beside the keys by which contacts are found.
    Interactions,
}

/// The fields of a file of interactions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InteractionFields {
    pub(crate) kind: FieldId,
    pub(crate) time: FieldId,
    pub(crate) amount: FieldId,
    pub(crate) label: FieldId,
}

impl InteractionFields {
    /// The schema by which files of interactions are read, with the settings of a book, and its own fields.
    ///
    /// # Errors
    /// None: in a new schema, these fields can be defined.
    pub(crate) fn define(book: &Schema) -> Result<(Schema, Self)> {
        let mut schema = Schema::new(*book.settings());
        let mut define = |key, value_type| schema.define_field(NewField::new(key, value_type));
        let fields = Self {
            kind: define("kind", ValueType::Text)?,
            time: define("time", ValueType::DateTime)?,
            amount: define("amount", ValueType::Number)?,
            label: define("label", ValueType::Text)?,
        };
        Ok((schema, fields))
    }
}

impl Subject {
    /// Whether a value of the field may come from a file.
    pub(super) fn takes(self, field: FieldId) -> bool {
        const KEYS: [FieldId; 5] =
            [Field::EXTERNAL_ID, Field::EMAIL, Field::MOBILE, Field::ACCOUNT_NUMBER, Field::COUNTRY];
        match self {
            Self::Contacts => {
                ![Field::ID, Field::NAME, Field::STATUS_CHANGED_AT, Field::UPDATED_AT].contains(&field)
            }
            Self::Interactions => KEYS.contains(&field) || field.index() >= Field::STANDARD.len(),
        }
    }

    /// The field of a header in its plain form, by what it is called in other languages.
    pub(super) fn field_of(self, plain_header: &str, schema: &Schema) -> Option<FieldId> {
        match self {
            Self::Contacts => contact_field_of(plain_header),
            Self::Interactions => {
                let own = interaction_field_of(plain_header).and_then(|key| schema.field_by_key(key));
                own.map(Field::id).or_else(|| contact_field_of(plain_header))
            }
        }
    }
}
