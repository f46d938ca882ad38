//! The book's clock and calendar: time zone, week start, arithmetic on units.

use chrono::{
    DateTime, Datelike, Days, LocalResult, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone,
    Timelike, Utc, Weekday,
};
use chrono_tz::Tz;
use serde_json::Value;

/// A unit of the language, singular as in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    pub(crate) const ALL: [Unit; 7] =
        [Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
        }
    }

    pub(crate) fn parse(value: &Value) -> Unit {
        Unit::ALL
            .into_iter()
            .find(|unit| *value == unit.name())
            .unwrap_or_else(|| panic!("not a unit: {value}"))
    }

    /// "Minutes, hours, days and weeks on datetimes are fixed lengths".
    fn fixed_length(self) -> Option<TimeDelta> {
        match self {
            Unit::Minute => Some(TimeDelta::minutes(1)),
            Unit::Hour => Some(TimeDelta::hours(1)),
            Unit::Day => Some(TimeDelta::days(1)),
            Unit::Week => Some(TimeDelta::weeks(1)),
            Unit::Month | Unit::Quarter | Unit::Year => None,
        }
    }

    fn months(self) -> i64 {
        match self {
            Unit::Month => 1,
            Unit::Quarter => 3,
            Unit::Year => 12,
            Unit::Minute | Unit::Hour | Unit::Day | Unit::Week => panic!("{self:?} has no months"),
        }
    }
}

/// A place on the time line, in half microseconds: an instant is even; an odd place lies just before the instant after it and
/// equals none. The end of a clamped day is such a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place(i64);

impl Place {
    pub(crate) fn at(instant: DateTime<Utc>) -> Place {
        Place(instant.timestamp_micros() * 2)
    }

    fn just_before(instant: DateTime<Utc>) -> Place {
        Place(instant.timestamp_micros() * 2 - 1)
    }

    /// The first instant that is not before this place.
    pub(crate) fn first_instant(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros((self.0 + 1).div_euclid(2)).expect("a time that chrono can hold")
    }
}

/// The settings that decide what a local day, week and anniversary are.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    zone: Tz,
    week_start: Weekday,
    /// `feb_28`, `mar_1` or `skip`.
    pub(crate) leap_day: String,
}

impl Calendar {
    pub(crate) fn new(settings: &Value) -> Calendar {
        let text = |key: &str, default: &str| settings[key].as_str().unwrap_or(default).to_owned();
        Calendar {
            zone: text("time_zone", "UTC").parse().expect("an IANA time zone"),
            week_start: text("week_start", "monday").parse().expect("a weekday"),
            leap_day: text("leap_day", "feb_28"),
        }
    }

