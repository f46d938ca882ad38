//! What happened to contacts, and which are gone.

use super::cells::{cell, instant};
use crate::error::{Fault, Result};
use crate::format::{cause_of, change_of};
use rusqlite::Connection;
use std::sync::Arc;
use tagmata::{BookRestore, Change, ContactId, Fact, FieldId, MemberSet, Origin};

/// Takes over the histories, who is gone, and whom the keys of merged contacts lead to.
///
/// # Errors
/// What SQLite says; what a book does not write so.
pub(crate) fn read(connection: &Connection, restore: &mut BookRestore) -> Result<()> {
    read_entries(connection, restore)?;
    read_gone(connection, restore)?;
    let mut statement = connection.prepare("SELECT field_id, key, contact_id FROM key_aliases")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (field, key) = (FieldId::new(cell(row, 0)?), cell::<String>(row, 1)?.into());
        restore.fact(Fact::Alias { field, key, old: None, new: Some(ContactId::new(cell(row, 2)?)) });
    }
    Ok(())
}

struct Entry {
    change: Change,
    place: u32,
    origin: Arc<Origin>,
}

fn read_entries(connection: &Connection, restore: &mut BookRestore) -> Result<()> {
    let sql = "SELECT id, change, before, what, commit_number, place, at, actor, cause, cause_id FROM changes ORDER BY id";
    let mut statement = connection.prepare(sql)?;
    let mut changes = statement.query([])?;
    let mut statement =
        connection.prepare("SELECT change_id, contact_id FROM history ORDER BY change_id, contact_id")?;
    let mut contacts = Groups::new(statement.query([])?);
    let mut last: Option<Arc<Origin>> = None;
    while let Some(row) = changes.next()? {
        let (id, entry) = (cell(row, 0)?, entry(row, &mut last)?);
        // Nobody has an entry that an undo took out.
        let ids = contacts.of(id)?;
        if !ids.is_empty() {
            restore.history(&MemberSet::from_ascending(ids), entry.change, &entry.origin, entry.place);
        }
    }
    match contacts.ahead {
        None => Ok(()),
        Some((change, _)) => {
            Err(Fault::Damaged(format!("there is no change {change}, and contacts have it")))
        }
    }
}

/// The contacts of each change, while both go by in the order of the changes.
struct Groups<'s> {
    rows: rusqlite::Rows<'s>,
    ahead: Option<(i64, u32)>,
    is_begun: bool,
}

impl<'s> Groups<'s> {
    fn new(rows: rusqlite::Rows<'s>) -> Self {
        Self { rows, ahead: None, is_begun: false }
    }

    fn of(&mut self, change: i64) -> Result<Vec<u32>> {
        if !self.is_begun {
            self.is_begun = true;
            self.go_on()?;
        }
        let mut ids = Vec::new();
        while let Some((_, contact)) = self.ahead.filter(|(of, _)| *of == change) {
            ids.push(contact);
            self.go_on()?;
        }
        Ok(ids)
    }

    fn go_on(&mut self) -> Result<()> {
        self.ahead = match self.rows.next()? {
            Some(row) => Some((cell(row, 0)?, cell(row, 1)?)),
            None => None,
        };
        Ok(())
    }
}

/// An entry. Entries of one commit share what made them.
fn entry(row: &rusqlite::Row<'_>, last: &mut Option<Arc<Origin>>) -> Result<Entry> {
    let (word, cause): (String, String) = (cell(row, 1)?, cell(row, 8)?);
    let unknown = |what: &str, word: &str| Fault::Damaged(format!("there is no {what} `{word}`"));
    let change = change_of(&word, cell(row, 2)?, cell(row, 3)?).ok_or_else(|| unknown("change", &word))?;
    let cause = cause_of(&cause, cell(row, 9)?).ok_or_else(|| unknown("cause", &cause))?;
    let actor: Option<String> = cell(row, 7)?;
    let origin = Origin { commit: cell(row, 4)?, at: instant(row, 6)?, actor: actor.map(Into::into), cause };
    let origin = match last.take().filter(|last| **last == origin) {
        Some(last) => last,
        None => Arc::new(origin),
    };
    *last = Some(Arc::clone(&origin));
    Ok(Entry { change, place: cell(row, 5)?, origin })
}

fn read_gone(connection: &Connection, restore: &mut BookRestore) -> Result<()> {
    let sql = "SELECT commit_number, place, contact_id FROM deleted_contacts ORDER BY 1, 2, 3";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut group: Option<((u64, u32), Vec<u32>)> = None;
    let mut close = |group: Option<((u64, u32), Vec<u32>)>| {
        if let Some(((commit, place), contacts)) = group {
            restore.gone(&MemberSet::from_ascending(contacts), commit, place);
        }
    };
    while let Some(row) = rows.next()? {
        let (of, contact) = ((cell(row, 0)?, cell(row, 1)?), cell(row, 2)?);
        match &mut group {
            Some((open, contacts)) if *open == of => contacts.push(contact),
            _ => close(group.replace((of, vec![contact]))),
        }
    }
    close(group);
    Ok(())
}
