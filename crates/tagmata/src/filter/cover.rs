//! What tests of time cover as of an instant, for those who ask them elsewhere.

use super::bind::BoundTime;
use super::plan::TimeTest;
use crate::time::{Anniversary, Calendar, Cut, MonthDay, Timestamp, first_crossing};
use std::ops::Range;

/// What a [`TimeTest`] covers as of an instant.
///
/// ```
/// use tagmata::{Calendar, Date, Moment, TimeCover, TimeTest};
/// let now = "2026-11-22T09:30:00Z".parse()?;
/// let before = TimeTest::Before(Moment::Date(Date::new(1970, 1, 2).unwrap()));
/// assert_eq!(before.days_at(now, &Calendar::default()), TimeCover::Range(None..Some(1)));
/// assert_eq!(before.instants_at(now, &Calendar::default()), TimeCover::Range(None..Some(86_400_000_000)));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeCover {
    /// Everything from the first number on and before the second one: days, or microseconds, since 1970. Where there is no number
    /// there is no edge; both may lie outside the years 0001 to 9999.
    Range(Range<Option<i64>>),
    /// The dates on these days of the year, ascending.
    DaysOfYear(Vec<MonthDay>),
}

impl TimeCover {
    fn of(bound: BoundTime) -> Self {
        let edge = |cut: Cut| (cut != Cut::MIN && cut != Cut::MAX).then_some(cut);
        match bound {
            BoundTime::Within(Range { start, end }) if start < end => Self::Range(edge(start)..edge(end)),
            BoundTime::Within(_) => Self::Range(Some(0)..Some(0)),
            BoundTime::Anniversary(days) => Self::DaysOfYear(days.month_days()),
        }
    }
}

impl TimeTest {
    /// What the test covers of instants, in microseconds since 1970.
    ///
    /// ```
    /// use tagmata::{Calendar, Count, Direction, TimeCover, TimeTest, Unit, Window};
    /// let last = Window::Rolling { direction: Direction::Last, count: Count { n: 1, unit: Unit::Minute } };
    /// let covers = TimeTest::During(last).instants_at("1970-01-01T00:02:00Z".parse()?, &Calendar::default());
    /// assert_eq!(covers, TimeCover::Range(Some(60_000_001)..Some(120_000_001)));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn instants_at(&self, now: Timestamp, calendar: &Calendar) -> TimeCover {
        TimeCover::of(self.instants(now, calendar))
    }

    /// What the test covers of dates, in days since 1970.
    ///
    /// ```
    /// use tagmata::{Calendar, Direction, TimeCover, TimeTest, Window};
    /// let today = TimeTest::During(Window::Day(Direction::This));
    /// let covers = today.days_at("1970-01-03T10:00:00Z".parse()?, &Calendar::default());
    /// assert_eq!(covers, TimeCover::Range(Some(2)..Some(3)));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn days_at(&self, now: Timestamp, calendar: &Calendar) -> TimeCover {
        TimeCover::of(self.days(now, calendar))
    }

    /// The first instant after another one as of which the test covers other instants; `None` if it never does.
    ///
    /// ```
    /// use tagmata::{Calendar, Direction, TimeTest, Window};
    /// let today = TimeTest::During(Window::Day(Direction::This));
    /// let until = today.instants_until("2026-11-22T09:30:00Z".parse()?, &Calendar::default());
    /// assert_eq!(until, Some("2026-11-23T00:00:00Z".parse()?));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn instants_until(&self, now: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        self.until(now, calendar, |now| self.instants(now, calendar))
    }

    /// The first instant after another one as of which the test covers other dates; `None` if it never does.
    ///
    /// ```
    /// use tagmata::{Calendar, Count, Direction, TimeTest, Unit, Window};
    /// let last = Window::Rolling { direction: Direction::Last, count: Count { n: 30, unit: Unit::Day } };
    /// let (test, now) = (TimeTest::During(last), "2026-11-22T09:30:00Z".parse()?);
    /// assert_eq!(test.days_until(now, &Calendar::default()), Some("2026-11-23T00:00:00Z".parse()?));
    /// assert_eq!(test.instants_until(now, &Calendar::default()), Some("2026-11-22T09:30:00.000001Z".parse()?));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn days_until(&self, now: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        self.until(now, calendar, |now| self.days(now, calendar))
    }

    fn until(
        &self,
        now: Timestamp,
        calendar: &Calendar,
        covers: impl Fn(Timestamp) -> BoundTime,
    ) -> Option<Timestamp> {
        if !self.is_relative() {
            return None;
        }
        if let Self::Anniversary(anniversary) = self {
            return next_days(*anniversary, now, calendar);
        }
        let range = |now| match covers(now) {
            BoundTime::Within(range) => range,
            BoundTime::Anniversary(_) => Cut::MAX..Cut::MAX,
        };
        let (start, end) = (range(now).start, range(now).end);
        let moves = [
            first_crossing(now, start, |now| range(now).start),
            first_crossing(now, end, |now| range(now).end),
        ];
        moves.into_iter().flatten().min()
    }
}

/// The first local day on which an anniversary is about other days of the year.
fn next_days(anniversary: Anniversary, now: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
    /// No window that is shorter than a year stays where it is for longer.
    const LONGEST: i64 = 366;
    let days = |now: Timestamp| anniversary.at(now, calendar).month_days();
    let (today, these) = (calendar.today(now), days(now));
    let start = |days| Timestamp::at(calendar.start(today.plus_days(days)));
    (1..=LONGEST).map(start).find(|day| days(*day) != these)
}
