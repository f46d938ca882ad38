//! Exact decimals, for sums that agree everywhere.

use std::fmt;

/// An exact decimal with at most 6 fraction digits, such as the amount of a payment.
///
/// The currency is the host's: amounts are compared and added as they are.
///
/// ```
/// use tagmata::Amount;
/// let amount: Amount = "12.50".parse()?;
/// assert_eq!(amount.micros(), 12_500_000);
/// assert_eq!(amount.to_string(), "12.5");
/// assert!("0.0000001".parse::<Amount>().is_err());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

const SCALE: i64 = 1_000_000;

impl Amount {
    /// The amount of so many millionths.
    ///
    /// ```
    /// # use tagmata::Amount;
    /// assert_eq!(Amount::from_micros(-1_500_000).to_string(), "-1.5");
    /// ```
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The amount in millionths.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The amount whose numeral is the shortest one of a finite double; `None` if that has more digits or is out of range.
    pub(crate) fn of_double(value: f64) -> Option<Self> {
        // Below this, numbers of millionths have at most 15 digits: no two of them are the same double, so that whichever is
        // this one is also its shortest numeral.
        const FEW_DIGITS: f64 = 9e8;
        // Next to this number doubles are whole numbers, and their bits count them.
        const WHOLE: f64 = 6_755_399_441_055_744.0;
        if value.abs() >= FEW_DIGITS {
            return Self::read_exact(&format!("{value:e}"));
        }
        let shifted = value * 1e6 + WHOLE;
        let micros = shifted.to_bits().wrapping_sub(WHOLE.to_bits());
        ((shifted - WHOLE) / 1e6 == value).then(|| Self(i64::from_ne_bytes(micros.to_ne_bytes())))
    }

    /// Reads a numeral whose value is an amount exactly; `None` if it has more digits or is out of range.
    pub(super) fn read_exact(numeral: &str) -> Option<Self> {
        let (negative, text) = match numeral.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, numeral),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let mut micros: i128 = 0;
        for digit in whole.bytes().chain(fraction.bytes()) {
            micros = micros.checked_mul(10)?.checked_add(i128::from(digit.checked_sub(b'0')?))?;
        }
        if micros == 0 {
            return Some(Self(0));
        }
        let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?.checked_add(6)?;
        let power = 10_i128.checked_pow(shift.unsigned_abs())?;
        micros = match shift >= 0 {
            true => micros.checked_mul(power)?,
            false if micros % power == 0 => micros / power,
            false => return None,
        };
        i64::try_from(if negative { -micros } else { micros }).ok().map(Self)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) =
            (self.0.unsigned_abs() / SCALE.unsigned_abs(), self.0.unsigned_abs() % SCALE.unsigned_abs());
        write!(f, "{}{whole}", if self.0 < 0 { "-" } else { "" })?;
        if fraction != 0 {
            write!(f, ".{}", format!("{fraction:06}").trim_end_matches('0'))?;
        }
        Ok(())
    }
}
