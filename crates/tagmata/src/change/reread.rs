//! Filters of segments and rules, read again by other settings.

use super::fact::Fact;
use crate::automation::{AutomationEdit, Rule, Rules, Says, Trigger};
use crate::error::Result;
use crate::filter::Filter;
use crate::model::Schema;
use crate::segment::{DynamicSegment, Segments};
use std::sync::Arc;

/// A definition as another schema reads its filter. The names are those of the first one.
///
/// # Errors
/// Those of a filter that is beyond the limits.
pub(super) fn reread(definition: &DynamicSegment, from: &Schema, to: &Schema) -> Result<DynamicSegment> {
    let Some(filter) = definition.filter() else { return Ok(definition.clone()) };
    let again = Filter::from_json(&filter.to_json(from), to)?;
    match again == *filter {
        true => Ok(definition.clone()),
        false => Ok(DynamicSegment::new(again).with_pins(definition.pins().clone())),
    }
}

/// The facts by which segments have the filters that another schema reads.
///
/// # Errors
/// Those of a filter that is beyond the limits, and of a chain of segments that is too long.
pub(super) fn reread_all(segments: &Segments, from: &Schema, to: &Schema) -> Result<Vec<Fact>> {
    let mut facts = Vec::new();
    for (segment, definition) in segments.iter() {
        let again = reread(definition, from, to)?;
        segments.check_definition(segment, to.segment_name(segment), &again, to)?;
        if again != **definition {
            let (old, new) = (Some(Arc::clone(definition)), Some(Arc::new(again)));
            facts.push(Fact::Segment { segment, old, new });
        }
    }
    Ok(facts)
}

/// A rule whose filters are read again by other settings.
///
/// # Errors
/// Those of a filter that these settings do not allow.
pub(super) fn reread_rule(rule: &Rule, from: &Schema, to: &Schema) -> Result<Rule> {
    let Some(says) = rule.says() else { return Ok(rule.clone()) };
    let again = |filter: &Filter| Filter::from_json(&filter.to_json(from), to).map(Box::new);
    let trigger = match &says.trigger {
        Trigger::Filter(filter) => Trigger::Filter(again(filter)?),
        trigger => trigger.clone(),
    };
    let condition = says.condition.as_deref().map(again).transpose()?;
    let again = Says { trigger, condition, actions: says.actions.clone() };
    Ok(if again == *says { rule.clone() } else { Rule::new(&rule.name, rule.is_enabled, again) })
}

/// The facts by which the filters of all rules are read again by other settings.
///
/// # Errors
/// Those of [`reread_rule`].
pub(super) fn reread_rules(rules: &Rules, from: &Schema, to: &Schema) -> Result<Vec<Fact>> {
    let mut facts = Vec::new();
    for (id, rule) in rules.iter() {
        let again = reread_rule(rule, from, to)?;
        if again != **rule {
            let (old, new) = (Some(Arc::clone(rule)), Some(Arc::new(again)));
            facts.push(Fact::Automation(AutomationEdit::Rule { rule: id, old, new }));
        }
    }
    Ok(facts)
}
