//! Instants: dates of JavaScript, which count milliseconds, and texts.

use super::values::wrong;
use crate::errors::Read;
use napi::bindgen_prelude::{JsValue, Unknown};
use napi::{Env, JsDate, Result, ValueType};
use std::time::{SystemTime, UNIX_EPOCH};
use tagmata::{Error, TimeZone, Timestamp};

const MICROS: i64 = 1_000;

/// When something is, as it is given: text without a zone is on the wall clock of a zone that may not be known yet.
pub(crate) enum When {
    Instant(Timestamp),
    Text(String),
}

impl When {
    pub(crate) fn instant(&self, zone: TimeZone) -> tagmata::Result<Timestamp> {
        match self {
            Self::Instant(instant) => Ok(*instant),
            Self::Text(text) => zone.read_datetime(text.trim()),
        }
    }
}

/// An instant that is given as a date or as text; text without a zone is on the wall clock of `zone`.
pub(crate) fn instant(name: &str, value: Unknown<'_>, zone: TimeZone) -> Read<Timestamp> {
    Ok(when(name, value)?.instant(zone)?)
}

/// A date, or text that is to be one.
pub(crate) fn when(name: &str, value: Unknown<'_>) -> Read<When> {
    const TAKES: &str = "a datetime";
    match value.get_type()? {
        ValueType::String => Ok(When::Text(value.coerce_to_string()?.into_utf8()?.into_owned()?)),
        ValueType::Object if value.is_date()? => {
            let given = value.coerce_to_number()?;
            // An invalid date is not a number.
            let micros = match given.get_double()?.is_finite() {
                true => given.get_int64()?.checked_mul(MICROS),
                false => None,
            };
            let instant = micros.and_then(Timestamp::from_micros);
            let instant = instant.ok_or_else(|| Error::wrong_type(name, TAKES, "an invalid date"))?;
            Ok(When::Instant(instant))
        }
        _ => Err(wrong(name, TAKES, &value)?.into()),
    }
}

/// The date of an instant; what is below a millisecond is cut off.
pub(crate) fn date(env: &Env, instant: Timestamp) -> Result<JsDate<'_>> {
    env.create_date(instant.as_micros().div_euclid(MICROS) as f64)
}

/// The first date that is not before an instant: a timer set to it does not ring too early.
pub(crate) fn date_from(env: &Env, instant: Timestamp) -> Result<JsDate<'_>> {
    let micros = instant.as_micros();
    env.create_date((micros.div_euclid(MICROS) + i64::from(micros.rem_euclid(MICROS) != 0)) as f64)
}

/// What the clock of the system shows.
pub(crate) fn system_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros(micros).unwrap_or(Timestamp::MAX)
}
