//! Worlds by chance.

use crate::dice::Dice;
use crate::statements::Question;
use crate::world::World;
use chrono::{DateTime, DurationRound, SecondsFormat, TimeDelta, Utc};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use tagmata::Timestamp;
use tagmata_testkit::conformance::read_filter;
use tagmata_testkit::generate::asked;

/// How deep filters are nested.
const DEPTH: u32 = 3;

/// A world, and so many filters.
pub(crate) fn drawn(dice: &mut Dice, filters: usize) -> (World, Vec<Question>) {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&dice.next().to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let (case, more) = asked(DEPTH, filters - 1).new_tree(&mut runner).unwrap().current();

    let mut contacts = case.contacts;
    coarsen(&mut contacts, &case.schema, dice);
    let now = Timestamp::from_micros(case.now.timestamp_micros()).unwrap();
    let world = World::new(&case.schema, &case.settings, contacts, now);
    let questions = [case.filter].into_iter().chain(more).map(|json| Question {
        about: json.to_string(),
        filter: read_filter(&json, world.schema()).unwrap_or_else(|error| panic!("{json}: {error}")),
        members: world.members(&json),
    });
    let questions = questions.collect();
    (world, questions)
}

/// Cuts some instants to seconds or milliseconds, so that formats which have no more can hold them.
fn coarsen(contacts: &mut [(String, Value)], schema: &Value, dice: &mut Dice) {
    let custom = schema["fields"].as_array().into_iter().flatten();
    let custom =
        custom.filter(|field| field["type"] == "datetime").map(|field| field["key"].as_str().unwrap());
    for key in ["created_at", "updated_at", "status_changed_at"].into_iter().chain(custom) {
        let Some(unit) = unit(dice) else { continue };
        for (_, contact) in &mut *contacts {
            cut(contact.get_mut(key), unit);
        }
    }
    let Some(unit) = unit(dice) else { return };
    for (_, contact) in contacts {
        cut(contact.get_mut("last_interaction"), unit);
        for interaction in contact.get_mut("interactions").and_then(Value::as_array_mut).into_iter().flatten()
        {
            cut(interaction.get_mut("at"), unit);
        }
    }
}

fn unit(dice: &mut Dice) -> Option<TimeDelta> {
    [None, Some(TimeDelta::seconds(1)), Some(TimeDelta::milliseconds(1))][dice.below(3)]
}

fn cut(value: Option<&mut Value>, unit: TimeDelta) {
    let Some(value) = value.filter(|value| value.is_string()) else { return };
    let at: DateTime<Utc> = value.as_str().unwrap().trim().parse().unwrap();
    // Nothing beyond the nanoseconds of 64 bits can be cut otherwise.
    let cut = at
        .duration_trunc(unit)
        .unwrap_or_else(|_| at - TimeDelta::nanoseconds(at.timestamp_subsec_nanos().into()));
    *value = json!(cut.to_rfc3339_opts(SecondsFormat::AutoSi, true));
}
