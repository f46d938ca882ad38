//! Trees to documents.

use super::document::{
    AutomationEntry, Document, FieldEntry, KindEntry, Labelled, Rule, RuleEntry, RuleParts, RuleSays, Said,
    Section, SegmentEntry, SettingsEntry,
};
use crate::automation::DefaultRule;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Report, Result};
use crate::json::{JsonTree, Reader, TreeId, TreeValue};
use crate::model::{Input, Limits};
use crate::text::{fold, quoted};
use crate::value::ValueType;
use std::collections::BTreeSet;

/// The version of the format that is written, and the only one that is read.
pub(super) const VERSION: &str = "1";

/// Reads a document. What cannot be read is reported and left out; reading goes on.
pub(crate) fn read<'d>(tree: &'d JsonTree, limits: &Limits, report: &mut Report) -> Document<'d> {
    let root = TreeId::ROOT;
    let mut reader = Reader { tree, limits, report, node: None };
    if reader.is_object(root).is_none() {
        return Document::default();
    }
    if !reader.is_of_version(root, VERSION, "format of definitions") {
        return Document::default();
    }
    let all = ["v", "settings", "fields", "statuses", "kinds", "tags", "segments", "automation", "rules"];
    reader.check_keys(root, &all);
    let mut reader = DocumentReader { json: reader, refused: Vec::new() };
    Document {
        settings: tree.member(root, "settings").and_then(|id| reader.settings(id)),
        fields: reader.section(root, "fields", DocumentReader::field, |field| field.named.key),
        statuses: reader.section(root, "statuses", DocumentReader::labelled, |status| status.key),
        kinds: reader.section(root, "kinds", DocumentReader::kind, |kind| kind.key),
        tags: reader.section(root, "tags", DocumentReader::said, |tag| tag.it),
        segments: reader.section(root, "segments", DocumentReader::segment, |segment| segment.name.it),
        automation: tree.member(root, "automation").and_then(|id| reader.automation(id)),
        rules: reader.section(root, "rules", DocumentReader::rule, |rule| rule.name.it),
        refused: reader.refused,
    }
}

struct DocumentReader<'t, 'r> {
    json: Reader<'t, 'r>,
    /// The keys and names of what was left out.
    refused: Vec<&'t str>,
}

