//! What a row changes at a contact that is there.

use super::contacts::{Contacts, Who};
use super::names::Names;
use super::options::{ImportOptions, Update};
use crate::csv::CellValue;
use crate::error::Result;
use crate::model::Field;
use crate::table::key_of;
use crate::value::{FieldId, SymbolSet, Value};

/// Gives a contact what a row says, as far as the options let it.
///
/// # Errors
/// Those of [`Names::set`].
pub(super) fn update<'c>(
    contacts: &mut Contacts<'_>,
    names: &mut Names<'_>,
    who: Who,
    cells: impl Iterator<Item = (FieldId, &'c CellValue)>,
    options: &ImportOptions,
) -> Result<()> {
    for (field, cell) in cells {
        let is_replaced = field == Field::SEGMENTS && options.replace_segments;
        match cell {
            // A blank cell says nothing, unless the list is to be just what the file says.
            CellValue::Blank if is_replaced => replace(contacts, who, field, SymbolSet::default(), options),
            CellValue::Blank => {}
            CellValue::Names(written) => {
                let set = names.set(field, written)?;
                match set.is_empty() {
                    // None of the names can be given: that is told, and is no blank cell.
                    true => {}
                    false if is_replaced => replace(contacts, who, field, set, options),
                    false => add(contacts, who, field, &set),
                }
            }
            CellValue::Value(value) => {
                if !contacts.holds(who, field, value) && is_overwritten(contacts, who, field, value, options)
                {
                    contacts.set(who, field, value.clone());
                }
            }
        }
    }
    Ok(())
}

/// Whether the value of a contact gives way to that of a row.
fn is_overwritten(
    contacts: &Contacts<'_>,
    who: Who,
    field: FieldId,
    value: &Value,
    options: &ImportOptions,
) -> bool {
    let is_free = || !contacts.has(who, field);
    match field {
        // A key that came with a merge leads to the contact already; its own stays, and leads to it too.
        _ if key_of(value).is_some_and(|key| contacts.is_alias(who, field, key)) => is_free(),
        Field::EXTERNAL_ID => {
            is_free()
                || options.update == Update::Always
                    && key_of(value).is_some_and(|key| contacts.has_key(who, field, key))
        }
        _ => options.update == Update::Always || is_free(),
    }
}

/// Makes the static segments of a contact just these.
fn replace(contacts: &mut Contacts<'_>, who: Who, field: FieldId, set: SymbolSet, options: &ImportOptions) {
    let has_some = contacts.has(who, field);
    let is_kept = has_some && options.update == Update::FillEmpty;
    if !is_kept && (has_some || !set.is_empty()) {
        let set = Value::Many(set);
        if !contacts.holds(who, field, &set) {
            contacts.set(who, field, set);
        }
    }
}

/// Adds tags or static segments.
fn add(contacts: &mut Contacts<'_>, who: Who, field: FieldId, added: &SymbolSet) {
    let own = contacts.set_of(who, field);
    if added.iter().all(|symbol| own.binary_search(&symbol).is_ok()) {
        return;
    }
    let all: SymbolSet = own.iter().copied().chain(added.iter()).collect();
    contacts.set(who, field, Value::Many(all));
}
