//! One condition about one contact.

use super::columns::Columns;
use super::interactions;
use crate::filter::{Bound, BoundSource, StaticSegments};
use crate::model::Field;
use crate::state::{Needs, State};
use crate::time::{Date, Timestamp};
use crate::value::{ContactId, FieldId, Value};

impl State {
    /// Whether a contact meets a condition that is not about dynamic segments.
    pub(crate) fn holds(&self, bound: &Bound<'_>, contact: ContactId) -> bool {
        let columns = Columns { state: self };
        match bound {
            Bound::Always(verdict) => *verdict,
            Bound::Text(Field::NAME, _) | Bound::MissingField(Field::NAME) => {
                self.holds_for_record(bound, contact, &[Field::NAME])
            }
            Bound::Search(..) => {
                self.holds_for_record(bound, contact, &[Field::NAME, Field::EMAIL, Field::MOBILE])
            }
            Bound::Segments(..) => self.holds_for_record(bound, contact, &[Field::SEGMENTS]),
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

    /// The same for what is made from several columns.
    fn holds_for_record(&self, bound: &Bound<'_>, contact: ContactId, fields: &[FieldId]) -> bool {
        let needs = Needs::fields(fields.iter().copied());
        bound.holds(&self.view(contact, &needs), &StaticSegments)
    }
}
