//! What happened between a contact and the business.

use crate::time::Timestamp;
use crate::value::{Amount, KindId, Text};

/// One interaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interaction {
    /// Its kind.
    pub kind: KindId,
    /// When it happened, or will happen.
    pub at: Timestamp,
    /// How much was paid, invoiced, …
    pub amount: Option<Amount>,
    /// What it is called.
    pub label: Option<Text>,
}
