//! Where days and instants stand that moving edges pass: in fields, or the times of interactions.

use super::columns::Columns;
use crate::filter::Timeline;
use crate::time::{Calendar, Date, Timestamp};
use crate::value::MemberSet;
use std::ops::Range;

impl Columns<'_> {
    /// The contacts with a day or an instant in a range.
    pub(super) fn on_line_within(self, line: Timeline, range: Range<i64>) -> MemberSet {
        match line {
            Timeline::Days(field) | Timeline::Instants(field) => self.rows_within(field, range),
            Timeline::Interactions(kind) => self.state.table.recorded().contacts_within(kind, &range),
        }
    }

    /// The least day or instant that is not before another one, of everybody or of some contacts.
    pub(super) fn least_on_line(self, line: Timeline, low: i64, among: Option<&MemberSet>) -> Option<i64> {
        match line {
            Timeline::Days(field) | Timeline::Instants(field) => self.least_from(field, low, among),
            Timeline::Interactions(kind) => self.state.table.recorded().least_from(kind, low, among),
        }
    }

    /// The first day and the last one.
    pub(super) fn days_on_line(self, line: Timeline, calendar: &Calendar) -> Option<(Date, Date)> {
        let first = self.least_on_line(line, i64::MIN, None)?;
        let last = match line {
            Timeline::Days(field) | Timeline::Instants(field) => self.greatest(field),
            Timeline::Interactions(kind) => self.state.table.recorded().greatest(kind),
        }?;
        let day = |value: i64| match line {
            Timeline::Days(_) => Date::from_epoch_days(value),
            Timeline::Instants(_) | Timeline::Interactions(_) => calendar.today(Timestamp::at(value)),
        };
        Some((day(first), day(last)))
    }

    /// How many days or instants there are.
    pub(super) fn len_of_line(self, line: Timeline) -> u64 {
        match line {
            Timeline::Days(field) | Timeline::Instants(field) => self.present(field).len(),
            Timeline::Interactions(kind) => self.state.table.recorded().count_of(kind) as u64,
        }
    }
}

/// The values on a line for a range of days.
pub(super) fn values_of_days(line: Timeline, days: &Range<Date>, calendar: &Calendar) -> Range<i64> {
    let value = |day: Date| match line {
        Timeline::Days(_) => i64::from(day.days_since_epoch()),
        Timeline::Instants(_) | Timeline::Interactions(_) => calendar.start(day),
    };
    value(days.start)..value(days.end)
}
