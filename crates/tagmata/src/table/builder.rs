//! Values that are gathered one by one.

use super::cells::{Cells, key_of};
use super::palette::PaletteBuilder;
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
