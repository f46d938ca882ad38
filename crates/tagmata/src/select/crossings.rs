//! Questions whose answers become others while only time moves on: for whom, and when next.
//!
//! Edges pass the values of a few contacts: those are found in the order of their values, and nobody else is looked at.

use super::columns::Columns;
use super::costs::{DAY_TESTED, EDGE, INTERACTION_PASSED, INTERACTIONS_TESTED};
use super::interactions;
use super::timelines::values_of_days;
use crate::filter::{Bound, BoundTime, Moving, Predicate, TimeTest, Timeline};
use crate::state::State;
use crate::time::{AnniversaryAt, Date, Timestamp, first_crossing, symmetric_difference};
use crate::value::MemberSet;
use std::ops::Range;

impl State {
    /// The contacts for whom the answer to a question is another one at one instant than at another, on the same data. What a
    /// question asks about segments is left aside.
    pub(crate) fn crossed(&self, predicate: &Predicate, from: Timestamp, to: Timestamp) -> MemberSet {
        let mut found = MemberSet::new();
        for moving in predicate.moving() {
            found.add_all(&self.passed(moving, from, to));
        }
        let calendar = &self.schema.settings().calendar;
        match predicate {
            Predicate::Date { .. } | Predicate::Instant { .. } if predicate.field().is_some() => found,
            _ if found.is_empty() => found,
            _ => self.differing(&predicate.at(from, calendar), &predicate.at(to, calendar), found, predicate),
        }
    }

    /// Those among contacts to whom interactions give one answer at one instant and another one at another.
    fn differing(
        &self,
        before: &Bound<'_>,
        after: &Bound<'_>,
        contacts: MemberSet,
        predicate: &Predicate,
    ) -> MemberSet {
        let columns = Columns { state: self };
        let recorded: u64 = predicate.moving().map(|moving| columns.len_of_line(moving.values)).sum();
        let one_by_one = contacts.len().saturating_mul(INTERACTIONS_TESTED);
        if one_by_one < recorded.saturating_mul(INTERACTION_PASSED) {
            let holds = |bound, contact| interactions::holds(columns, bound, contact);
            return contacts.iter().filter(|id| holds(before, *id) != holds(after, *id)).collect();
        }
        let [before, after] = [before, after].map(|bound| interactions::matching(columns, bound));
        let became = after.clone().and(before.clone().turned(true));
        became.or(before.and(after.turned(true))).into_members(columns.everybody()).into_set()
    }

    /// The contacts with values that pass a test at one of two instants only.
    fn passed(&self, moving: Moving<'_>, from: Timestamp, to: Timestamp) -> MemberSet {
        let (columns, calendar) = (Columns { state: self }, &self.schema.settings().calendar);
        let within = |range: Range<i64>| columns.on_line_within(moving.values, range);
        match (moving.at(from, calendar), moving.at(to, calendar)) {
            (BoundTime::Within(before), BoundTime::Within(after)) => {
                let [one, other] = symmetric_difference(&before, &after).map(within);
                &one | &other
            }
            (BoundTime::Anniversary(before), BoundTime::Anniversary(after)) => {
                if before.is_like(&after) {
                    return MemberSet::new();
                }
                let Some((first, last)) = columns.days_on_line(moving.values, calendar) else {
                    return MemberSet::new();
                };
                let days = before.flips(&after, first.year()..=last.year());
                let scan = columns.len_of_line(moving.values).saturating_mul(DAY_TESTED);
                match (days.len() as u64).saturating_mul(EDGE) < scan {
                    true => {
                        let values = days.iter().map(|days| values_of_days(moving.values, days, calendar));
                        values.map(within).fold(MemberSet::new(), |all, some| &all | &some)
                    }
                    false => self.scanned(moving.values, &before, &after),
                }
            }
            // A test is about anniversaries or it is not, whatever the instant.
            _ => columns.everybody().clone(),
        }
    }

