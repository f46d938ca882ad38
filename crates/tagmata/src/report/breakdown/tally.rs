//! Contacts counted, and the numbers of those that have one added up.

use crate::table::Numbers;
use crate::value::{ContactId, MemberSet, Number};

/// How many contacts there were, and what their numbers come to.
///
/// Numbers with at most 6 fraction digits, which money has, are added exactly and in any order: 0.1 and 0.2 are 0.3.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    pub(super) count: u64,
    /// The contact that was counted first.
    pub(super) first: Option<ContactId>,
    measured: u32,
    /// The sum of the numbers that are amounts, in millionths.
    micros: i128,
    /// The sum of all other numbers.
    rest: f64,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
}

impl Tally {
    /// Some contacts with their numbers.
    pub(super) fn of(contacts: &MemberSet, numbers: Option<&Numbers<f64>>) -> Self {
        let mut tally = Self { count: contacts.len(), first: contacts.first(), ..Self::default() };
        if let Some(numbers) = numbers {
            contacts
                .iter()
                .filter_map(|contact| numbers.get(contact.get()))
                .for_each(|number| tally.measure(number));
        }
        tally
    }

    /// Counts a contact, and adds its number if it has one.
    pub(super) fn add(&mut self, contact: ContactId, number: Option<f64>) {
        self.count += 1;
        self.first.get_or_insert(contact);
        if let Some(number) = number {
            self.measure(number);
        }
    }

    fn measure(&mut self, number: f64) {
        self.measured = self.measured.saturating_add(1);
        match Number::new(number).ok().and_then(Number::amount) {
            Some(amount) => self.micros += i128::from(amount.micros()),
            None => self.rest += number,
        }
        self.min = Some(self.min.map_or(number, |min| min.min(number)));
        self.max = Some(self.max.map_or(number, |max| max.max(number)));
    }

    /// The sum of the numbers; `None` if nobody has one.
    pub(super) fn sum(&self) -> Option<f64> {
        // Reading a decimal rounds once and to the nearest double.
        let exact: f64 = format!("{}e-6", self.micros).parse().unwrap_or_default();
        (self.measured > 0).then_some(exact + self.rest)
    }

    /// The mean of the numbers; `None` if nobody has one.
    pub(super) fn avg(&self) -> Option<f64> {
        self.sum().map(|sum| sum / f64::from(self.measured))
    }
}
