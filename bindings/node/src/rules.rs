//! Rules: made, tried, changed, listed; default rules switched on and off.

use crate::book::Book;
use crate::contact::fields;
use crate::convert::{Options, describe, entries, flag, inputs, names, put, text, whole};
use crate::errors::refused;
use crate::filters::{FilterArg, is_document};
use crate::outcome::Outcome;
use napi::bindgen_prelude::{JsValue, Object, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use tagmata::{Command, DefaultRule, Error, FilterSource, NewRule, Patch, Ref, RulePatch};

/// A rule.
#[napi(object, use_nullable = true)]
pub struct RuleInfo<'env> {
    /// Its name.
    pub name: String,
    /// Whether it is switched on.
    pub enabled: bool,
    /// The kind of interaction or the field on which it fires, by its key.
    pub on: Option<String>,
    /// The filter that makes it fire when it becomes true.
    pub when: Option<String>,
    /// The filter that must be true as well.
    pub condition: Option<String>,
    /// The key of the status that contacts get.
    pub set_status: Option<String>,
    /// The tags that they get.
    pub add_tags: Vec<String>,
    /// The tags that they lose.
    pub remove_tags: Vec<String>,
    /// The static segments into which they are put.
    pub add_to_segments: Vec<String>,
    /// The static segments out of which they are taken.
    pub remove_from_segments: Vec<String>,
    /// The values that are set, by the keys of the fields; `null` clears a field.
    #[napi(ts_type = "Record<string, FieldValue>")]
    pub set_fields: Object<'env>,
    /// Why it never fires: it, or a segment that it stands on, is broken.
    pub error: Option<String>,
}

/// The switches of the default rules.
#[napi(object)]
pub struct Automation<'env> {
    /// The switch of all of them.
    pub lead_to_active: bool,
    /// The switch of each, by its name.
    #[napi(ts_type = "Record<DefaultRule, boolean>")]
    pub rules: Object<'env>,
}

/// The parts of a rule that can be given.
const PARTS: [&str; 12] = [
    "on",
    "when",
    "condition",
    "setStatus",
    "addTags",
    "removeTags",
    "addToSegments",
    "removeFromSegments",
    "setFields",
    "enabled",
    "position",
    "applyToExisting",
];

#[napi]
impl Book {
    /// Makes a rule that fires on a kind of interaction or another value of a field, or when a filter becomes true. Existing
    /// contacts are enrolled by `applyToExisting` only.
    #[napi]
    pub fn add_rule(
        &self,
        #[napi(ts_arg_type = "string")] name: Unknown<'_>,
        #[napi(ts_arg_type = "RuleOptions")] rule: Unknown<'_>,
    ) -> Result<Outcome> {
        let given = Options::of_change("addRule", Some(rule), &PARTS)?;
        let (on, when) = (given.text("on")?, self.filter_of("when", &given)?);
        let rule = NewRule::of_parts(text("name", name)?, on, when, self.rule_parts(&given)?);
        self.run(&Command::AddRule(Box::new(rule.map_err(refused)?)), &given)
    }

    /// Makes a rule another one; what is not given stays. `null` takes its condition or its status away.
    #[napi]
    pub fn update_rule(
        &self,
        #[napi(ts_arg_type = "string")] rule: Unknown<'_>,
        #[napi(ts_arg_type = "RuleChanges")] changes: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("updateRule", changes, &[&["rename"][..], &PARTS].concat())?;
        let (rule, mut patch) = (text("rule", rule)?, self.rule_parts(&given)?);
        if given.is_null("condition")? {
            patch = patch.without_condition();
        }
        if given.is_null("setStatus")? {
            patch = patch.without_status();
        }
        if let Some(name) = given.text("rename")? {
            patch = patch.rename(name);
        }
        let (on, when) = (given.text("on")?, self.filter_of("when", &given)?);
        let patch = Box::new(patch.fires(&rule, on, when).map_err(refused)?);
        self.run(&Command::UpdateRule { rule: Ref::from(rule), patch }, &given)
    }

    fn filter_of(&self, name: &str, given: &Options<'_>) -> Result<Option<FilterSource>> {
        given.get_as::<FilterArg<'_>>(name)?.map(|filter| self.filter_source(name, filter)).transpose()
    }

