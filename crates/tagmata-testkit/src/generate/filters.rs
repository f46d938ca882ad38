//! Filters: conditions on everything a schema has, nested.

use crate::generate::pool::Pool;
use crate::generate::predicates::{
    condition, equality, of_bool, of_choice, of_country, of_date, of_datetime, of_number, of_phone, of_set,
    of_text,
};
use crate::generate::vocabulary::{Options, Vocabulary};
use crate::generate::{aggregates, numbers, phones, texts};
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, prop_oneof};
use proptest::sample::select;
use proptest::strategy::Union;
use serde_json::{Value, json};

/// Type-correct canonical JSON over a schema, `{"v": 1, "filter": …}`, nested at most `depth` deep, with operands from the whole
/// pool.
pub fn filter(schema: &Value, depth: u32) -> BoxedStrategy<Value> {
    filter_from(schema, &Pool::whole(), depth)
}

/// The same, with operands from a pool.
pub fn filter_from(schema: &Value, pool: &Pool, depth: u32) -> BoxedStrategy<Value> {
    nested(leaf(&Vocabulary::of(schema), pool), depth)
        .prop_map(|node| json!({"v": 1, "filter": node}))
        .boxed()
}

fn nested(leaf: BoxedStrategy<Value>, depth: u32) -> BoxedStrategy<Value> {
    leaf.prop_recursive(depth, 24, 4, |inner| {
        let group = (select(&["and", "or"][..]), vec(inner.clone(), 2..=4));
        prop_oneof![
            3 => group.prop_map(|(op, args)| json!({"op": op, "args": args})),
            1 => inner.prop_map(|arg| json!({"op": "not", "arg": arg})),
        ]
    })
    .boxed()
}

fn leaf(names: &Vocabulary, pool: &Pool) -> BoxedStrategy<Value> {
    let (words, times) = (&pool.words, &pool.times);
    let id = (0_u64..=8).prop_map(Value::from).boxed();
    let word = select(&["everyone", "nobody"][..]).prop_map(|op| json!({"op": op}));
    let phrase = prop_oneof![2 => texts::phrase(words), 1 => phones::phrase()];
    prop_oneof![
        4 => condition(one_of(&names.texts), of_text(texts::operand(words), texts::fragment(words))),
        2 => condition(field("name"), of_text(texts::full_name(words), texts::name_fragment(words))),
        1 => condition(field("email"), of_text(texts::email(), texts::email_fragment())),
        1 => condition(field("mobile"), of_phone()),
        1 => condition(field("country"), of_country()),
        1 => condition(field("id"), equality(id)),
        3 => condition(one_of(&names.numbers), of_number(numbers::number(&pool.numbers))),
        1 => condition(one_of(&names.bools), of_bool()),
        6 => condition(one_of(&names.dates), of_date(times)),
        8 => condition(one_of(&names.datetimes), of_datetime(times)),
        2 => selects(&names.selects),
        4 => sets(names),
        8 => aggregates::leaf(names, times),
        2 => phrase.prop_map(|phrase| json!({"op": "search", "value": phrase})),
        1 => word,
    ]
    .boxed()
}

fn selects(fields: &[Options]) -> BoxedStrategy<Value> {
    Union::new(fields.iter().map(|(key, options)| condition(field(key), of_choice(item(options))))).boxed()
}

fn sets(names: &Vocabulary) -> BoxedStrategy<Value> {
    let own = item(&names.static_segments);
    let any = item(&[names.static_segments.clone(), names.dynamic_segments.clone()].concat());
    let multi_selects = names
        .multi_selects
        .iter()
        .map(|(key, options)| condition(field(key), of_set(item(options), item(options))));
    Union::new([
        condition(field("tags"), of_set(item(&names.tags), item(&names.tags))),
        condition(field("segments"), of_set(any, own)),
        Union::new(multi_selects).boxed(),
    ])
    .boxed()
}

fn item(names: &[String]) -> BoxedStrategy<Value> {
    select(names.to_vec()).prop_map(Value::from).boxed()
}

fn one_of(fields: &[String]) -> BoxedStrategy<Value> {
    select(fields.to_vec()).prop_map(|field| json!({"field": field})).boxed()
}

fn field(key: &str) -> BoxedStrategy<Value> {
    Just(json!({"field": key})).boxed()
}
