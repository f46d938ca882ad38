//! Whose row it is.

use super::contacts::{Contacts, Who};
use super::options::MatchKey;
use crate::csv::{CellValue, CsvRow, Problem};
use crate::diagnostic::Code;
use crate::model::{Field, Schema};
use crate::table::key_of;
use crate::text::quoted;
use crate::value::{FieldId, Text, Value};

/// What the keys of a row lead to.
pub(super) struct Match {
    pub(super) found: Found,
    /// Who has the external id of the row.
    owners: Vec<Who>,
}

pub(super) enum Found {
    Nobody,
    /// One contact, and the key that led to it.
    One(Who, FieldId),
    /// More than one contact for a key.
    Several(Vec<Who>, FieldId),
}

impl Match {
    /// Tries the keys one after the other. A contact with another external id than the row's is not it.
    pub(super) fn of(row: &CsvRow, keys: &[MatchKey], contacts: &Contacts<'_>) -> Self {
        let external = key_in(row, Field::EXTERNAL_ID);
        let owners = external.map(|key| contacts.find(Field::EXTERNAL_ID, key)).unwrap_or_default();
        let is_another =
            |who: &Who| external.is_some() && contacts.has(*who, Field::EXTERNAL_ID) && !owners.contains(who);
        for field in keys.iter().map(|key| key.field()) {
            let Some(key) = key_in(row, field) else { continue };
            let mut whom = match field {
                Field::EXTERNAL_ID => owners.clone(),
                _ => contacts.find(field, key),
            };
            whom.retain(|who| !is_another(who));
            match whom.as_slice() {
                [] => {}
                [who] => return Self { found: Found::One(*who, field), owners },
                _ => return Self { found: Found::Several(whom, field), owners },
            }
        }
        Self { found: Found::Nobody, owners }
    }

    /// Whoever has the external id of the row, if that is not the contact that the row is for.
    pub(super) fn rival(&self) -> Option<Who> {
        let own = match &self.found {
            Found::One(who, _) => Some(*who),
            Found::Nobody | Found::Several(..) => None,
        };
        self.owners.iter().copied().find(|owner| Some(*owner) != own)
    }
}

/// The text by which the contact of a row is looked up in a field.
fn key_in(row: &CsvRow, field: FieldId) -> Option<&str> {
    match row.get(field) {
        Some(CellValue::Value(value)) => key_of(value),
        _ => None,
    }
}

/// The external id of a row.
pub(super) fn external_id(row: &CsvRow) -> Option<&Text> {
    match row.get(Field::EXTERNAL_ID) {
        Some(CellValue::Value(Value::Text(text))) => Some(text),
        _ => None,
    }
}

/// Several contacts for one row.
pub(super) fn several(
    row: &CsvRow,
    whom: &[Who],
    field: FieldId,
    contacts: &Contacts<'_>,
    schema: &Schema,
) -> Problem {
    const MOST: usize = 5;
    let mut named: Vec<String> = whom.iter().take(MOST).map(|who| contacts.named(*who)).collect();
    if whom.len() > MOST {
        named.push("…".to_owned());
    }
    let key = match row.get(field) {
        Some(CellValue::Value(Value::Text(text))) => quoted(text.as_str()),
        Some(CellValue::Value(Value::Phone(phone))) => quoted(phone.e164()),
        _ => String::new(),
    };
    let message = format!(
        "{} contacts have {key} as `{}`: {}; merge them, or give the row an external id",
        whom.len(),
        schema.field_key(field),
        named.join(", ")
    );
    row.problem_with(Some(field), Code::SeveralContacts, message, None)
}
