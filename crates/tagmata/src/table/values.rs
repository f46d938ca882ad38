//! A column of values in a commit, as small as the values allow.

use super::column::Column;
use crate::value::{Value, ValueType};

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
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    count: usize,
    form: Form,
}

#[derive(Debug, Clone, PartialEq)]
enum Form {
    Same(Option<Value>),
    Palette { values: Vec<Option<Value>>, codes: Vec<u8> },
    Plain(Column),
}

impl Values {
    /// One value for so many contacts.
    #[must_use]
    pub fn same(value: Option<Value>, count: usize) -> Self {
        Self { count, form: Form::Same(value) }
    }

    /// Values one by one, which are of a type.
    pub(crate) fn collect(value_type: ValueType, values: impl IntoIterator<Item = Option<Value>>) -> Self {
        let mut values = values.into_iter();
        let mut palette = Palette::default();
        let unfit = values.by_ref().find_map(|value| palette.push(value));
        let Some(unfit) = unfit else { return palette.finish() };
        let mut column = Column::new(value_type);
        let mut count = 0;
        for value in palette.into_values().chain([unfit]).chain(values) {
            column.set(count, value);
            count += 1;
        }
        Self { count, form: Form::Plain(column) }
    }

    /// A column of so many rows.
    pub(crate) fn of_column(column: Column, count: usize) -> Self {
        Self { count, form: Form::Plain(column) }
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
            Form::Palette { values, codes } => {
                values.get(usize::from(*codes.get(at)?)).and_then(Clone::clone)
            }
            Form::Plain(column) => column.get(at),
        }
    }

    /// All values, missing ones included.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<Value>> + '_ {
        (0..self.count).map(|at| self.get(at))
    }

    /// The values as a column.
    pub(crate) fn into_column(self, value_type: ValueType) -> Column {
        match self.form {
            Form::Plain(column) => column,
            _ => {
                let mut column = Column::new(value_type);
                for (at, value) in self.iter().enumerate() {
                    column.set(at, value);
                }
                column
            }
        }
    }

    /// The values at the positions that are to be kept, in their order.
    pub(crate) fn filtered(&self, value_type: ValueType, keep: impl Fn(usize) -> bool) -> Self {
        Self::collect(value_type, (0..self.count).filter(|at| keep(*at)).map(|at| self.get(at)))
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
                Form::Palette { values, codes } => size_of_val(values.as_slice()) + codes.len(),
                Form::Plain(column) => column.size_in_bytes(),
            }
    }
}

/// The different values seen so far, and which one each position has.
#[derive(Default)]
struct Palette {
    values: Vec<Option<Value>>,
    codes: Vec<u8>,
}

impl Palette {
    /// Adds a value, or gives it back where the palette has no room for it or is not worth it.
    fn push(&mut self, value: Option<Value>) -> Option<Option<Value>> {
        // Values that are nearly all different are not worth the search: a palette is to be far smaller than the column.
        const WORTH: usize = 32;
        let last = self.codes.last().copied();
        let code = match last.filter(|code| self.values.get(usize::from(*code)) == Some(&value)) {
            Some(code) => code,
            None => match self.values.iter().position(|known| *known == value) {
                Some(at) => u8::try_from(at).unwrap_or(u8::MAX),
                None => {
                    let count = self.values.len();
                    let Ok(code) = u8::try_from(count) else { return Some(value) };
                    if count >= WORTH && self.codes.len() < 2 * count {
                        return Some(value);
                    }
                    self.values.push(value);
                    code
                }
            },
        };
        self.codes.push(code);
        None
    }

    fn into_values(self) -> impl Iterator<Item = Option<Value>> {
        self.codes.into_iter().map(move |code| self.values.get(usize::from(code)).and_then(Clone::clone))
    }

    fn finish(mut self) -> Values {
        let count = self.codes.len();
        match self.values.len() {
            0 => Values::same(None, 0),
            1 => Values::same(self.values.pop().flatten(), count),
            _ => Values { count, form: Form::Palette { values: self.values, codes: self.codes } },
        }
    }
}
