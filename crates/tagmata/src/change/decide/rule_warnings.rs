//! What is worth knowing about a rule before it is saved.

use crate::automation::{
    ACTIVE, Conflict, DefaultRule, Idle, LEAD, Rule, Says, conflicts, idle_actions, overriding,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::state::State;
use crate::text::quoted;
use crate::value::RuleId;

impl State {
    /// The rules with which a rule may be in conflict, and what it does for nothing, in words.
    ///
    /// # Errors
    /// [`Code::RuleConflict`] with a rule that always fires together with it and wants something else.
    pub(super) fn warnings_of(&self, id: RuleId, rule: &Rule) -> Result<Vec<Diagnostic>> {
        let mut warnings = Vec::new();
        for Conflict { other, is_certain, what } in conflicts(id, rule, &self.rules, &self.schema) {
            let name = self.rules.get(other).map(|other| quoted(other.name())).unwrap_or_default();
            let own = quoted(rule.name());
            if is_certain {
                let message = format!("the rules {own} and {name} always fire together: {what}");
                let help = "give one of them another condition, or switch it off";
                return Err(Error::conflict(Diagnostic::new(Code::RuleConflict, message).help(help)));
            }
            let message = format!("the rules {own} and {name} may fire together: {what}");
            let help = "of two statuses the one of the first rule counts, of all else what the last rule does; \
                        conditions that exclude each other keep them apart";
            warnings.push(Diagnostic::new(Code::RulesOverlap, message).help(help));
        }
        let defaults = DefaultRule::ALL.into_iter().filter(|default| self.rules.switches.fires(*default));
        warnings.extend(defaults.filter_map(|default| self.overriding(rule, default)));
        warnings.extend(rule.says().into_iter().flat_map(|says| self.idle(rule, says)));
        Ok(warnings)
    }

    /// What is to be said of a rule that wins over a default rule.
    pub(super) fn overriding(&self, rule: &Rule, default: DefaultRule) -> Option<Diagnostic> {
        let status = quoted(self.schema.status_key(overriding(rule, default, &self.schema)?));
        let (lead, active) = (self.schema.status_key(LEAD), quoted(self.schema.status_key(ACTIVE)));
        let (own, default) = (quoted(rule.name()), quoted(default.as_str()));
        let message = format!(
            "the rule {own} and the default rule {default} may fire together: {own} is first and sets the status {status} instead of {active}"
        );
        let help = format!(
            "a condition that excludes `status = {lead}` keeps them apart; `set_automation` switches {default} off"
        );
        Some(Diagnostic::new(Code::RulesOverlap, message).help(help))
    }

    /// What is to be said of what a rule does for nothing.
    fn idle(&self, rule: &Rule, says: &Says) -> Vec<Diagnostic> {
        let own = quoted(rule.name());
        let told = |Idle { is_status, what }: Idle| {
            let message = format!("the rule {own} {what}, which is so already wherever it fires");
            let help = match is_status {
                true => {
                    "it only keeps the rules behind it from setting another status; take it out if that is not meant"
                }
                false => "take it out, or mend the filter that demands it",
            };
            Diagnostic::new(Code::IdleAction, message).help(help)
        };
        idle_actions(says, &self.schema).into_iter().map(told).collect()
    }
}
