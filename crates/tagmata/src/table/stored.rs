//! The values that columns hold, out of values of any type.

use crate::time::{Date, Timestamp};
use crate::value::{Phone, Symbol, Text, Value};

/// A value of one type.
pub(crate) trait Stored: Sized {
    /// The value, if it is of this type.
    fn of(value: &Value) -> Option<Self>;
}

macro_rules! stored {
    ($($type:ty = $variant:ident)+) => {$(
        impl Stored for $type {
            fn of(value: &Value) -> Option<Self> {
                match value {
                    Value::$variant(inner) => Some(inner.clone()),
                    _ => None,
                }
            }
        }
    )+};
}

stored!(Text = Text Phone = Phone f64 = Number Date = Date Timestamp = DateTime bool = Bool Symbol = One);
