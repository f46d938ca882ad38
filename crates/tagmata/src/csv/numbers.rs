//! Numbers as spreadsheets of different countries write them.

use super::options::Decimal;
use crate::error::Result;
use crate::value::{Amount, Number};
use std::borrow::Cow;

/// The signs that may stand between thousands, besides the one of `.` and `,` that is not before the fraction: a space,
/// a no-break space, a narrow no-break space.
const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

/// Reads an amount, exactly; none for what is no number.
///
/// # Errors
/// Those of an amount: too many digits.
pub(crate) fn amount(text: &str, decimal: Decimal) -> Option<Result<Amount>> {
    Some(numeral(text, decimal)?.parse())
}

/// A written number, if it is one with this sign before the fraction.
pub(super) fn number(text: &str, decimal: Decimal) -> Option<Number> {
    let point = if decimal == Decimal::Comma { b',' } else { b'.' };
    // Most have neither signs between thousands nor an exponent.
    Number::read_plain(text, point).or_else(|| numeral(text, decimal)?.parse().ok())
}

/// The same in the spelling of [`Number`].
fn numeral(text: &str, decimal: Decimal) -> Option<Cow<'_, str>> {
    let (point, other) = match decimal {
        Decimal::Comma => (',', '.'),
        Decimal::Point | Decimal::Detect => ('.', ','),
    };
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => unsigned.split_at_checked(at)?,
        None => (unsigned, ""),
    };
    let (whole, fraction) = match mantissa.split_once(point) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    if !fraction.is_none_or(is_digits) {
        return None;
    }
    let is_plain = is_digits(whole);
    if is_plain && (fraction.is_none() || point == '.') {
        return Some(Cow::Borrowed(text));
    }
    let whole = if is_plain { whole.to_owned() } else { ungrouped(whole, other, exponent)? };
    let fraction = fraction.map_or(String::new(), |fraction| format!(".{fraction}"));
    Some(Cow::Owned(format!("{sign}{whole}{fraction}{exponent}")))
}

/// The digits of groups of three between one sign, as `1 234 567`.
fn ungrouped(whole: &str, other: char, exponent: &str) -> Option<String> {
    let between = whole.chars().find(|c| !c.is_ascii_digit())?;
    if !exponent.is_empty() || between != other && !SPACES.contains(&between) {
        return None;
    }
    let mut groups = whole.split(between);
    let first = groups.next()?;
    let is_group = |group: &str| group.len() == 3 && is_digits(group);
    let is_first = is_digits(first) && first.len() <= 3 && !first.starts_with('0');
    (is_first && groups.all(is_group)).then(|| whole.split(between).collect())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number as files hold it: a point before the fraction and nothing between thousands.
///
/// What could be thousands for a reader (`1.234`) gets one more digit (`1.2340`), so that every file can be read by itself.
pub(super) fn written(value: Number) -> String {
    let plain = value.to_string();
    match (number(&plain, Decimal::Point), number(&plain, Decimal::Comma)) {
        (Some(point), Some(comma)) if point != comma => format!("{plain}0"),
        _ => plain,
    }
}
