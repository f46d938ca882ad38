//! Definitions of segments and rules, and switches.

use super::out::Out;
use crate::automation::{Automation, AutomationEdit, DefaultRule, Rule, RuleText};
use crate::segment::DynamicSegment;
use crate::value::RuleId;

impl Out<'_> {
    /// A dynamic segment: its filter as text, why it is broken, and so many pins at most.
    pub(super) fn definition(&mut self, segment: &DynamicSegment) {
        let schema = self.json.schema;
        self.json.open();
        self.json.member("filter", &segment.current_text(schema));
        if let Some(error) = segment.error() {
            self.json.member("error", &error.to_string());
        }
        for (key, pins) in
            [("always_in", &segment.pins().always_in), ("always_out", &segment.pins().always_out)]
        {
            if !pins.is_empty() {
                self.json.key(key);
                self.contacts(pins);
            }
        }
        self.json.close();
    }

    /// The members of a change of rules.
    pub(super) fn automation_edit(&mut self, edit: &AutomationEdit) {
        match edit {
            AutomationEdit::Rule { rule, old, new } => {
                self.json.member("fact", "rule");
                self.counted("rule", rule.get().into());
                self.before_and_after(old, new, |out, rule| out.maybe(rule.as_deref(), Self::rule));
            }
            AutomationEdit::Order { old, new } => {
                self.json.member("fact", "rule_order");
                let whole = |out: &mut Self, rule: &RuleId| out.whole(rule.get().into());
                self.before_and_after(old, new, |out, rules| out.list(&**rules, whole));
            }
            AutomationEdit::Switches { old, new } => {
                self.json.member("fact", "automation");
                self.before_and_after(*old, *new, Self::switches);
            }
        }
    }

    fn rule(&mut self, rule: &Rule) {
        let RuleText {
            on,
            when,
            condition,
            set_status,
            add_tags,
            remove_tags,
            add_to_segments,
            remove_from_segments,
            set_fields,
        } = rule.text(self.json.schema);
        self.json.open();
        self.json.member("name", rule.name());
        self.json.flag("enabled", rule.is_enabled());
        if let Some(error) = rule.error() {
            self.json.member("error", &error.to_string());
        }
        let texts = [("on", on), ("when", when), ("condition", condition), ("set_status", set_status)];
        for (key, text) in texts.iter().filter_map(|(key, text)| Some((key, text.as_ref()?))) {
            self.json.member(key, text);
        }
        let lists = [
            ("add_tags", add_tags),
            ("remove_tags", remove_tags),
            ("add_to_segments", add_to_segments),
            ("remove_from_segments", remove_from_segments),
        ];
        for (key, names) in lists.iter().filter(|(_, names)| !names.is_empty()) {
            self.json.key(key);
            self.list(names, |out, name| out.json.text(name));
        }
        if !set_fields.is_empty() {
            self.json.key("set_fields");
            self.json.open();
            for (key, value) in &set_fields {
                self.json.key(key);
                self.json.input(value);
            }
            self.json.close();
        }
        self.json.close();
    }

    fn switches(&mut self, automation: Automation) {
        self.json.open();
        self.json.flag("lead_to_active", automation.lead_to_active);
        for rule in DefaultRule::ALL {
            self.json.flag(rule.as_str(), automation.is_on(rule));
        }
        self.json.close();
    }
}
