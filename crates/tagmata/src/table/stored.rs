//! The values that columns hold, out of values of any type.

use super::cells::Cells;
use super::dictionary::{Spelled, Written};
use crate::time::{Date, Timestamp};
use crate::value::{Phone, Symbol, SymbolSet, Text, Value};

/// A value of one type.
pub(crate) trait Stored {
    /// The value as it is lent by whatever keeps it.
    type Lent<'v>: Copy;

    /// The value, if it is of this type.
    fn of(value: &Value) -> Option<Self::Lent<'_>>;

    /// The value of a row, if the cells are of this type.
    fn at(cells: &Cells, row: usize) -> Option<Self::Lent<'_>>;
}

macro_rules! copied {
    ($($type:ty = $variant:ident)+) => {$(
        impl Stored for $type {
            type Lent<'v> = Self;

            fn of(value: &Value) -> Option<Self> {
                match value {
                    Value::$variant(inner) => Some(*inner),
                    _ => None,
                }
            }

            fn at(cells: &Cells, row: usize) -> Option<Self> {
                match cells {
                    Cells::$variant(cells) => cells.get(row),
                    _ => None,
                }
            }
        }
    )+};
}

copied!(f64 = Number Date = Date Timestamp = DateTime bool = Bool Symbol = One);

macro_rules! spelled {
    ($($type:ty = $variant:ident)+) => {$(
        impl Stored for $type {
            type Lent<'v> = Spelled<'v>;

            fn of(value: &Value) -> Option<Spelled<'_>> {
                match value {
                    Value::$variant(inner) => Some(inner.spelled()),
                    _ => None,
                }
            }

            fn at(cells: &Cells, row: usize) -> Option<Spelled<'_>> {
                match cells {
                    Cells::$variant(cells) => cells.spelled(row),
                    _ => None,
                }
            }
        }
    )+};
}

spelled!(Text = Text Phone = Phone);

/// A missing set is an empty one.
impl Stored for SymbolSet {
    type Lent<'v> = &'v [Symbol];

    fn of(value: &Value) -> Option<&[Symbol]> {
        match value {
            Value::Many(set) => Some(set.as_slice()),
            _ => None,
        }
    }

    fn at(cells: &Cells, row: usize) -> Option<&[Symbol]> {
        cells.set_at(row)
    }
}
