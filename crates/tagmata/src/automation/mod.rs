//! Rules: what makes them fire, whom they are for, and what they do; and the switches of the default rules.
//!
//! Invariant: whatever a rule uses is there, or the rule is broken and never fires.

mod default_rule;
mod switches;
mod actions;
mod trigger;
mod says;
mod rule_text;
mod rule;
mod edit;
mod rules;
mod words;
mod ranges;
mod disjoint;
mod conflicts;
mod idle;

pub(crate) use actions::Actions;
pub(crate) use conflicts::{Conflict, conflicts, overriding};
pub use default_rule::DefaultRule;
pub(crate) use default_rule::{ACTIVE, LEAD};
pub use edit::AutomationEdit;
pub(crate) use idle::{Idle, idle_actions};
pub use rule::Rule;
pub use rule_text::RuleText;
pub(crate) use rules::Rules;
pub(crate) use says::Says;
pub use switches::Automation;
pub(crate) use trigger::Trigger;
