//! The file of a durable book, and how it is opened.

use crate::clock::{CLOCK, GivenClock};
use crate::convert::{Options, chosen, flag, refuse, text, whole};
use crate::errors::refused;
use crate::outcome::NamedAdvance;
use crate::partial_settings::{SETTINGS, partial_settings};
use crate::watching::WATCHED;
use napi::bindgen_prelude::{JsValue, Unknown};
use napi::{Result, ValueType};
use tagmata_sqlite::{BookFile, OpenOptions, Retention};

/// The file of a durable book, and what happened while it was closed.
pub(crate) struct Stored {
    pub(crate) file: BookFile,
    pub(crate) path: String,
    pub(crate) read_only: bool,
    pub(crate) opened: NamedAdvance,
}

/// How a book is opened, and by which clock.
pub(crate) struct Opening {
    pub(crate) options: OpenOptions,
    pub(crate) read_only: bool,
    pub(crate) clock: GivenClock,
}

impl Opening {
    pub(crate) fn read(given: Option<Unknown<'_>>) -> Result<Self> {
        const READ_ONLY: &str = "readOnly";
        const CREATE: &str = "create";
        const SYNCHRONOUS: &str = "synchronous";
        const MATERIALIZE: &str = "materializeSegments";
        const OWN: [&str; 6] = [CLOCK, READ_ONLY, CREATE, SYNCHRONOUS, MATERIALIZE, RETENTION];
        let given = Options::of("open", given, &[&SETTINGS[..], &OWN, &WATCHED].concat())?;
        let read_only = given.flag(READ_ONLY)?;
        let mut options = OpenOptions::new().required(partial_settings(&given)?).read_only(read_only);
        if let Some(create) = given.get(CREATE)? {
            options = options.create(flag(CREATE, create)?);
        }
        if let Some(synchronous) = chosen(&given, SYNCHRONOUS)? {
            options = options.synchronous(synchronous);
        }
        if let Some(materialize) = given.get(MATERIALIZE)? {
            options = options.materialize_segments(flag(MATERIALIZE, materialize)?);
        }
        if let Some(kept) = given.get(RETENTION)? {
            options = options.retention(retention(kept)?);
        }
        Ok(Self { options, read_only, clock: GivenClock::read(&given)? })
    }
}

const RETENTION: &str = "retention";

/// Which commits are kept: `all`, so many, or those of so many days.
pub(crate) fn retention(given: Unknown<'_>) -> Result<Retention> {
    const TAKES: &str = "`all`, an object with a number of `commits`, or one with a number of `days`";
    const ALL: &str = "all";
    const COMMITS: &str = "commits";
    const DAYS: &str = "days";
    match given.get_type()? {
        ValueType::String => match text(RETENTION, given)?.as_str() {
            ALL => Ok(Retention::All),
            other => Err(refused(tagmata::Error::unknown_word(RETENTION, other, &[ALL]))),
        },
        ValueType::Object if !given.is_array()? && !given.is_date()? => {
            let kept = Options::of(RETENTION, Some(given), &[COMMITS, DAYS])?;
            match (kept.get(COMMITS)?, kept.get(DAYS)?) {
                (Some(commits), None) => Ok(Retention::Commits(whole(COMMITS, "a whole number", commits)?)),
                (None, Some(days)) => Ok(Retention::Days(whole(DAYS, "a whole number", days)?)),
                _ => refuse(RETENTION, TAKES, &given),
            }
        }
        _ => refuse(RETENTION, TAKES, &given),
    }
}
