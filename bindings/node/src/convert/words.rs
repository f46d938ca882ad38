//! Options that are words which the core reads.

use super::options::Options;
use crate::errors::refused;
use napi::Result;
use std::str::FromStr;
use tagmata::Diagnostic;

/// An option that the core reads.
pub(crate) fn parsed<T: FromStr<Err = tagmata::Error>>(
    options: &Options<'_>,
    name: &str,
) -> Result<Option<T>> {
    options.text(name)?.map(|word| word.parse().map_err(refused)).transpose()
}

/// An option that is one of a few words, which the core reads.
pub(crate) fn chosen<T: FromStr<Err = tagmata::Error>>(
    options: &Options<'_>,
    name: &str,
) -> Result<Option<T>> {
    options.text(name)?.map(|word| self::word(name, &word)).transpose()
}

/// One of a few words. One that is none of them is refused by the name that the option has here.
pub(crate) fn word<T: FromStr<Err = tagmata::Error>>(name: &str, word: &str) -> Result<T> {
    let named = |error: tagmata::Error| {
        let allowed = error.diagnostics().first().map(Diagnostic::expected).unwrap_or_default();
        refused(tagmata::Error::unknown_word(name, word, allowed))
    };
    word.parse().map_err(named)
}
