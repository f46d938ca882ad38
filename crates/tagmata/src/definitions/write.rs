//! A schema, its segments and its rules to a document.

use super::read::VERSION;
use crate::automation::{Automation, DefaultRule, Rule, RuleText, Rules, Says, Trigger};
use crate::diagnostic::Diagnostic;
use crate::filter::Filter;
use crate::json::{Writer, pretty};
use crate::model::{Catalog, Entry, Field, Schema};
use crate::segment::{DynamicSegment, Segments};
use crate::value::ValueType;
use json_event_parser::JsonEvent;

/// The definitions as JSON, one value on a line, in the order of their definition.
pub(crate) fn write(schema: &Schema, segments: &Segments, rules: &Rules) -> String {
    let mut out = Out { json: Writer::new(schema) };
    out.json.open();
    out.json.key("v");
    out.json.number(VERSION);
    out.settings(schema);
    out.list("fields", schema.fields(), |out, field| out.field(field, schema));
    let statuses = schema.statuses_in_order().map(|status| entry(schema.statuses(), status.get()));
    out.list("statuses", statuses, Out::labelled);
    out.list("kinds", schema.kind_entries().filter(|(kind, _)| !kind.is_built_in()), |out, (kind, key)| {
        out.json.open();
        out.json.member("key", key);
        out.json.flag("outgoing", kind.outgoing);
        out.json.close();
    });
    out.list("tags", schema.tags(), |out, tag| out.json.text(tag));
    out.list("segments", schema.segment_entries(), |out, (id, name)| out.segment(name, segments.get(id)));
    out.automation(rules.switches);
    out.list("rules", rules.iter(), |out, (_, rule)| out.rule(rule));
    out.json.close();
    pretty(&out.json.finish())
}

fn entry(catalog: &Catalog, number: u32) -> Entry<'_> {
    Entry { number, key: catalog.key(number), label: catalog.label(number) }
}

struct Out<'s> {
    json: Writer<'s>,
}

impl Out<'_> {
    fn list<T>(&mut self, key: &str, things: impl Iterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.json.key(key);
        self.json.event(JsonEvent::StartArray);
        things.for_each(|thing| write(self, thing));
        self.json.event(JsonEvent::EndArray);
    }

    fn settings(&mut self, schema: &Schema) {
        let settings = schema.settings();
        self.json.key("settings");
        self.json.open();
        self.json.member("time_zone", settings.calendar.zone.name());
        self.json.member("week_start", settings.calendar.week_start.as_str());
        self.json.member("leap_day", settings.calendar.leap_day.as_str());
        match settings.default_country {
            Some(country) => self.json.member("default_country", country.as_str()),
            None => {
                self.json.key("default_country");
                self.json.null();
            }
        }
        self.json.close();
    }

    fn labelled(&mut self, entry: Entry<'_>) {
        self.json.open();
        self.json.member("key", entry.key);
        self.json.member("label", entry.label);
        self.json.close();
    }

    /// A custom field, or a standard one that has another label than in other books.
    fn field(&mut self, field: &Field, schema: &Schema) {
        let (key, label) = (schema.field_key(field.id()), schema.field_label(field.id()));
        match Field::standard_label(field.id()) {
            Some(usual) if usual == label => {}
            Some(_) => self.labelled(Entry { number: field.id().get(), key, label }),
            None => {
                self.json.open();
                self.json.member("key", key);
                self.json.member("type", field.value_type().as_str());
                self.json.member("label", label);
                if matches!(field.value_type(), ValueType::Select | ValueType::MultiSelect) {
                    self.list("options", field.options().iter(), Self::labelled);
                }
                self.json.close();
            }
        }
    }

    fn segment(&mut self, name: &str, definition: Option<&DynamicSegment>) {
        self.json.open();
        self.json.member("name", name);
        match definition.map(|definition| (definition, definition.filter())) {
            None => {}
            Some((_, Some(filter))) => {
                self.filter("filter", filter);
            }
            Some((broken, None)) => self.json.member("broken_filter", &broken.filter_text()),
        }
        self.json.close();
    }

    fn automation(&mut self, automation: Automation) {
        self.json.key("automation");
        self.json.open();
        self.json.flag("lead_to_active", automation.lead_to_active);
        self.json.key("rules");
        self.json.open();
        for rule in DefaultRule::ALL {
            self.json.flag(rule.as_str(), automation.is_on(rule));
        }
        self.json.close();
        self.json.close();
    }

    /// What a rule does not do is left out.
    fn rule(&mut self, rule: &Rule) {
        self.json.open();
        self.json.member("name", rule.name());
        self.json.flag("enabled", rule.is_enabled());
        match (rule.says(), rule.error()) {
            (Some(says), _) => self.says(says, &rule.text(self.json.schema)),
            (None, error) => {
                let why = error.and_then(|error| error.diagnostics().first()).map_or("", Diagnostic::message);
                self.json.member("broken", why);
            }
        }
        self.json.close();
    }

    fn says(&mut self, says: &Says, text: &RuleText) {
        if let Some(key) = &text.on {
            self.json.member("on", key);
        }
        if let Trigger::Filter(filter) = &says.trigger {
            self.filter("when", filter);
        }
        if let Some(condition) = &says.condition {
            self.filter("condition", condition);
        }
        if let Some(status) = &text.set_status {
            self.json.member("set_status", status);
        }
        let lists = [
            ("add_tags", &text.add_tags),
            ("remove_tags", &text.remove_tags),
            ("add_to_segments", &text.add_to_segments),
            ("remove_from_segments", &text.remove_from_segments),
        ];
        for (key, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
            self.list(key, names.iter(), |out, name| out.json.text(name));
        }
        if !text.set_fields.is_empty() {
            self.json.key("set_fields");
            self.json.open();
            for (key, value) in &text.set_fields {
                self.json.key(key);
                self.json.input(value);
            }
            self.json.close();
        }
    }

    fn filter(&mut self, key: &str, filter: &Filter) {
        self.json.key(key);
        let schema = self.json.schema;
        filter.write(&mut self.json, schema);
    }
}
