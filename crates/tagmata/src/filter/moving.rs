//! What of a question moves with time: the edges of windows, and the values that they pass.

use super::bind::BoundTime;
use super::plan::{InstantSource, InteractionSet, Predicate, Subject, TimeTest};
use crate::time::{Calendar, Timestamp};
use crate::value::{FieldId, KindId};

/// A relative test, and the values that it is put to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Moving<'p> {
    pub(crate) values: Timeline,
    pub(crate) test: &'p TimeTest,
}

/// Where days and instants stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Timeline {
    /// In a date field.
    Days(FieldId),
    /// In a field of instants.
    Instants(FieldId),
    /// The times of interactions.
    Interactions(KindId),
}

impl Moving<'_> {
    /// What passes the test as of an instant: a range of days or instants, or anniversaries.
    pub(crate) fn at(&self, now: Timestamp, calendar: &Calendar) -> BoundTime {
        match self.values {
            Timeline::Days(_) => self.test.days(now, calendar),
            Timeline::Instants(_) | Timeline::Interactions(_) => self.test.instants(now, calendar),
        }
    }
}

impl Predicate {
    /// The relative tests of the question: without one, the answer stays while only time moves on, segments left aside. Where
    /// none of the values stands between the edges of now and those of later, the answer is still the same.
    pub(crate) fn moving(&self) -> impl Iterator<Item = Moving<'_>> {
        let own = match self {
            Self::Date { field, test } => Some((Timeline::Days(*field), test)),
            Self::Instant { source, test } => Some((
                match source {
                    InstantSource::Field(field) => Timeline::Instants(*field),
                    InstantSource::First(set) | InstantSource::Last(set) => Timeline::Interactions(set.kind),
                },
                test,
            )),
            _ => None,
        };
        let set = match self {
            Self::Instant { source, .. } | Self::Missing(Subject::Instant(source)) => source.interactions(),
            Self::Measure { measure, .. } | Self::Missing(Subject::Measure(measure)) => Some(&measure.of),
            _ => None,
        };
        let during = set.and_then(|set| Some((Timeline::Interactions(set.kind), set.during.as_ref()?)));
        let all = own.into_iter().chain(during);
        all.filter(|(_, test)| test.is_relative()).map(|(values, test)| Moving { values, test })
    }

    /// Whether the answer may become another one while only time moves on, segments left aside.
    pub(crate) fn is_relative(&self) -> bool {
        self.moving().next().is_some()
    }
}

impl InstantSource {
    fn interactions(&self) -> Option<&InteractionSet> {
        match self {
            Self::Field(_) => None,
            Self::First(set) | Self::Last(set) => Some(set),
        }
    }
}
