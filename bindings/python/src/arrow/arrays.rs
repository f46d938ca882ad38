//! Some rows of a column as an array of Arrow.

use super::types::item_field;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, LargeStringBuilder, ListBuilder,
    StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, StringArray, UInt32Array};
use arrow_schema::ArrowError;
use std::ops::Range;
use std::sync::Arc;
use tagmata::{ContactColumn, ValueRef, ValueType};

/// What the symbols of a column are called, for all of its batches.
pub(super) fn names(column: &ContactColumn) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(column.names()))
}

/// The values of some rows. `ids` are the contacts of all rows, `names` what the symbols are called.
pub(super) fn array(
    column: &ContactColumn,
    rows: Range<usize>,
    ids: &[u32],
    names: &ArrayRef,
) -> Result<ArrayRef, ArrowError> {
    let count = rows.len();
    let values = rows.clone().map(|row| column.values.lent(row));
    /// Fills a builder by what each value is to it; what is of another type, which no value of a field is, is missing.
    macro_rules! filled {
        ($builder:expr, $pattern:pat => $value:expr) => {{
            let mut builder = $builder;
            for value in values {
                builder.append_option(match value {
                    Some($pattern) => $value,
                    _ => None,
                });
            }
            Arc::new(builder.finish())
        }};
    }
    Ok(match column.value_type {
        ValueType::Id => {
            Arc::new(UInt32Array::from_iter_values(ids.get(rows).unwrap_or_default().iter().copied()))
        }
        ValueType::Text | ValueType::Email => {
            filled!(LargeStringBuilder::with_capacity(count, 16 * count), ValueRef::Text { written, .. } => Some(written))
        }
        ValueType::Phone => {
            filled!(StringBuilder::with_capacity(count, 16 * count), ValueRef::Phone { digits, .. } => Some(format!("+{digits}")))
        }
        ValueType::Country => {
            filled!(StringBuilder::with_capacity(count, 2 * count), ValueRef::One(symbol) => column.name_of(symbol))
        }
        ValueType::Number => {
            filled!(Float64Builder::with_capacity(count), ValueRef::Number(number) => Some(number))
        }
        ValueType::Date => {
            filled!(Date32Builder::with_capacity(count), ValueRef::Date(day) => Some(day.days_since_epoch()))
        }
        ValueType::DateTime => {
            let builder = TimestampMicrosecondBuilder::with_capacity(count).with_timezone("UTC");
            filled!(builder, ValueRef::DateTime(at) => Some(at.as_micros()))
        }
        ValueType::Bool => filled!(BooleanBuilder::with_capacity(count), ValueRef::Bool(yes) => Some(yes)),
        ValueType::Select | ValueType::Status => {
            let mut keys = Int32Builder::with_capacity(count);
            for value in values {
                let place = match value {
                    Some(ValueRef::One(symbol)) => column.place_of(symbol),
                    _ => None,
                };
                keys.append_option(place.and_then(|place| i32::try_from(place).ok()));
            }
            Arc::new(DictionaryArray::<Int32Type>::try_new(keys.finish(), Arc::clone(names))?)
        }
        // Who has no tags and is in no segments has an empty list of them, as everywhere; no options are a missing value.
        ValueType::MultiSelect | ValueType::Tags | ValueType::Segments => {
            let is_empty_a_list = column.value_type != ValueType::MultiSelect;
            let mut lists = ListBuilder::new(LargeStringBuilder::new()).with_field(item_field());
            for value in values {
                let set = match value {
                    Some(ValueRef::Many(set)) => set,
                    _ => &[],
                };
                for symbol in set {
                    lists.values().append_option(column.name_of(*symbol));
                }
                lists.append(is_empty_a_list || !set.is_empty());
            }
            Arc::new(lists.finish())
        }
    })
}
