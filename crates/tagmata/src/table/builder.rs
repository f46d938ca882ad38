//! Values that are gathered one by one.

use super::cells::{Cells, key_of};
use super::palette::PaletteBuilder;
use super::value_ref::ValueRef;
use super::values::Values;
use crate::value::{Symbol, Value, ValueType};

/// Values of one field that are still being gathered: each place can be filled, and filled again.
///
/// As long as few of them differ they take a byte each; so what is handed out is small, and so is what is gathered.
#[derive(Debug)]
pub(crate) struct ValuesBuilder {
    value_type: ValueType,
    gathered: Gathered,
}

#[derive(Debug)]
enum Gathered {
    Few(PaletteBuilder),
    Many(Box<Cells>),
}

impl ValuesBuilder {
    /// No values of a type yet.
    pub(crate) fn new(value_type: ValueType) -> Self {
        Self { value_type, gathered: Gathered::Few(PaletteBuilder::new()) }
    }

    /// Gives a place a value, or none. Places before it that were never filled have none.
    pub(crate) fn set(&mut self, at: usize, value: Option<&Value>) {
        match &mut self.gathered {
            Gathered::Many(column) => column.set(at, value),
            Gathered::Few(few) => {
                if !(few.reach(at) && few.put(at, value)) {
                    let mut column = Box::new(few.palette().to_cells(self.value_type));
                    column.set(at, value);
                    self.gathered = Gathered::Many(column);
                }
            }
        }
    }

    /// Puts a value behind the others, without making it first.
    fn push(&mut self, at: usize, value: Option<ValueRef<'_>>) {
        match &mut self.gathered {
            Gathered::Many(column) => column.set_lent(at, value),
            Gathered::Few(_) => self.set(at, value.map(ValueRef::to_value).as_ref()),
        }
    }

    /// Whether a place has a value.
    pub(crate) fn has(&self, at: usize) -> bool {
        match &self.gathered {
            Gathered::Few(few) => few.palette().get(at).is_some(),
            Gathered::Many(column) => column.has(at),
        }
    }

    /// Whether a place has just this value.
    pub(crate) fn holds(&self, at: usize, value: &Value) -> bool {
        match &self.gathered {
            Gathered::Few(few) => few.palette().get(at) == Some(value),
            Gathered::Many(column) => column.holds(at, Some(value)),
        }
    }

    /// The text by which a place is found, where the field can be a key.
    pub(crate) fn key(&self, at: usize) -> Option<&str> {
        match &self.gathered {
            Gathered::Few(few) => few.palette().get(at).and_then(key_of),
            Gathered::Many(column) => column.key(at),
        }
    }

    /// The set of a place, in a field of sets.
    pub(crate) fn set_at(&self, at: usize) -> Option<&[Symbol]> {
        match &self.gathered {
            Gathered::Few(few) => match few.palette().get(at) {
                Some(Value::Many(set)) => Some(set.as_slice()),
                _ => None,
            },
            Gathered::Many(column) => column.set_at(at),
        }
    }

    /// The values of so many places.
    pub(crate) fn finish(mut self, count: usize) -> Values {
        if let Some(last) = count.checked_sub(1)
            && let Gathered::Few(few) = &self.gathered
            && few.palette().len() < count
        {
            self.set(last, None);
        }
        match self.gathered {
            Gathered::Few(few) => Values::of_palette(few.finish()),
            Gathered::Many(column) => Values::of_cells(column.finish(), count),
        }
    }
}

/// A column that is made value by value, for whatever reads stored contacts.
///
/// ```
/// use tagmata::{ColumnBuilder, ValueRef, ValueType};
/// let mut billed = ColumnBuilder::new(ValueType::Number);
/// billed.push(Some(ValueRef::Number(120.0)));
/// billed.push(None);
/// let billed = billed.finish();
/// assert_eq!((billed.len(), billed.lent(0), billed.lent(1)), (2, Some(ValueRef::Number(120.0)), None));
/// ```
#[derive(Debug)]
pub struct ColumnBuilder {
    values: ValuesBuilder,
    count: usize,
}

impl ColumnBuilder {
    /// A column of a type, without values.
    #[must_use]
    pub fn new(value_type: ValueType) -> Self {
        Self { values: ValuesBuilder::new(value_type), count: 0 }
    }

    /// Adds a value of that type, or none. One of another type is none.
    pub fn push(&mut self, value: Option<ValueRef<'_>>) {
        if value.is_some() {
            self.values.push(self.count, value);
        }
        self.count += 1;
    }

    /// The column.
    #[must_use]
    pub fn finish(self) -> Values {
        self.values.finish(self.count)
    }
}

impl Values {
    /// Values one by one, which are of a type.
    pub(crate) fn collect(value_type: ValueType, values: impl IntoIterator<Item = Option<Value>>) -> Self {
        let mut builder = ValuesBuilder::new(value_type);
        let mut count = 0;
        for value in values {
            builder.set(count, value.as_ref());
            count += 1;
        }
        builder.finish(count)
    }
}
