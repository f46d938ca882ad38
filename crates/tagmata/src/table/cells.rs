//! The values of one field for all contacts.

use super::cell::Packed;
use super::dictionary::{TextCells, Written};
use super::set_cells::SetCells;
use crate::time::{Date, Timestamp};
use crate::value::{Phone, Symbol, Text, Value, ValueType};

/// Values of one type by row; a row beyond the end has none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cells {
    Text(TextCells<Text>),
    Phone(TextCells<Phone>),
    Number(Packed<f64>),
    Date(Packed<Date>),
    DateTime(Packed<Timestamp>),
    Bool(Packed<bool>),
    One(Packed<Symbol>),
    /// A missing set is an empty one.
    Many(SetCells),
}

/// Does the same to the cells of any type.
macro_rules! each {
    ($column:expr, $cells:ident => $do:expr) => {
        match $column {
            Cells::Text($cells) => $do,
            Cells::Phone($cells) => $do,
            Cells::Number($cells) => $do,
            Cells::Date($cells) => $do,
            Cells::DateTime($cells) => $do,
            Cells::Bool($cells) => $do,
            Cells::One($cells) => $do,
            Cells::Many($cells) => $do,
        }
    };
}

impl Cells {
    /// An empty column for values of a type.
    pub(crate) fn new(value_type: ValueType) -> Self {
        match value_type {
            // Ids are row numbers: the column of ids stays empty.
            ValueType::Text | ValueType::Email | ValueType::Id => Self::Text(TextCells::new()),
            ValueType::Phone => Self::Phone(TextCells::new()),
            ValueType::Number => Self::Number(Packed::new()),
            ValueType::Date => Self::Date(Packed::new()),
            ValueType::DateTime => Self::DateTime(Packed::new()),
            ValueType::Bool => Self::Bool(Packed::new()),
            ValueType::Select | ValueType::Status | ValueType::Country => Self::One(Packed::new()),
            ValueType::MultiSelect | ValueType::Tags | ValueType::Segments => Self::Many(SetCells::default()),
        }
    }

    /// How many rows it reaches.
    pub(crate) fn len(&self) -> usize {
        each!(self, cells => cells.len())
    }

    pub(crate) fn get(&self, row: usize) -> Option<Value> {
        match self {
            Self::Text(texts) => texts.get(row).map(Value::Text),
            Self::Phone(phones) => phones.get(row).map(Value::Phone),
            Self::Number(numbers) => numbers.get(row).map(Value::Number),
            Self::Date(dates) => dates.get(row).map(Value::Date),
            Self::DateTime(instants) => instants.get(row).map(Value::DateTime),
            Self::Bool(flags) => flags.get(row).map(Value::Bool),
            Self::One(symbols) => symbols.get(row).map(Value::One),
            Self::Many(sets) => match sets.get(row) {
                [] => None,
                set => Some(Value::Many(set.into())),
            },
        }
    }

    /// Whether a row has a value.
    pub(crate) fn has(&self, row: usize) -> bool {
        match self {
            Self::Text(texts) => texts.has(row),
            Self::Phone(phones) => phones.has(row),
            Self::Date(dates) => dates.get(row).is_some(),
            Self::Number(numbers) => numbers.get(row).is_some(),
            Self::DateTime(instants) => instants.get(row).is_some(),
            Self::Bool(flags) => flags.get(row).is_some(),
            Self::One(symbols) => symbols.get(row).is_some(),
            Self::Many(sets) => !sets.get(row).is_empty(),
        }
    }

