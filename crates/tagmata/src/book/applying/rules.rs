//! The rules of a document, and the switches of the default rules.

use super::applier::Applier;
use crate::change::{Command, FilterSource, NewRule, Ref, RulePatch};
use crate::definitions::{AutomationEntry, RuleEntry, RuleParts, RuleSays, Section};
use crate::diagnostic::{Code, Diagnostic};
use crate::filter::Filter;
use crate::json::TreeId;
use crate::model::Patch;
use crate::text::quoted;
use crate::value::RuleId;

impl Applier<'_, '_> {
    pub(super) fn automation(&mut self, entry: &AutomationEntry<'_>) {
        let rules = entry.rules.iter().map(|(name, is_on)| ((*name).to_owned(), *is_on)).collect();
        let command = Command::SetAutomation { lead_to_active: entry.lead_to_active, rules };
        self.run(&command, entry.at);
    }

    /// Brings rules to what the document says. Rules that stand in each other's way until both are what it says are switched off in
    /// between.
    pub(super) fn rules(&mut self, section: &Section<RuleEntry<'_>>) {
        let mut open: Vec<(&RuleEntry<'_>, Command)> = Vec::new();
        for entry in &section.entries {
            open.extend(self.command_of(entry).map(|command| (entry, command)));
        }
        open.retain(|(_, command)| self.attempt(command).is_err());
        for (_, command) in &open {
            if let Command::UpdateRule { rule, .. } = command {
                let patch = Box::new(RulePatch::new().enabled(false));
                let _ = self.attempt(&Command::UpdateRule { rule: rule.clone(), patch });
            }
        }
        for (entry, command) in open {
            let command = match command {
                // What was switched off in between is on again if it was before.
                Command::UpdateRule { rule, patch } => {
                    Command::UpdateRule { rule, patch: Box::new((*patch).enabled_if(entry.enabled)) }
                }
                other => other,
            };
            self.run(&command, entry.at);
        }
        self.order_rules(section);
    }

    /// The command that brings a rule to what an entry says; none if there is nothing to do or it cannot be.
    fn command_of(&mut self, entry: &RuleEntry<'_>) -> Option<Command> {
        let known = self.book().rule_definitions().find(entry.name.it);
        let parts = match &entry.says {
            RuleSays::Parts(parts) => parts,
            RuleSays::Broken(why) => return self.still_broken_rule(entry, known, why),
        };
        let (when, condition) = (self.filter_at(parts.when), self.filter_at(parts.condition));
        let is_read = when.is_some() && condition.is_some();
        let source = |read: Option<Option<Filter>>| match read {
            Some(filter) => filter.map(FilterSource::from),
            None => Some("everyone".into()),
        };
        let (on, when, patch) =
            (parts.on.map(str::to_owned), source(when), patch_of(parts, source(condition)));
        let was_enabled =
            known.and_then(|id| self.book().rule_definitions().get(id)).map(|rule| rule.is_enabled());
        let patch = match is_read {
            true => patch.enabled_if(entry.enabled.or(was_enabled)),
            // What is wrong with the other parts is told all the same; what stands for the filter is in no rule's way.
            false => patch.enabled(false),
        };
        // A rule of a document says all of itself, like a new one.
        let checked = NewRule::of_parts(entry.name.it, on.clone(), when.clone(), patch.clone());
        let command = checked.and_then(|new| match known {
            None => Ok(Command::AddRule(Box::new(new))),
            Some(id) => {
                let patch = Box::new(patch.rename(entry.name.it).fires(entry.name.it, on, when)?);
                Ok(Command::UpdateRule { rule: Ref::Id(id), patch })
            }
        });
        command.map_or_else(|error| self.refuse(&error, entry.at), Some)
    }

    /// A filter of the document, if it is there; nothing at all if it is wrong.
    fn filter_at(&mut self, at: Option<TreeId>) -> Option<Option<Filter>> {
        let Some(at) = at else { return Some(None) };
        match Filter::from_part(self.tree(), at, self.schema()) {
            Ok(filter) => Some(Some(filter)),
            Err(error) => {
                self.refuse_filter(&error);
                None
            }
        }
    }

    /// A rule that is broken in the document stays so where it is broken for the same reason.
    fn still_broken_rule(
        &mut self,
        entry: &RuleEntry<'_>,
        known: Option<RuleId>,
        why: &str,
    ) -> Option<Command> {
        let rule = known.and_then(|id| self.book().rule_definitions().get(id));
        let reason = rule.and_then(|rule| rule.error()).and_then(|error| error.diagnostics().first());
        if reason.is_some_and(|reason| reason.message() == why) {
            let patch = RulePatch::new().rename(entry.name.it).enabled_if(entry.enabled);
            return known.map(|id| Command::UpdateRule { rule: Ref::Id(id), patch: Box::new(patch) });
        }
        let message = format!("the rule {} is broken in the document", quoted(entry.name.it));
        let help = "write anew when it fires and what it does, or take it out of the document";
        self.conflict(Diagnostic::new(Code::BrokenRule, message).help(help), entry.at)
    }

    /// Puts the rules that the document lists in its order, in the places that they have among the others.
    fn order_rules(&mut self, section: &Section<RuleEntry<'_>>) {
        let rules = self.book().rule_definitions();
        let listed: Vec<RuleId> =
            section.entries.iter().filter_map(|entry| rules.find(entry.name.it)).collect();
        let mut next = listed.iter();
        let filled = |place: RuleId| match listed.contains(&place) {
            true => next.next().copied().unwrap_or(place),
            false => place,
        };
        let wanted: Vec<RuleId> = rules.order().iter().copied().map(filled).collect();
        for (position, rule) in wanted.into_iter().enumerate() {
            if self.book().rule_definitions().order().get(position) == Some(&rule) {
                continue;
            }
            let patch = Box::new(RulePatch::new().position(position));
            self.run(&Command::UpdateRule { rule: Ref::Id(rule), patch }, section.at);
        }
    }
}

/// All that a rule of a document says, but for when it fires.
fn patch_of(parts: &RuleParts<'_>, condition: Option<FilterSource>) -> RulePatch {
    let patch = match condition {
        Some(condition) => RulePatch::new().condition(condition),
        None => RulePatch::new().without_condition(),
    };
    let patch = match parts.set_status {
        Some(status) => patch.set_status(status),
        None => patch.without_status(),
    };
    let fields = parts.set_fields.iter();
    let fields = fields.fold(Patch::new(), |patch, (key, value)| patch.set(*key, value.clone()));
    patch
        .add_tags(parts.add_tags.iter().copied())
        .remove_tags(parts.remove_tags.iter().copied())
        .add_to_segments(parts.add_to_segments.iter().copied())
        .remove_from_segments(parts.remove_from_segments.iter().copied())
        .set_fields(fields)
}
