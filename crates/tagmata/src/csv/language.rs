//! The languages of headers.

use crate::error::{Error, Result};
use std::str::FromStr;

/// A language in which headers are recognised and templates are written.
///
/// ```
/// use tagmata::Language;
/// assert_eq!("FR".parse::<Language>()?, Language::French);
/// assert!("french".parse::<Language>().is_err());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive] // languages are added
pub enum Language {
    /// `en`
    English,
    /// `fr`
    French,
    /// `es`
    Spanish,
    /// `pt`
    Portuguese,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::English, Self::French, Self::Spanish, Self::Portuguese];

    /// The code of ISO 639-1.
    ///
    /// ```
    /// # use tagmata::Language;
    /// assert_eq!(Language::ALL.map(Language::as_str), ["en", "fr", "es", "pt"]);
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Portuguese => "pt",
        }
    }
}

impl FromStr for Language {
    type Err = Error;

    /// Reads a code of ISO 639-1, in any case.
    ///
    /// # Errors
    /// [`Code::BadSetting`](crate::Code::BadSetting) for every other language.
    fn from_str(code: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|language| language.as_str().eq_ignore_ascii_case(code));
        found.ok_or_else(|| Error::unknown_word("language", code, &Self::ALL.map(Self::as_str)))
    }
}
