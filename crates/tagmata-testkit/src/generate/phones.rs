//! Phone numbers, all valid, as E.164.

use proptest::prelude::{BoxedStrategy, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use serde_json::{Value, json};

const PHONES: &[&str] = &[
    "+33612345678",
    "+33612345679",
    "+33123456789",
    "+14155552671",
    "+447400123456",
    "+5511961234567",
    "+9779841234567",
    "+61412345678",
    "+390612345678",
];

/// What people type when they look for a number.
const PHRASES: &[&str] =
    &["061", "06 12 34", "(612) 34-56", "+33 6.12", "00336", "12", "0612345678x", "123/456", "415 555 2671"];

/// A whole number.
pub(crate) fn phone() -> BoxedStrategy<Value> {
    select(PHONES).prop_map(Value::from).boxed()
}

/// A part of a number with at least one digit, sometimes with separators.
pub(crate) fn fragment() -> BoxedStrategy<Value> {
    (select(PHONES), any::<Index>(), any::<Index>(), select(&["", " ", "-", "("][..]))
        .prop_map(|(phone, from, len, separator)| {
            let digits = &phone[1..];
            let from = from.index(digits.len());
            let (first, rest) = digits[from..=from + len.index(digits.len() - from)].split_at(1);
            json!(format!("{first}{separator}{rest}"))
        })
        .boxed()
}

/// A phrase that may be read as a part of a number.
pub(crate) fn phrase() -> BoxedStrategy<Value> {
    prop_oneof![1 => select(PHRASES).prop_map(Value::from), 1 => fragment().prop_filter("not only zeros", |phrase| {
        phrase.as_str().is_some_and(|text| text.chars().any(|c| ('1'..='9').contains(&c)))
    })]
    .boxed()
}
