//! The ways in which a broadcast reaches people.

use crate::error::{Error, Result};
use crate::model::Field;
use crate::value::FieldId;
use std::fmt;
use std::str::FromStr;

/// How a broadcast reaches its recipients.
///
/// ```
/// use tagmata::Channel;
/// assert_eq!("sms".parse::<Channel>()?, Channel::Sms);
/// let error = "fax".parse::<Channel>().unwrap_err();
/// assert_eq!(error.diagnostics()[0].expected(), ["sms", "email"]);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive] // channels are added when fields for their addresses are
pub enum Channel {
    /// To the mobile number.
    Sms,
    /// To the e-mail address.
    Email,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Sms, Self::Email];

    /// The channel in one word: `sms` or `email`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
        }
    }

    /// The field that has the address.
    pub(super) const fn address(self) -> FieldId {
        match self {
            Self::Sms => Field::MOBILE,
            Self::Email => Field::EMAIL,
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Channel {
    type Err = Error;

    /// Reads `sms` or `email`.
    ///
    /// # Errors
    /// [`Code::BadSetting`](crate::Code::BadSetting) for every other word.
    fn from_str(word: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|channel| channel.as_str() == word);
        found.ok_or_else(|| Error::unknown_word("channel", word, &Self::ALL.map(Self::as_str)))
    }
}
