//! Why somebody does not get a broadcast.

use super::channel::Channel;
use std::fmt;

/// Why a contact of an audience is skipped. Where there are several reasons, the first one in this order is given.
///
/// ```
/// use tagmata::SkipReason;
/// assert_eq!(SkipReason::OptedOut.as_str(), "opted_out");
/// assert!(SkipReason::Excluded < SkipReason::SameAddress);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive] // reasons are added when channels are
pub enum SkipReason {
    /// An exclusion names the contact.
    Excluded,
    /// The contact has opted out.
    OptedOut,
    /// The contact has no mobile number.
    NoMobile,
    /// The contact has no e-mail address.
    NoEmail,
    /// A recipient with a lower id has the same mobile number or e-mail address: one recipient once.
    SameAddress,
}

impl SkipReason {
    /// The reason in one word: `excluded`, `opted_out`, `no_mobile`, `no_email` or `same_address`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Excluded => "excluded",
            Self::OptedOut => "opted_out",
            Self::NoMobile => "no_mobile",
            Self::NoEmail => "no_email",
            Self::SameAddress => "same_address",
        }
    }

    /// Why somebody without an address is not reached.
    pub(super) const fn no_address(channel: Channel) -> Self {
        match channel {
            Channel::Sms => Self::NoMobile,
            Channel::Email => Self::NoEmail,
        }
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
