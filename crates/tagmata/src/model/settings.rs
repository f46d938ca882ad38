//! The settings of a book that decide what values and filters mean.

use super::Limits;
use crate::time::Calendar;
use crate::value::Country;

/// The settings that reading values and filters depends on.
///
/// ```
/// use tagmata::{ContactId, Draft, Field, Schema, Settings, Value};
/// let schema = Schema::new(Settings { default_country: Some("FR".parse()?), ..Settings::default() });
/// let zoe = Draft::new().set("mobile", "06 12 34 56 78").read(ContactId::new(0), &schema)?;
/// let Some(Value::Phone(mobile)) = zoe.get(Field::MOBILE) else { unreachable!() };
/// assert_eq!(mobile.e164(), "+33612345678");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Zone, first day of the week, 29 February.
    pub calendar: Calendar,
    /// The country in which a phone number without country code is read.
    pub default_country: Option<Country>,
    /// How large a filter may be.
    pub limits: Limits,
}
