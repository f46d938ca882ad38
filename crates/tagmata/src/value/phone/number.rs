//! Phone numbers, read by the rules of each country (ITU-T E.164, Google's libphonenumber metadata).

use super::plain::{Plain, read};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::quoted;
use crate::value::Country;
use rlibphonenumber::{PHONE_NUMBER_UTIL, ParseError, PhoneNumberFormat, Region, ValidationError};
use std::fmt;
use std::sync::Arc;

/// A phone number in E.164 form. A copy shares the bytes of the original.
///
/// ```
/// use tagmata::Phone;
/// let phone = Phone::parse("06 12 34 56 78", Some("FR".parse()?))?;
/// assert_eq!(phone.e164(), "+33612345678");
/// assert_eq!(phone.digits(), "33612345678");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    e164: Arc<str>,
    assigned: bool,
}

impl Phone {
    /// Reads a number: with `+` and its country code, or as it is dialled in a country.
    ///
    /// ```
    /// use tagmata::{Code, Phone};
    /// assert_eq!(Phone::parse("+33 6 12 34 56 78", None)?.e164(), "+33612345678");
    /// assert_eq!(Phone::parse("06 12 34 56 78", None).unwrap_err().code(), Code::BadPhone);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadPhone`] if the text is no number, or its length is impossible in its country.
    pub fn parse(text: &str, country: Option<Country>) -> Result<Self> {
        if let Some(Plain { e164, assigned }) = read(text.trim(), country) {
            return Ok(Self { e164, assigned });
        }
        let region: Option<Region> = country.and_then(|country| country.as_str().parse().ok());
        let number =
            PHONE_NUMBER_UTIL.parse(text.trim(), region).map_err(|error| refused(text, country, &error))?;
        if let Err(error) = number.is_possible_with_reason() {
            return Err(not_a_phone(text, impossible(&error)));
        }
        let e164 = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164);
        Ok(Self { e164: e164.into(), assigned: number.is_valid() })
    }

    /// The number that was read before and is kept without its `+`.
    pub(crate) fn from_digits(digits: &str, assigned: bool) -> Self {
        Self { e164: ["+", digits].concat().into(), assigned }
    }

    /// The number that was read before, if these can be the digits of one: what the plans of countries said then stands.
    pub(crate) fn from_kept(digits: &str, assigned: bool) -> Option<Self> {
        Self::can_be_kept(digits).then(|| Self::from_digits(digits, assigned))
    }

    /// Whether these can be the digits of a number: at most 3 of a country code, which has no zero in front, and 17 more.
    pub(crate) fn can_be_kept(digits: &str) -> bool {
        const MOST: usize = 20;
        (1..=MOST).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0')
    }

    /// The number with `+`, without spaces.
    #[must_use]
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The number without its `+`.
    #[must_use]
    pub fn digits(&self) -> &str {
        self.e164.strip_prefix('+').unwrap_or(&self.e164)
    }

    /// Whether the number lies in a range that its country has assigned; others are accepted with a warning.
    ///
    /// ```
    /// use tagmata::Phone;
    /// assert!(Phone::parse("+33 6 12 34 56 78", None)?.is_assigned());
    /// assert!(!Phone::parse("+1 555 555 5555", None)?.is_assigned());
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn is_assigned(&self) -> bool {
        self.assigned
    }
}

fn refused(text: &str, country: Option<Country>, error: &ParseError) -> Error {
    let help = match (error, country) {
        (ParseError::InvalidCountryCode, None) => {
            "write it with `+` and the country code, or set the book's default country"
        }
        (ParseError::InvalidCountryCode, Some(_)) => "no country has this country code",
        (ParseError::TooShortNsn | ParseError::TooShortAfterIdd, _) => "it has too few digits",
        (ParseError::TooLongNsn, _) => "it has too many digits",
        (ParseError::NotANumber(_), _) => "write digits, such as `+33 6 12 34 56 78`",
    };
    not_a_phone(text, help)
}

fn impossible(error: &ValidationError) -> &'static str {
    match error {
        ValidationError::InvalidCountryCode => "no country has this country code",
        ValidationError::TooShort => "it has too few digits for its country",
        ValidationError::TooLong => "it has too many digits for its country",
        ValidationError::InvalidLength => "no number of its country has so many digits",
    }
}

fn not_a_phone(text: &str, help: &str) -> Error {
    Error::value(
        Diagnostic::new(Code::BadPhone, format!("{} is not a phone number", quoted(text))).help(help),
    )
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.e164)
    }
}
