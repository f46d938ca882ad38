//! `search "…"`.

use crate::oracle::contact::{Subject, name, present};
use crate::oracle::text::{accent_fold, collapse_spaces, digits};
use serde_json::Value;

/// Whether a contact is found; `phone` is the contact's number as E.164.
pub(crate) fn holds(phrase: &str, contact: &Value, phone: Option<&str>) -> bool {
    let phrase = collapse_spaces(phrase);
    // "the phrase, inner spaces collapsed, is a substring of the name or the e-mail;"
    let name = match name(contact) {
        Subject::Text(name) => Some(name),
        _ => None,
    };
    let email = present(contact, "email").and_then(Value::as_str).map(str::to_owned);
    let in_text =
        [name, email].into_iter().flatten().any(|t| accent_fold(&t).contains(&accent_fold(&phrase)));
    // "if it has only digits and `+-.()/ ` and at least 3 digits, its digits without leading zeros are also looked for in the
    // phone's digits"
    let wanted = digits(&phrase);
    let is_number = wanted.len() >= 3 && phrase.chars().all(|c| c.is_ascii_digit() || "+-.()/ ".contains(c));
    let significant = wanted.trim_start_matches('0');
    let in_phone = is_number
        && !significant.is_empty()
        && phone.is_some_and(|phone| digits(phone).contains(significant));
    in_text || in_phone
}
