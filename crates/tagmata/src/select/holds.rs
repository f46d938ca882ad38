//! One condition about one contact.

use super::columns::Columns;
use super::interactions;
use crate::filter::{Bound, BoundSource};
use crate::model::Field;
use crate::state::State;
use crate::text::accent_fold;
use crate::time::{Date, Timestamp};
use crate::value::{ContactId, FieldId, Symbol, Value};
use memchr::memmem::Finder;

impl State {
    /// The place of a value of a contact in the order of its type.
    #[inline]
    pub(crate) fn order(&self, contact: ContactId, field: FieldId) -> Option<i64> {
        Columns { state: self }.order(contact, field)
    }

    /// The one symbol of a contact in a field.
    #[inline]
    pub(crate) fn symbol(&self, contact: ContactId, field: FieldId) -> Option<Symbol> {
        Columns { state: self }.symbol(contact, field)
    }

    /// Reads the value of a contact; what comes of it means nothing.
    pub(crate) fn touch(&self, contact: ContactId, field: FieldId) -> usize {
        Columns { state: self }.touch(contact, field)
    }

    /// Whether a contact meets a condition that is not about dynamic segments.
    pub(crate) fn holds(&self, bound: &Bound<'_>, contact: ContactId) -> bool {
        let columns = Columns { state: self };
        match bound {
            Bound::Always(verdict) => *verdict,
            Bound::Text(Field::NAME, test) => columns.name(contact).is_some_and(|name| test.holds(&name)),
            Bound::MissingField(Field::NAME) => columns.name(contact).is_none(),
            Bound::Search(phrase, digits) => {
                let is_in = |text: &str| phrase.find(accent_fold(text).as_bytes()).is_some();
                let has_digits = |digits: &Finder<'_>| {
                    let mobile = columns.key(contact, Field::MOBILE);
                    mobile.is_some_and(|mobile| digits.find(mobile.as_bytes()).is_some())
                };
                columns.name(contact).is_some_and(|name| is_in(&name))
                    || columns.key(contact, Field::EMAIL).is_some_and(is_in)
                    || digits.as_deref().is_some_and(has_digits)
            }
            Bound::Segments(quantifier, segments) => {
                let symbols = segments.iter().map(|segment| Symbol::from(*segment)).collect();
                quantifier.holds(columns.set(contact, Field::SEGMENTS), &symbols)
            }
            Bound::Text(field, test) | Bound::Phone(field, test) => {
                columns.key(contact, *field).is_some_and(|key| test.holds(key))
            }
            Bound::Number(field, test) => {
                columns.number(contact, *field).is_some_and(|number| test.holds(number))
            }
            Bound::Bool(field, value) => self.table.holds(contact, *field, Some(&Value::Bool(*value))),
            Bound::OneOf(field, symbols) => {
                columns.symbol(contact, *field).is_some_and(|symbol| symbols.contains(symbol))
            }
            Bound::Set(field, quantifier, symbols) => {
                let set = columns.set(contact, *field);
                !set.is_empty() && quantifier.holds(set, symbols)
            }
            Bound::Id(ids) => ids.binary_search(&contact).is_ok(),
            Bound::Date(field, test) => columns
                .order(contact, *field)
                .is_some_and(|order| test.holds_for_day(Date::from_epoch_days(order))),
            Bound::Instant(BoundSource::Field(field), test) => columns
                .order(contact, *field)
                .is_some_and(|order| test.holds_for_instant(Timestamp::at(order))),
            Bound::Size(field, test) => test.holds_for_count(columns.set(contact, *field).len()),
            Bound::MissingField(Field::ID) => false,
            Bound::MissingField(field) | Bound::MissingInstant(BoundSource::Field(field)) => {
                !columns.has(contact, *field)
            }
            Bound::Instant(..) | Bound::MissingInstant(_) | Bound::Measure(..) | Bound::MissingMeasure(_) => {
                interactions::holds(columns, bound, contact)
            }
        }
    }
}
