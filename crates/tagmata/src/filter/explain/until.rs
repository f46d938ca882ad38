//! How long an answer holds while only time moves on.

use crate::filter::ast::NodeId;
use crate::filter::bind::BoundTime;
use crate::filter::evaluate::Membership;
use crate::filter::plan::{InstantSource, InteractionSet, Plan, PlanNode, Predicate, Subject, TimeTest};
use crate::model::Contact;
use crate::time::{Anniversary, Calendar, Cut, Date, Timestamp, first_crossing};
use crate::value::{FieldId, Value};
use std::ops::Range;

/// An instant before which an answer certainly holds; `None` if it holds for ever.
pub(super) type Until = Option<Timestamp>;

/// The earlier of two, where `None` is never.
fn sooner(a: Until, b: Until) -> Until {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

/// The later of two, where `None` is never.
fn later(a: Until, b: Until) -> Until {
    Some(a?.max(b?))
}

/// The answer of each node of a plan, and how long it holds.
pub(super) fn answers(
    plan: &Plan,
    contact: &Contact,
    now: Timestamp,
    membership: &dyn Membership,
) -> Vec<(bool, Until)> {
    let mut answers: Vec<(bool, Until)> = Vec::with_capacity(plan.nodes().len());
    for node in plan.nodes() {
        let of = |id: &NodeId| answers.get(id.index()).copied().unwrap_or((false, None));
        // A group that one part decides holds as long as the last such part; one that all parts decide, as the first.
        let group = |args: &[NodeId], deciding: bool| {
            let parts = || args.iter().map(of);
            match parts().any(|(answer, _)| answer == deciding) {
                true => {
                    let decided = parts().filter(|(answer, _)| *answer == deciding).map(|(_, until)| until);
                    (deciding, decided.reduce(later).flatten())
                }
                false => (!deciding, parts().map(|(_, until)| until).fold(None, sooner)),
            }
        };
        answers.push(match node {
            PlanNode::Everyone => (true, None),
            PlanNode::Nobody => (false, None),
            PlanNode::And(args) => group(args, false),
            PlanNode::Or(args) => group(args, true),
            PlanNode::Not(arg) => (!of(arg).0, of(arg).1),
            PlanNode::Condition { predicate, negated } => {
                let holds = predicate.at(now, plan.calendar()).holds(contact, membership);
                let clock = Clock { now, calendar: plan.calendar() };
                (holds != *negated, clock.predicate(predicate, contact, membership))
            }
        });
    }
    answers
}

impl Plan {
    /// An instant before which the answer for a contact certainly stays the same, if the contact does not change;
    /// `None` if it stays the same for ever.
    ///
    /// ```
    /// use tagmata::{ContactId, Draft, Filter, Schema, StaticSegments};
    /// let schema = Schema::default();
    /// let filter = Filter::parse("created_at in last 30 days", &schema)?;
    /// let zoe = Draft::new().set("created_at", "2026-11-01T10:00:00Z").read(ContactId::new(0), &schema)?;
    /// let until = |now| filter.plan().valid_until(&zoe, now, &StaticSegments);
    /// assert_eq!(until("2026-11-22T09:30:00Z".parse()?), Some("2026-12-01T10:00:00Z".parse()?));
    /// assert_eq!(until("2027-01-01T00:00:00Z".parse()?), None);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn valid_until(
        &self,
        contact: &Contact,
        now: Timestamp,
        membership: &dyn Membership,
    ) -> Option<Timestamp> {
        answers(self, contact, now, membership).last().and_then(|(_, until)| *until)
    }
}

struct Clock<'a> {
    now: Timestamp,
    calendar: &'a Calendar,
}