    fn rule_parts(&self, given: &Options<'_>) -> Result<RulePatch> {
        let named = |key: &str| given.get(key)?.map(|all| names(key, all)).transpose();
        let mut patch = RulePatch::new().apply_to_existing(given.flag("applyToExisting")?);
        if let Some(condition) = self.filter_of("condition", given)? {
            patch = patch.condition(condition);
        }
        if let Some(status) = given.text("setStatus")? {
            patch = patch.set_status(status);
        }
        if let Some(tags) = named("addTags")? {
            patch = patch.add_tags(tags);
        }
        if let Some(tags) = named("removeTags")? {
            patch = patch.remove_tags(tags);
        }
        if let Some(segments) = named("addToSegments")? {
            patch = patch.add_to_segments(segments);
        }
        if let Some(segments) = named("removeFromSegments")? {
            patch = patch.remove_from_segments(segments);
        }
        if let Some(values) = given.get("setFields")? {
            let values = inputs("setFields", values)?.into_iter();
            patch = patch.set_fields(values.fold(Patch::new(), |patch, (key, value)| patch.set(key, value)));
        }
        if let Some(is_enabled) = given.get("enabled")? {
            patch = patch.enabled(flag("enabled", is_enabled)?);
        }
        if let Some(position) = given.get("position")? {
            patch = patch.position(whole("position", "a place from 0", position)?);
        }
        Ok(patch)
    }

    /// Deletes a rule; what it did stays.
    #[napi]
    pub fn delete_rule(
        &self,
        #[napi(ts_arg_type = "string")] rule: Unknown<'_>,
        #[napi(ts_arg_type = "ChangeOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Outcome> {
        let given = Options::of_change("deleteRule", options, &[])?;
        self.run(&Command::DeleteRule(Ref::from(text("rule", rule)?)), &given)
    }

    /// What a rule would do if it were applied to existing contacts now. Nothing changes.
    #[napi]
    pub fn preview_rule(&self, #[napi(ts_arg_type = "string")] rule: Unknown<'_>) -> Result<Outcome> {
        let rule = text("rule", rule)?;
        let previewed = self.home.shared.change(self.home.access, None, |book, _| {
            let outcome = book.preview_rule(rule)?;
            Ok(Outcome::new(outcome, book.schema(), &self.home.shared))
        });
        previewed.map_err(refused)
    }

    /// All rules in their order, without the default rules.
    #[napi]
    pub fn rules<'env>(&self, env: &'env Env) -> Result<Vec<RuleInfo<'env>>> {
        let rules = self.read(|book| Ok(book.rules()))?;
        let info = |rule: tagmata::RuleInfo| {
            let text = rule.text;
            Ok(RuleInfo {
                name: rule.name,
                enabled: rule.is_enabled,
                on: text.on,
                when: text.when,
                condition: text.condition,
                set_status: text.set_status,
                add_tags: text.add_tags,
                remove_tags: text.remove_tags,
                add_to_segments: text.add_to_segments,
                remove_from_segments: text.remove_from_segments,
                set_fields: fields(env, &text.set_fields)?,
                error: rule.error.map(|error| error.to_string()),
            })
        };
        rules.into_iter().map(info).collect()
    }

    /// Switches default rules on or off: all of them by `leadToActive`, single ones by their names.
    #[napi]
    pub fn set_automation(
        &self,
        #[napi(ts_arg_type = "AutomationOptions")] switches: Unknown<'_>,
    ) -> Result<Outcome> {
        let given = Options::of_change("setAutomation", Some(switches), &["leadToActive", "rules"])?;
        let lead_to_active =
            given.get("leadToActive")?.map(|is_on| flag("leadToActive", is_on)).transpose()?;
        let rules = match given.get("rules")? {
            None => Vec::new(),
            Some(rules) if is_document(&rules)? => entries(&rules.coerce_to_object()?)?,
            Some(rules) => {
                let takes = "an object of switches by the names of default rules";
                return Err(refused(Error::wrong_type("rules", takes, describe(&rules)?)));
            }
        };
        let switch = |(name, is_on): (String, Unknown<'_>)| flag(&name, is_on).map(|is_on| (name, is_on));
        let rules = rules.into_iter().map(switch).collect::<Result<_>>()?;
        self.run(&Command::SetAutomation { lead_to_active, rules }, &given)
    }

    /// The switches of the default rules.
    #[napi]
    pub fn automation<'env>(&self, env: &'env Env) -> Result<Automation<'env>> {
        let automation = self.read(|book| Ok(book.automation()))?;
        let mut rules = Object::new(env)?;
        for rule in DefaultRule::ALL {
            put(env, &mut rules, rule.as_str(), automation.is_on(rule))?;
        }
        Ok(Automation { lead_to_active: automation.lead_to_active, rules })
    }
}
