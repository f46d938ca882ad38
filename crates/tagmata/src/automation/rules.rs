//! All rules of a book, in their order.

use super::default_rule::DefaultRule;
use super::edit::AutomationEdit;
use super::rule::Rule;
use super::switches::Automation;
use crate::model::{Schema, Slots};
use crate::text::{fold, quoted};
use crate::value::RuleId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The rules of a book, and the switches of its default rules.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    pub(crate) switches: Automation,
    slots: Slots<Arc<Rule>>,
    order: Vec<RuleId>,
}

impl Rules {
    /// A rule.
    pub(crate) fn get(&self, rule: RuleId) -> Option<&Arc<Rule>> {
        self.slots.get(rule.get())
    }

    /// The rule of a name, which matches folded.
    pub(crate) fn find(&self, name: &str) -> Option<RuleId> {
        let folded = fold(name.trim());
        self.iter().find(|(_, rule)| fold(&rule.name) == folded).map(|(id, _)| id)
    }

    /// All rules in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (RuleId, &Arc<Rule>)> {
        self.order.iter().filter_map(|id| Some((*id, self.get(*id)?)))
    }

    /// The order of the rules.
    pub(crate) fn order(&self) -> &[RuleId] {
        &self.order
    }

    /// The number of the next new rule.
    pub(crate) fn next(&self) -> RuleId {
        let first = u32::try_from(DefaultRule::ALL.len()).unwrap_or_default();
        RuleId::new(self.slots.next().max(first))
    }

    /// Makes an edit.
    pub(crate) fn apply(&mut self, edit: &AutomationEdit) {
        match edit {
            AutomationEdit::Rule { rule, new, .. } => drop(self.slots.set(rule.get(), new.clone())),
            AutomationEdit::Order { new, .. } => self.order = new.to_vec(),
            AutomationEdit::Switches { new, .. } => self.switches = *new,
        }
    }

    /// Takes an edit back as if it had never been made: the number of a new rule is free again.
    pub(crate) fn revert(&mut self, edit: &AutomationEdit) {
        match edit {
            AutomationEdit::Rule { rule, old, .. } => drop(self.slots.revert(rule.get(), old.clone())),
            AutomationEdit::Order { old, .. } => self.order = old.to_vec(),
            AutomationEdit::Switches { old, .. } => self.switches = *old,
        }
    }

    /// Whether all is still so as an edit made it.
    pub(crate) fn is_so(&self, edit: &AutomationEdit) -> bool {
        match edit {
            AutomationEdit::Rule { rule, new, .. } => match (self.get(*rule), new) {
                (Some(now), Some(new)) => now.is_like(new),
                (now, new) => now.is_none() && new.is_none(),
            },
            AutomationEdit::Order { new, .. } => *self.order == **new,
            AutomationEdit::Switches { new, .. } => self.switches == *new,
        }
    }

    /// What does not hold that should, one line each.
    pub(crate) fn violations(&self, schema: &Schema) -> Vec<String> {
        let mut found = Vec::new();
        let ordered: BTreeSet<u32> = self.order.iter().map(|id| id.get()).collect();
        let all: BTreeSet<u32> = self.slots.iter().map(|(number, _)| number).collect();
        if ordered != all || ordered.len() != self.order.len() {
            found.push(format!("the order of the rules is {ordered:?}, and there are {all:?}"));
        }
        for (id, rule) in self.iter() {
            let (name, uses) = (quoted(&rule.name), rule.uses());
            if self.find(&rule.name) != Some(id) {
                found.push(format!("the name {name} of rule {} is another's too", id.get()));
            }
            if let Some(gone) = schema.missing_of(&uses.fields, &uses.symbols, &uses.segments, &uses.kinds) {
                found.push(format!("the rule {name} uses {gone} that is not there, and is not broken"));
            }
        }
        found
    }
}
