//! Contacts, in columns.

use super::cells::{cell, instant_of, text};
use crate::error::{Fault, Result};
use crate::format::{Columns, FieldColumn, quoted};
use rusqlite::Connection;
use rusqlite::types::ValueRef as Cell;
use std::collections::HashMap;
use tagmata::{ColumnBuilder, Country, Date, FieldId, Schema, Symbol, ValueRef, ValueType, Values, fold};

/// The contacts of a span of ids; those that are gone have no values.
#[derive(Debug)]
pub(crate) struct Chunk {
    pub(crate) columns: Vec<(FieldId, Values)>,
    pub(crate) count: u32,
}

/// What reads contacts: the columns, and what their words stand for.
#[derive(Debug)]
pub(crate) struct ContactReader {
    fields: Vec<FieldReader>,
    sql: String,
}

#[derive(Debug)]
struct FieldReader {
    field: FieldId,
    column: FieldColumn,
    /// By the words of the field, if it has words.
    symbols: HashMap<String, Symbol>,
    /// Where the second column is among those that are asked for, if it is.
    beside: Option<usize>,
}

impl ContactReader {
    /// What reads the contacts of a book with these names and columns.
    pub(crate) fn new(schema: &Schema, columns: &Columns) -> Self {
        let mut asked = vec!["id".to_owned()];
        let mut fields: Vec<FieldReader> = Vec::new();
        for (field, column) in columns.iter() {
            asked.push(quoted(&column.name));
            let symbols = symbols(schema, field, column.value_type);
            fields.push(FieldReader { field, column: column.clone(), symbols, beside: None });
        }
        for reader in &mut fields {
            // Folds are made again: they are there for other programs.
            if reader.column.value_type == ValueType::Phone
                && let Some(beside) = &reader.column.beside
            {
                reader.beside = Some(asked.len());
                asked.push(quoted(beside));
            }
        }
        let sql = format!("SELECT {} FROM contacts WHERE id >= ?1 AND id < ?2 ORDER BY id", asked.join(", "));
        Self { fields, sql }
    }

    /// The contacts whose ids lie between two numbers, the second one excluded.
    ///
    /// # Errors
    /// What SQLite says; what a book does not write so.
    pub(crate) fn read(&self, connection: &Connection, first: u32, end: u32) -> Result<Chunk> {
        let types = self.fields.iter().map(|reader| reader.column.value_type);
        let mut builders: Vec<ColumnBuilder> = types.map(ColumnBuilder::new).collect();
        let mut statement = connection.prepare_cached(&self.sql)?;
        let mut rows = statement.query([first, end])?;
        let mut next = first;
        while let Some(row) = rows.next()? {
            let id: u32 = cell(row, 0)?;
            for _ in next..id {
                builders.iter_mut().for_each(|builder| builder.push(None));
            }
            for (at, (reader, builder)) in self.fields.iter().zip(&mut builders).enumerate() {
                let cell = row.get_ref(at + 1)?;
                if matches!(cell, Cell::Null) {
                    builder.push(None);
                    continue;
                }
                let beside = reader.beside.map(|at| row.get_ref(at)).transpose()?;
                if !reader.give(cell, beside, builder) {
                    return Err(unreadable(id, &reader.column));
                }
            }
            next = id + 1;
        }
        for _ in next..end {
            builders.iter_mut().for_each(|builder| builder.push(None));
        }
        let fields = self.fields.iter().map(|reader| reader.field);
        let columns = fields.zip(builders.into_iter().map(ColumnBuilder::finish)).collect();
        Ok(Chunk { columns, count: end.saturating_sub(first) })
    }
}

impl FieldReader {
    /// Puts the value of a cell into a column; false if it is none.
    fn give(&self, cell: Cell<'_>, beside: Option<Cell<'_>>, column: &mut ColumnBuilder) -> bool {
        let value = match (self.column.value_type, cell) {
            (ValueType::Text | ValueType::Email, _) => text(cell).and_then(|written| {
                let folded = fold(written);
                (!folded.is_empty()).then(|| column.push(Some(ValueRef::Text { written, folded: &folded })))
            }),
            (_, cell) => self.value(cell, beside).map(|value| column.push(Some(value))),
        };
        value.is_some()
    }

    fn value<'r>(&self, cell: Cell<'r>, beside: Option<Cell<'r>>) -> Option<ValueRef<'r>> {
        match (self.column.value_type, cell) {
            (ValueType::Phone, _) => {
                let digits = text(cell)?.strip_prefix('+')?;
                let is_sound = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
                let is_assigned = matches!(beside, None | Some(Cell::Null));
                is_sound.then_some(ValueRef::Phone { digits, is_assigned })
            }
            (ValueType::Number, Cell::Real(number)) => number.is_finite().then_some(ValueRef::Number(number)),
            (ValueType::DateTime, Cell::Integer(micros)) => instant_of(micros).ok().map(ValueRef::DateTime),
            (ValueType::Bool, Cell::Integer(yes @ 0..=1)) => Some(ValueRef::Bool(yes == 1)),
            (ValueType::Date, _) => day(text(cell)?).map(ValueRef::Date),
            (ValueType::Country, _) => {
                text(cell)?.parse::<Country>().ok().map(|country| ValueRef::One(country.into()))
            }
            (ValueType::Select | ValueType::Status, _) => {
                self.symbols.get(text(cell)?).map(|symbol| ValueRef::One(*symbol))
            }
            _ => None,
        }
    }
}

/// A day as `2026-11-24`.
fn day(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// What the words of a field stand for.
fn symbols(schema: &Schema, field: FieldId, value_type: ValueType) -> HashMap<String, Symbol> {
    let catalog = match value_type {
        ValueType::Status => Some(schema.statuses()),
        ValueType::Select => schema.field(field).map(tagmata::Field::options),
        _ => None,
    };
    let entries = catalog.into_iter().flat_map(|catalog| catalog.iter());
    entries.map(|entry| (entry.key.to_owned(), Symbol::new(entry.number))).collect()
}

fn unreadable(id: u32, column: &FieldColumn) -> Fault {
    Fault::Damaged(format!(
        "the column `{}` of contact {id} has no value of type `{}`",
        column.name, column.value_type
    ))
}
