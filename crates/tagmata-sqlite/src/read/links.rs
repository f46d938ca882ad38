//! Tags, static segments and options of contacts.

use super::cells::cell;
use crate::error::Result;
use rusqlite::Connection;
use tagmata::{BookRestore, Fact, Field, FieldId, MemberSet, Symbol};

/// Takes over who has which tag, is in which static segment, and has which options.
///
/// # Errors
/// What SQLite says; what a book does not write so.
pub(crate) fn read(connection: &Connection, restore: &mut BookRestore) -> Result<()> {
    let tags = Field::TAGS.get();
    let segments = Field::SEGMENTS.get();
    let all = [
        format!("SELECT {tags}, tag_id, contact_id FROM contact_tags ORDER BY tag_id, contact_id"),
        format!("SELECT {segments}, segment_id, contact_id FROM contact_segments ORDER BY segment_id, contact_id"),
        "SELECT field_id, option_id, contact_id FROM contact_options ORDER BY field_id, option_id, contact_id".into(),
    ];
    all.iter().try_for_each(|sql| read_table(connection, sql, restore))
}

fn read_table(connection: &Connection, sql: &str, restore: &mut BookRestore) -> Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut group: Option<((u32, u32), Vec<u32>)> = None;
    while let Some(row) = rows.next()? {
        let (of, contact) = ((cell(row, 0)?, cell(row, 1)?), cell(row, 2)?);
        match &mut group {
            Some((open, contacts)) if *open == of => contacts.push(contact),
            _ => {
                if let Some(full) = group.replace((of, vec![contact])) {
                    link(full, restore);
                }
            }
        }
    }
    if let Some(full) = group {
        link(full, restore);
    }
    Ok(())
}

fn link(((field, symbol), contacts): ((u32, u32), Vec<u32>), restore: &mut BookRestore) {
    let (field, symbol) = (FieldId::new(field), Symbol::new(symbol));
    restore.fact(Fact::Linked { field, symbol, contacts: MemberSet::from_ascending(contacts) });
}
