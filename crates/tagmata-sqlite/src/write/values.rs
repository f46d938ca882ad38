//! Values of a fact on their way into the parameters of a statement.

use super::names::Names;
use crate::error::{Fault, Result};
use crate::format::FieldColumn;
use rusqlite::types::Null;
use rusqlite::{Statement, ToSql};
use std::fmt::Write;
use tagmata::{Catalog, Country, FieldId, Symbol, ValueRef, ValueType, Values};

/// The values of a field in a fact, and the parameter that takes them; the next parameter takes what stands beside them.
pub(super) struct Parameter<'c> {
    values: &'c Values,
    keys: Keys<'c>,
    index: usize,
    has_beside: bool,
}

/// What symbols are written as.
#[derive(Clone, Copy)]
enum Keys<'c> {
    None,
    Of(&'c Catalog),
    Countries,
}

impl<'c> Parameter<'c> {
    /// The parameter of a field with a column.
    pub(super) fn new(
        field: FieldId,
        column: &FieldColumn,
        values: &'c Values,
        index: usize,
        names: &'c Names,
    ) -> Self {
        let keys = match column.value_type {
            ValueType::Status => Keys::Of(names.schema.statuses()),
            ValueType::Select => {
                names.schema.field(field).map_or(Keys::None, |field| Keys::Of(field.options()))
            }
            ValueType::Country => Keys::Countries,
            _ => Keys::None,
        };
        Self { values, keys, index, has_beside: column.beside.is_some() }
    }

    /// Gives the parameter the value of a place. What is written before it is bound is written into a text that is used again.
    pub(super) fn bind(
        &self,
        statement: &mut Statement<'_>,
        place: usize,
        written: &mut String,
    ) -> Result<()> {
        let index = self.index;
        match self.values.lent(place) {
            None => {
                statement.raw_bind_parameter(index, Null)?;
                self.bind_beside(statement, Null)
            }
            Some(ValueRef::Text { written, folded }) => {
                statement.raw_bind_parameter(index, written)?;
                self.bind_beside(statement, folded)
            }
            Some(ValueRef::Phone { digits, is_assigned }) => {
                written.clear();
                written.push('+');
                written.push_str(digits);
                statement.raw_bind_parameter(index, written.as_str())?;
                self.bind_beside(statement, (!is_assigned).then_some(1_i64))
            }
            Some(ValueRef::Date(day)) => {
                written.clear();
                // Writing into a text does not fail.
                let _ = write!(written, "{day}");
                Ok(statement.raw_bind_parameter(index, written.as_str())?)
            }
            Some(ValueRef::Number(number)) => Ok(statement.raw_bind_parameter(index, number)?),
            Some(ValueRef::DateTime(at)) => Ok(statement.raw_bind_parameter(index, at.as_micros())?),
            Some(ValueRef::Bool(yes)) => Ok(statement.raw_bind_parameter(index, yes)?),
            Some(ValueRef::One(symbol)) => self.bind_key(statement, symbol),
            Some(ValueRef::Many(_)) => Err(Fault::Damaged("a set is in a field of one value".to_owned())),
        }
    }

    fn bind_beside(&self, statement: &mut Statement<'_>, value: impl ToSql) -> Result<()> {
        match self.has_beside {
            true => Ok(statement.raw_bind_parameter(self.index + 1, value)?),
            false => Ok(()),
        }
    }

    fn bind_key(&self, statement: &mut Statement<'_>, symbol: Symbol) -> Result<()> {
        let country = Country::from_symbol(symbol);
        let key = match self.keys {
            Keys::Of(catalog) => Some(catalog.key(symbol.get())).filter(|key| !key.is_empty()),
            Keys::Countries => country.as_ref().map(Country::as_str),
            Keys::None => None,
        };
        match key {
            Some(key) => Ok(statement.raw_bind_parameter(self.index, key)?),
            None => {
                Err(Fault::Damaged(format!("a value has the number {}, which no name has", symbol.get())))
            }
        }
    }
}