impl<'t> DocumentReader<'t, '_> {
    /// A list with different things in it.
    fn section<T>(
        &mut self,
        parent: TreeId,
        key: &str,
        mut read: impl FnMut(&mut Self, TreeId) -> Option<T>,
        name: impl Fn(&T) -> &'t str,
    ) -> Option<Section<T>> {
        let at = self.json.tree.member(parent, key)?;
        let items = self.json.items(at)?;
        let (mut entries, mut seen) = (Vec::with_capacity(items.len()), BTreeSet::new());
        for item in items {
            if self.json.is_full_at(item) {
                break;
            }
            let Some(entry) = read(self, item) else { continue };
            if seen.insert(fold(name(&entry))) {
                entries.push(entry);
                continue;
            }
            let message = format!("{} is listed twice", quoted(name(&entry)));
            let help = "names that differ only in case are the same";
            self.json.refuse_at::<()>(Diagnostic::new(Code::NameTaken, message).help(help), item);
        }
        Some(Section { at, entries })
    }

    /// A string with its place.
    fn said(&mut self, id: TreeId) -> Option<Said<&'t str>> {
        self.json.text(id).map(|it| Said { it, at: id })
    }

    /// The string of a key that may be missing.
    fn said_if(&mut self, parent: TreeId, key: &str) -> Option<Said<&'t str>> {
        self.json.tree.member(parent, key).and_then(|id| self.said(id))
    }

    /// The string of a key that must be there.
    fn required(&mut self, parent: TreeId, key: &str) -> Option<Said<&'t str>> {
        self.json.required(parent, key).and_then(|id| self.said(id))
    }

    /// What a string stands for, if its key is there.
    fn parsed<T>(&mut self, parent: TreeId, key: &str, parse: impl Fn(&str) -> Result<T>) -> Option<T> {
        let said = self.said_if(parent, key)?;
        match parse(said.it) {
            Ok(it) => Some(it),
            Err(error) => self.json.refuse_at(error.into_diagnostic(), said.at),
        }
    }

    fn settings(&mut self, at: TreeId) -> Option<SettingsEntry> {
        self.json.is_object(at)?;
        self.json.check_keys(at, &["time_zone", "week_start", "leap_day", "default_country"]);
        let country = self.json.tree.member(at, "default_country");
        let has_no_country = country.is_some_and(|id| *self.json.tree.value(id) == TreeValue::Null);
        Some(SettingsEntry {
            at,
            time_zone: self.parsed(at, "time_zone", str::parse),
            week_start: self.parsed(at, "week_start", str::parse),
            leap_day: self.parsed(at, "leap_day", str::parse),
            default_country: match has_no_country {
                true => Some(None),
                false => self.parsed(at, "default_country", |text| text.parse().map(Some)),
            },
        })
    }

    fn labelled(&mut self, at: TreeId) -> Option<Labelled<'t>> {
        self.json.is_object(at)?;
        self.json.check_keys(at, &["key", "label"]);
        self.named(at)
    }

    /// The key and label of an object whose keys are checked.
    fn named(&mut self, at: TreeId) -> Option<Labelled<'t>> {
        let (key, label) = (self.required(at, "key"), self.said_if(at, "label"));
        Some(Labelled { at, key: key?.it, label })
    }

    fn field(&mut self, at: TreeId) -> Option<FieldEntry<'t>> {
        self.json.is_object(at)?;
        self.json.check_keys(at, &["key", "type", "label", "options"]);
        let named = self.named(at);
        let (value_type, is_read) = match self.json.tree.member(at, "type") {
            None => (None, true),
            Some(id) => {
                let value_type = self.value_type(id);
                (value_type, value_type.is_some())
            }
        };
        let options = self.section(at, "options", Self::labelled, |option| option.key);
        let named = named?;
        if !is_read {
            self.refused.push(named.key);
            return None;
        }
        Some(FieldEntry { named, value_type, options })
    }

    fn value_type(&mut self, at: TreeId) -> Option<Said<ValueType>> {
        let word = self.json.text(at)?;
        match ValueType::CUSTOM.into_iter().find(|value_type| value_type.as_str() == word) {
            Some(it) => Some(Said { it, at }),
            None => self.json.unknown_word("type", word, &ValueType::CUSTOM.map(ValueType::as_str), at),
        }
    }

    fn kind(&mut self, at: TreeId) -> Option<KindEntry<'t>> {
        self.json.is_object(at)?;
        self.json.check_keys(at, &["key", "outgoing"]);
        let key = self.required(at, "key");
        let flag = self.json.tree.member(at, "outgoing");
        let outgoing = flag.and_then(|id| self.json.flag(id).map(|it| Said { it, at: id }));
        Some(KindEntry { at, key: key?.it, outgoing })
    }

    fn segment(&mut self, at: TreeId) -> Option<SegmentEntry<'t>> {
        self.json.is_object(at)?;
        let name = self.required(at, "name");
        let rule = match self.json.tree.member(at, "broken_filter") {
            Some(broken) => {
                self.json.check_keys(at, &["name", "broken_filter"]);
                self.json.text(broken).map(Rule::Broken)
            }
            None => {
                self.json.check_keys(at, &["name", "filter", "broken_filter"]);
                Some(self.json.tree.member(at, "filter").map_or(Rule::ByHand, Rule::Filter))
            }
        };
        let name = name?;
        if rule.is_none() {
            self.refused.push(name.it);
        }
        Some(SegmentEntry { at, name, rule: rule? })
    }

    fn automation(&mut self, at: TreeId) -> Option<AutomationEntry<'t>> {
        self.json.is_object(at)?;
        self.json.check_keys(at, &["lead_to_active", "rules"]);
        let mut rules = Vec::new();
        if let Some(switches) = self.json.tree.member(at, "rules") {
            self.json.is_object(switches)?;
            let names = DefaultRule::ALL.map(DefaultRule::as_str);
            self.json.check_keys(switches, &names);
            for switch in self.json.tree.children(switches) {
                rules.extend(self.json.flag(switch).map(|is_on| (self.json.tree.key(switch), is_on)));
            }
        }
        Some(AutomationEntry { at, lead_to_active: self.flag_if(at, "lead_to_active"), rules })
    }

    fn flag_if(&mut self, parent: TreeId, key: &str) -> Option<bool> {
        self.json.tree.member(parent, key).and_then(|id| self.json.flag(id))
    }

    fn rule(&mut self, at: TreeId) -> Option<RuleEntry<'t>> {
        self.json.is_object(at)?;
        let (name, enabled) = (self.required(at, "name"), self.flag_if(at, "enabled"));
        let says = match self.json.tree.member(at, "broken") {
            Some(broken) => {
                self.json.check_keys(at, &["name", "enabled", "broken"]);
                RuleSays::Broken(self.json.text(broken)?)
            }
            None => RuleSays::Parts(Box::new(self.parts(at))),
        };
        Some(RuleEntry { at, name: name?, enabled, says })
    }

    fn parts(&mut self, at: TreeId) -> RuleParts<'t> {
        let keys = [
            "name",
            "enabled",
            "on",
            "when",
            "condition",
            "set_status",
            "add_tags",
            "remove_tags",
            "add_to_segments",
            "remove_from_segments",
            "set_fields",
            "broken",
        ];
        self.json.check_keys(at, &keys);
        RuleParts {
            on: self.said_if(at, "on").map(|said| said.it),
            when: self.json.tree.member(at, "when"),
            condition: self.json.tree.member(at, "condition"),
            set_status: self.said_if(at, "set_status").map(|said| said.it),
            add_tags: self.texts(at, "add_tags"),
            remove_tags: self.texts(at, "remove_tags"),
            add_to_segments: self.texts(at, "add_to_segments"),
            remove_from_segments: self.texts(at, "remove_from_segments"),
            set_fields: self.values(at, "set_fields"),
        }
    }

    fn texts(&mut self, parent: TreeId, key: &str) -> Vec<&'t str> {
        let items = self.json.tree.member(parent, key).and_then(|list| self.json.items(list));
        items.unwrap_or_default().into_iter().filter_map(|item| self.json.text(item)).collect()
    }

    /// Values by the keys of fields; what fits which field is known where they are set.
    fn values(&mut self, parent: TreeId, key: &str) -> Vec<(&'t str, Input)> {
        let Some(at) = self.json.tree.member(parent, key) else { return Vec::new() };
        if self.json.is_object(at).is_none() {
            return Vec::new();
        }
        let mut values: Vec<(&str, Input)> = Vec::new();
        for id in self.json.tree.children(at) {
            let key = self.json.tree.key(id);
            if values.iter().any(|(other, _)| *other == key) {
                let message = format!("the key {} is there twice", quoted(key));
                self.json.refuse_at::<()>(Diagnostic::new(Code::DuplicateKey, message), id);
                continue;
            }
            let value = match self.json.tree.value(id) {
                TreeValue::Null => Some(Input::Missing),
                TreeValue::Bool(yes) => Some(Input::Bool(*yes)),
                TreeValue::Number(numeral) => numeral.parse().ok().map(Input::Number),
                TreeValue::Text(text) => Some(Input::Text(text.to_string())),
                TreeValue::Array => {
                    let items: Vec<TreeId> = self.json.tree.children(id).collect();
                    let names = items.into_iter().map(|item| self.json.text(item).map(str::to_owned));
                    names.collect::<Option<Vec<_>>>().map(Input::List)
                }
                TreeValue::Object => self.json.wrong(id, "a value"),
            };
            values.extend(value.map(|value| (key, value)));
        }
        values
    }
}
