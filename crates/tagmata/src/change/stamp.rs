//! When a change happens, and who does it.

use crate::time::Timestamp;
use std::sync::Arc;

/// The instant of a change, and its actor if there is one.
///
/// ```
/// use tagmata::{Stamp, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// assert_eq!(Stamp::from(now), Stamp::new(now));
/// assert_eq!(Stamp::new(now).by("ana").actor(), Some("ana"));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Stamp {
    pub(crate) at: Timestamp,
    pub(crate) actor: Option<Arc<str>>,
}

impl Stamp {
    /// A change at an instant, by nobody in particular.
    pub fn new(at: Timestamp) -> Self {
        Self { at, actor: None }
    }

    /// Names who does it, in words of the host's: a user, a job.
    pub fn by(mut self, actor: impl Into<Arc<str>>) -> Self {
        self.actor = Some(actor.into());
        self
    }

    /// When it happens.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Who does it.
    #[must_use]
    pub fn actor(&self) -> Option<&str> {
        self.actor.as_deref()
    }
}

impl From<Timestamp> for Stamp {
    fn from(at: Timestamp) -> Self {
        Self::new(at)
    }
}
