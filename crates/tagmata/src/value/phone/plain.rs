//! Reads numbers in plain form. It takes the steps of the phone library, over tables, and declines wherever the library
//! would refuse the number or do more: whatever it answers is what the library answers, as `phone_laws` tests.

use super::digits::Digits;
use super::lengths::{Fit, LONGEST, SHORTEST};
use super::plans::{International, plan};
use super::region::Plan;
use crate::value::Country;
use std::sync::Arc;

/// Fewer digits are read in other ways.
const FEWEST_DIGITS: usize = 3;

/// The sign, the calling code, the longest number.
const LONGEST_E164: usize = 1 + 3 + LONGEST;

/// A number that was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plain {
    pub(super) e164: Arc<str>,
    pub(super) assigned: bool,
}

/// The number, or `None` where the library has to decide.
pub(super) fn read(text: &str, country: Option<Country>) -> Option<Plain> {
    let digits = Digits::read(text)?;
    let written = digits.as_slice();
    if written.len() < FEWEST_DIGITS {
        return None;
    }
    if digits.international {
        return after_calling_code(written);
    }
    let plan = plan(country?)?;
    if let Some(rest) = plan.after_international_prefix(written) {
        return after_calling_code(rest);
    }
    if let Some(rest) = own_calling_code(plan, written)? {
        let international = International::with(plan.calling_code)?;
        return number(international, international.plan.significant(rest)?);
    }
    number(International::with(plan.calling_code)?, plan.significant(written)?)
}

/// Reads a number that begins with a calling code.
fn after_calling_code(digits: &[u8]) -> Option<Plain> {
    if digits.len() < FEWEST_DIGITS || digits.first() == Some(&0) {
        return None;
    }
    let mut calling_code = 0;
    for (len, digit) in (1..=3).zip(digits) {
        calling_code = calling_code * 10 + u16::from(*digit);
        // No calling code begins with another one.
        if let Some(international) = International::with(calling_code) {
            return number(international, international.plan.significant(digits.get(len..)?)?);
        }
    }
    None
}

/// What follows the country's own calling code, written without `+`, if the number makes no sense with it;
/// `None` if the library has to decide.
fn own_calling_code<'a>(plan: &Plan, digits: &'a [u8]) -> Option<Option<&'a [u8]>> {
    let Some(rest) = strip_number(digits, plan.calling_code) else { return Some(None) };
    let rest = plan.without_national_prefix(rest)?;
    let is_better = !plan.describes(digits) && plan.describes(rest);
    Some((is_better || plan.lengths.fit(digits.len()) == Fit::TooLong).then_some(rest))
}

fn strip_number(digits: &[u8], number: u16) -> Option<&[u8]> {
    let mut rest = digits;
    for power in [100, 10, 1].into_iter().filter(|power| number >= *power) {
        let (first, others) = rest.split_first()?;
        if u16::from(*first) != number / power % 10 {
            return None;
        }
        rest = others;
    }
    Some(rest)
}

/// The number of a calling code and the digits that follow it.
fn number(international: &International, significant: &[u8]) -> Option<Plain> {
    let plan = &international.plan;
    let possible = matches!(plan.lengths.fit(significant.len()), Fit::Possible | Fit::Local);
    let usual = (SHORTEST..=LONGEST).contains(&significant.len());
    // The library keeps the zeros at the start of a number in a way of its own, up to ten of them.
    let zeros = significant.iter().take_while(|digit| **digit == 0).count();
    if !possible || !usual || zeros > 9 || zeros == significant.len() {
        return None;
    }
    let sign_and_code = international.sign_and_code.as_bytes();
    let len = sign_and_code.len() + significant.len();
    let mut e164 = [0; LONGEST_E164];
    e164.get_mut(..sign_and_code.len())?.copy_from_slice(sign_and_code);
    for (place, digit) in e164.get_mut(sign_and_code.len()..len)?.iter_mut().zip(significant) {
        *place = b'0' + digit;
    }
    let e164 = str::from_utf8(e164.get(..len)?).ok()?;
    Some(Plain { e164: e164.into(), assigned: international.assigned.accepts(significant) })
}
