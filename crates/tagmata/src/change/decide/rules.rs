//! Rules made, changed and deleted; default rules switched on and off.

use super::decision::{Decided, Made};
use super::values::ValueReader;
use crate::automation::{AutomationEdit, DefaultRule, Rule, Trigger};
use crate::change::automate::Enrolment;
use crate::change::fact::Fact;
use crate::change::reference::Ref;
use crate::change::rule::{NewRule, RulePatch};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::model::{Problems, checked_name, not_there};
use crate::state::State;
use crate::table::Wanted;
use crate::text::{did_you_mean, nearest, quoted};
use crate::time::Timestamp;
use crate::value::{MemberSet, RuleId};
use std::sync::Arc;

impl State {
    pub(super) fn decide_add_rule(&self, new: &NewRule, now: Timestamp) -> Result<Decided> {
        let id = self.rules.next();
        let mut problems = Problems::new(&self.schema);
        let name = problems.part(self.free_rule_name(&new.name, None), "/name").unwrap_or(&new.name);
        let mut reader = ValueReader::new(self);
        let says = self.says(name, None, &new.patch, &mut reader, problems)?;
        let rule = Rule::new(name, new.patch.is_enabled.unwrap_or(true), says);
        let position = new.patch.position.unwrap_or(usize::MAX);
        let decided = self.decide_rule((id, rule), reader, new.patch.to_existing, position, now)?;
        Ok(Decided { made: Made::Definitions(vec![id.get()]), ..decided })
    }

    pub(super) fn decide_update_rule(
        &self,
        rule: &Ref<RuleId>,
        patch: &RulePatch,
        now: Timestamp,
    ) -> Result<Decided> {
        let id = rule.resolve(&self.rules)?;
        let Some(old) = self.rules.get(id) else { return Ok(Decided::default()) };
        let place = self.rules.order().iter().position(|other| *other == id).unwrap_or_default();
        let mut problems = Problems::new(&self.schema);
        let name = match &patch.name {
            Some(name) => problems.part(self.free_rule_name(name, Some(id)), "/rename").unwrap_or(name),
            None => old.name(),
        };
        let is_enabled = patch.is_enabled.unwrap_or(old.is_enabled);
        let mut reader = ValueReader::new(self);
        let new = match (old.says(), patch.says_something()) {
            (_, false) => {
                problems.none()?;
                old.renamed(name, is_enabled)
            }
            // Of a broken rule nothing is left to be kept.
            (None, true) if patch.occasion.is_none() => return Err(broken(old)),
            (says, true) => Rule::new(name, is_enabled, self.says(name, says, patch, &mut reader, problems)?),
        };
        self.decide_rule((id, new), reader, patch.to_existing, patch.position.unwrap_or(place), now)
    }

    /// A rule becomes another one, at a place.
    fn decide_rule(
        &self,
        (id, new): (RuleId, Rule),
        reader: ValueReader<'_>,
        to_existing: bool,
        position: usize,
        now: Timestamp,
    ) -> Result<Decided> {
        let mut warnings = self.warnings_of(id, &new)?;
        let contacts = if to_existing { Some(self.existing(&new, now)?) } else { None };
        let enrolment = contacts.zip(new.says()).map(|(contacts, says)| Enrolment {
            rule: id,
            actions: says.actions.clone(),
            contacts,
        });
        let old = self.rules.get(id);
        let mut facts: Vec<Fact> = reader.into_facts().collect();
        if old.is_none_or(|old| !old.is_like(&new)) {
            let edit = AutomationEdit::Rule { rule: id, old: old.cloned(), new: Some(Arc::new(new)) };
            facts.push(Fact::Automation(edit));
        } else {
            warnings.clear();
        }
        let mut order: Vec<RuleId> =
            self.rules.order().iter().copied().filter(|other| *other != id).collect();
        order.insert(position.min(order.len()), id);
        facts.extend(self.reordered(order));
        Ok(Decided { facts, enrolment, warnings, ..Decided::default() })
    }

    pub(super) fn decide_delete_rule(&self, rule: &Ref<RuleId>) -> Result<Decided> {
        let id = rule.resolve(&self.rules)?;
        let rest = self.rules.order().iter().copied().filter(|other| *other != id).collect();
        let edit = AutomationEdit::Rule { rule: id, old: self.rules.get(id).cloned(), new: None };
        let facts = std::iter::once(Fact::Automation(edit)).chain(self.reordered(rest));
        Ok(facts.collect::<Vec<_>>().into())
    }

