//! Keys of merged contacts lead to others.

use crate::error::Result;
use rusqlite::{Connection, params};
use tagmata::{ContactId, FieldId};

/// Lets a key lead to a contact, or to none any more.
pub(super) fn write(
    connection: &Connection,
    field: FieldId,
    key: &str,
    contact: Option<ContactId>,
) -> Result<()> {
    const LEAD: &str = "INSERT OR REPLACE INTO key_aliases (field_id, key, contact_id) VALUES (?1, ?2, ?3)";
    const FORGET: &str = "DELETE FROM key_aliases WHERE field_id = ?1 AND key = ?2";
    match contact {
        Some(contact) => {
            connection.prepare_cached(LEAD)?.execute(params![field.get(), key, contact.get()])?
        }
        None => connection.prepare_cached(FORGET)?.execute(params![field.get(), key])?,
    };
    Ok(())
}
