//! A small world in which rules meet: few contacts, few values, so that rules fire by each other and want different things.

use crate::oracle::{Action, Deed, Rule};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::bool::{ANY, weighted as chance};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

const STATUSES: &[&str] = &["lead", "active", "vip", "inactive"];
const TAGS: &[&str] = &["gold", "web", "cold"];
const FIXED: &[&str] = &["Nord", "Sud"];
/// The kinds of interactions; the last one has no default rule.
const KINDS: &[&str] = &["payment", "payment", "appointment", "invoice", "group_event", "message"];
const DEFAULTS: &[&str] = &["appointment", "group_event", "payment", "invoice"];

/// Rules, and what happens while they are there.
#[derive(Debug, Clone)]
pub struct Automated {
    /// The rules in their order.
    pub rules: Vec<Rule>,
    /// The kinds of interactions whose default rules are switched on.
    pub defaults: Vec<&'static str>,
    /// The changes of one commit, each so long after those before. Contacts are places among all that are there by then.
    pub steps: Vec<(TimeDelta, Vec<Deed>)>,
}

/// The schema of all of them, in the format of `conformance/README.md`.
pub fn rule_schema() -> Value {
    json!({
        "fields": [
            {"key": "billed", "type": "number"},
            {"key": "plan", "type": "select", "options": ["basic", "pro"]},
            {"key": "newsletter", "type": "bool"},
        ],
        "tags": TAGS,
        "segments": [
            {"name": "Nord"},
            {"name": "Sud"},
            {"name": "Golden", "filter": {"op": "or", "args": [
                {"op": "has", "field": "tags", "value": "gold"},
                {"op": "=", "field": "status", "value": "vip"},
            ]}},
            {"name": "Rich", "filter": {"op": "and", "args": [
                {"op": ">", "field": "billed", "value": 2},
                {"op": "not_has", "field": "segments", "value": "Golden"},
            ]}},
        ],
    })
}

/// Rules and what happens, from an instant on.
pub fn automated(start: DateTime<Utc>) -> BoxedStrategy<Automated> {
    let rules = vec(rule(), 0..7).prop_map(|mut rules| {
        for (at, rule) in rules.iter_mut().enumerate() {
            rule.name = format!("r{at}");
        }
        rules
    });
    let later = prop_oneof![
        3 => Just(TimeDelta::zero()),
        2 => (1..72_i64).prop_map(TimeDelta::hours),
        1 => (1..60_i64).prop_map(TimeDelta::days),
    ];
    let deeds = move || prop_oneof![4 => vec(deed(start), 1), 1 => vec(deed(start), 0..5)];
    let first = vec((Just(TimeDelta::zero()), vec(created(start).prop_map(Deed::Create), 1)), 1..3);
    let defaults = prop_oneof![2 => Just(DEFAULTS.to_vec()), 1 => subsequence(DEFAULTS, 0..=4)];
    (rules, defaults, first, vec((later, deeds()), 1..12))
        .prop_map(|(rules, defaults, mut steps, more)| {
            steps.extend(more);
            Automated { rules, defaults, steps }
        })
        .boxed()
}

fn one_of(names: &'static [&'static str]) -> BoxedStrategy<String> {
    select(names).prop_map(str::to_owned).boxed()
}

fn rule() -> BoxedStrategy<Rule> {
    let fields = &["status", "tags", "segments", "billed", "plan", "newsletter", "name", "first_name"][..];
    let occasion = prop_oneof![
        2 => select(KINDS).prop_map(|kind| (Some(kind.to_owned()), None)),
        2 => select(fields).prop_map(|field| (Some(field.to_owned()), None)),
        // What becomes true while only time passes is the subject of other laws.
        4 => filter(false).prop_map(|filter| (None, Some(filter))),
    ];
    (occasion, weighted(0.4, filter(true)), vec(action(), 1..4))
        .prop_map(|((on, when), condition, mut actions)| {
            // A rule does one thing to each field, tag and segment.
            let mut seen = Vec::new();
            actions.retain(|action| {
                let is_new = !seen.contains(&target(action));
                seen.push(target(action));
                is_new
            });
            Rule { name: String::new(), on, when, condition, actions }
        })
        .boxed()
}

/// What an action is about.
fn target(action: &Action) -> String {
    match action {
        Action::Set(field, _) => field.clone(),
        Action::Link { field, name, .. } => format!("{field} {name}"),
        Action::Record(_) => String::new(),
    }
}

fn action() -> BoxedStrategy<Action> {
    let link = |field, names| {
        (one_of(names), chance(0.7)).prop_map(move |(name, added)| Action::Link { field, name, added })
    };
    prop_oneof![
        3 => one_of(STATUSES).prop_map(|status| Action::Set("status".to_owned(), status.into())),
        3 => link("tags", TAGS),
        2 => link("segments", FIXED),
        2 => value().prop_map(|(field, value)| Action::Set(field, value)),
    ]
    .boxed()
}

