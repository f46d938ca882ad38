//! Rules that fire together and want different things.

use super::default_rule::{ACTIVE, DefaultRule, LEAD};
use super::disjoint::{are_disjoint, excludes};
use super::rule::Rule;
use super::rules::Rules;
use super::says::{Says, same};
use super::trigger::Trigger;
use super::words::{link, value};
use crate::filter::Predicate;
use crate::model::{Field, Schema};
use crate::text::quoted;
use crate::value::{RuleId, StatusId, Value};

/// What a rule and another one want differently, in words.
#[derive(Debug)]
pub(crate) struct Conflict {
    /// The other rule.
    pub(crate) other: RuleId,
    /// Whether both always fire together.
    pub(crate) is_certain: bool,
    /// What they do to one contact.
    pub(crate) what: String,
}

/// The rules with which a rule is in conflict: both are enabled, both can fire by the same change of one contact, and one wants
/// what the other does not.
pub(crate) fn conflicts(id: RuleId, rule: &Rule, rules: &Rules, schema: &Schema) -> Vec<Conflict> {
    let Some(says) = rule.says().filter(|_| rule.is_enabled) else { return Vec::new() };
    let others = rules.iter().filter(|(other, rule)| *other != id && rule.is_enabled);
    let found = others.filter_map(|(other, rule)| {
        let theirs = rule.says()?;
        let what = contradiction(says, theirs, schema)?;
        can_fire_together(says, theirs).then(|| {
            let is_certain = says.trigger.is_like(&theirs.trigger)
                && same(says.condition.as_deref(), theirs.condition.as_deref());
            Conflict { other, is_certain, what }
        })
    });
    found.collect()
}

/// The status that a rule sets in the place of that of a default rule: both can fire by the same change of one contact, and the
/// default rules are the last ones.
pub(crate) fn overriding(rule: &Rule, default: DefaultRule, schema: &Schema) -> Option<StatusId> {
    let says = rule.says().filter(|_| rule.is_enabled)?;
    let lead = Predicate::OneOf { field: Field::STATUS, symbols: [LEAD.into()].into_iter().collect() };
    let can_fire_together = says.trigger == Trigger::Interaction(default.kind())
        && schema.has_status(LEAD)
        && schema.has_status(ACTIVE)
        && !says.filters().any(|filter| excludes(filter, &lead, false));
    says.actions.status.filter(|status| can_fire_together && *status != ACTIVE)
}

/// Whether both can fire by the same change: the same kind of interaction or the same field, and no two filters that exclude
/// each other.
fn can_fire_together(ours: &Says, theirs: &Says) -> bool {
    let is_same_occasion = match (&ours.trigger, &theirs.trigger) {
        (Trigger::Filter(_), Trigger::Filter(_)) => true,
        (ours, theirs) => ours == theirs,
    };
    is_same_occasion && !ours.filters().any(|our| theirs.filters().any(|their| are_disjoint(our, their)))
}

/// What the first rule does and the second one does differently.
fn contradiction(ours: &Says, theirs: &Says, schema: &Schema) -> Option<String> {
    let (ours, theirs) = (&ours.actions, &theirs.actions);
    if let (Some(our), Some(their)) = (ours.status, theirs.status)
        && our != their
    {
        let key = |status: StatusId| quoted(schema.status_key(status));
        return Some(format!("one sets the status {} and the other {}", key(our), key(their)));
    }
    let other_link = ours.links.iter().find(|(link, added)| theirs.links.get(link) == Some(&!**added));
    if let Some(((field, symbol), added)) = other_link {
        let (ours, theirs) = if *added { ("gives", "takes") } else { ("takes", "gives") };
        return Some(format!("one {ours} {} and the other {theirs} it", link(*field, *symbol, schema)));
    }
    let mut values =
        ours.values.iter().filter_map(|(field, our)| Some((field, our, theirs.values.get(field)?)));
    let (field, our, their) = values.find(|(_, our, their)| our != their)?;
    let shown = |to: &Option<Value>| value(*field, to.as_ref(), schema);
    let key = quoted(schema.field_key(*field));
    Some(format!("one sets {key} to {} and the other to {}", shown(our), shown(their)))
}
