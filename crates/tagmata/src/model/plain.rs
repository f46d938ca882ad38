//! Values as they go outside: the form in which they would come in again.

use super::{Input, Schema};
use crate::value::{FieldId, Symbol, Value};

impl Schema {
    /// A value in the form in which a [`Draft`](super::Draft) takes it; what has a key is named by it.
    pub(crate) fn plain(&self, field: FieldId, value: Option<&Value>) -> Input {
        let key = |symbol: Symbol| self.symbol_key(field, symbol).into_owned();
        match value {
            None => Input::Missing,
            Some(Value::Text(text)) => Input::Text(text.as_str().to_owned()),
            Some(Value::Phone(phone)) => Input::Text(phone.e164().to_owned()),
            Some(Value::Number(number)) => Input::Number(*number),
            Some(Value::Date(date)) => Input::Date(*date),
            Some(Value::DateTime(at)) => Input::DateTime(*at),
            Some(Value::Bool(yes)) => Input::Bool(*yes),
            Some(Value::One(symbol)) => Input::Text(key(*symbol)),
            Some(Value::Many(set)) => Input::List(set.iter().map(key).collect()),
            Some(Value::Id(id)) => Input::Number(f64::from(id.get())),
        }
    }
}
