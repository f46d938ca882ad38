//! Names, fields, segments and rules.

use super::names::Names;
use crate::error::Result;
use crate::format::{FieldColumn, SettingsTable, quoted, space};
use rusqlite::{Connection, params};
use std::sync::Arc;
use tagmata::{
    AutomationEdit, Code, DynamicSegment, Error, Fact, Field, FieldId, NameSpace, Rule, RuleId, Schema,
    SchemaEdit, SegmentId, ValueType,
};

/// Writes what a fact says about definitions; other facts say nothing about them.
///
/// # Errors
/// What SQLite says.
pub(crate) fn write(connection: &Connection, names: &mut Names, fact: &Fact) -> Result<()> {
    match fact {
        Fact::Schema(edit) => write_edit(connection, names, edit),
        Fact::Segment { segment, new, .. } => write_segment(connection, names, *segment, new.as_ref()),
        Fact::Automation(edit) => write_automation(connection, names, edit),
        _ => Ok(()),
    }
}

/// Writes the names and settings of a new book.
///
/// # Errors
/// What SQLite says.
pub(crate) fn write_new(connection: &Connection, names: &mut Names) -> Result<()> {
    let schema = names.schema.clone();
    SettingsTable(connection).set_settings(schema.settings())?;
    SettingsTable(connection).set_automation(tagmata::Automation::default())?;
    edits_of(&schema).iter().try_for_each(|edit| write_edit(connection, names, edit))
}

/// The edits that make what every book has.
fn edits_of(schema: &Schema) -> Vec<SchemaEdit> {
    let name =
        |space, number, name: &str| SchemaEdit::Name { space, number, old: None, new: Some(name.into()) };
    let mut edits = Vec::new();
    for field in schema.fields() {
        let id = field.id();
        edits.push(name(NameSpace::FieldKeys, id.get(), schema.field_key(id)));
        edits.push(name(NameSpace::FieldLabels, id.get(), schema.field_label(id)));
        edits.push(SchemaEdit::Field { id, old: None, new: Some(field.value_type()) });
    }
    for status in schema.statuses().iter() {
        edits.push(name(NameSpace::StatusKeys, status.number, status.key));
        edits.push(name(NameSpace::StatusLabels, status.number, status.label));
    }
    for (kind, key) in schema.kind_entries() {
        edits.push(name(NameSpace::Kinds, kind.id.get(), key));
        edits.push(SchemaEdit::Kind { id: kind.id, old: None, new: Some(kind.outgoing) });
    }
    let order = schema.statuses_in_order().collect();
    edits.push(SchemaEdit::StatusOrder { old: Box::default(), new: order });
    edits
}

fn write_edit(connection: &Connection, names: &mut Names, edit: &SchemaEdit) -> Result<()> {
    names.schema.apply(edit);
    match edit {
        SchemaEdit::Name { space: list, number, old, new } => {
            let (word, of) = space(*list);
            let sql = "INSERT OR REPLACE INTO names (space, field, number, name) VALUES (?1, ?2, ?3, ?4)";
            connection.prepare_cached(sql)?.execute(params![word, of, number, new.as_deref()])?;
            let is_renamed = old.is_some() && new.is_some();
            match list {
                NameSpace::Segments if new.is_none() => {
                    let sql = "DELETE FROM segment_members WHERE segment_id = ?1";
                    connection.prepare_cached(sql)?.execute([number])?;
                    Ok(())
                }
                NameSpace::FieldKeys if new.is_some() => {
                    make_columns(connection, names, FieldId::new(*number))
                }
                NameSpace::Tags | NameSpace::Segments if is_renamed => tell_filters_anew(connection, names),
                _ => Ok(()),
            }
        }
        SchemaEdit::Alias { space: list, folded, new, .. } => {
            let (word, of) = space(*list);
            match new {
                Some(number) => {
                    let sql = "INSERT OR REPLACE INTO old_names (space, field, folded, number) VALUES (?1, ?2, ?3, ?4)";
                    connection.prepare_cached(sql)?.execute(params![word, of, &**folded, number])?
                }
                None => {
                    let sql = "DELETE FROM old_names WHERE space = ?1 AND field = ?2 AND folded = ?3";
                    connection.prepare_cached(sql)?.execute(params![word, of, &**folded])?
                }
            };
            Ok(())
        }
        SchemaEdit::Field { id, new: Some(value_type), .. } => {
            let sql = "INSERT INTO fields (id, type) VALUES (?1, ?2)
                       ON CONFLICT (id) DO UPDATE SET type = ?2, is_deleted = 0";
            connection.prepare_cached(sql)?.execute(params![id.get(), value_type.as_str()])?;
            make_columns(connection, names, *id)
        }
        SchemaEdit::Field { id, new: None, .. } => drop_columns(connection, names, *id),
        SchemaEdit::Kind { id, new, old } => {
            let sql = "INSERT OR REPLACE INTO kinds (id, is_outgoing, is_deleted) VALUES (?1, ?2, ?3)";
            let is_outgoing = new.or(*old).unwrap_or_default();
            connection.prepare_cached(sql)?.execute(params![id.get(), is_outgoing, new.is_none()])?;
            Ok(())
        }
        SchemaEdit::StatusOrder { new, .. } => SettingsTable(connection).set_status_order(new),
        SchemaEdit::Settings { new, .. } => SettingsTable(connection).set_settings(new),
    }
}