    pub(super) fn decide_set_automation(
        &self,
        lead_to_active: Option<bool>,
        rules: &[(String, bool)],
    ) -> Result<Decided> {
        let old = self.rules.switches;
        let mut new = old;
        new.lead_to_active = lead_to_active.unwrap_or(old.lead_to_active);
        for (name, is_on) in rules {
            let rule = DefaultRule::ALL.into_iter().find(|rule| rule.as_str() == name);
            new = new.with(rule.ok_or_else(|| self.no_default_rule(name))?, *is_on);
        }
        let edit = (new != old).then_some(Fact::Automation(AutomationEdit::Switches { old, new }));
        let switched_on = DefaultRule::ALL.into_iter().filter(|rule| new.fires(*rule) && !old.fires(*rule));
        let told = |default| self.rules.iter().filter_map(move |(_, own)| self.overriding(own, default));
        let warnings = switched_on.flat_map(told).collect();
        Ok(Decided { facts: edit.into_iter().collect(), warnings, ..Decided::default() })
    }

    /// What a rule would do now to the contacts for whom it would have fired, and what others would do then.
    ///
    /// # Errors
    /// [`Code::UnknownRule`] and [`Code::BrokenRule`].
    pub(crate) fn decide_rule_on_existing(&self, rule: &Ref<RuleId>, now: Timestamp) -> Result<Enrolment> {
        let id = rule.resolve(&self.rules)?;
        let rule = self.rules.get(id).ok_or_else(not_there)?;
        let contacts = self.existing(&rule.renamed(rule.name(), true), now)?;
        let actions = rule.says().map(|says| says.actions.clone()).unwrap_or_default();
        Ok(Enrolment { rule: id, actions, contacts })
    }

    /// The contacts for whom a rule would have fired: those that match its filters, and have such an interaction or a value.
    fn existing(&self, rule: &Rule, now: Timestamp) -> Result<MemberSet> {
        let Some(says) = rule.says() else { return Err(broken(rule)) };
        if !rule.is_enabled {
            let message = format!("the rule {} is not enabled", quoted(rule.name()));
            let help = "enable it to apply it to existing contacts";
            return Err(Error::conflict(Diagnostic::new(Code::BadRule, message).help(help)));
        }
        let found = match &says.trigger {
            Trigger::Filter(filter) => self.select(filter, now)?,
            Trigger::Interaction(kind) => {
                let until_now = i64::MIN..now.as_micros().saturating_add(1);
                let happened = Wanted { kind: *kind, labelled: None, during: Some(&until_now) };
                self.table.recorded().contacts_with(&happened)
            }
            Trigger::Field(field) => {
                let text = format!("{} is not empty", self.schema.field_key(*field));
                self.select(&Filter::parse(&text, &self.schema)?, now)?
            }
        };
        match says.condition.as_deref() {
            Some(condition) => {
                self.check_filter(condition)?;
                Ok(self.select_among(condition, &found, now))
            }
            None => Ok(found),
        }
    }

    fn no_default_rule(&self, name: &str) -> Error {
        let names = DefaultRule::ALL.map(DefaultRule::as_str);
        let near = nearest(name, names);
        let message = format!("there is no default rule {}", quoted(name));
        let unknown = Diagnostic::new(Code::UnknownRule, message).expecting(names);
        Error::not_found(match self.rules.find(name) {
            Some(_) => unknown.help("it is a rule of your own, which `update_rule` switches on and off"),
            None => unknown.help_if(did_you_mean(&near)),
        })
    }

    /// A name that no other rule has, trimmed.
    fn free_rule_name<'n>(&self, name: &'n str, own: Option<RuleId>) -> Result<&'n str> {
        let name = checked_name(name)?;
        let taken = |help: String| {
            let message = format!("the name {} is taken", quoted(name));
            Err(Error::conflict(Diagnostic::new(Code::NameTaken, message).help(help)))
        };
        if DefaultRule::ALL.iter().any(|rule| rule.as_str() == name.to_lowercase()) {
            return taken("a default rule has it, which `set_automation` switches on and off".to_owned());
        }
        match self
            .rules
            .find(name)
            .filter(|other| Some(*other) != own)
            .and_then(|other| self.rules.get(other))
        {
            Some(other) => {
                taken(format!("{} has it; names that differ only in case are the same", quoted(other.name())))
            }
            None => Ok(name),
        }
    }

    /// The fact that puts the rules into another order, if it is another one.
    fn reordered(&self, new: Vec<RuleId>) -> Option<Fact> {
        let old = self.rules.order();
        (old != new.as_slice())
            .then(|| Fact::Automation(AutomationEdit::Order { old: old.into(), new: new.into() }))
    }
}

fn broken(rule: &Rule) -> Error {
    let message = format!("the rule {} is broken", quoted(rule.name()));
    let why = rule.error().and_then(|error| error.diagnostics().first()).map_or("", Diagnostic::message);
    let help = format!("{why}; say anew when it fires and what it does, or delete it");
    Error::conflict(Diagnostic::new(Code::BrokenRule, message).help(help))
}