    /// Whether a row has just this value, or none where that is meant.
    pub(crate) fn holds(&self, row: usize, value: Option<&Value>) -> bool {
        match (self, value) {
            (_, None) => !self.has(row),
            (Self::Text(texts), Some(Value::Text(text))) => texts.spelled(row) == Some(text.spelled()),
            (Self::Phone(phones), Some(Value::Phone(phone))) => phones.spelled(row) == Some(phone.spelled()),
            (Self::Number(numbers), Some(Value::Number(number))) => numbers.get(row) == Some(*number),
            (Self::Date(dates), Some(Value::Date(date))) => dates.get(row) == Some(*date),
            (Self::DateTime(instants), Some(Value::DateTime(at))) => instants.get(row) == Some(*at),
            (Self::Bool(flags), Some(Value::Bool(yes))) => flags.get(row) == Some(*yes),
            (Self::One(symbols), Some(Value::One(symbol))) => symbols.get(row) == Some(*symbol),
            (Self::Many(sets), Some(Value::Many(set))) => sets.get(row) == set.as_slice(),
            _ => false,
        }
    }

    /// Whether values of the type of the column can be symbols.
    pub(crate) fn have_symbols(&self) -> bool {
        matches!(self, Self::One(_) | Self::Many(_))
    }

    /// The text by which a row is found, where the column can be a key.
    pub(crate) fn key(&self, row: usize) -> Option<&str> {
        match self {
            Self::Text(texts) => Some(texts.spelled(row)?.fold),
            Self::Phone(phones) => Some(phones.spelled(row)?.fold),
            _ => None,
        }
    }

    /// The set of a row, in a column of sets.
    pub(crate) fn set_at(&self, row: usize) -> Option<&[Symbol]> {
        match self {
            Self::Many(sets) => Some(sets.get(row)),
            _ => None,
        }
    }

    /// Gives a row a value of the type of the column, or none. The column grows to the row.
    pub(crate) fn set(&mut self, row: usize, value: Option<&Value>) {
        if value.is_none() && row >= self.len() {
            return;
        }
        match (self, value) {
            (Self::Text(texts), Some(Value::Text(text))) => texts.set(row, Some(text.spelled())),
            (Self::Phone(phones), Some(Value::Phone(phone))) => phones.set(row, Some(phone.spelled())),
            (Self::Number(numbers), Some(Value::Number(number))) => numbers.set(row, Some(*number)),
            (Self::Date(dates), Some(Value::Date(date))) => dates.set(row, Some(*date)),
            (Self::DateTime(instants), Some(Value::DateTime(at))) => instants.set(row, Some(*at)),
            (Self::Bool(flags), Some(Value::Bool(yes))) => flags.set(row, Some(*yes)),
            (Self::One(symbols), Some(Value::One(symbol))) => symbols.set(row, Some(*symbol)),
            (Self::Many(sets), Some(Value::Many(set))) => sets.set(row, set.as_slice()),
            // No value, or one of another type, which a checked value never is.
            (column, _) => column.clear(row),
        }
    }

    fn clear(&mut self, row: usize) {
        match self {
            Self::Many(sets) => sets.set(row, &[]),
            Self::Text(texts) => texts.set(row, None),
            Self::Phone(phones) => phones.set(row, None),
            Self::Number(numbers) => numbers.set(row, None),
            Self::Date(days) => days.set(row, None),
            Self::DateTime(instants) => instants.set(row, None),
            Self::Bool(flags) => flags.set(row, None),
            Self::One(symbols) => symbols.set(row, None),
        }
    }

    /// The cells as a commit keeps them: equal values make equal cells.
    pub(crate) fn finish(self) -> Self {
        match self {
            Self::Text(texts) => Self::Text(texts.finish()),
            Self::Phone(phones) => Self::Phone(phones.finish()),
            Self::Many(sets) => Self::Many(sets.finish()),
            others => others,
        }
    }

    /// About how many bytes the values take.
    pub(crate) fn size_in_bytes(&self) -> usize {
        each!(self, cells => cells.size_in_bytes())
    }
}

/// The text by which contacts are found that have a value: folded text, or the digits of a phone number.
pub(crate) fn key_of(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text.folded()),
        Value::Phone(phone) => Some(phone.digits()),
        _ => None,
    }
}