    /// What the local clock shows.
    pub(crate) fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.zone).naive_local()
    }

    /// What the local clock has shown at most by `now`: "edges never move back as time moves on", so while the clock goes
    /// through an hour for the second time, edges wait where it was put back.
    pub(crate) fn shown_by(&self, now: DateTime<Utc>) -> NaiveDateTime {
        let local = self.local(now);
        match self.zone.from_local_datetime(&local) {
            LocalResult::Ambiguous(earlier, later) if now >= later => {
                self.put_back_at(earlier.to_utc(), later.to_utc())
            }
            _ => local,
        }
    }

    /// What the local clock was about to show when it was put back, between two instants at which it shows the same.
    fn put_back_at(&self, mut before: DateTime<Utc>, mut after: DateTime<Utc>) -> NaiveDateTime {
        let ahead = |instant: DateTime<Utc>| self.local(instant) - instant.naive_utc();
        let first = ahead(before);
        while after - before > TimeDelta::microseconds(1) {
            let middle = before + TimeDelta::microseconds((after - before).num_microseconds().unwrap() / 2);
            if ahead(middle) == first {
                before = middle;
            } else {
                after = middle;
            }
        }
        after.naive_utc() + first
    }

    /// "`today` is the local day of `now`", and a local day is "half-open `[start, next start)`": a day that has begun is not
    /// over when the clock is put back over midnight.
    pub(crate) fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        let day = self.local(now).date();
        let next = day + Days::new(1);
        if self.day_start(next) <= now { next } else { day }
    }

    /// "a gap gives the first instant after it, an overlap the earlier one".
    pub(crate) fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        match self.zone.from_local_datetime(&local) {
            LocalResult::Single(only) => only.with_timezone(&Utc),
            LocalResult::Ambiguous(earlier, _) => earlier.with_timezone(&Utc),
            LocalResult::None => self.first_instant_after_gap(local),
        }
    }

    /// Halves a stretch of time that surely holds the gap until one microsecond is left.
    fn first_instant_after_gap(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let mut before = local.and_utc() - TimeDelta::hours(30);
        let mut after = local.and_utc() + TimeDelta::hours(30);
        while after - before > TimeDelta::microseconds(1) {
            let middle = before + TimeDelta::microseconds((after - before).num_microseconds().unwrap() / 2);
            if self.local(middle) > local {
                after = middle;
            } else {
                before = middle;
            }
        }
        after
    }

    /// The start of a local day.
    pub(crate) fn day_start(&self, day: NaiveDate) -> DateTime<Utc> {
        self.instant(day.and_time(NaiveTime::MIN))
    }

    /// A day and `n` units: months, quarters and years clamp to the last day of the month.
    pub(crate) fn shift_day(&self, day: NaiveDate, n: i64, unit: Unit) -> NaiveDate {
        match unit.fixed_length() {
            Some(length) => {
                assert!(length >= TimeDelta::days(1), "`{unit:?}` does not move a date");
                day + TimeDelta::days(length.num_days() * n)
            }
            None => shift_months(day, n * unit.months()),
        }
    }

    /// An instant and `n` units.
    pub(crate) fn shift_instant(&self, instant: DateTime<Utc>, n: i64, unit: Unit) -> Place {
        // "Minutes, hours, days and weeks on datetimes are fixed lengths;"
        if let Some(length) = unit.fixed_length() {
            return Place::at(instant + TimeDelta::seconds(length.num_seconds() * n));
        }
        // "months, quarters and years keep the local time of day;"
        let local = self.shown_by(instant);
        let day = shift_months(local.date(), n * unit.months());
        if day.day() == local.day() {
            return Place::at(self.instant(day.and_time(local.time())));
        }
        // "If the day must be clamped (31 March − 1 month) the edge is the end of the clamped day"
        Place::just_before(self.day_start(day + Days::new(1)))
    }

    /// What the local clock showed when the running unit began.
    pub(crate) fn unit_start(&self, local: NaiveDateTime, unit: Unit) -> NaiveDateTime {
        let day = local.date();
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        match unit {
            Unit::Minute => day.and_time(time(local.hour(), local.minute())),
            Unit::Hour => day.and_time(time(local.hour(), 0)),
            Unit::Day => day.and_time(NaiveTime::MIN),
            Unit::Week => {
                let gone = day.weekday().days_since(self.week_start);
                (day - Days::new(gone.into())).and_time(NaiveTime::MIN)
            }
            Unit::Month => first_of(day.year(), day.month()),
            Unit::Quarter => first_of(day.year(), (day.month() - 1) / 3 * 3 + 1),
            Unit::Year => first_of(day.year(), 1),
        }
    }

    /// What the local clock shows when the unit that lies `n` units after the one that began at `start` begins.
    pub(crate) fn shift_unit(&self, start: NaiveDateTime, n: i64, unit: Unit) -> NaiveDateTime {
        match unit.fixed_length() {
            Some(length) => start + TimeDelta::seconds(length.num_seconds() * n),
            None => shift_months(start.date(), n * unit.months()).and_time(NaiveTime::MIN),
        }
    }
}

fn first_of(year: i32, month: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap().and_time(NaiveTime::MIN)
}

/// Clamps to the last day of the month.
fn shift_months(day: NaiveDate, months: i64) -> NaiveDate {
    let size = Months::new(u32::try_from(months.abs()).unwrap());
    if months < 0 { day - size } else { day + size }
}
