//! Rules as arguments.

use super::arguments::Reader;
use crate::conformance::object::Object;
use crate::conformance::read::{filter_source, patch};
use tagmata::{FilterSource, NewRule, Result, RulePatch};

impl Reader<'_> {
    /// A new rule of its parts.
    ///
    /// # Errors
    /// Those of filters that are given as JSON, and of parts that do not go together.
    pub(super) fn new_rule(self, step: &Object<'_>) -> Result<NewRule> {
        let (on, when) = (step.text_if("on").map(str::to_owned), self.filter(step, "when")?);
        let patch = self.parts(step)?;
        NewRule::of_parts(step.text("name"), on, when, patch)
    }

    /// What is to be another about a rule.
    ///
    /// # Errors
    /// Those of [`Reader::new_rule`].
    pub(super) fn rule_patch(self, step: &Object<'_>) -> Result<RulePatch> {
        let (on, when) = (step.text_if("on").map(str::to_owned), self.filter(step, "when")?);
        let mut patch = self.parts(step)?;
        if let Some(name) = step.text_if("rename") {
            patch = patch.rename(name);
        }
        patch.fires(step.text("rule"), on, when)
    }

    fn parts(self, step: &Object<'_>) -> Result<RulePatch> {
        let mut rule = RulePatch::new().apply_to_existing(step.flag("apply_to_existing"));
        rule = match step.get("condition") {
            None => rule,
            Some(condition) if condition.is_null() => rule.without_condition(),
            Some(condition) => rule.condition(filter_source(condition, self.schema)?),
        };
        rule = match step.get("set_status") {
            None => rule,
            Some(status) if status.is_null() => rule.without_status(),
            Some(_) => rule.set_status(step.text("set_status")),
        };
        let given = |key: &str| step.get(key).map(|_| step.texts(key).map(str::to_owned).collect::<Vec<_>>());
        if let Some(tags) = given("add_tags") {
            rule = rule.add_tags(tags);
        }
        if let Some(tags) = given("remove_tags") {
            rule = rule.remove_tags(tags);
        }
        if let Some(segments) = given("add_to_segments") {
            rule = rule.add_to_segments(segments);
        }
        if let Some(segments) = given("remove_from_segments") {
            rule = rule.remove_from_segments(segments);
        }
        if step.get("set_fields").is_some() {
            rule = rule.set_fields(patch(&step.object("set_fields")));
        }
        if step.get("enabled").is_some() {
            rule = rule.enabled(step.flag("enabled"));
        }
        if let Some(position) = step.number_if("position") {
            rule = rule.position(usize::try_from(position).unwrap());
        }
        Ok(rule)
    }

    fn filter(self, step: &Object<'_>, key: &str) -> Result<Option<FilterSource>> {
        step.get(key).map(|filter| filter_source(filter, self.schema)).transpose()
    }
}
