//! A column of values in a commit, as small as the values allow.

use super::cells::Cells;
use super::few::Few;
use super::palette::Palette;
use super::stored::Stored;
use crate::value::{Symbol, SymbolSet, Value};
use std::marker::PhantomData;

/// Values of one field for so many contacts, in the order of the contacts.
///
/// One value for all takes no room for each, up to 256 different ones take a byte for each, others are kept by their type:
/// so what a status change of a million contacts overwrites is about a megabyte.
///
/// ```
/// use tagmata::{Value, Values};
/// let same = Values::same(Some(Value::Bool(true)), 1_000_000);
/// assert_eq!((same.len(), same.get(999_999)), (1_000_000, Some(Value::Bool(true))));
/// assert!(same.size_in_bytes() < 100);
/// ```
#[derive(Debug, Clone)]
pub struct Values {
    count: usize,
    pub(super) form: Form,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    Same(Option<Value>),
    Palette(Palette),
    /// Apart, because most commits are about few contacts, and have no use for the room.
    Plain(Box<Cells>),
}

/// How the values are kept: what whoever stores them goes by.
pub(crate) enum Kept<'v> {
    /// All places have one value.
    Same(Option<&'v Value>),
    /// The different values, and for each place the position of its own among them.
    Few(&'v [Option<Value>], &'v [u8]),
    /// A cell for each place; those behind the last one have no value.
    Each(&'v Cells),
}

/// Values of one type, in the way they are kept.
pub(super) enum Typed<'v, T: Stored> {
    Few(Few<'v, T::Lent<'v>>),
    Each(TypedCells<'v, T>),
}

/// Does the same to the values of all places, which are of one type, in whatever way they are kept.
macro_rules! each_typed {
    ($values:expr, $type:ty, $all:ident => $do:expr) => {
        match $values.typed::<$type>() {
            Typed::Few(few) => {
                let $all = few.iter();
                $do
            }
            Typed::Each(cells) => {
                let $all = cells.iter();
                $do
            }
        }
    };
}
pub(super) use each_typed;

/// Values of one type for so many places.
pub(super) struct TypedCells<'v, T> {
    cells: &'v Cells,
    count: usize,
    value: PhantomData<T>,
}

impl<'v, T: Stored> TypedCells<'v, T> {
    /// The values of all places.
    pub(super) fn iter(self) -> impl ExactSizeIterator<Item = Option<T::Lent<'v>>> {
        (0..self.count).map(move |at| T::at(self.cells, at))
    }
}

impl Values {
    /// One value for so many contacts.
    #[must_use]
    pub fn same(value: Option<Value>, count: usize) -> Self {
        Self { count, form: Form::Same(value) }
    }

    /// The values of places that have one of a few each, known by its position; none where there is no such value.
    pub(crate) fn of_few(values: Vec<Option<Value>>, codes: &[u8]) -> Option<Self> {
        Palette::new(values, codes).map(Self::of_palette)
    }

    /// The values of all places of a palette.
    pub(super) fn of_palette(palette: Palette) -> Self {
        let count = palette.len();
        match palette.only() {
            Some(value) => Self::same(value, count),
            None if count == 0 => Self::same(None, 0),
            None => Self { count, form: Form::Palette(palette) },
        }
    }

    /// A column of so many rows.
    pub(crate) fn of_cells(column: Cells, count: usize) -> Self {
        Self { count, form: Form::Plain(Box::new(column)) }
    }

    /// The values of places that are known by codes, equal ones by equal codes. `cells_of` puts them into a column where a palette
    /// is not worth it.
    pub(super) fn of_codes<C: Copy + PartialEq, I: Iterator<Item = C>>(
        codes: impl Fn() -> I,
        value_of: impl Fn(C) -> Option<Value>,
        cells_of: impl FnOnce(I) -> Cells,
    ) -> Self {
        if let Some(palette) = Palette::of_codes(codes(), value_of) {
            return Self::of_palette(palette);
        }
        let cells = cells_of(codes());
        let count = cells.len();
        Self::of_cells(cells, count)
    }

    /// How many values there are, missing ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none, not even a missing one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The value at a position; `None` if it is missing.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Value> {
        match &self.form {
            _ if at >= self.count => None,
            Form::Same(value) => value.clone(),
            Form::Palette(palette) => palette.get(at).cloned(),
            Form::Plain(column) => column.get(at),
        }
    }

    /// All values, missing ones included.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<Value>> + '_ {
        (0..self.count).map(|at| self.get(at))
    }

    /// The one value that all places have, missing or not, where it is known that there is only one.
    pub(crate) fn only(&self) -> Option<Option<&Value>> {
        match &self.form {
            Form::Same(value) => Some(value.as_ref()),
            Form::Palette(_) | Form::Plain(_) => None,
        }
    }

    /// The values as they are kept.
    pub(crate) fn kept(&self) -> Kept<'_> {
        match &self.form {
            Form::Same(value) => Kept::Same(value.as_ref()),
            Form::Palette(palette) => Kept::Few(palette.values(), palette.codes()),
            Form::Plain(cells) => Kept::Each(cells),
        }
    }

    /// The cells that the values are kept in, where they are kept one by one.
    pub(super) fn cells(&self) -> Option<&Cells> {
        match &self.form {
            Form::Plain(cells) => Some(cells),
            Form::Same(_) | Form::Palette(_) => None,
        }
    }

    /// All values, which are of one type.
    pub(super) fn typed<T: Stored>(&self) -> Typed<'_, T> {
        match &self.form {
            Form::Same(value) => Typed::Few(Few::same(value.as_ref().and_then(T::of), self.count)),
            Form::Palette(palette) => Typed::Few(palette.typed::<T>()),
            Form::Plain(cells) => Typed::Each(TypedCells { cells, count: self.count, value: PhantomData }),
        }
    }

    /// The sets at all places, each ascending; an empty one where there is none.
    pub(crate) fn sets(&self) -> impl Iterator<Item = &[Symbol]> {
        let set_at = |at| match &self.form {
            Form::Same(value) => value.as_ref().and_then(SymbolSet::of),
            Form::Palette(palette) => palette.get(at).and_then(SymbolSet::of),
            Form::Plain(cells) => SymbolSet::at(cells, at),
        };
        (0..self.count).map(move |at| set_at(at).unwrap_or_default())
    }

    /// About how much work it is to put them into a column, beside others.
    pub(super) fn work(&self) -> usize {
        self.count
            * match &self.form {
                Form::Same(_) => 1,
                Form::Palette(_) => 2,
                Form::Plain(cells) => match **cells {
                    Cells::Text(_) | Cells::Phone(_) | Cells::Many(_) => 32,
                    _ => 4,
                },
            }
    }

    /// About how many bytes the values take.
    ///
    /// ```
    /// use tagmata::Values;
    /// assert_eq!(Values::same(None, 10).size_in_bytes(), Values::same(None, 20).size_in_bytes());
    /// ```
    #[must_use]
    pub fn size_in_bytes(&self) -> usize {
        size_of::<Self>()
            + match &self.form {
                Form::Same(_) => 0,
                Form::Palette(palette) => palette.size_in_bytes(),
                Form::Plain(column) => size_of::<Cells>() + column.size_in_bytes(),
            }
    }
}

impl PartialEq for Values {
    /// Whether these are the same values in the same order, however they are kept.
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && (self.form == other.form || self.iter().eq(other.iter()))
    }
}
