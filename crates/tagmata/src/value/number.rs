//! Numbers as filters and files write them.

use super::Amount;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::text::quoted;
use std::{fmt, str::FromStr};

/// A number that somebody wrote: the nearest finite double, and the exact decimal where it is an amount. With more digits than a double
/// keeps it is what the shortest numeral of that double is.
///
/// ```
/// use tagmata::Number;
/// let number: Number = "1000.10".parse()?;
/// assert_eq!(number.value(), 1000.1);
/// assert_eq!(number.to_string(), "1000.1");
/// assert_eq!("1000.1000000000000004".parse::<Number>()?, number);
/// assert!("1e999".parse::<Number>().is_err());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    value: f64,
    amount: Option<Amount>,
}

impl Number {
    /// A finite double as a number; `-0` is `0`.
    ///
    /// ```
    /// use tagmata::{Code, Number};
    /// assert_eq!(Number::new(-0.0)?.to_string(), "0");
    /// assert_eq!(Number::new(0.1)?.amount(), Some("0.1".parse()?));
    /// assert_eq!(Number::new(f64::NAN).unwrap_err().code(), Code::BadNumber);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadNumber`] for NaN and the infinities.
    pub fn new(value: f64) -> Result<Self> {
        match value.is_finite() {
            true => Ok(Self { value: value + 0.0, amount: Amount::of_double(value) }),
            false => Err(not_a_number(&value.to_string())),
        }
    }

    /// Reads `-?digits[.digits]` with another sign in the place of the point, where it has so few digits that the whole of
    /// them and the power of ten are doubles: then their quotient is the nearest one. `None` says nothing of the text.
    pub(crate) fn read_plain(text: &str, point: u8) -> Option<Self> {
        // All have fewer digits than 2^53.
        const MOST: usize = 15;
        const POWERS: [f64; 7] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
        const MICROS: [i64; 7] = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
        let (is_negative, digits) = match text.as_bytes() {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        if digits.len() > MOST || !digits.first()?.is_ascii_digit() || !digits.last()?.is_ascii_digit() {
            return None;
        }
        let (mut value, mut whole) = (0.0, 0_i64);
        let (mut has_point, mut fraction) = (false, 0_usize);
        for byte in digits {
            match byte {
                b'0'..=b'9' => {
                    let digit = byte - b'0';
                    (value, whole) = (value * 10.0 + f64::from(digit), whole * 10 + i64::from(digit));
                    fraction += usize::from(has_point);
                }
                _ if *byte == point && !has_point => has_point = true,
                _ => return None,
            }
        }
        let (value, whole) = (value / POWERS.get(fraction)?, whole.checked_mul(*MICROS.get(fraction)?));
        let sign = if is_negative { (-1.0, -1) } else { (1.0, 1) };
        // Adding zero turns -0 into 0 and changes nothing else.
        let value = value * sign.0 + 0.0;
        Some(Self { value, amount: whole.map(|micros| Amount::from_micros(micros * sign.1)) })
    }

    /// The nearest double; finite, and never `-0`.
    #[must_use]
    pub fn value(self) -> f64 {
        self.value
    }

    /// The exact value, or that of the shortest numeral of the double, where it has at most 6 fraction digits and is in the range of
    /// amounts.
    ///
    /// ```
    /// use tagmata::{Amount, Number};
    /// assert_eq!("1000.10".parse::<Number>()?.amount(), Some(Amount::from_micros(1_000_100_000)));
    /// assert_eq!("0.0000001".parse::<Number>()?.amount(), None);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn amount(self) -> Option<Amount> {
        self.amount
    }
}

impl FromStr for Number {
    type Err = Error;

    /// Reads `-?digits[.digits][e±digits]`.
    ///
    /// # Errors
    /// [`Code::BadNumber`] if the text has another form or is too large for a double.
    fn from_str(text: &str) -> Result<Self> {
        if let Some(number) = Self::read_plain(text, b'.') {
            return Ok(number);
        }
        let value = nearest_double(text)?;
        Ok(Self { value, amount: Amount::read_exact(text).or_else(|| Amount::of_double(value)) })
    }
}

impl FromStr for Amount {
    type Err = Error;

    /// Reads a numeral such as `1234.56`.
    ///
    /// # Errors
    /// [`Code::BadNumber`] if the text is no number, [`Code::BadAmount`] if it has more than 6 fraction digits or is
    /// not between -9,223,372,036,854.775808 and 9,223,372,036,854.775807.
    fn from_str(text: &str) -> Result<Self> {
        let amount = match Number::read_plain(text, b'.') {
            Some(number) => number.amount,
            // No digit of an amount is rounded away.
            None => nearest_double(text).map(|_| Self::read_exact(text))?,
        };
        amount.ok_or_else(|| {
            Error::value(Diagnostic::new(Code::BadAmount, format!("{} is not an amount", quoted(text))).help(
                "amounts have at most 6 fraction digits and lie between -9,223,372,036,854 and 9,223,372,036,854",
            ))
        })
    }
}

/// The double that is nearest to `-?digits[.digits][e±digits]`; finite, and never `-0`.
fn nearest_double(text: &str) -> Result<f64> {
    let value: f64 = match is_numeral(text) {
        true => text.parse().map_err(|_| not_a_number(text))?,
        false => return Err(not_a_number(text)),
    };
    if !value.is_finite() {
        return Err(Error::value(
            Diagnostic::new(Code::BadNumber, format!("{} is too large for a number", quoted(text)))
                .help("numbers lie between -1.7e308 and 1.7e308"),
        ));
    }
    // Adding zero turns -0 into 0 and changes nothing else.
    Ok(value + 0.0)
}

fn not_a_number(text: &str) -> Error {
    Error::value(
        Diagnostic::new(Code::BadNumber, format!("{} is not a number", quoted(text)))
            .help("numbers are written `1234.56`, `-3` or `1.5e6`"),
    )
}

/// Whether a text is `-?digits[.digits][e±digits]`.
fn is_numeral(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let mantissa = match mantissa.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(mantissa),
    };
    mantissa && exponent.is_none_or(digits)
}

impl fmt::Display for Number {
    /// The shortest spelling that reads back as the same number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.amount {
            Some(amount) => amount.fmt(f),
            None => {
                let (plain, scientific) = (format!("{}", self.value), format!("{:e}", self.value));
                f.write_str(if plain.len() <= scientific.len() { &plain } else { &scientific })
            }
        }
    }
}
