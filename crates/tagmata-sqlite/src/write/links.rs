//! Tags, static segments and options of multi-selects: a row for each contact that has one.

use super::names::Names;
use super::statement::change_one;
use crate::error::{Fault, Result};
use rusqlite::Connection;
use std::collections::BTreeMap;
use tagmata::{ContactId, Field, FieldId, MemberSet, Symbol, ValueRef, ValueType, Values};

/// The table of a field of sets.
struct Links {
    table: &'static str,
    insert: &'static str,
    delete: &'static str,
    /// The third parameter, in the table of the options of all fields.
    field: Option<FieldId>,
}

impl Links {
    fn of(field: FieldId, names: &Names) -> Result<Self> {
        match names.schema.field(field).map(Field::value_type) {
            Some(ValueType::Tags) => Ok(Self {
                table: "contact_tags",
                insert: "INSERT INTO contact_tags (tag_id, contact_id) VALUES (?1, ?2)",
                delete: "DELETE FROM contact_tags WHERE tag_id = ?1 AND contact_id = ?2",
                field: None,
            }),
            Some(ValueType::Segments) => Ok(Self {
                table: "contact_segments",
                insert: "INSERT INTO contact_segments (segment_id, contact_id) VALUES (?1, ?2)",
                delete: "DELETE FROM contact_segments WHERE segment_id = ?1 AND contact_id = ?2",
                field: None,
            }),
            Some(ValueType::MultiSelect) => Ok(Self {
                table: "contact_options",
                insert: "INSERT INTO contact_options (option_id, contact_id, field_id) VALUES (?1, ?2, ?3)",
                delete: "DELETE FROM contact_options WHERE option_id = ?1 AND contact_id = ?2 AND field_id = ?3",
                field: Some(field),
            }),
            _ => Err(Fault::Damaged(format!("the field {} has no table", field.get()))),
        }
    }

    /// Gives a symbol to contacts, or takes it from them.
    fn write(
        &self,
        connection: &Connection,
        symbol: Symbol,
        contacts: impl Iterator<Item = ContactId>,
        is_added: bool,
    ) -> Result<()> {
        let mut statement = connection.prepare_cached(if is_added { self.insert } else { self.delete })?;
        statement.raw_bind_parameter(1, symbol.get())?;
        if let Some(field) = self.field {
            statement.raw_bind_parameter(3, field.get())?;
        }
        for contact in contacts {
            statement.raw_bind_parameter(2, contact.get())?;
            change_one(&mut statement, self.table)?;
        }
        Ok(())
    }
}

/// Gives a tag or segment to contacts, or takes it from them.
pub(super) fn write(
    connection: &Connection,
    names: &Names,
    (field, symbol): (FieldId, Symbol),
    contacts: &MemberSet,
    is_added: bool,
) -> Result<()> {
    Links::of(field, names)?.write(connection, symbol, contacts.iter(), is_added)
}

/// Gives contacts all that is in their sets, or takes it from them.
pub(super) fn write_all(
    connection: &Connection,
    names: &Names,
    field: FieldId,
    contacts: &MemberSet,
    values: &Values,
    is_added: bool,
) -> Result<()> {
    let nothing = Values::same(None, values.len());
    match is_added {
        true => replace(connection, names, field, contacts, (&nothing, values)),
        false => replace(connection, names, field, contacts, (values, &nothing)),
    }
}

/// Gives contacts other sets.
pub(super) fn replace(
    connection: &Connection,
    names: &Names,
    field: FieldId,
    contacts: &MemberSet,
    (old, new): (&Values, &Values),
) -> Result<()> {
    let links = Links::of(field, names)?;
    // By symbol, as the rows of the table are: what is next to each other is written one after the other.
    let (mut taken, mut given) = (BySymbol::new(), BySymbol::new());
    for (place, contact) in contacts.iter().enumerate() {
        let (old, new) = (set(old, place), set(new, place));
        let add = |to: &mut BySymbol, symbol: &Symbol| to.entry(*symbol).or_default().push(contact);
        old.iter().filter(|symbol| !new.contains(symbol)).for_each(|symbol| add(&mut taken, symbol));
        new.iter().filter(|symbol| !old.contains(symbol)).for_each(|symbol| add(&mut given, symbol));
    }
    for (all, is_added) in [(taken, false), (given, true)] {
        for (symbol, contacts) in all {
            links.write(connection, symbol, contacts.into_iter(), is_added)?;
        }
    }
    Ok(())
}

type BySymbol = BTreeMap<Symbol, Vec<ContactId>>;

fn set(values: &Values, place: usize) -> &[Symbol] {
    match values.lent(place) {
        Some(ValueRef::Many(set)) => set,
        _ => &[],
    }
}
