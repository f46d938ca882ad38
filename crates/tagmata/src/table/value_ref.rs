//! A value as whatever keeps it lends it, and as it is given to columns without being made before.

use super::cells::Cells;
use super::dictionary::{Spelled, Written};
use super::values::{Form, Values};
use crate::time::{Date, Timestamp};
use crate::value::{Phone, Symbol, SymbolSet, Text, Value};

/// A value of a column, lent.
///
/// ```
/// use tagmata::{Text, Value, ValueRef, Values};
/// let texts = Values::same(Text::new("Zoé").map(Value::Text), 2);
/// assert_eq!(texts.lent(1), Some(ValueRef::Text { written: "Zoé", folded: "zoé" }));
/// assert_eq!(texts.lent(2), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ValueRef<'v> {
    /// A text.
    Text {
        /// As it was written.
        written: &'v str,
        /// As it is compared: what [`fold`](crate::fold) makes of it.
        folded: &'v str,
    },
    /// A phone number.
    Phone {
        /// In E.164 form, without its `+`.
        digits: &'v str,
        /// Whether it lies in a range that its country has assigned.
        is_assigned: bool,
    },
    /// A finite number.
    Number(f64),
    /// A calendar day.
    Date(Date),
    /// An instant.
    DateTime(Timestamp),
    /// Yes or no.
    Bool(bool),
    /// An option, a status or a country.
    One(Symbol),
    /// Options, tags or static segments, ascending; at least one.
    Many(&'v [Symbol]),
}

impl<'v> ValueRef<'v> {
    fn of_text(Spelled { fold, aside }: Spelled<'v>) -> Self {
        Self::Text { written: aside.unwrap_or(fold), folded: fold }
    }

    fn of_phone(Spelled { fold, aside }: Spelled<'v>) -> Self {
        Self::Phone { digits: fold, is_assigned: aside.is_none() }
    }

    fn of(value: &'v Value) -> Option<Self> {
        Some(match value {
            Value::Text(text) => Self::of_text(text.spelled()),
            Value::Phone(phone) => Self::of_phone(phone.spelled()),
            Value::Number(number) => Self::Number(*number),
            Value::Date(day) => Self::Date(*day),
            Value::DateTime(at) => Self::DateTime(*at),
            Value::Bool(yes) => Self::Bool(*yes),
            Value::One(symbol) => Self::One(*symbol),
            Value::Many(set) => Self::Many(set.as_slice()),
            // The id of a contact is its row.
            Value::Id(_) => return None,
        })
    }

    /// The value of a row.
    fn at(cells: &'v Cells, row: usize) -> Option<Self> {
        match cells {
            Cells::Text(texts) => texts.spelled(row).map(Self::of_text),
            Cells::Phone(phones) => phones.spelled(row).map(Self::of_phone),
            Cells::Number(numbers) => numbers.get(row).map(Self::Number),
            Cells::Date(days) => days.get(row).map(Self::Date),
            Cells::DateTime(instants) => instants.get(row).map(Self::DateTime),
            Cells::Bool(flags) => flags.get(row).map(Self::Bool),
            Cells::One(symbols) => symbols.get(row).map(Self::One),
            Cells::Many(sets) => Some(sets.get(row)).filter(|set| !set.is_empty()).map(Self::Many),
        }
    }

    /// The value, made.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Text { written, folded } => Value::Text(Text::rebuild(spelled_text(written, folded))),
            Self::Phone { digits, is_assigned } => Value::Phone(Phone::from_digits(digits, is_assigned)),
            Self::Number(number) => Value::Number(number),
            Self::Date(day) => Value::Date(day),
            Self::DateTime(at) => Value::DateTime(at),
            Self::Bool(yes) => Value::Bool(yes),
            Self::One(symbol) => Value::One(symbol),
            Self::Many(set) => Value::Many(SymbolSet::from(set)),
        }
    }
}

fn spelled_text<'v>(written: &'v str, folded: &'v str) -> Spelled<'v> {
    Spelled { fold: folded, aside: (written != folded).then_some(written) }
}

impl Cells {
    /// Puts a value behind the others, at a row beyond the end; one of another type, which a checked value never is, is none.
    pub(super) fn set_lent(&mut self, row: usize, value: Option<ValueRef<'_>>) {
        match (self, value) {
            (Self::Text(texts), Some(ValueRef::Text { written, folded })) => {
                texts.set(row, Some(spelled_text(written, folded)));
            }
            (Self::Phone(phones), Some(ValueRef::Phone { digits, is_assigned })) => {
                let aside = (!is_assigned).then_some("");
                phones.set(row, Some(Spelled { fold: digits, aside }));
            }
            (Self::Number(numbers), Some(ValueRef::Number(number))) => numbers.set(row, Some(number)),
            (Self::Date(days), Some(ValueRef::Date(day))) => days.set(row, Some(day)),
            (Self::DateTime(instants), Some(ValueRef::DateTime(at))) => instants.set(row, Some(at)),
            (Self::Bool(flags), Some(ValueRef::Bool(yes))) => flags.set(row, Some(yes)),
            (Self::One(symbols), Some(ValueRef::One(symbol))) => symbols.set(row, Some(symbol)),
            (Self::Many(sets), Some(ValueRef::Many(set))) => sets.set(row, set),
            (cells, _) => cells.set(row, None),
        }
    }
}

impl Values {
    /// The value at a position, lent; `None` if it is missing.
    #[must_use]
    pub fn lent(&self, at: usize) -> Option<ValueRef<'_>> {
        match &self.form {
            _ if at >= self.len() => None,
            Form::Same(value) => value.as_ref().and_then(ValueRef::of),
            Form::Palette(palette) => palette.get(at).and_then(ValueRef::of),
            Form::Plain(cells) => ValueRef::at(cells, at),
        }
    }
}
