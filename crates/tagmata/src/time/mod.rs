//! All arithmetic on time: days, instants, zones, windows, moments, anniversaries.
//!
//! Invariant: every edge of a window or moment is a non-decreasing function of `now`, so membership by time never flickers.
//! Nothing here reads a clock.

mod date;
mod month_day;
mod civil;
mod timestamp;
mod rfc3339;
mod zone;
mod day_offsets;
mod unit;
mod calendar;
mod moment;
mod window;
mod flip;
mod anniversary;

pub use anniversary::Anniversary;
pub(crate) use anniversary::AnniversaryAt;
pub(crate) use calendar::Cut;
pub use calendar::{Calendar, Weekday};
pub use civil::CivilDateTime;
pub use date::Date;
pub(crate) use flip::{first_crossing, symmetric_difference};
pub use moment::{Anchor, Moment};
pub use month_day::{LeapDay, MonthDay};
pub(crate) use rfc3339::WrittenDateTime;
pub use timestamp::Timestamp;
pub use unit::{Count, Unit};
pub use window::{Direction, Window};
pub use zone::TimeZone;
