//! As what types of Arrow the values of fields go out.

use arrow_schema::{DataType, Field, TimeUnit};
use std::sync::Arc;
use tagmata::{ContactColumn, ValueType};

/// A column as a field of a table.
pub(super) fn field_of(column: &ContactColumn) -> Field {
    let is_always_there = matches!(column.value_type, ValueType::Id | ValueType::Tags | ValueType::Segments);
    Field::new(column.key.clone(), data_type(column.value_type), !is_always_there)
}

fn data_type(value_type: ValueType) -> DataType {
    match value_type {
        ValueType::Id => DataType::UInt32,
        // Texts have no limit that would keep those of a batch below 2 GiB.
        ValueType::Text | ValueType::Email => DataType::LargeUtf8,
        ValueType::Phone | ValueType::Country => DataType::Utf8,
        ValueType::Number => DataType::Float64,
        ValueType::Date => DataType::Date32,
        ValueType::DateTime => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        ValueType::Bool => DataType::Boolean,
        // Signed, since pandas takes no others.
        ValueType::Select | ValueType::Status => {
            DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
        }
        ValueType::MultiSelect | ValueType::Tags | ValueType::Segments => {
            DataType::List(Arc::new(item_field()))
        }
    }
}

/// The items of a list.
pub(super) fn item_field() -> Field {
    Field::new_list_field(DataType::LargeUtf8, true)
}

/// How a type is called, in the words of Arrow.
pub(super) fn name_of(data_type: &DataType) -> String {
    match data_type {
        DataType::UInt32 => "uint32".to_owned(),
        DataType::Int32 => "int32".to_owned(),
        DataType::LargeUtf8 => "large_string".to_owned(),
        DataType::Utf8 => "string".to_owned(),
        DataType::Float64 => "double".to_owned(),
        DataType::Date32 => "date32[day]".to_owned(),
        DataType::Timestamp(_, _) => "timestamp[us, tz=UTC]".to_owned(),
        DataType::Boolean => "bool".to_owned(),
        DataType::Dictionary(index, value) => {
            format!("dictionary<values={}, indices={}>", name_of(value), name_of(index))
        }
        DataType::List(item) => format!("list<item: {}>", name_of(item.data_type())),
        other => other.to_string(),
    }
}
