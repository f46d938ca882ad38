//! Contacts come and go.

use super::links;
use super::names::Names;
use super::statement::change_one;
use super::values::Parameter;
use crate::error::Result;
use rusqlite::Connection;
use tagmata::Rows;

/// Adds contacts with their values; their interactions are in a table of their own.
pub(super) fn create(connection: &Connection, names: &Names, rows: &Rows) -> Result<()> {
    let insertion = names.columns.insertion();
    let mut parameters = Vec::new();
    for (field, values) in &rows.columns {
        match (names.columns.get(*field), insertion.parameters.get(field)) {
            (Some(column), Some(index)) => {
                parameters.push(Parameter::new(*field, column, values, *index, names));
            }
            _ => links::write_all(connection, names, *field, &rows.contacts, values, true)?,
        }
    }
    let mut statement = connection.prepare_cached(&insertion.sql)?;
    let mut written = String::new();
    for (place, contact) in rows.contacts.iter().enumerate() {
        statement.raw_bind_parameter(1, contact.get())?;
        for parameter in &parameters {
            parameter.bind(&mut statement, place, &mut written)?;
        }
        statement.raw_execute()?;
    }
    Ok(())
}

/// Takes out contacts with their values.
pub(super) fn delete(connection: &Connection, names: &Names, rows: &Rows) -> Result<()> {
    for (field, values) in &rows.columns {
        if names.columns.get(*field).is_none() {
            links::write_all(connection, names, *field, &rows.contacts, values, false)?;
        }
    }
    let mut statement = connection.prepare_cached("DELETE FROM contacts WHERE id = ?1")?;
    for contact in rows.contacts.iter() {
        statement.raw_bind_parameter(1, contact.get())?;
        change_one(&mut statement, "contacts")?;
    }
    Ok(())
}
