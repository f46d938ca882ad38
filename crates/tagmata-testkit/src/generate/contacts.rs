//! Contacts: a value of every field, or one of the ways to have none.

use crate::generate::pool::Pool;
use crate::generate::times::{Times, rfc3339};
use crate::generate::vocabulary::Vocabulary;
use crate::generate::{numbers, phones, texts};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

/// Contacts that always exist, so that a dynamic segment can pin them.
pub(crate) const PINNABLE: &[&str] = &["c0", "c1", "c2"];

/// Countries of contacts and filters.
pub(crate) const COUNTRIES: &[&str] = &["FR", "BE", "CH", "US", "BR", "NP", "IN", "IS"];

/// Names and contacts of a schema, with values from the whole pool.
pub fn contacts(schema: &Value) -> BoxedStrategy<Vec<(String, Value)>> {
    contacts_from(schema, &Pool::whole())
}

/// Names and contacts of a schema, with values from a pool.
pub fn contacts_from(schema: &Value, pool: &Pool) -> BoxedStrategy<Vec<(String, Value)>> {
    vec(contact(&Vocabulary::of(schema), pool), PINNABLE.len()..=8)
        .prop_map(|contacts| contacts.into_iter().enumerate().map(|(i, c)| (format!("c{i}"), c)).collect())
        .boxed()
}

/// The values of one contact.
pub(crate) fn contact(names: &Vocabulary, pool: &Pool) -> BoxedStrategy<Value> {
    let times = &pool.times;
    let mut fields: Vec<(String, BoxedStrategy<Option<Value>>)> = Vec::new();
    let text = || texts::text(&pool.words).prop_map(Value::from).boxed();
    fields.extend(names.texts.iter().map(|key| (key.clone(), written(text()))));
    fields.push(("email".to_owned(), written(texts::email())));
    fields.push(("mobile".to_owned(), written(phones::phone())));
    fields.push(("country".to_owned(), written(select(COUNTRIES).prop_map(Value::from).boxed())));
    for (key, options) in &names.selects {
        fields.push((key.clone(), written(select(options.clone()).prop_map(Value::from).boxed())));
    }
    fields.extend(names.numbers.iter().map(|key| (key.clone(), typed(numbers::number(&pool.numbers)))));
    fields.extend(
        names.bools.iter().map(|key| (key.clone(), typed(any::<bool>().prop_map(Value::from).boxed()))),
    );
    let day = || times.day().prop_map(|day| json!(day.to_string())).boxed();
    fields.extend(names.dates.iter().map(|key| (key.clone(), typed(day()))));
    fields.extend(names.datetimes.iter().map(|key| (key.clone(), typed(instant(times)))));
    fields.extend(names.multi_selects.iter().map(|(key, options)| (key.clone(), typed(set(options)))));
    fields.push(("tags".to_owned(), typed(set(&names.tags))));
    fields.push(("segments".to_owned(), typed(set(&names.static_segments))));
    fields.push((
        "interactions".to_owned(),
        weighted(0.8, vec(interaction(names, times), 0..=5).prop_map(Value::from)).boxed(),
    ));

    let (keys, values): (Vec<String>, Vec<BoxedStrategy<Option<Value>>>) = fields.into_iter().unzip();
    values
        .prop_map(move |values| {
            let present = keys.iter().zip(values).filter_map(|(key, value)| Some((key.clone(), value?)));
            Value::Object(present.collect::<Map<_, _>>())
        })
        .boxed()
}

/// A value that is written as text, absent, or blank in some way.
fn written(value: BoxedStrategy<Value>) -> BoxedStrategy<Option<Value>> {
    prop_oneof![7 => value.prop_map(Some), 1 => Just(None), 1 => texts::blank().prop_map(Some)].boxed()
}

/// A value of another type, absent, or null.
fn typed(value: BoxedStrategy<Value>) -> BoxedStrategy<Option<Value>> {
    prop_oneof![7 => value.prop_map(Some), 1 => Just(None), 1 => Just(Some(Value::Null))].boxed()
}

/// A list, maybe empty, sometimes with a name twice.
fn set(names: &[String]) -> BoxedStrategy<Value> {
    let distinct = subsequence(names.to_vec(), 0..=names.len());
    let repeated = vec(select(names.to_vec()), 1..=3);
    prop_oneof![5 => distinct, 1 => repeated].prop_map(Value::from).boxed()
}

fn instant(times: &Times) -> BoxedStrategy<Value> {
    times.instant().prop_map(|instant| json!(rfc3339(instant))).boxed()
}

fn interaction(names: &Vocabulary, times: &Times) -> BoxedStrategy<Value> {
    // payments are drawn more often, so that sums have something to add
    let kind = prop_oneof![Just("payment".to_owned()), select(names.kinds.clone())];
    let amount =
        prop_oneof![4 => numbers::amount().prop_map(Some), 1 => Just(None), 1 => Just(Some(Value::Null))];
    let label = prop_oneof![3 => texts::interaction_label().prop_map(Some), 2 => Just(None), 1 => texts::blank().prop_map(Some)];
    (kind, instant(times), amount, label)
        .prop_map(|(kind, at, amount, label)| {
            let mut interaction = json!({"kind": kind, "at": at});
            for (key, value) in [("amount", amount), ("label", label)] {
                if let Some(value) = value {
                    interaction[key] = value;
                }
            }
            interaction
        })
        .boxed()
}
