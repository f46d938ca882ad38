//! An instant.

use super::CivilDateTime;
use chrono::DateTime;
use std::fmt;

/// An instant in UTC, in microseconds since 1970-01-01T00:00:00Z.
///
/// ```
/// use tagmata::Timestamp;
/// let noon: Timestamp = "2026-01-31T12:00:00+02:00".parse()?;
/// assert_eq!(noon.to_string(), "2026-01-31T10:00:00Z");
/// assert_eq!(noon.as_micros(), 1_769_853_600_000_000);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 0001-01-01T00:00:00Z, the earliest instant that a contact may hold.
    pub const MIN: Self = Self(-62_135_596_800_000_000);
    /// 9999-12-31T23:59:59.999999Z, the latest instant that a contact may hold.
    pub const MAX: Self = Self(253_402_300_799_999_999);

    /// The instant so many microseconds after 1970-01-01T00:00:00Z, if its year is 1 to 9999.
    ///
    /// ```
    /// use tagmata::Timestamp;
    /// assert_eq!(Timestamp::from_micros(0).unwrap().to_string(), "1970-01-01T00:00:00Z");
    /// assert_eq!(Timestamp::from_micros(i64::MAX), None);
    /// ```
    #[must_use]
    pub fn from_micros(micros: i64) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&micros).then_some(Self(micros))
    }

    /// An instant that arithmetic arrived at; it may lie outside the years 1 to 9999.
    pub(crate) fn at(micros: i64) -> Self {
        Self(micros)
    }

    pub(crate) fn from_utc(utc: CivilDateTime) -> Self {
        Self(utc.naive().and_utc().timestamp_micros())
    }

    pub(crate) fn to_utc(self) -> CivilDateTime {
        // Out of chrono's range only beyond ±262,000 years, which 10,000 years of offset cannot reach.
        let utc = DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::UNIX_EPOCH);
        CivilDateTime::from_naive(utc.naive_utc())
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn as_micros(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Z", self.to_utc())
    }
}
