//! Names, fields, kinds, segments and rules.

use super::cells::cell;
use crate::error::{Fault, Result};
use crate::format::{Columns, FieldColumn, SettingsTable, space_of};
use rusqlite::Connection;
use std::sync::Arc;
use tagmata::{
    AutomationEdit, BookRestore, DynamicSegment, Fact, FieldId, KindId, NameSpace, Rule, RuleId, SchemaEdit,
    SegmentId, ValueType,
};

/// Takes the definitions over, and says which columns the fields have.
///
/// # Errors
/// What SQLite says; what a book does not write so.
pub(crate) fn read(connection: &Connection, restore: &mut BookRestore) -> Result<Columns> {
    let (columns, deleted) = read_fields(connection, restore)?;
    read_kinds(connection, restore)?;
    read_names(connection, restore)?;
    // The options of a field that is deleted are kept, and have names.
    deleted.into_iter().for_each(|edit| restore.fact(Fact::Schema(edit)));
    let new = SettingsTable(connection).status_order()?;
    restore.fact(Fact::Schema(SchemaEdit::StatusOrder { old: Box::default(), new }));
    read_segments(connection, restore)?;
    read_rules(connection, restore)?;
    Ok(columns)
}

fn read_fields(connection: &Connection, restore: &mut BookRestore) -> Result<(Columns, Vec<SchemaEdit>)> {
    let (mut columns, mut deleted) = (Columns::default(), Vec::new());
    let sql = "SELECT id, type, is_deleted, column_name, second_column FROM fields ORDER BY id";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = FieldId::new(cell(row, 0)?);
        let word: String = cell(row, 1)?;
        let unknown = || Fault::Damaged(format!("there is no type `{word}` of fields"));
        let value_type: ValueType = word.parse().map_err(|_| unknown())?;
        restore.fact(Fact::Schema(SchemaEdit::Field { id, old: None, new: Some(value_type) }));
        if cell(row, 2)? {
            deleted.push(SchemaEdit::Field { id, old: Some(value_type), new: None });
        }
        if let Some(name) = cell(row, 3)? {
            columns.set(id, Some(FieldColumn { value_type, name, beside: cell(row, 4)? }));
        }
    }
    Ok((columns, deleted))
}

fn read_kinds(connection: &Connection, restore: &mut BookRestore) -> Result<()> {
    let mut statement = connection.prepare("SELECT id, is_outgoing, is_deleted FROM kinds ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, is_outgoing) = (KindId::new(cell(row, 0)?), cell(row, 1)?);
        restore.fact(Fact::Schema(SchemaEdit::Kind { id, old: None, new: Some(is_outgoing) }));
        if cell(row, 2)? {
            restore.fact(Fact::Schema(SchemaEdit::Kind { id, old: Some(is_outgoing), new: None }));
        }
    }
    Ok(())
}

fn read_names(connection: &Connection, restore: &mut BookRestore) -> Result<()> {
    // What has no name any more comes first: it uses up its number under a name that nothing else can have.
    const GONE: &str = "\u{1}";
    let sql = "SELECT space, field, number, name FROM names ORDER BY name IS NOT NULL, space, field, number";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (space, number) = (list(row)?, cell(row, 2)?);
        let name: Option<String> = cell(row, 3)?;
        let is_gone = name.is_none();
        let new: Box<str> = name.as_deref().unwrap_or(GONE).into();
        restore.fact(Fact::Schema(SchemaEdit::Name { space, number, old: None, new: Some(new.clone()) }));
        if is_gone {
            restore.fact(Fact::Schema(SchemaEdit::Name { space, number, old: Some(new), new: None }));
        }
    }
    let mut statement = connection.prepare("SELECT space, field, number, folded FROM old_names")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (space, number) = (list(row)?, cell(row, 2)?);
        let folded = cell::<String>(row, 3)?.into();
        restore.fact(Fact::Schema(SchemaEdit::Alias { space, folded, old: None, new: Some(number) }));
    }
    Ok(())
}

fn list(row: &rusqlite::Row<'_>) -> Result<NameSpace> {
    let word: String = cell(row, 0)?;
    space_of(&word, cell(row, 1)?)
        .ok_or_else(|| Fault::Damaged(format!("there is no list of names `{word}`")))
}

fn read_segments(connection: &Connection, restore: &mut BookRestore) -> Result<()> {
    let sql = "SELECT segment_id, definition FROM dynamic_segments ORDER BY segment_id";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let segment = SegmentId::new(cell(row, 0)?);
        let new = DynamicSegment::from_bytes(&cell::<Vec<u8>>(row, 1)?)?;
        restore.fact(Fact::Segment { segment, old: None, new: Some(Arc::new(new)) });
    }
    Ok(())
}

fn read_rules(connection: &Connection, restore: &mut BookRestore) -> Result<()> {
    let settings = SettingsTable(connection);
    let new = settings.automation()?;
    restore.fact(Fact::Automation(AutomationEdit::Switches { old: new, new }));
    let mut statement = connection.prepare("SELECT id, definition, is_deleted FROM rules ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let rule = RuleId::new(cell(row, 0)?);
        let is = Some(Arc::new(Rule::from_bytes(&cell::<Vec<u8>>(row, 1)?)?));
        restore.fact(Fact::Automation(AutomationEdit::Rule { rule, old: None, new: is.clone() }));
        if cell(row, 2)? {
            restore.fact(Fact::Automation(AutomationEdit::Rule { rule, old: is, new: None }));
        }
    }
    let new = settings.rule_order()?;
    restore.fact(Fact::Automation(AutomationEdit::Order { old: Box::default(), new }));
    Ok(())
}
