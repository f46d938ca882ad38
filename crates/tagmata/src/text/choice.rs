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
                    _ => Err($crate::text::unknown_word($what, word, &[$($word,)+])),
                }
            }
        }
    )+};
}

pub(crate) use words;

/// The error for a word that an option does not take.
pub(crate) fn unknown_word(option: &str, word: &str, allowed: &[&str]) -> Error {
    let message = format!("`{option}` does not take {}", quoted(word));
    let help = format!("it takes {}", list(allowed));
    Error::value(Diagnostic::new(Code::BadSetting, message).help(help).expecting(allowed.iter().copied()))
}
