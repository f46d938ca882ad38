//! Whose row it is.

use super::contacts::{Contacts, Who};
use super::options::MatchKey;
use super::whom::Whom;
use crate::csv::{CellValue, CsvRow, Problem};
use crate::diagnostic::Code;
use crate::model::{Field, Schema};
use crate::table::key_of;
use crate::text::quoted;
use crate::value::{FieldId, Value};

/// What the keys of a row lead to.
pub(super) struct Match {
    pub(super) found: Found,
    /// Who has the external id of the row.
    owner: Option<Who>,
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
    pub(super) fn of(row: &CsvRow, keys: &[MatchKey], contacts: &mut Contacts<'_>) -> Self {
        let external = key_in(row, Field::EXTERNAL_ID);
        let find = |key| contacts.find(Field::EXTERNAL_ID, key).as_slice().first().copied();
        let owner = external.and_then(find);
        for field in keys.iter().map(|key| key.field()) {
            let Some(key) = key_in(row, field) else { continue };
            let whom = match field {
                Field::EXTERNAL_ID => owner.into(),
                _ if external.is_some() => contacts.find_for(field, key, owner),
                _ => contacts.find(field, key),
            };
            match whom {
                Whom::Nobody => {}
                Whom::One(who) => return Self { found: Found::One(who, field), owner },
                Whom::Several(all) => return Self { found: Found::Several(all, field), owner },
            }
        }
        Self { found: Found::Nobody, owner }
    }

    /// Gets ready for rows that are matched next.
    pub(super) fn look_ahead(rows: &[CsvRow], keys: &[MatchKey], contacts: &mut Contacts<'_>) {
        for field in keys.iter().map(|key| key.field()) {
            contacts.look_ahead(field, rows.iter().filter_map(|row| key_in(row, field)));
        }
    }

    /// Whoever has the external id of the row, if that is not the contact that the row is for.
    pub(super) fn rival(&self) -> Option<Who> {
        self.owner.filter(|owner| !matches!(self.found, Found::One(who, _) if who == *owner))
    }
}

/// The text by which the contact of a row is looked up in a field.
fn key_in(row: &CsvRow, field: FieldId) -> Option<&str> {
    match row.get(field) {
        Some(CellValue::Value(value)) => key_of(value),
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
    const SHOWN: usize = 5;
    let mut named: Vec<String> = whom.iter().take(SHOWN).map(|who| contacts.named(*who)).collect();
    let count = match whom.len() {
        count if count > SHOWN => {
            named.push("…".to_owned());
            format!("more than {SHOWN}")
        }
        count => count.to_string(),
    };
    let key = match row.get(field) {
        Some(CellValue::Value(Value::Text(text))) => quoted(text.as_str()),
        Some(CellValue::Value(Value::Phone(phone))) => quoted(phone.e164()),
        _ => String::new(),
    };
    let message = format!(
        "{count} contacts have {key} as `{}`: {}; merge them, or give the row an external id",
        schema.field_key(field),
        named.join(", ")
    );
    row.problem_with(Some(field), Code::SeveralContacts, message, None)
}
