//! Columns of Arrow as cells of a table.

use super::numerals::{Days, Decimals, Floats, Halves, Moments, Plain, Wholes};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type,
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, FixedSizeListArray, LargeListArray, LargeStringArray, ListArray, StringArray,
    StringViewArray,
};
use arrow_schema::DataType;
use std::ops::Range;
use tagmata::TableWriter;

/// Whether the values of a type can be in the cells of a table.
pub(super) fn takes(data_type: &DataType) -> bool {
    match data_type {
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) => {
            is_one(item.data_type())
        }
        other => is_one(other),
    }
}

/// Whether values of a type are what the objects of Python were that they were made of. Others may be a guess: of times with several
/// zones, one zone is left.
pub(super) fn is_no_guess(data_type: &DataType) -> bool {
    match data_type {
        DataType::List(item) | DataType::LargeList(item) => {
            matches!(item.data_type(), DataType::Null | DataType::Utf8)
        }
        DataType::Null | DataType::Boolean | DataType::Utf8 | DataType::LargeUtf8 => true,
        other => other.is_integer() || other.is_floating(),
    }
}

/// Whether the values of a type are no lists, and can be in a cell or in the list of one.
fn is_one(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, value) => is_one(value),
        DataType::Null | DataType::Boolean | DataType::Date32 | DataType::Date64 => true,
        DataType::Timestamp(_, _) | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        other => other.is_numeric(),
    }
}

/// Texts of any layout.
pub(super) trait Texts: Sync {
    /// The text of a row; none if it is null.
    fn at(&self, row: usize) -> Option<&str>;
}

macro_rules! texts {
    ($($array:ty)+) => {$(
        impl Texts for $array {
            fn at(&self, row: usize) -> Option<&str> {
                self.is_valid(row).then(|| self.value(row))
            }
        }
    )+};
}

texts!(StringArray LargeStringArray StringViewArray);

/// Values that are no lists.
enum Ones<'b> {
    Blank,
    Texts(&'b dyn Texts),
    Plain(Box<dyn Plain + 'b>),
    /// Values by their places among the different ones.
    Dictionary {
        keys: Vec<Option<usize>>,
        values: Box<Ones<'b>>,
    },
}

/// What a row has in a column.
enum One<'c> {
    Blank,
    Text(&'c str),
    /// It was written into the room for it.
    Written,
}

impl<'b> Ones<'b> {
    /// None for a type that no cell takes.
    fn new(array: &'b ArrayRef) -> Option<Self> {
        Some(match array.data_type() {
            DataType::Null => Self::Blank,
            DataType::Utf8 => Self::Texts(array.as_string::<i32>()),
            DataType::LargeUtf8 => Self::Texts(array.as_string::<i64>()),
            DataType::Utf8View => Self::Texts(array.as_string_view()),
            DataType::Dictionary(_, _) => {
                let dictionary = array.as_any_dictionary();
                if dictionary.values().is_empty() {
                    return Some(Self::Blank);
                }
                let places = dictionary.normalized_keys().into_iter().enumerate();
                let keys = places.map(|(row, place)| array.is_valid(row).then_some(place)).collect();
                Self::Dictionary { keys, values: Box::new(Self::new(dictionary.values())?) }
            }
            _ => Self::Plain(plain(array)?),
        })
    }

    /// What a row has. What is not text is written into `room`, which is empty.
    fn at(&self, row: usize, room: &mut String) -> Result<One<'_>, String> {
        Ok(match self {
            Self::Blank => One::Blank,
            Self::Texts(texts) => texts.at(row).map_or(One::Blank, One::Text),
            Self::Plain(plain) => {
                plain.write(row, room)?;
                if room.is_empty() { One::Blank } else { One::Written }
            }
            Self::Dictionary { keys, values } => match keys.get(row).copied().flatten() {
                Some(place) => values.at(place, room)?,
                None => One::Blank,
            },
        })
    }
}

