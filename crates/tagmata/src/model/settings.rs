//! The settings of a book that decide what values and filters mean.

use super::Limits;
use crate::time::Calendar;
use crate::value::Country;

/// The settings that reading values and filters depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Zone, first day of the week, 29 February.
    pub calendar: Calendar,
    /// The country in which a phone number without country code is read.
    pub default_country: Option<Country>,
    /// How large a filter may be.
    pub limits: Limits,
}
