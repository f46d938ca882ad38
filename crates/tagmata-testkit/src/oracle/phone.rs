//! Phone numbers.

use crate::oracle::text::digits;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};
use serde_json::Value;

/// "Phone: `=` and `in` take E.164 or a number readable in the book's `default_country`".
pub(crate) fn e164(text: &str, default_country: Option<&str>) -> String {
    let text = text.trim();
    if text.strip_prefix('+').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit())) {
        return text.to_owned();
    }
    let region = default_country.map(|code| Region::from_code(code).expect("a country of the phone library"));
    let number =
        PHONE_NUMBER_UTIL.parse(text, region).unwrap_or_else(|e| panic!("not a phone number: {text}: {e}"));
    PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned()
}

/// A phone number against one positive operator; `phone` is E.164.
pub(crate) fn holds(phone: &str, op: &str, value: &Value, default_country: Option<&str>) -> bool {
    let equals = |operand: &Value| phone == e164(operand.as_str().expect("a phone number"), default_country);
    // "contains/starts/ends compare digits"
    let ours = digits(phone);
    let theirs = || digits(value.as_str().expect("a string"));
    match op {
        "=" => equals(value),
        "in" => value.as_array().expect("a list").iter().any(equals),
        "contains" => ours.contains(&theirs()),
        "starts_with" => ours.starts_with(&theirs()),
        "ends_with" => ours.ends_with(&theirs()),
        _ => panic!("`{op}` is no operator of a phone"),
    }
}