impl Clock<'_> {
    fn predicate(&self, predicate: &Predicate, contact: &Contact, membership: &dyn Membership) -> Until {
        match predicate {
            Predicate::Date { field, test } => {
                self.day_of(contact, *field).and_then(|day| self.day(test, day))
            }
            Predicate::Instant { source, test } => {
                let at = source.at(self.now, self.calendar).get(contact);
                sooner(at.and_then(|at| self.instant(test, at)), self.source(source, contact))
            }
            Predicate::Measure { measure, .. } | Predicate::Missing(Subject::Measure(measure)) => {
                self.interactions(&measure.of, contact)
            }
            Predicate::Missing(Subject::Instant(source)) => self.source(source, contact),
            Predicate::Segments { segments, .. } => {
                segments.iter().map(|segment| membership.valid_until(*segment, contact)).fold(None, sooner)
            }
            Predicate::Text { .. }
            | Predicate::Phone { .. }
            | Predicate::Number { .. }
            | Predicate::Bool { .. }
            | Predicate::OneOf { .. }
            | Predicate::Set { .. }
            | Predicate::Id { .. }
            | Predicate::Size { .. }
            | Predicate::Search { .. }
            | Predicate::Missing(Subject::Field(_) | Subject::Size(_)) => None,
        }
    }

    fn day_of(&self, contact: &Contact, field: FieldId) -> Option<Date> {
        match contact.get(field) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    fn source(&self, source: &InstantSource, contact: &Contact) -> Until {
        match source {
            InstantSource::Field(_) => None,
            InstantSource::First(set) | InstantSource::Last(set) => self.interactions(set, contact),
        }
    }

    /// When the first interaction of a kind enters or leaves the time that counts.
    fn interactions(&self, set: &InteractionSet, contact: &Contact) -> Until {
        let test = set.during.as_ref().filter(|test| test.is_relative())?;
        let of_kind = contact.interactions().iter().filter(|interaction| interaction.kind == set.kind);
        of_kind.map(|interaction| self.instant(test, interaction.at)).fold(None, sooner)
    }

    fn instant(&self, test: &TimeTest, at: Timestamp) -> Until {
        match test {
            TimeTest::Anniversary(anniversary) => self.anniversary(*anniversary, self.calendar.today(at)),
            _ => self.crossing(test, at.as_micros(), |now| test.instants(now, self.calendar)),
        }
    }

    fn day(&self, test: &TimeTest, day: Date) -> Until {
        match test {
            TimeTest::Anniversary(anniversary) => self.anniversary(*anniversary, day),
            _ => self.crossing(test, i64::from(day.days_since_epoch()), |now| test.days(now, self.calendar)),
        }
    }

    /// When an edge of the range passes a value. Edges never move back, so that what has left does not return.
    fn crossing(&self, test: &TimeTest, value: i64, range: impl Fn(Timestamp) -> BoundTime) -> Until {
        if !test.is_relative() {
            return None;
        }
        let range = |now: Timestamp| -> Range<Cut> {
            match range(now) {
                BoundTime::Within(range) => range,
                BoundTime::Anniversary(_) => Cut::MAX..Cut::MAX,
            }
        };
        let today = range(self.now);
        if value < today.start {
            return None;
        }
        if value < today.end {
            return first_crossing(self.now, value, |now| range(now).start);
        }
        first_crossing(self.now, value, |now| range(now).end).filter(|enters| range(*enters).start <= value)
    }

    /// The first local day on which an anniversary enters or leaves its window.
    fn anniversary(&self, anniversary: Anniversary, date: Date) -> Until {
        const LONGEST: i64 = 9 * 366; // 29 February may be skipped for eight years around 1900 and 2100
        if matches!(anniversary, Anniversary::On(_)) {
            return None;
        }
        let holds = |now: Timestamp| anniversary.at(now, self.calendar).holds(date);
        let (today, answer) = (self.calendar.today(self.now), holds(self.now));
        let start = |days| Timestamp::at(self.calendar.start(today.plus_days(days)));
        (1..=LONGEST).map(start).find(|day| holds(*day) != answer)
    }
}