    /// The contacts with anniversaries at one of two moments only, found by looking at everybody.
    fn scanned(&self, line: Timeline, before: &AnniversaryAt, after: &AnniversaryAt) -> MemberSet {
        let columns = Columns { state: self };
        match line {
            Timeline::Days(field) => columns.rows_where(field, |value| {
                let day = Date::from_epoch_days(value);
                before.holds(day) != after.holds(day)
            }),
            Timeline::Instants(field) => columns.rows_where(field, |value| {
                let at = Timestamp::at(value);
                before.holds_for_instant(at) != after.holds_for_instant(at)
            }),
            Timeline::Interactions(_) => columns.on_line_within(line, i64::MIN..i64::MAX),
        }
    }

    /// Whether the answer to a question may be another one for somebody at one instant than at another. It never says no where
    /// it is, and is quicker than finding them.
    pub(crate) fn may_cross(&self, predicate: &Predicate, from: Timestamp, to: Timestamp) -> bool {
        let (columns, calendar) = (Columns { state: self }, &self.schema.settings().calendar);
        predicate.moving().any(|moving| {
            let least = |low: i64| columns.least_on_line(moving.values, low, None);
            match (moving.at(from, calendar), moving.at(to, calendar)) {
                (BoundTime::Within(before), BoundTime::Within(after)) => {
                    let mut passed = symmetric_difference(&before, &after).into_iter();
                    passed.any(|range| {
                        !range.is_empty() && least(range.start).is_some_and(|value| value < range.end)
                    })
                }
                (BoundTime::Anniversary(before), BoundTime::Anniversary(after)) => {
                    !before.is_like(&after) && least(i64::MIN).is_some()
                }
                _ => true,
            }
        })
    }

    /// The first instant after another one at which the answer to a question may become another one for somebody, or for one of
    /// some contacts; none if it never does. It is never later than the first that does, and on the same data.
    pub(crate) fn next_crossing(
        &self,
        predicate: &Predicate,
        after: Timestamp,
        among: Option<&MemberSet>,
    ) -> Option<Timestamp> {
        predicate.moving().filter_map(|moving| self.next_passing(moving, after, among)).min()
    }

    /// Whether an edge is going to pass values that it passes once, unlike anniversaries.
    pub(crate) fn passes_once(
        &self,
        predicate: &Predicate,
        after: Timestamp,
        among: Option<&MemberSet>,
    ) -> bool {
        let mut once = predicate.moving().filter(|moving| !matches!(moving.test, TimeTest::Anniversary(_)));
        once.any(|moving| self.next_passing(moving, after, among).is_some())
    }

    fn next_passing(
        &self,
        moving: Moving<'_>,
        after: Timestamp,
        among: Option<&MemberSet>,
    ) -> Option<Timestamp> {
        let (columns, calendar) = (Columns { state: self }, &self.schema.settings().calendar);
        let least = |low: i64| columns.least_on_line(moving.values, low, among);
        match moving.at(after, calendar) {
            // The first value that an edge has not passed yet is the first one that it will.
            BoundTime::Within(range) => {
                let passing = |edge: fn(&Range<i64>) -> i64| {
                    let edge_at = |now: Timestamp| match moving.at(now, calendar) {
                        BoundTime::Within(range) => edge(&range),
                        BoundTime::Anniversary(_) => i64::MIN,
                    };
                    // There is no edge where a range is open.
                    let from = Some(edge(&range)).filter(|edge| *edge != i64::MIN)?;
                    first_crossing(after, least(from)?, edge_at)
                };
                [passing(|range| range.start), passing(|range| range.end)].into_iter().flatten().min()
            }
            BoundTime::Anniversary(before) => {
                least(i64::MIN)?;
                // No window stays where it is for longer than a quarter.
                const LONGEST: i64 = 366;
                let today = calendar.today(after);
                let starts = (1..=LONGEST).map(|days| Timestamp::at(calendar.start(today.plus_days(days))));
                let is_other = |at: &Timestamp| match moving.at(*at, calendar) {
                    BoundTime::Anniversary(later) => !later.is_like(&before),
                    BoundTime::Within(_) => true,
                };
                starts.take_while(|at| *at <= Timestamp::MAX).find(is_other)
            }
        }
    }
}
