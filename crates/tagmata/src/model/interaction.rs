//! What happened between a contact and the business.

use crate::time::Timestamp;
use crate::value::{Amount, KindId, Text};

/// One interaction.
///
/// ```
/// use tagmata::{Amount, ContactId, Draft, Schema};
/// let at = "2026-11-20T15:00:00Z".parse()?;
/// let draft = Draft::new().interaction("payment", at, Some("49.90".parse()?), Some("Invoice 7"));
/// let zoe = draft.read(ContactId::new(0), &Schema::default())?;
/// let payment = &zoe.interactions()[0];
/// assert_eq!((payment.at, payment.amount), (at, Some(Amount::from_micros(49_900_000))));
/// assert_eq!(payment.label.as_ref().map(|label| label.folded()), Some("invoice 7"));
/// # Ok::<(), tagmata::Error>(())
/// ```
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

impl Interaction {
    /// Interactions stand in the order of time. Those of one instant have an order too, so that one which is taken back and
    /// recorded again comes to its old place.
    pub(crate) fn order(&self) -> (Timestamp, KindId, Option<Amount>, Option<&str>) {
        (self.at, self.kind, self.amount, self.label.as_ref().map(Text::as_str))
    }
}
