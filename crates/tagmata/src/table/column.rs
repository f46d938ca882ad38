//! The stored values of one field for all contacts.

use super::cells::Cells;
use super::dictionary::Written;
use super::numbers::Numbers;
use super::symbols::{Sets, SymbolRows, Symbols};
use super::texts::{RowsOfKey, Texts};
use super::values::{Typed, Values, each_typed};
use crate::time::{Date, Timestamp};
use crate::value::{MemberSet, Phone, Symbol, SymbolSet, Text, Value, ValueType};

/// Values of one type by row, with what finds rows by their values; a row beyond the end has none.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    Text(Texts<Text>),
    Phone(Texts<Phone>),
    Number(Numbers<f64>),
    Date(Numbers<Date>),
    DateTime(Numbers<Timestamp>),
    Bool(Symbols<bool>),
    One(Symbols<Symbol>),
    /// A missing set is an empty one.
    Many(Sets),
}

/// Does the same to a column of any type.
macro_rules! each {
    ($column:expr, $any:ident => $do:expr) => {
        match $column {
            Column::Text($any) => $do,
            Column::Phone($any) => $do,
            Column::Number($any) => $do,
            Column::Date($any) => $do,
            Column::DateTime($any) => $do,
            Column::Bool($any) => $do,
            Column::One($any) => $do,
            Column::Many($any) => $do,
        }
    };
}

impl Column {
    /// An empty column for values of a type.
    pub(crate) fn new(value_type: ValueType) -> Self {
        match value_type {
            // Ids are row numbers: the column of ids stays empty.
            ValueType::Text | ValueType::Email | ValueType::Id => Self::Text(Texts::new()),
            ValueType::Phone => Self::Phone(Texts::new()),
            ValueType::Number => Self::Number(Numbers::new()),
            ValueType::Date => Self::Date(Numbers::new()),
            ValueType::DateTime => Self::DateTime(Numbers::new()),
            ValueType::Bool => Self::Bool(Symbols::new()),
            ValueType::Select | ValueType::Status | ValueType::Country => Self::One(Symbols::new()),
            ValueType::MultiSelect | ValueType::Tags | ValueType::Segments => Self::Many(Sets::new()),
        }
    }