fn value() -> BoxedStrategy<(String, Value)> {
    let named = |field: &str, value: Value| (field.to_owned(), value);
    prop_oneof![
        3 => (0..5_u32).prop_map(move |billed| named("billed", billed.into())),
        1 => Just(named("billed", Value::Null)),
        2 => one_of(&["basic", "pro"]).prop_map(move |plan| named("plan", plan.into())),
        1 => Just(named("plan", Value::Null)),
        2 => ANY.prop_map(move |yes| named("newsletter", yes.into())),
    ]
    .boxed()
}

fn condition(with_time: bool) -> BoxedStrategy<Value> {
    let kind = || one_of(&["payment", "appointment"]);
    let is = |op: &'static str, field: &'static str, value: BoxedStrategy<Value>| {
        value.prop_map(move |value| json!({"op": op, "field": field, "value": value}))
    };
    let json = |strategy: BoxedStrategy<String>| strategy.prop_map(Value::from).boxed();
    let number = || (0..4_u32).prop_map(Value::from).boxed();
    let windows = [Value::Null, Value::Null, json!({"last": 30, "unit": "day"}), json!({"day": "today"})];
    let during = select(if with_time { windows.to_vec() } else { vec![Value::Null] });
    let aggregate = (select(&["count", "sum"][..]), kind(), during, 0..3_u32);
    prop_oneof![
        3 => is("=", "status", json(one_of(STATUSES))),
        3 => is("has", "tags", json(one_of(TAGS))),
        1 => is("not_has", "tags", json(one_of(TAGS))),
        2 => is("has", "segments", json(one_of(&["Nord", "Sud", "Golden", "Rich"]))),
        2 => is(">", "billed", number()),
        1 => is("=", "billed", number()),
        1 => is("=", "plan", json(one_of(&["basic", "pro"]))),
        1 => Just(json!({"op": "is_empty", "field": "plan"})),
        1 => Just(json!({"op": "is_true", "field": "newsletter"})),
        1 => (0..3_u32).prop_map(|size| {
            json!({"op": ">=", "aggregate": {"fn": "count", "field": "tags"}, "value": size})
        }),
        2 => aggregate.prop_map(|(function, kind, during, value)| {
            let mut of = json!({"fn": function, "kind": kind});
            if during != Value::Null {
                of["during"] = during;
            }
            json!({"op": ">", "aggregate": of, "value": value})
        }),
    ]
    .boxed()
}

fn filter(with_time: bool) -> BoxedStrategy<Value> {
    let condition = || condition(with_time);
    let both = |op: &'static str| {
        (condition(), condition()).prop_map(move |args| json!({"op": op, "args": [args.0, args.1]}))
    };
    let filter = prop_oneof![
        6 => condition(),
        2 => both("and"),
        2 => both("or"),
        1 => condition().prop_map(|arg| json!({"op": "not", "arg": arg})),
        1 => Just(json!({"op": "everyone"})),
    ];
    filter.prop_map(|filter| json!({"v": 1, "filter": filter})).boxed()
}

/// An interaction in the past, now or in the future, as far as the start knows.
fn interaction(start: DateTime<Utc>) -> BoxedStrategy<Value> {
    let at = prop_oneof![2 => Just(0), 1 => -800..0_i64, 2 => 1..800_i64];
    (select(KINDS), at, 0..3_u32)
        .prop_map(move |(kind, hours, amount)| {
            json!({"kind": kind, "at": (start + TimeDelta::hours(hours)).to_rfc3339(), "amount": amount})
        })
        .boxed()
}

fn created(start: DateTime<Utc>) -> BoxedStrategy<Value> {
    let names = |names: &'static [&'static str]| weighted(0.3, subsequence(names, 1..=2));
    let status = weighted(0.3, one_of(STATUSES));
    let name = weighted(0.5, one_of(&["Zoé", "Léo"]));
    let happened = vec(interaction(start), 0..3);
    (status, name, names(TAGS), names(FIXED), vec(value(), 0..3), happened)
        .prop_map(|(status, name, tags, segments, values, interactions)| {
            let mut contact = json!({"interactions": interactions});
            let values = values.into_iter().filter(|(_, value)| !value.is_null());
            let named = [
                ("status", status.map(Value::from)),
                ("first_name", name.map(Value::from)),
                ("tags", tags.map(Value::from)),
                ("segments", segments.map(Value::from)),
            ];
            let named = named.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?)));
            for (field, value) in values.chain(named) {
                contact[field] = value;
            }
            contact
        })
        .boxed()
}

/// What a person does. Places of contacts are large, and are meant among those who are there.
fn deed(start: DateTime<Utc>) -> BoxedStrategy<Deed> {
    let who = || vec(0..100_usize, 1..3);
    let name = one_of(&["Zoé", "Léo"]).prop_map(|name| Action::Set("first_name".to_owned(), name.into()));
    prop_oneof![
        2 => created(start).prop_map(Deed::Create),
        4 => (who(), prop_oneof![6 => action(), 1 => name]).prop_map(|(who, action)| Deed::Do(who, action)),
        3 => (0..100_usize, interaction(start)).prop_map(|(who, one)| Deed::Do(vec![who], Action::Record(one))),
    ]
    .boxed()
}
