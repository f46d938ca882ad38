//! Numbers, days, times and flags of Arrow as a file would say them.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, DecimalType, Float16Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, BooleanArray, PrimitiveArray};
use arrow_schema::TimeUnit;
use std::fmt::Write as _;
use tagmata::Date;

const MILLIS_OF_DAY: i64 = 86_400_000;
const MICROS_OF_DAY: i64 = 1_000 * MILLIS_OF_DAY;

/// Values that are written as they are.
pub(super) trait Plain: Sync {
    /// Writes the value of a row behind a text; nothing for what is missing.
    fn write(&self, row: usize, to: &mut String) -> Result<(), String>;
}

/// Writes a whole number with at least so many digits.
fn put(number: impl itoa::Integer, least: usize, to: &mut String) {
    let mut digits = itoa::Buffer::new();
    let digits = digits.format(number);
    for _ in digits.len()..least {
        to.push('0');
    }
    to.push_str(digits);
}

impl Plain for &BooleanArray {
    fn write(&self, row: usize, to: &mut String) -> Result<(), String> {
        if self.is_valid(row) {
            to.push_str(if self.value(row) { "true" } else { "false" });
        }
        Ok(())
    }
}

/// Whole numbers, with all of their digits.
pub(super) struct Wholes<'b, T: ArrowPrimitiveType>(pub(super) &'b PrimitiveArray<T>);

impl<T: ArrowPrimitiveType<Native: itoa::Integer>> Plain for Wholes<'_, T> {
    fn write(&self, row: usize, to: &mut String) -> Result<(), String> {
        if self.0.is_valid(row) {
            put(self.0.value(row), 1, to);
        }
        Ok(())
    }
}

/// Numbers without an exponent: `7` for `7.0`, since what has missing values has no whole numbers in NumPy.
pub(super) struct Floats<'b, T: ArrowPrimitiveType>(pub(super) &'b PrimitiveArray<T>);

impl<T: ArrowPrimitiveType<Native: Into<f64>>> Plain for Floats<'_, T> {
    fn write(&self, row: usize, to: &mut String) -> Result<(), String> {
        if self.0.is_valid(row) { number(self.0.value(row).into(), to) } else { Ok(()) }
    }
}

/// Numbers of 16 bits.
pub(super) struct Halves<'b>(pub(super) &'b PrimitiveArray<Float16Type>);

impl Plain for Halves<'_> {
    fn write(&self, row: usize, to: &mut String) -> Result<(), String> {
        if self.0.is_valid(row) { number(self.0.value(row).to_f64(), to) } else { Ok(()) }
    }
}

/// Not a number is missing.
fn number(number: f64, to: &mut String) -> Result<(), String> {
    if number.is_nan() { Ok(()) } else { write!(to, "{number}").map_err(|error| error.to_string()) }
}

/// Exact numbers, without an exponent.
pub(super) struct Decimals<'b, T: ArrowPrimitiveType>(pub(super) &'b PrimitiveArray<T>);

impl<T: DecimalType> Plain for Decimals<'_, T> {
    fn write(&self, row: usize, to: &mut String) -> Result<(), String> {
        if self.0.is_valid(row) {
            to.push_str(&self.0.value_as_string(row));
        }
        Ok(())
    }
}

/// Calendar days.
pub(super) enum Days<'b> {
    Days(&'b PrimitiveArray<Date32Type>),
    Millis(&'b PrimitiveArray<Date64Type>),
}

impl<'b> Days<'b> {
    pub(super) fn of_days(days: &'b PrimitiveArray<Date32Type>) -> Self {
        Self::Days(days)
    }

    pub(super) fn of_millis(millis: &'b PrimitiveArray<Date64Type>) -> Self {
        Self::Millis(millis)
    }
}

impl Plain for Days<'_> {
    fn write(&self, row: usize, to: &mut String) -> Result<(), String> {
        let days = match self {
            Self::Days(days) if days.is_valid(row) => Some(days.value(row)),
            Self::Millis(millis) if millis.is_valid(row) => {
                i32::try_from(millis.value(row).div_euclid(MILLIS_OF_DAY)).ok()
            }
            _ => return Ok(()),
        };
        put_day(days.ok_or_else(out_of_range)?, to)
    }
}

/// Writes a day by its number since 1970, as ISO 8601 has it.
fn put_day(days: i32, to: &mut String) -> Result<(), String> {
    let day = Date::from_days_since_epoch(days).ok_or_else(out_of_range)?;
    put(day.year(), 4, to);
    for part in [day.month(), day.day()] {
        to.push('-');
        put(part, 2, to);
    }
    Ok(())
}

/// Times.
pub(super) struct Moments<'b> {
    ticks: &'b dyn Ticks,
    /// How long a tick is.
    unit: TimeUnit,
    /// Whether they are instants, and not what a wall clock shows.
    is_zoned: bool,
}

trait Ticks: Sync {
    /// The number of ticks since 1970; none if it is null.
    fn at(&self, row: usize) -> Option<i64>;
}

impl<T: ArrowPrimitiveType<Native = i64>> Ticks for PrimitiveArray<T> {
    fn at(&self, row: usize) -> Option<i64> {
        self.is_valid(row).then(|| self.value(row))
    }
}

impl<'b> Moments<'b> {
    /// None of what is no array of times of that unit.
    pub(super) fn new(array: &'b ArrayRef, unit: TimeUnit, is_zoned: bool) -> Option<Self> {
        let ticks: &dyn Ticks = match unit {
            TimeUnit::Second => array.as_primitive_opt::<TimestampSecondType>()?,
            TimeUnit::Millisecond => array.as_primitive_opt::<TimestampMillisecondType>()?,
            TimeUnit::Microsecond => array.as_primitive_opt::<TimestampMicrosecondType>()?,
            TimeUnit::Nanosecond => array.as_primitive_opt::<TimestampNanosecondType>()?,
        };
        Some(Self { ticks, unit, is_zoned })
    }
}

impl Plain for Moments<'_> {
    /// A datetime of RFC 3339; without a zone, midnight is a day, as in a table that has no other type for days.
    fn write(&self, row: usize, to: &mut String) -> Result<(), String> {
        let Some(ticks) = self.ticks.at(row) else { return Ok(()) };
        let micros = match self.unit {
            TimeUnit::Second => ticks.checked_mul(1_000_000),
            TimeUnit::Millisecond => ticks.checked_mul(1_000),
            TimeUnit::Microsecond => Some(ticks),
            TimeUnit::Nanosecond => Some(ticks.div_euclid(1_000)),
        };
        let micros = micros.ok_or_else(out_of_range)?;
        let days = i32::try_from(micros.div_euclid(MICROS_OF_DAY)).map_err(|_| out_of_range())?;
        put_day(days, to)?;
        let micros = micros.rem_euclid(MICROS_OF_DAY);
        if micros == 0 && !self.is_zoned {
            return Ok(());
        }
        let (seconds, fraction) = (micros / 1_000_000, micros % 1_000_000);
        for (sign, part) in [('T', seconds / 3_600), (':', seconds / 60 % 60), (':', seconds % 60)] {
            to.push(sign);
            put(part, 2, to);
        }
        if fraction != 0 {
            to.push('.');
            put(fraction, 6, to);
        }
        if self.is_zoned {
            to.truncate(if fraction == 0 { to.len() } else { to.trim_end_matches('0').len() });
            to.push('Z');
        }
        Ok(())
    }
}

fn out_of_range() -> String {
    "it is outside the years 0001 to 9999".to_owned()
}
