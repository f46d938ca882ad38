//! Commands about rules.

use super::filters::filter;
use super::names::{FIELDS, KINDS, OPTIONS, RULES, name, static_segment, status, tag};
use super::values::value;
use proptest::bool::{ANY, weighted as chance};
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::select;
use tagmata::{Command, DefaultRule, NewRule, Patch, Ref, RuleId, RulePatch};

fn rule() -> BoxedStrategy<Ref<RuleId>> {
    prop_oneof![
        3 => name(RULES).prop_map(Ref::Name),
        1 => (3..8_u32).prop_map(|number| Ref::Id(RuleId::new(number))),
    ]
    .boxed()
}

/// What a rule fires on.
fn key() -> BoxedStrategy<String> {
    let others = select(&["status", "tags", "segments", "name", "country", "updated_at", "id"][..]);
    prop_oneof![3 => name(KINDS), 3 => name(FIELDS), 2 => others.prop_map(str::to_owned)].boxed()
}

fn fields() -> BoxedStrategy<Patch> {
    let usual = prop_oneof![
        select(&[1.0, 200.0][..]).prop_map(|billed| Patch::new().set("billed", billed)),
        select(OPTIONS).prop_map(|plan| Patch::new().set("plan", plan)),
        Just(Patch::new().set("agreed", true)),
        Just(Patch::new().set("note", "by rule")),
        Just(Patch::new().clear("country")),
    ];
    let any = value().prop_map(|(key, value)| Patch::new().set(key, value));
    prop_oneof![4 => usual, 1 => any].boxed()
}

/// What a rule does, on whom, and when.
fn parts() -> BoxedStrategy<RulePatch> {
    let tags = |share| weighted(share, vec(tag(), 1..3));
    let segments = || weighted(0.2, vec(static_segment(), 1));
    let actions =
        (weighted(0.4, status()), tags(0.5), tags(0.2), segments(), segments(), weighted(0.3, fields()));
    (weighted(0.3, filter()), actions, of(chance(0.8)), weighted(0.2, 0..4_usize), chance(0.2))
        .prop_map(|(condition, (status, add, remove, into, out_of, fields), enabled, position, existing)| {
            let mut rule = RulePatch::new().apply_to_existing(existing);
            if let Some(condition) = condition {
                rule = rule.condition(condition);
            }
            if let Some(status) = status {
                rule = rule.set_status(status);
            }
            if let Some(tags) = add {
                rule = rule.add_tags(tags);
            }
            if let Some(tags) = remove {
                rule = rule.remove_tags(tags);
            }
            if let Some(segments) = into {
                rule = rule.add_to_segments(segments);
            }
            if let Some(segments) = out_of {
                rule = rule.remove_from_segments(segments);
            }
            if let Some(fields) = fields {
                rule = rule.set_fields(fields);
            }
            if let Some(enabled) = enabled {
                rule = rule.enabled(enabled);
            }
            match position {
                Some(position) => rule.position(position),
                None => rule,
            }
        })
        .boxed()
}

/// A new rule.
pub(super) fn new_rule() -> BoxedStrategy<NewRule> {
    let occasion = prop_oneof![
        key().prop_map(|key| (Some(key), None)),
        filter().prop_map(|filter| (None, Some(filter)))
    ];
    (name(RULES), occasion, parts())
        .prop_map(|(name, (on, when), parts)| {
            NewRule::of_parts(name, on, when.map(Into::into), parts).expect("it says once when it fires")
        })
        .boxed()
}

fn patch() -> BoxedStrategy<RulePatch> {
    let little = prop_oneof![
        ANY.prop_map(|enabled| RulePatch::new().enabled(enabled)),
        name(RULES).prop_map(|name| RulePatch::new().rename(name)),
        (0..4_usize).prop_map(|position| RulePatch::new().position(position)),
        Just(RulePatch::new().without_condition()),
        Just(RulePatch::new().without_status()),
    ];
    let occasion = prop_oneof![
        (parts(), key()).prop_map(|(parts, key)| parts.on(key)),
        (parts(), filter()).prop_map(|(parts, filter)| parts.when(filter)),
    ];
    prop_oneof![2 => little, 1 => parts(), 1 => occasion].boxed()
}

/// Rules made, changed, deleted; default rules switched on and off.
pub(super) fn command() -> BoxedStrategy<Command> {
    let names = DefaultRule::ALL.map(DefaultRule::as_str);
    let switch = (prop_oneof![4 => select(names.to_vec()), 1 => Just("last_payment")], chance(0.7))
        .prop_map(|(name, is_on)| (name.to_owned(), is_on));
    prop_oneof![
        4 => new_rule().prop_map(|rule| Command::AddRule(Box::new(rule))),
        3 => (rule(), patch()).prop_map(|(rule, patch)| Command::UpdateRule { rule, patch: Box::new(patch) }),
        2 => rule().prop_map(Command::DeleteRule),
        1 => (of(chance(0.8)), vec(switch, 0..3))
            .prop_map(|(lead_to_active, rules)| Command::SetAutomation { lead_to_active, rules }),
    ]
    .boxed()
}
