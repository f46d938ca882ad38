//! Exact decimals.

use serde_json::{Number, Value};

/// One unit in millionths.
pub(crate) const ONE: i128 = 1_000_000;

/// "Amounts are exact decimals with at most 6 fraction digits (integers inside), so sums agree everywhere".
///
/// `amount` is a decimal in a string or a number; `None` is a missing amount.
pub(crate) fn micros(amount: &Value) -> Option<i128> {
    match amount {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(decimal(text.trim())),
        Value::Number(number) => Some(number_micros(number)),
        other => panic!("not an amount: {other}"),
    }
}

/// The decimal that a JSON number is written as; a double is written with the fewest digits that give it back.
fn number_micros(number: &Number) -> i128 {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) => i128::from(whole) * ONE,
        (None, Some(double)) => decimal(&format!("{double}")),
        (None, None) => panic!("not an amount: {number}"),
    }
}

fn decimal(text: &str) -> i128 {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let fraction = fraction.trim_end_matches('0');
    assert!(fraction.len() <= 6, "more than 6 fraction digits: {text}");
    let size: i128 =
        format!("{whole}{fraction:0<6}").parse().unwrap_or_else(|_| panic!("not a decimal: {text}"));
    if negative { -size } else { size }
}
