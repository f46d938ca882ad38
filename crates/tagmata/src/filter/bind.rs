//! A plan at one instant: every moment and window stands still, and the conditions are in the order of evaluation.

use super::ast::{Distance, Function, Matching, Quantifier};
use super::plan::{
    InstantSource, InteractionSet, Measure, Plan, PlanNode, Predicate, RangeTest, Subject, TextTest, TimeTest,
};
use super::steps::Steps;
use crate::time::{AnniversaryAt, Calendar, Cut, Direction, Moment, Timestamp, Window};
use crate::value::{ContactId, FieldId, KindId, SegmentId, SymbolSet};
use memchr::memmem::Finder;
use std::ops::Range;

/// A plan, ready to be asked about many contacts as of one instant.
///
/// Make one per instant and filter, not one per contact.
#[derive(Debug)]
pub struct Matcher<'p> {
    pub(super) steps: Steps<Bound<'p>>,
}

/// A predicate whose times stand still.
#[derive(Debug)]
pub(crate) enum Bound<'p> {
    Always(bool),
    Text(FieldId, BoundText<'p>),
    Phone(FieldId, BoundText<'p>),
    Number(FieldId, &'p RangeTest<f64>),
    Bool(FieldId, bool),
    OneOf(FieldId, &'p SymbolSet),
    Set(FieldId, Quantifier, &'p SymbolSet),
    Segments(Quantifier, &'p [SegmentId]),
    Id(&'p [ContactId]),
    Date(FieldId, BoundTime),
    Instant(BoundSource<'p>, BoundTime),
    Measure(BoundMeasure<'p>, &'p RangeTest<i128>),
    Size(FieldId, &'p RangeTest<i128>),
    MissingField(FieldId),
    MissingMeasure(BoundMeasure<'p>),
    MissingInstant(BoundSource<'p>),
    Search(Box<Finder<'p>>, Option<Box<Finder<'p>>>),
}

#[derive(Debug)]
pub(crate) enum BoundText<'p> {
    OneOf(&'p [Box<str>]),
    Contains(Box<Finder<'p>>),
    StartsWith(&'p str),
    EndsWith(&'p str),
}

/// Days or instants as numbers.
#[derive(Debug, Clone)]
pub(crate) enum BoundTime {
    Within(Range<Cut>),
    Anniversary(AnniversaryAt),
}

#[derive(Debug)]
pub(crate) enum BoundSource<'p> {
    Field(FieldId),
    First(BoundSet<'p>),
    Last(BoundSet<'p>),
}

#[derive(Debug)]
pub(crate) struct BoundMeasure<'p> {
    pub(super) function: Function,
    pub(super) of: BoundSet<'p>,
}

#[derive(Debug)]
pub(crate) struct BoundSet<'p> {
    pub(crate) kind: KindId,
    pub(crate) labelled: Option<&'p str>,
    pub(crate) during: Option<Range<Cut>>,
}

impl Plan {
    /// The plan as of an instant.
    ///
    /// ```
    /// use tagmata::{ContactId, Draft, Filter, Schema, StaticSegments};
    /// let schema = Schema::default();
    /// let filter = Filter::parse("created_at in last 30 days", &schema)?;
    /// let zoe = Draft::new().set("created_at", "2026-11-01T10:00:00Z").read(ContactId::new(0), &schema)?;
    /// let november = filter.plan().at("2026-11-22T09:30:00Z".parse()?);
    /// let december = filter.plan().at("2026-12-22T09:30:00Z".parse()?);
    /// assert!(november.matches(&zoe, &StaticSegments) && !december.matches(&zoe, &StaticSegments));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Matcher<'_> {
        let steps = self.steps(|node| match node {
            PlanNode::Condition { predicate, .. } => predicate.at(now, &self.calendar),
            node => Bound::Always(matches!(node, PlanNode::Everyone)),
        });
        Matcher { steps }
    }
}

impl Predicate {
    /// The question as of an instant.
    pub(crate) fn at(&self, now: Timestamp, calendar: &Calendar) -> Bound<'_> {
        let (instants, days) =
            (|test: &TimeTest| test.instants(now, calendar), |test: &TimeTest| test.days(now, calendar));
        match self {
            Self::Text { field, test } => Bound::Text(*field, test.at()),
            Self::Phone { field, test } => Bound::Phone(*field, test.at()),
            Self::Number { field, test } => Bound::Number(*field, test),
            Self::Bool { field, value } => Bound::Bool(*field, *value),
            Self::OneOf { field, symbols } => Bound::OneOf(*field, symbols),
            Self::Set { field, quantifier, symbols } => Bound::Set(*field, *quantifier, symbols),
            Self::Segments { quantifier, segments } => Bound::Segments(*quantifier, segments),
            Self::Id { ids } => Bound::Id(ids),
            Self::Date { field, test } => Bound::Date(*field, days(test)),
            Self::Instant { source, test } => Bound::Instant(source.at(now, calendar), instants(test)),
            Self::Measure { measure, test } => Bound::Measure(measure.at(now, calendar), test),
            Self::Size { field, test } => Bound::Size(*field, test),
            Self::Missing(Subject::Field(field)) => Bound::MissingField(*field),
            Self::Missing(Subject::Measure(measure)) => Bound::MissingMeasure(measure.at(now, calendar)),
            Self::Missing(Subject::Instant(source)) => Bound::MissingInstant(source.at(now, calendar)),
            Self::Missing(Subject::Size(_)) => Bound::Always(false),
            Self::Search { phrase, digits } => Bound::Search(finder(phrase), digits.as_deref().map(finder)),
        }
    }
}

impl Bound<'_> {
    /// The same without its predicate, where what it takes from there is in parts of texts or in times: that is what takes long to bind.
    pub(crate) fn into_owned(self) -> Option<Bound<'static>> {
        match self {
            Self::Text(field, BoundText::Contains(finder)) => {
                Some(Bound::Text(field, BoundText::Contains(Box::new(finder.into_owned()))))
            }
            Self::Phone(field, BoundText::Contains(finder)) => {
                Some(Bound::Phone(field, BoundText::Contains(Box::new(finder.into_owned()))))
            }
            Self::Date(field, test) => Some(Bound::Date(field, test)),
            Self::Instant(BoundSource::Field(field), test) => {
                Some(Bound::Instant(BoundSource::Field(field), test))
            }
            _ => None,
        }
    }
}

impl TextTest {
    fn at(&self) -> BoundText<'_> {
        match self {
            Self::OneOf(texts) => BoundText::OneOf(texts),
            Self::Match(Matching::Contains, text) => BoundText::Contains(finder(text)),
            Self::Match(Matching::StartsWith, text) => BoundText::StartsWith(text),
            Self::Match(Matching::EndsWith, text) => BoundText::EndsWith(text),
        }
    }
}

fn finder(text: &str) -> Box<Finder<'_>> {
    Box::new(Finder::new(text.as_bytes()))
}

impl TimeTest {
    /// The test for instants.
    pub(crate) fn instants(&self, now: Timestamp, calendar: &Calendar) -> BoundTime {
        self.bound(now, calendar, Moment::instants, Window::instants, Distance::instants)
    }

    /// The test for days.
    pub(crate) fn days(&self, now: Timestamp, calendar: &Calendar) -> BoundTime {
        self.bound(now, calendar, Moment::days, Window::days, Distance::days)
    }

    /// The test, given what a moment, a window and a distance cover. A comparison is one with the ends of a moment.
    fn bound(
        &self,
        now: Timestamp,
        calendar: &Calendar,
        moment: Cover<Moment>,
        window: Cover<Window>,
        distance: Cover<Distance>,
    ) -> BoundTime {
        let range = |of: &Moment| moment(of, now, calendar);
        BoundTime::Within(match self {
            Self::Before(moment) => Cut::MIN..range(moment).start,
            Self::NotAfter(moment) => Cut::MIN..range(moment).end,
            Self::On(moment) => range(moment),
            Self::NotBefore(moment) => range(moment).start..Cut::MAX,
            Self::After(moment) => range(moment).end..Cut::MAX,
            Self::Between(low, high) => range(low).start..range(high).end,
            Self::During(of) => window(of, now, calendar),
            Self::Distance(of) => distance(of, now, calendar),
            Self::Anniversary(anniversary) => return BoundTime::Anniversary(anniversary.at(now, calendar)),
        })
    }
}

/// What something covers as of an instant: a range of days or of instants.
type Cover<T> = fn(&T, Timestamp, &Calendar) -> Range<Cut>;

impl Distance {
    /// `less than` is the window of that length; `more than` is beyond the edge.
    fn instants(&self, now: Timestamp, calendar: &Calendar) -> Range<Cut> {
        match (self.more, self.ago) {
            (false, _) => self.window().instants(now, calendar),
            (true, true) => Cut::MIN..calendar.shift(now, self.count.negated()).start,
            (true, false) => calendar.shift(now, self.count).end..Cut::MAX,
        }
    }

    fn days(&self, now: Timestamp, calendar: &Calendar) -> Range<Cut> {
        let day = |count| i64::from(calendar.shift_day(calendar.today(now), count).days_since_epoch());
        match (self.more, self.ago) {
            (false, _) => self.window().days(now, calendar),
            (true, true) => Cut::MIN..day(self.count.negated()),
            (true, false) => day(self.count) + 1..Cut::MAX,
        }
    }

    fn window(&self) -> Window {
        let direction = if self.ago { Direction::Last } else { Direction::Next };
        Window::Rolling { direction, count: self.count }
    }
}

impl InstantSource {
    pub(super) fn at(&self, now: Timestamp, calendar: &Calendar) -> BoundSource<'_> {
        match self {
            Self::Field(field) => BoundSource::Field(*field),
            Self::First(set) => BoundSource::First(set.at(now, calendar)),
            Self::Last(set) => BoundSource::Last(set.at(now, calendar)),
        }
    }
}

impl Measure {
    pub(super) fn at(&self, now: Timestamp, calendar: &Calendar) -> BoundMeasure<'_> {
        BoundMeasure { function: self.function, of: self.of.at(now, calendar) }
    }
}

impl InteractionSet {
    fn at(&self, now: Timestamp, calendar: &Calendar) -> BoundSet<'_> {
        let during = self.during.as_ref().map(|test| match test.instants(now, calendar) {
            BoundTime::Within(range) => range,
            // No aggregate has an anniversary: the grammar has no place for one.
            BoundTime::Anniversary(_) => Cut::MAX..Cut::MAX,
        });
        BoundSet { kind: self.kind, labelled: self.labelled.as_deref(), during }
    }
}
