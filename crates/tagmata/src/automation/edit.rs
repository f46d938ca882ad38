//! Changes of rules and switches as facts: what was there before, and what is there after.

use super::rule::Rule;
use super::switches::Automation;
use crate::value::RuleId;
use std::sync::Arc;

/// One change of the rules of a book, or of the switches of its default rules.
#[derive(Debug, Clone, PartialEq)]
pub enum AutomationEdit {
    /// A rule is another one.
    Rule {
        /// The rule.
        rule: RuleId,
        /// What it was; none if it was not.
        old: Option<Arc<Rule>>,
        /// What it is; none if it is no more.
        new: Option<Arc<Rule>>,
    },
    /// Rules are in another order.
    Order {
        /// The order before.
        old: Box<[RuleId]>,
        /// The order after.
        new: Box<[RuleId]>,
    },
    /// Switches are others.
    Switches {
        /// The switches before.
        old: Automation,
        /// The switches after.
        new: Automation,
    },
}

impl AutomationEdit {
    /// The edit that makes this one untrue again.
    pub(crate) fn inverse(&self) -> Self {
        match self.clone() {
            Self::Rule { rule, old, new } => Self::Rule { rule, old: new, new: old },
            Self::Order { old, new } => Self::Order { old: new, new: old },
            Self::Switches { old, new } => Self::Switches { old: new, new: old },
        }
    }
}
