//! The operators that every ordered value shares.

use serde_json::Value;
use std::cmp::Ordering;

/// `= < <= > >= in between`, and `on before after`, which say the same of moments. `place` is the value seen from an operand.
/// `None` when the operator is none of these.
pub(crate) fn holds(op: &str, value: &Value, place: impl Fn(&Value) -> Ordering) -> Option<bool> {
    Some(match op {
        "=" | "on" => place(value).is_eq(),
        "<" | "before" => place(value).is_lt(),
        "<=" => place(value).is_le(),
        ">" | "after" => place(value).is_gt(),
        ">=" => place(value).is_ge(),
        "in" => value.as_array().expect("a list").iter().any(|v| place(v).is_eq()),
        // "`between a and b` includes both ends"
        "between" => place(&value[0]).is_ge() && place(&value[1]).is_le(),
        _ => return None,
    })
}
