//! Options that are one of a few words.

use super::names::{list, quoted};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;

/// Reads options by the words that every language binding uses for them.
macro_rules! words {
    ($($type:ident $what:literal { $($word:literal => $variant:ident,)+ })+) => {$(
        impl std::str::FromStr for $type {
            type Err = $crate::Error;

            #[doc = concat!("Reads one of ", $("`", $word, "` ",)+ "and nothing else.")]
            ///
            /// # Errors
            /// [`Code::BadSetting`](crate::Code::BadSetting) for every other word.
            fn from_str(word: &str) -> $crate::Result<Self> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::Error::unknown_word($what, word, &[$($word,)+])),
                }
            }
        }
    )+};
}

pub(crate) use words;

impl Error {
    /// The error for a word that an option does not take: for hosts that call the option by another name.
    ///
    /// ```
    /// use tagmata::{Error, UnknownSegments};
    /// let error = "skp".parse::<UnknownSegments>().unwrap_err();
    /// assert_eq!(error.diagnostics()[0].message(), "`unknown_segments` does not take `skp`");
    /// let error = Error::unknown_word("unknownSegments", "skp", error.diagnostics()[0].expected());
    /// assert_eq!(error.diagnostics()[0].message(), "`unknownSegments` does not take `skp`");
    /// assert_eq!(error.diagnostics()[0].help_text(), Some("it takes `skip`, `reject` or `create`"));
    /// ```
    #[must_use]
    pub fn unknown_word(option: &str, word: &str, allowed: &[impl AsRef<str>]) -> Self {
        let message = format!("`{option}` does not take {}", quoted(word));
        let help = format!("it takes {}", list(allowed));
        let allowed = allowed.iter().map(AsRef::as_ref);
        Self::value(Diagnostic::new(Code::BadSetting, message).help(help).expecting(allowed))
    }
}
