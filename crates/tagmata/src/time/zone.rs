//! Time zones: wall clocks to instants and back.

use super::rfc3339::out_of_range;
use super::{CivilDateTime, Date, Timestamp, WrittenDateTime};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::{did_you_mean, nearest, quoted};
use chrono::{MappedLocalTime, Offset, TimeDelta, TimeZone as _};
use std::{fmt, str::FromStr};

/// An IANA time zone such as `Europe/Paris`, from the copy of the database inside the crate.
///
/// ```
/// use tagmata::TimeZone;
/// let zone: TimeZone = "Europe/Paris".parse()?;
/// assert_eq!(zone.name(), "Europe/Paris");
/// assert_eq!(TimeZone::default().name(), "UTC");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeZone(chrono_tz::Tz);

impl TimeZone {
    /// UTC, the zone of a book that names none.
    pub const UTC: Self = Self(chrono_tz::Tz::UTC);

    /// The IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The instant of a datetime in RFC 3339; one without a zone is what the wall clock of this zone shows.
    ///
    /// ```
    /// use tagmata::{TimeZone, Timestamp};
    /// let paris: TimeZone = "Europe/Paris".parse()?;
    /// let noon: Timestamp = "2026-01-31T11:00:00Z".parse()?;
    /// assert_eq!(paris.read_datetime("2026-01-31T12:00")?, noon);
    /// assert_eq!(paris.read_datetime("2026-01-31T06:00:00-05:00")?, noon);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadDate`] if the text has another form, or an instant outside the years 0001 to 9999.
    pub fn read_datetime(self, text: &str) -> Result<Timestamp> {
        let instant = match WrittenDateTime::parse(text)? {
            WrittenDateTime::Instant(instant) => instant,
            WrittenDateTime::Civil(civil) => self.to_instant(civil),
        };
        Timestamp::from_micros(instant.as_micros()).ok_or_else(|| out_of_range(text))
    }

    /// What the wall clock shows at an instant.
    pub(crate) fn to_civil(self, instant: Timestamp) -> CivilDateTime {
        CivilDateTime::from_naive(self.0.from_utc_datetime(&instant.to_utc().naive()).naive_local())
    }

    /// The instant at which the wall clock shows a time: the first instant after a gap, the earlier one in an overlap.
    pub(crate) fn to_instant(self, civil: CivilDateTime) -> Timestamp {
        match self.0.from_local_datetime(&civil.naive()) {
            MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => {
                Timestamp::at(at.timestamp_micros())
            }
            MappedLocalTime::None => self.after_gap(civil),
        }
    }

    /// What the wall clock has shown at most up to an instant.
    ///
    /// While an hour is repeated this stays at the end of that hour, so that it never goes back as time moves on.
    pub(crate) fn to_furthest_civil(self, instant: Timestamp) -> CivilDateTime {
        let civil = self.to_civil(instant);
        match self.0.from_local_datetime(&civil.naive()) {
            MappedLocalTime::Ambiguous(first, second) if second.timestamp_micros() <= instant.as_micros() => {
                // The clock went back between the two readings, by their distance; it had come to just before this:
                let (before, after) = (first.offset().fix(), second.offset().fix());
                let change = self.first_instant(first.timestamp_micros(), second.timestamp_micros(), |at| {
                    self.offset_micros(at) != i64::from(before.local_minus_utc()) * 1_000_000
                });
                debug_assert_ne!(before, after);
                let shown = change.saturating_add(i64::from(before.local_minus_utc()) * 1_000_000);
                Timestamp::at(shown).to_utc()
            }
            _ => civil,
        }
    }

    /// The first instant of a local day; the day ends where the next one starts.
    pub(crate) fn start_of_day(self, day: Date) -> Timestamp {
        self.to_instant(CivilDateTime::midnight(day))
    }

    /// The local day that an instant belongs to: the one day whose start is not after it and whose next day starts after it.
    pub(crate) fn day_of(self, instant: Timestamp) -> Date {
        let civil = self.to_civil(instant);
        let day = civil.date();
        // Where a clock goes back over midnight the calendar shows the old day again; the new one has begun all the same.
        let is_late = civil.time() >= chrono::NaiveTime::from_hms_opt(20, 0, 0).unwrap_or_default();
        let next = day.plus_days(1);
        if is_late && self.start_of_day(next) <= instant { next } else { day }
    }

    fn offset_micros(self, instant: i64) -> i64 {
        let utc = Timestamp::at(instant).to_utc().naive();
        i64::from(self.0.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * 1_000_000
    }

    /// The instant at which the clock jumped over a reading that it never showed.
    fn after_gap(self, civil: CivilDateTime) -> Timestamp {
        let margin = TimeDelta::hours(27); // no clock has jumped by more than a day
        let wanted = civil.naive().and_utc().timestamp_micros();
        let around = margin.num_microseconds().unwrap_or_default();
        let shows = |at: i64| at.saturating_add(self.offset_micros(at)) >= wanted;
        Timestamp::at(self.first_instant(wanted.saturating_sub(around), wanted.saturating_add(around), shows))
    }

    /// The first instant in `low..=high` for which a condition holds that stays true once it is.
    fn first_instant(self, mut low: i64, mut high: i64, holds: impl Fn(i64) -> bool) -> i64 {
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

impl Default for TimeZone {
    fn default() -> Self {
        Self::UTC
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for TimeZone {
    type Err = Error;

    /// Reads an IANA name, in any case.
    ///
    /// # Errors
    /// [`Code::BadSetting`] if the database has no such zone.
    fn from_str(name: &str) -> Result<Self> {
        let names = || chrono_tz::TZ_VARIANTS.iter();
        match names().find(|zone| zone.name().eq_ignore_ascii_case(name.trim())) {
            Some(zone) => Ok(Self(*zone)),
            None => {
                let near = nearest(name, names().map(|zone| zone.name()));
                let help = did_you_mean(&near);
                Err(Error::value(
                    Diagnostic::new(Code::BadSetting, format!("there is no time zone {}", quoted(name)))
                        .help(help.unwrap_or_else(|| "use an IANA name such as `Europe/Paris`".to_owned()))
                        .expecting(near),
                ))
            }
        }
    }
}
