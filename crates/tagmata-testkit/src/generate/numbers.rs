//! Numbers and amounts.

use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use serde_json::{Value, json};

/// Doubles that contacts and filters share.
pub(crate) const DOUBLES: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    2.0,
    0.1,
    0.2,
    0.3,
    0.1 + 0.2,
    1.5,
    1000.0,
    1000.5,
    -1000.5,
    9_007_199_254_740_991.0,
    9_007_199_254_740_992.0,
    1e15,
    1e21,
    -1e21,
    1e308,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    -5e-324,
    f64::EPSILON,
];

/// Amounts in millionths. The sums of the first ones are not exact in doubles.
const MICROS: &[i64] = &[
    100_000,
    200_000,
    300_000,
    0,
    1,
    -1,
    12_500_000,
    -12_500_000,
    333_333,
    333_334,
    1_000_000,
    1_000_000_000,
    999_999_999_999_999,
];

/// More digits than a double has: only in strings.
const LONG_MICROS: &[i64] = &[999_999_999_999_999_999, -999_999_999_999_999_999, 123_456_789_012_345_678];

/// A value or operand of a number field, mostly one of some.
pub(crate) fn number(often: &[f64]) -> BoxedStrategy<Value> {
    prop_oneof![
        6 => select(often.to_vec()).prop_map(|double| json!(double)),
        2 => (-3_i64..=3).prop_map(|whole| json!(whole)),
        1 => select(vec![json!(9_007_199_254_740_993_i64), json!(i64::MIN), json!(u64::MAX)]),
        1 => any::<f64>().prop_filter("finite", |double| double.is_finite()).prop_map(|double| json!(double)),
    ]
    .boxed()
}

/// The amount of an interaction: a decimal in a string, or a number.
pub(crate) fn amount() -> BoxedStrategy<Value> {
    prop_oneof![
        4 => select(MICROS).prop_map(|micros| json!(decimal(micros))),
        1 => select(MICROS).prop_map(|micros| json!(padded(micros))),
        3 => select(MICROS).prop_map(as_number),
        1 => select(LONG_MICROS).prop_map(|micros| json!(decimal(micros))),
    ]
    .boxed()
}

/// What `sum min max avg` are compared with: amounts and sums of two.
pub(crate) fn amount_operand() -> BoxedStrategy<Value> {
    prop_oneof![
        3 => select(MICROS).prop_map(as_number),
        2 => (select(MICROS), select(MICROS)).prop_map(|(a, b)| as_number((a + b).min(999_999_999_999_999))),
        1 => (select(MICROS), select(MICROS)).prop_map(|(a, b)| as_number(a.midpoint(b))),
    ]
    .boxed()
}

/// What `count` is compared with.
pub(crate) fn count_operand() -> BoxedStrategy<Value> {
    prop_oneof![6 => (0_i64..=4).prop_map(|n| json!(n)), 1 => Just(json!(1.5)), 1 => Just(json!(-1)), 1 => Just(json!(2.0))]
        .boxed()
}

/// At most 15 digits, so that the double is written with the digits of the decimal.
fn as_number(micros: i64) -> Value {
    if micros % 1_000_000 == 0 {
        return json!(micros / 1_000_000);
    }
    let double: f64 = decimal(micros).parse().unwrap();
    json!(double)
}

/// A decimal without needless zeros.
fn decimal(micros: i64) -> String {
    padded(micros).trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A decimal with six fraction digits.
fn padded(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let size = micros.unsigned_abs();
    format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000)
}