fn plain(array: &ArrayRef) -> Option<Box<dyn Plain + '_>> {
    macro_rules! wholes {
        ($type:ty) => {
            Box::new(Wholes(array.as_primitive::<$type>()))
        };
    }
    macro_rules! decimals {
        ($type:ty) => {
            Box::new(Decimals(array.as_primitive::<$type>()))
        };
    }
    Some(match array.data_type() {
        DataType::Boolean => Box::new(array.as_boolean()),
        DataType::Int8 => wholes!(Int8Type),
        DataType::Int16 => wholes!(Int16Type),
        DataType::Int32 => wholes!(Int32Type),
        DataType::Int64 => wholes!(Int64Type),
        DataType::UInt8 => wholes!(UInt8Type),
        DataType::UInt16 => wholes!(UInt16Type),
        DataType::UInt32 => wholes!(UInt32Type),
        DataType::UInt64 => wholes!(UInt64Type),
        DataType::Float16 => Box::new(Halves(array.as_primitive::<Float16Type>())),
        DataType::Float32 => Box::new(Floats(array.as_primitive::<Float32Type>())),
        DataType::Float64 => Box::new(Floats(array.as_primitive::<Float64Type>())),
        DataType::Decimal32(_, _) => decimals!(Decimal32Type),
        DataType::Decimal64(_, _) => decimals!(Decimal64Type),
        DataType::Decimal128(_, _) => decimals!(Decimal128Type),
        DataType::Decimal256(_, _) => decimals!(Decimal256Type),
        DataType::Date32 => Box::new(Days::of_days(array.as_primitive::<Date32Type>())),
        DataType::Date64 => Box::new(Days::of_millis(array.as_primitive::<Date64Type>())),
        DataType::Timestamp(unit, zone) => Box::new(Moments::new(array, *unit, zone.is_some())?),
        _ => return None,
    })
}

/// Lists of any layout.
enum Lists<'b> {
    Short(&'b ListArray),
    Long(&'b LargeListArray),
    Fixed(&'b FixedSizeListArray),
}

impl<'b> Lists<'b> {
    fn new(array: &'b ArrayRef) -> Option<Self> {
        Some(match array.data_type() {
            DataType::List(_) => Self::Short(array.as_list()),
            DataType::LargeList(_) => Self::Long(array.as_list()),
            DataType::FixedSizeList(_, _) => Self::Fixed(array.as_fixed_size_list()),
            _ => return None,
        })
    }

    fn items(&self) -> &'b ArrayRef {
        match self {
            Self::Short(lists) => lists.values(),
            Self::Long(lists) => lists.values(),
            Self::Fixed(lists) => lists.values(),
        }
    }

    /// Where the items of a row are; nowhere if it is null.
    fn at(&self, row: usize) -> Range<usize> {
        let range = |start: Option<usize>, end: Option<usize>| start.unwrap_or(0)..end.unwrap_or(0);
        match self {
            Self::Short(lists) if lists.is_valid(row) => {
                let end = |row| lists.value_offsets().get(row).and_then(|end| usize::try_from(*end).ok());
                range(end(row), end(row + 1))
            }
            Self::Long(lists) if lists.is_valid(row) => {
                let end = |row| lists.value_offsets().get(row).and_then(|end| usize::try_from(*end).ok());
                range(end(row), end(row + 1))
            }
            Self::Fixed(lists) if lists.is_valid(row) => {
                let end = |row| lists.value_offset_at(row);
                end(row)..end(row + 1)
            }
            _ => 0..0,
        }
    }
}

/// The cells of a column.
pub(super) struct Column<'b>(Cells<'b>);

enum Cells<'b> {
    Ones(Ones<'b>),
    Lists(Lists<'b>, Ones<'b>),
}

impl<'b> Column<'b> {
    /// None for a type that no cell takes.
    pub(super) fn new(array: &'b ArrayRef) -> Option<Self> {
        Some(Self(match Lists::new(array) {
            Some(lists) => {
                let items = Ones::new(lists.items())?;
                Cells::Lists(lists, items)
            }
            None => Cells::Ones(Ones::new(array)?),
        }))
    }

    /// Writes the cell of a row. `room` is for what is not text.
    pub(super) fn write(&self, row: usize, table: &mut TableWriter, room: &mut String) -> Result<(), String> {
        room.clear();
        match &self.0 {
            Cells::Ones(ones) => match ones.at(row, room)? {
                One::Blank => table.blank(),
                One::Text(text) => table.text(text),
                One::Written => table.plain(room),
            },
            Cells::Lists(lists, Ones::Texts(texts)) => {
                table.list(lists.at(row).filter_map(|at| texts.at(at)));
            }
            Cells::Lists(lists, items) => {
                let mut names: Vec<String> = Vec::new();
                for at in lists.at(row) {
                    room.clear();
                    match items.at(at, room)? {
                        One::Blank => {}
                        One::Text(text) => names.push(text.to_owned()),
                        One::Written => names.push(room.clone()),
                    }
                }
                table.list(names.iter().map(String::as_str));
            }
        }
        Ok(())
    }
}
