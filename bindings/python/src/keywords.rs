//! Keywords that a function does not take, and those that say nothing where they should.

use crate::errors::Result;
use pyo3::PyTypeInfo;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::{Borrowed, Bound, FromPyObject, PyAny, PyAnyMethods, PyErr, PyResult, Python};
use pyo3::types::PyEllipsis;

/// A keyword that a function does not have.
pub(crate) struct Unknown(String);

impl Unknown {
    /// One that was found while the keywords were read.
    pub(crate) fn new(keyword: String) -> Self {
        Self(keyword)
    }
}

impl<'py> FromPyObject<'_, 'py> for Unknown {
    type Error = PyErr;

    /// Takes the first of the keywords that are left over.
    fn extract(keywords: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let first = keywords.try_iter()?.next().transpose()?;
        Ok(Self(first.map_or_else(|| Ok(String::new()), |keyword| keyword.extract())?))
    }
}

/// Refuses a keyword that a method of a class does not take; `""` is the class itself.
///
/// # Errors
/// `TypeError` with the keywords that it takes, which its text signature lists.
pub(crate) fn refuse_unknown<T: PyTypeInfo>(
    py: Python<'_>,
    method: &str,
    unknown: Option<Unknown>,
) -> PyResult<()> {
    let Some(Unknown(keyword)) = unknown else { return Ok(()) };
    let class = T::type_object(py).into_any();
    let name = class.getattr("__name__")?;
    let (called, documented) = match method {
        "" => (name.to_string(), class),
        _ => (format!("{name}.{method}"), class.getattr(method)?),
    };
    let signature: String = documented.getattr("__text_signature__")?.extract()?;
    Err(unexpected(&called, &keyword, &keywords(&signature)))
}

/// Says that a function does not take a keyword, and what it takes, in the words of all languages.
pub(crate) fn unexpected(called: &str, keyword: &str, takes: &[&str]) -> PyErr {
    let error = tagmata::Error::unknown_option(called, keyword, takes);
    let help = error.diagnostics().first().and_then(tagmata::Diagnostic::help_text).unwrap_or_default();
    PyTypeError::new_err(format!("{called}() got an unexpected keyword argument '{keyword}'; {help}"))
}

/// A keyword without which more is changed, deleted or sent to: `None` is not the same as leaving it out, which `...` is.
pub(crate) enum Narrowing<T> {
    LeftOut,
    Nothing,
    To(T),
}

impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for Narrowing<T> {
    type Error = T::Error;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> std::result::Result<Self, T::Error> {
        match value {
            value if value.is_none() => Ok(Self::Nothing),
            value if is_left_out(&value) => Ok(Self::LeftOut),
            value => value.extract().map(Self::To),
        }
    }
}

impl<T> Narrowing<T> {
    /// What it narrows to, if anything is said.
    ///
    /// # Errors
    /// Where it is `None`.
    pub(crate) fn of(self, call: &str, keyword: &str) -> Result<Option<T>> {
        match self {
            Self::LeftOut => Ok(None),
            Self::Nothing => says_nothing(call, keyword).map(|()| None),
            Self::To(value) => Ok(Some(value)),
        }
    }
}

/// Whether a keyword is `...`, which is what signatures show where there is no value that says the same as leaving it out.
pub(crate) fn is_left_out(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyEllipsis>()
}

/// Refuses a keyword that is `None` where leaving it out means more than anything that it could say.
pub(crate) fn refuse_nothing(call: &str, keyword: &str, value: &Bound<'_, PyAny>) -> Result<()> {
    if value.is_none() { says_nothing(call, keyword) } else { Ok(()) }
}

fn says_nothing(call: &str, keyword: &str) -> Result<()> {
    tagmata::Error::option_says_nothing(call, keyword).map_or(Ok(()), |error| Err(error.into()))
}

/// The names in a text signature such as `($self, key, *, label=None)` that can be given by keyword.
fn keywords(signature: &str) -> Vec<&str> {
    let all = signature.trim_start_matches('(').trim_end_matches(')');
    let behind = all.split_once("/, ").map_or(all, |(_, behind)| behind);
    let names = behind.split(',').map(|parameter| parameter.split('=').next().unwrap_or_default().trim());
    names.filter(|name| !name.is_empty() && !name.starts_with(['$', '*', '/'])).collect()
}
