//! The file of a durable book, and how it is opened.

use crate::errors::{Result, wrong_type};
use crate::outcome::Advance;
use chrono::TimeDelta;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods};
use pyo3::types::{PyBool, PyDelta, PyInt, PyString, PyStringMethods};
use std::borrow::Cow;
use std::path::PathBuf;
use tagmata_sqlite::{BookFile, Retention};

/// The file of a durable book, and what was said when it was opened.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) file: BookFile,
    pub(crate) path: PathBuf,
    pub(crate) read_only: bool,
    pub(crate) opened: Py<Advance>,
}

impl Stored {
    /// The book as messages name it.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        self.path.to_string_lossy()
    }
}

/// The path of a file: text, or something that has one.
pub(crate) fn path(value: &Bound<'_, PyAny>) -> Result<PathBuf> {
    value.extract().map_err(|_| wrong_type("a path is text or an `os.PathLike`", value))
}

/// Which commits are kept: `'all'`, so many, or those of a `timedelta` of whole days.
pub(crate) fn retention(value: &Bound<'_, PyAny>) -> Result<Retention> {
    const TAKES: &str = "`retention` is 'all', a number of commits or a `timedelta` of whole days";
    let wrong_value = |_| PyValueError::new_err(format!("{TAKES}, not {value}"));
    if let Ok(word) = value.cast::<PyString>() {
        match &*word.to_cow()? {
            "all" => Ok(Retention::All),
            other => Err(tagmata::Error::unknown_word("retention", other, &["all"]).into()),
        }
    } else if value.is_instance_of::<PyDelta>() {
        let time: TimeDelta = value.extract()?;
        match u32::try_from(time.num_days()) {
            Ok(days) if TimeDelta::days(days.into()) == time => Ok(Retention::Days(days)),
            _ => Err(wrong_value(()).into()),
        }
    } else if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() {
        Ok(Retention::Commits(value.extract().map_err(|_| wrong_value(()))?))
    } else {
        Err(wrong_type(TAKES, value))
    }
}