    /// How many rows it reaches.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(texts) => texts.len(),
            Self::Phone(phones) => phones.len(),
            Self::Number(numbers) => numbers.len(),
            Self::Date(days) => days.len(),
            Self::DateTime(instants) => instants.len(),
            Self::Bool(flags) => flags.len() as usize,
            Self::One(symbols) => symbols.len() as usize,
            Self::Many(sets) => sets.len() as usize,
        }
    }

    /// The rows that have a value.
    pub(crate) fn present(&self) -> &MemberSet {
        each!(self, column => column.present())
    }

    pub(crate) fn get(&self, row: u32) -> Option<Value> {
        match self {
            Self::Text(texts) => texts.get(row).map(Value::Text),
            Self::Phone(phones) => phones.get(row).map(Value::Phone),
            Self::Number(numbers) => numbers.get(row).map(Value::Number),
            Self::Date(days) => days.get(row).map(Value::Date),
            Self::DateTime(instants) => instants.get(row).map(Value::DateTime),
            Self::Bool(flags) => flags.get(row).map(Value::Bool),
            Self::One(symbols) => symbols.get(row).map(Value::One),
            Self::Many(sets) => match sets.set_at(row) {
                [] => None,
                set => Some(Value::Many(set.into())),
            },
        }
    }

    /// Reads what a row has, and where its set is; what comes of it means nothing. Nothing is decided by what is read, so that no read
    /// waits for another one.
    pub(crate) fn touch(&self, row: u32) -> usize {
        match self {
            Self::Many(sets) => sets.set_at(row).len(),
            _ => self.has(row).into(),
        }
    }

    /// Whether a row has a value.
    pub(crate) fn has(&self, row: u32) -> bool {
        each!(self, column => column.has(row))
    }

    /// Whether a row has just this value, or none where that is meant.
    pub(crate) fn holds(&self, row: u32, value: Option<&Value>) -> bool {
        match (self, value) {
            (_, None) => !self.has(row),
            (Self::Text(texts), Some(Value::Text(text))) => texts.holds(row, text.spelled()),
            (Self::Phone(phones), Some(Value::Phone(phone))) => phones.holds(row, phone.spelled()),
            (Self::Number(numbers), Some(Value::Number(number))) => numbers.holds(row, *number),
            (Self::Date(days), Some(Value::Date(day))) => days.holds(row, *day),
            (Self::DateTime(instants), Some(Value::DateTime(at))) => instants.holds(row, *at),
            (Self::Bool(flags), Some(Value::Bool(yes))) => flags.holds(row, Some(*yes)),
            (Self::One(symbols), Some(Value::One(symbol))) => symbols.holds(row, Some(*symbol)),
            (Self::Many(sets), Some(Value::Many(set))) => sets.holds(row, set.as_slice()),
            _ => false,
        }
    }

    /// The text by which a row is found, where the column can be a key: folded text, or the digits of a phone number.
    pub(crate) fn key(&self, row: u32) -> Option<&str> {
        match self {
            Self::Text(texts) => texts.key(row),
            Self::Phone(phones) => phones.key(row),
            _ => None,
        }
    }

    /// The rows with a key, ascending.
    pub(crate) fn rows_of_key(&self, key: &str) -> RowsOfKey<'_> {
        match self {
            Self::Text(texts) => texts.rows_of_key(key),
            Self::Phone(phones) => phones.rows_of_key(key),
            _ => RowsOfKey::none(),
        }
    }

    /// Those among some rows whose key a lower one among them has too.
    pub(crate) fn repeated_keys(&self, rows: &MemberSet) -> MemberSet {
        match self {
            Self::Text(texts) => texts.repeated_keys(rows),
            Self::Phone(phones) => phones.repeated_keys(rows),
            _ => MemberSet::new(),
        }
    }

    /// For each symbol, the rows that have it, alone or in a set; none for a column that has no symbols.
    pub(crate) fn by_symbol(&self) -> Option<&SymbolRows<Symbol>> {
        match self {
            Self::One(symbols) => Some(symbols.by_symbol()),
            Self::Many(sets) => Some(sets.by_symbol()),
            _ => None,
        }
    }

    /// The set of a row, ascending; empty where there is none, and in a column that has no sets.
    pub(crate) fn set_at(&self, row: u32) -> &[Symbol] {
        match self {
            Self::Many(sets) => sets.set_at(row),
            _ => &[],
        }
    }

    /// Gives a row a value of the type of the column, or none. The column grows to the row.
    pub(crate) fn set(&mut self, row: u32, value: Option<&Value>) {
        match (self, value) {
            (Self::Text(texts), Some(Value::Text(text))) => texts.set(row, Some(text.spelled())),
            (Self::Phone(phones), Some(Value::Phone(phone))) => phones.set(row, Some(phone.spelled())),
            (Self::Number(numbers), Some(Value::Number(number))) => numbers.set(row, Some(*number)),
            (Self::Date(days), Some(Value::Date(day))) => days.set(row, Some(*day)),
            (Self::DateTime(instants), Some(Value::DateTime(at))) => instants.set(row, Some(*at)),
            (Self::Bool(flags), Some(Value::Bool(yes))) => flags.set(row, Some(*yes)),
            (Self::One(symbols), Some(Value::One(symbol))) => symbols.set(row, Some(*symbol)),
            (Self::Many(sets), Some(Value::Many(set))) => sets.set(row, set.as_slice()),
            // No value, or one of another type, which a checked value never is.
            (column, _) => column.clear(row),
        }
    }

    fn clear(&mut self, row: u32) {
        match self {
            Self::Many(sets) => sets.set(row, &[]),
            Self::Text(column) => column.set(row, None),
            Self::Phone(column) => column.set(row, None),
            Self::Number(column) => column.set(row, None),
            Self::Date(column) => column.set(row, None),
            Self::DateTime(column) => column.set(row, None),
            Self::Bool(column) => column.set(row, None),
            Self::One(column) => column.set(row, None),
        }
    }

    /// Puts a symbol into the sets of rows, or takes it out.
    pub(super) fn link(&mut self, symbol: Symbol, rows: &MemberSet, added: bool) {
        if let Self::Many(sets) = self {
            sets.link(symbol, rows, added);
        }
    }

    /// Forgets the rows from a number on.
    pub(super) fn truncate(&mut self, rows: u32) {
        each!(self, column => column.truncate(rows));
    }

    /// Puts values of the type of the column behind the others, so that the first one becomes that of row `first`.
    pub(super) fn append(&mut self, first: u32, values: &Values) {
        /// Columns that look at a value once, however many rows have it.
        macro_rules! each_once {
            ($column:expr, $type:ty) => {
                match values.typed::<$type>() {
                    Typed::Few(few) => $column.append_few(first, &few),
                    Typed::Each(all) => $column.append(first, all.iter()),
                }
            };
        }
        match (&mut *self, values.cells()) {
            (Self::Text(texts), Some(Cells::Text(cells))) => return texts.append_cells(first, cells),
            (Self::Phone(phones), Some(Cells::Phone(cells))) => return phones.append_cells(first, cells),
            _ => {}
        }
        match self {
            Self::Text(texts) => each_once!(texts, Text),
            Self::Phone(phones) => each_once!(phones, Phone),
            Self::Many(sets) => each_once!(sets, SymbolSet),
            Self::Number(numbers) => each_typed!(values, f64, all => numbers.append(first, all)),
            Self::Date(days) => each_typed!(values, Date, all => days.append(first, all)),
            Self::DateTime(instants) => each_typed!(values, Timestamp, all => instants.append(first, all)),
            Self::Bool(flags) => each_typed!(values, bool, all => flags.append(first, all)),
            Self::One(symbols) => each_typed!(values, Symbol, all => symbols.append(first, all)),
        }
    }

    /// What does not hold that should, one line each.
    pub(super) fn violations(&self) -> Vec<String> {
        each!(self, column => column.violations())
    }

    /// About how many bytes it takes, indexes included.
    pub(crate) fn size_in_bytes(&self) -> usize {
        each!(self, column => column.size_in_bytes())
    }
}
