//! What is asked of many rows of a column at once, and done to them.

use super::cell::Packed;
use super::cells::Cells;
use super::column::Column;
use super::stored::Stored;
use super::values::{Typed, Values, each_typed};
use crate::time::{Date, Timestamp};
use crate::value::{MemberSet, Phone, Symbol, Text, Value};

impl Column {
    /// The values of rows, in their order.
    pub(crate) fn values_at(&self, rows: &MemberSet) -> Values {
        if let Some(row) = rows.only() {
            return Values::same(self.get(row.get()), 1);
        }
        match self {
            Self::Text(texts) => texts.values_at(rows, Value::Text, Cells::Text),
            Self::Phone(phones) => phones.values_at(rows, Value::Phone, Cells::Phone),
            Self::Number(numbers) => {
                gather(rows, |row| numbers.get(row), Value::Number, |all| Cells::Number(Packed::of(all)))
            }
            Self::Date(days) => {
                gather(rows, |row| days.get(row), Value::Date, |all| Cells::Date(Packed::of(all)))
            }
            Self::DateTime(instants) => {
                gather(rows, |row| instants.get(row), Value::DateTime, |all| Cells::DateTime(Packed::of(all)))
            }
            Self::Bool(flags) => {
                gather(rows, |row| flags.get(row), Value::Bool, |all| Cells::Bool(Packed::of(all)))
            }
            Self::One(symbols) => {
                gather(rows, |row| symbols.get(row), Value::One, |all| Cells::One(Packed::of(all)))
            }
            Self::Many(sets) => sets.values_at(rows),
        }
    }

    /// Those among some rows that have another value than this one, or any where none is meant.
    pub(super) fn others_than(&self, value: Option<&Value>, rows: &MemberSet) -> MemberSet {
        if let Some(row) = rows.only() {
            return if self.holds(row.get(), value) { MemberSet::new() } else { rows.clone() };
        }
        let without = |same: Option<&MemberSet>| same.map_or_else(|| rows.clone(), |same| rows - same);
        match (self, value) {
            (_, None) => rows & self.present(),
            (Self::Bool(flags), Some(Value::Bool(yes))) => without(flags.by_symbol().get(*yes)),
            (Self::One(symbols), Some(Value::One(symbol))) => without(symbols.by_symbol().get(*symbol)),
            (Self::Number(numbers), Some(Value::Number(number))) => numbers.others_than(*number, rows),
            (Self::Date(days), Some(Value::Date(day))) => days.others_than(*day, rows),
            (Self::DateTime(instants), Some(Value::DateTime(at))) => instants.others_than(*at, rows),
            _ => MemberSet::from_ascending(rows.numbers().filter(|row| !self.holds(*row, value))),
        }
    }

    /// Gives many rows a value each, in ascending order of the rows.
    pub(super) fn set_each(&mut self, rows: &MemberSet, values: &Values) {
        match (&mut *self, values.only()) {
            _ if rows.only().is_some() => self.set_one_by_one(rows, values),
            (Self::Bool(flags), Some(same)) => flags.set_all(rows, same.and_then(bool::of)),
            (Self::One(symbols), Some(same)) => symbols.set_all(rows, same.and_then(Symbol::of)),
            (Self::Many(sets), Some(None)) => sets.clear_all(rows),
            (Self::Text(texts), _) => each_typed!(values, Text, all => texts.set_each(rows, all)),
            (Self::Phone(phones), _) => each_typed!(values, Phone, all => phones.set_each(rows, all)),
            (Self::Number(numbers), _) => each_typed!(values, f64, all => numbers.set_each(rows, all)),
            (Self::Date(days), _) => each_typed!(values, Date, all => days.set_each(rows, all)),
            (Self::DateTime(instants), _) => {
                each_typed!(values, Timestamp, all => instants.set_each(rows, all))
            }
            (Self::Many(sets), _) => sets.set_each(rows, values.sets()),
            (Self::Bool(_) | Self::One(_), None) => self.set_one_by_one(rows, values),
        }
    }

    fn set_one_by_one(&mut self, rows: &MemberSet, values: &Values) {
        for (row, value) in rows.numbers().zip(values.iter()) {
            self.set(row, value.as_ref());
        }
    }
}

/// The values of rows that are their own codes.
fn gather<T: Copy + PartialEq>(
    rows: &MemberSet,
    get: impl Fn(u32) -> Option<T>,
    value: fn(T) -> Value,
    cells_of: impl FnOnce(&mut dyn Iterator<Item = Option<T>>) -> Cells,
) -> Values {
    Values::of_codes(|| rows.numbers().map(&get), |code| code.map(value), |mut all| cells_of(&mut all))
}