/// Makes the columns of a field, once its key and its type are known.
fn make_columns(connection: &Connection, names: &mut Names, id: FieldId) -> Result<()> {
    let Some(value_type) = names.schema.field(id).map(Field::value_type) else { return Ok(()) };
    let key = names.schema.field_key(id);
    let is_known = connection.prepare_cached("SELECT 1 FROM fields WHERE id = ?1")?.exists([id.get()])?;
    if key.is_empty() || !is_known || !has_column(id, value_type) || names.columns.get(id).is_some() {
        return Ok(());
    }
    let column = names.columns.name(id, key, value_type);
    if names.columns.count() + column.count() > MOST_COLUMNS {
        return Err(too_many_columns(key).into());
    }
    let FieldColumn { name, beside, .. } = &column;
    add_column(connection, name, affinity(value_type))?;
    if let Some(beside) = beside {
        add_column(connection, beside, if value_type == ValueType::Phone { "INTEGER" } else { "TEXT" })?;
    }
    let sql = "UPDATE fields SET column_name = ?2, second_column = ?3 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute(params![id.get(), name, beside])?;
    names.columns.set(id, Some(column));
    Ok(())
}

/// SQLite takes no more columns in a table; the id of a contact is one of them.
const MOST_COLUMNS: usize = 1_999;

fn too_many_columns(key: &str) -> Error {
    let message = format!(
        "the field `{key}` does not fit into the file: SQLite takes {MOST_COLUMNS} columns of fields"
    );
    Error::store(
        Code::StoreFailed,
        message,
        "a text takes two columns, other fields one; delete fields that are not used",
    )
}

fn add_column(connection: &Connection, name: &str, affinity: &str) -> Result<()> {
    Ok(connection.execute_batch(&format!("ALTER TABLE contacts ADD COLUMN {} {affinity}", quoted(name)))?)
}

/// Whether a field has a column in `contacts`: it has one value, and is not made from others.
fn has_column(id: FieldId, value_type: ValueType) -> bool {
    let is_made = [Field::ID, Field::NAME].contains(&id);
    !is_made && !value_type.is_set()
}

fn affinity(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::Number => "REAL",
        ValueType::DateTime | ValueType::Bool => "INTEGER",
        _ => "TEXT",
    }
}

/// Drops the columns of a field that is deleted; nobody has a value in it any more.
fn drop_columns(connection: &Connection, names: &mut Names, id: FieldId) -> Result<()> {
    let sql = "UPDATE fields SET is_deleted = 1, column_name = NULL, second_column = NULL WHERE id = ?1";
    connection.prepare_cached(sql)?.execute([id.get()])?;
    if let Some(FieldColumn { name, beside, .. }) = names.columns.get(id) {
        for name in std::iter::once(name).chain(beside) {
            connection.execute_batch(&format!("ALTER TABLE contacts DROP COLUMN {}", quoted(name)))?;
        }
    }
    names.columns.set(id, None);
    Ok(())
}

fn write_segment(
    connection: &Connection,
    names: &Names,
    id: SegmentId,
    definition: Option<&Arc<DynamicSegment>>,
) -> Result<()> {
    let Some(definition) = definition else {
        let sql = "DELETE FROM dynamic_segments WHERE segment_id = ?1";
        connection.prepare_cached(sql)?.execute([id.get()])?;
        return Ok(());
    };
    let sql = "INSERT OR REPLACE INTO dynamic_segments (segment_id, filter, error, definition) VALUES (?1, ?2, ?3, ?4)";
    let error = definition.error().map(ToString::to_string);
    let filter = definition.current_text(&names.schema);
    connection.prepare_cached(sql)?.execute(params![id.get(), filter, error, definition.to_bytes()])?;
    Ok(())
}

/// Tells the filters of all segments and rules for people, by names of which one is another now. What they mean does not hang on it.
fn tell_filters_anew(connection: &Connection, names: &Names) -> Result<()> {
    let rows = |sql: &str| -> Result<Vec<(u32, Vec<u8>)>> {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    for (id, bytes) in rows("SELECT segment_id, definition FROM dynamic_segments")? {
        let text = DynamicSegment::from_bytes(&bytes)?.current_text(&names.schema);
        let sql = "UPDATE dynamic_segments SET filter = ?2 WHERE segment_id = ?1 AND filter <> ?2";
        connection.prepare_cached(sql)?.execute(params![id, text])?;
    }
    for (id, bytes) in rows("SELECT id, definition FROM rules WHERE NOT is_deleted")? {
        write_rule(connection, names, RuleId::new(id), &Rule::from_bytes(&bytes)?, false)?;
    }
    Ok(())
}

fn write_automation(connection: &Connection, names: &Names, edit: &AutomationEdit) -> Result<()> {
    match edit {
        AutomationEdit::Rule { rule, old, new } => match new.as_ref().or(old.as_ref()) {
            Some(last) => write_rule(connection, names, *rule, last, new.is_none()),
            None => Ok(()),
        },
        AutomationEdit::Order { new, .. } => SettingsTable(connection).set_rule_order(new),
        AutomationEdit::Switches { new, .. } => SettingsTable(connection).set_automation(*new),
    }
}

/// Writes a rule, or the last that a deleted one was.
fn write_rule(
    connection: &Connection,
    names: &Names,
    id: RuleId,
    rule: &Rule,
    is_deleted: bool,
) -> Result<()> {
    let text = rule.text(&names.schema);
    let sql = "INSERT OR REPLACE INTO rules
               (id, is_deleted, name, is_enabled, fires_on, fires_when, condition, error, definition)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    connection.prepare_cached(sql)?.execute(params![
        id.get(),
        is_deleted,
        rule.name(),
        rule.is_enabled(),
        text.on,
        text.when,
        text.condition,
        rule.error().map(ToString::to_string),
        rule.to_bytes(),
    ])?;
    Ok(())
}
