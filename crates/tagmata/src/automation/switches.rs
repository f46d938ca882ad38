//! The switches of the default rules.

use super::default_rule::DefaultRule;

/// The switches of the default rules: one for all, and one for each. All are on in a new book.
///
/// ```
/// use tagmata::{Automation, DefaultRule};
/// let automation = Automation::default().with(DefaultRule::FirstInvoice, false);
/// assert!(automation.fires(DefaultRule::FirstPayment) && !automation.fires(DefaultRule::FirstInvoice));
///
/// let mut off = automation;
/// off.lead_to_active = false;
/// assert!(!off.fires(DefaultRule::FirstPayment) && off.is_on(DefaultRule::FirstPayment));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Automation {
    /// The master switch: whether any of the default rules fires.
    pub lead_to_active: bool,
    off: u8,
}

impl Default for Automation {
    fn default() -> Self {
        Self { lead_to_active: true, off: 0 }
    }
}

impl Automation {
    /// The same with one of the rules switched on or off.
    pub fn with(mut self, rule: DefaultRule, is_on: bool) -> Self {
        let bit = 1 << rule.id().get();
        if is_on {
            self.off &= !bit
        } else {
            self.off |= bit
        }
        self
    }

    /// The switch of one of the rules, whatever the master switch says.
    #[must_use]
    pub fn is_on(&self, rule: DefaultRule) -> bool {
        self.off & 1 << rule.id().get() == 0
    }

    /// Whether one of the rules fires: its own switch and the master switch are on.
    #[must_use]
    pub fn fires(&self, rule: DefaultRule) -> bool {
        self.lead_to_active && self.is_on(rule)
    }
}
