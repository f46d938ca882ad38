//! Contacts counted, and the numbers of those that have one added up.

use crate::table::Numbers;
use crate::value::{Amount, ContactId, MemberSet};

/// How many contacts there were, and what their numbers come to.
///
/// Numbers with at most 6 fraction digits, which money has, are added exactly and in any order: 0.1 and 0.2 are 0.3.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub(super) count: u64,
    /// The contact that was counted first.
    pub(super) first: Option<ContactId>,
    numbers: Measured,
}

/// What some numbers come to.
#[derive(Debug, Clone)]
struct Measured {
    count: u32,
    /// The sum of the numbers that are amounts, in millionths.
    micros: i128,
    /// The sum of all other numbers.
    rest: f64,
    min: f64,
    max: f64,
}

impl Default for Measured {
    fn default() -> Self {
        Self { count: 0, micros: 0, rest: 0.0, min: f64::INFINITY, max: f64::NEG_INFINITY }
    }
}

impl Measured {
    fn add(&mut self, number: f64) {
        self.count = self.count.saturating_add(1);
        match Amount::of_double(number) {
            Some(amount) => self.micros += i128::from(amount.micros()),
            None => self.rest += number,
        }
        self.min = self.min.min(number);
        self.max = self.max.max(number);
    }
}

impl Tally {
    /// Some contacts with their numbers.
    pub(super) fn of(contacts: &MemberSet, numbers: Option<&Numbers<f64>>) -> Self {
        let mut measured = Measured::default();
        if let Some(numbers) = numbers {
            contacts.numbers().filter_map(|row| numbers.get(row)).for_each(|number| measured.add(number));
        }
        Self { count: contacts.len(), first: contacts.first(), numbers: measured }
    }

    /// Counts a contact, and adds its number if it has one.
    pub(super) fn add(&mut self, contact: ContactId, number: Option<f64>) {
        self.count += 1;
        self.first.get_or_insert(contact);
        if let Some(number) = number {
            self.numbers.add(number);
        }
    }

    /// The sum of the numbers; `None` if nobody has one.
    pub(super) fn sum(&self) -> Option<f64> {
        // Reading a decimal rounds once and to the nearest double.
        let exact: f64 = format!("{}e-6", self.numbers.micros).parse().unwrap_or_default();
        (self.numbers.count > 0).then_some(exact + self.numbers.rest)
    }

    /// The mean of the numbers; `None` if nobody has one.
    pub(super) fn avg(&self) -> Option<f64> {
        self.sum().map(|sum| sum / f64::from(self.numbers.count))
    }

    /// The smallest of the numbers; `None` if nobody has one.
    pub(super) fn min(&self) -> Option<f64> {
        (self.numbers.count > 0).then_some(self.numbers.min)
    }

    /// The largest of the numbers; `None` if nobody has one.
    pub(super) fn max(&self) -> Option<f64> {
        (self.numbers.count > 0).then_some(self.numbers.max)
    }
}
