//! What rules do is what the oracle of rules says they do.

use crate::random::budget;
use chrono::{DateTime, Utc};
use proptest::prelude::{ProptestConfig, TestCaseError, prop_assert_eq, proptest};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use tagmata::{
    Book, Cause, Change, Command, ContactId, Draft, Field, Filter, Input, NewRule, OptionId, Patch, Prune,
    Schema, SymbolSet, Timestamp, Value,
};
use tagmata_testkit::generate::{Automated, automated, rule_schema};
use tagmata_testkit::oracle::{Action, Automaton, Deed, Oracle, Rule, StatusChange};

fn start() -> DateTime<Utc> {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn stamp(at: DateTime<Utc>) -> Timestamp {
    Timestamp::from_micros(at.timestamp_micros()).unwrap()
}

/// An empty book with the schema of the rules.
fn book() -> Book {
    let mut book = Book::builder().build(stamp(start()));
    let mut document = rule_schema();
    document["v"] = 1.into();
    for option in document["fields"][1]["options"].as_array_mut().unwrap() {
        *option = json!({"key": option});
    }
    for segment in document["segments"].as_array_mut().unwrap() {
        if let Some(filter) = segment.get_mut("filter") {
            *filter = json!({"v": 1, "filter": filter.take()});
        }
    }
    book.apply_definitions(&document.to_string(), Prune::Keep, stamp(start())).unwrap();
    book
}

fn input(value: &Json) -> Input {
    match value {
        Json::Null => Input::Missing,
        Json::Bool(yes) => Input::Bool(*yes),
        Json::Number(number) => Input::Number(number.as_f64().unwrap()),
        Json::String(text) => Input::Text(text.clone()),
        Json::Array(names) => {
            Input::List(names.iter().map(|name| name.as_str().unwrap().to_owned()).collect())
        }
        Json::Object(_) => panic!("no value is an object: {value}"),
    }
}

fn new_rule(rule: &Rule, schema: &Schema) -> NewRule {
    let read = |filter: &Json| Filter::from_json(&filter.to_string(), schema).unwrap();
    let mut new = match (&rule.on, &rule.when) {
        (Some(on), _) => NewRule::on(&rule.name, on),
        (None, when) => NewRule::when(&rule.name, read(when.as_ref().unwrap())),
    };
    if let Some(condition) = &rule.condition {
        new = new.condition(read(condition));
    }
    let mut values = Patch::new();
    let mut links: [Vec<&str>; 4] = Default::default();
    for action in &rule.actions {
        match action {
            Action::Set(field, value) if field == "status" => new = new.set_status(value.as_str().unwrap()),
            Action::Set(field, value) => values = values.set(field, input(value)),
            Action::Link { field, name, added } => {
                links[2 * usize::from(*field == "segments") + usize::from(*added)].push(name);
            }
            Action::Record(_) => panic!("no rule records"),
        }
    }
    let [lost, given, out_of, into] = links;
    new.remove_tags(lost)
        .add_tags(given)
        .remove_from_segments(out_of)
        .add_to_segments(into)
        .set_fields(values)
}

/// A deed as the contacts are there by then; none if there is nobody to whom it could be done.
fn resolved(deed: &Deed, count: usize) -> Option<Deed> {
    match deed {
        Deed::Create(_) => Some(deed.clone()),
        Deed::Do(_, _) if count == 0 => None,
        Deed::Do(who, action) => {
            let who: BTreeSet<usize> = who.iter().map(|place| place % count).collect();
            Some(Deed::Do(who.into_iter().collect(), action.clone()))
        }
    }
}

fn command(deed: &Deed) -> Command {
    let moment = |one: &Json| stamp(one["at"].as_str().unwrap().parse().unwrap());
    let amount = |one: &Json| Some(one["amount"].to_string().parse().unwrap());
    let kind = |one: &Json| one["kind"].as_str().unwrap().to_owned();
    match deed {
        Deed::Create(contact) => {
            let mut draft = Draft::new();
            for (field, value) in contact.as_object().unwrap() {
                if field != "interactions" {
                    draft = draft.set(field, input(value));
                    continue;
                }
                for one in value.as_array().unwrap() {
                    draft = draft.interaction(kind(one), moment(one), amount(one), None);
                }
            }
            Command::CreateContact(draft)
        }
        Deed::Do(who, action) => {
            let id = |place: &usize| ContactId::new(u32::try_from(*place).unwrap());
            let selection = who.iter().map(id).collect::<Vec<_>>().into();
            match action {
                Action::Set(field, value) if field == "status" => {
                    Command::SetStatus { selection, status: value.as_str().unwrap().into() }
                }
                Action::Set(field, value) => {
                    Command::UpdateContacts { selection, patch: Patch::new().set(field, input(value)) }
                }
                Action::Link { field: "tags", name, added: true } => {
                    Command::AddTags { selection, tags: vec![name.as_str().into()] }
                }
                Action::Link { field: "tags", name, added: false } => {
                    Command::RemoveTags { selection, tags: vec![name.as_str().into()] }
                }
                Action::Link { name, added: true, .. } => {
                    Command::AddToSegment { selection, segment: name.as_str().into() }
                }
                Action::Link { name, added: false, .. } => {
                    Command::RemoveFromSegment { selection, segment: name.as_str().into() }
                }
                Action::Record(one) => Command::Record {
                    contact: id(&who[0]),
                    kind: kind(one),
                    at: moment(one),
                    amount: amount(one),
                    label: None,
                },
            }
        }
    }
}

/// What a contact has in a field by its record.
fn value(contact: &Json, key: &str, schema: &Schema) -> Option<Value> {
    let field = schema.field_by_key(key).unwrap();
    let set = |symbol: &dyn Fn(&str) -> tagmata::Symbol| {
        let names = contact[key].as_array().into_iter().flatten();
        let set: SymbolSet = names.map(|name| symbol(name.as_str().unwrap())).collect();
        (!set.is_empty()).then_some(Value::Many(set))
    };
    match field.id() {
        Field::TAGS => set(&|name| schema.tag(name).unwrap().into()),
        Field::SEGMENTS => set(&|name| schema.segment(name).unwrap().into()),
        Field::STATUS => Some(Value::One(schema.status(contact[key].as_str().unwrap()).unwrap().into())),
        _ => match &contact[key] {
            Json::Null => None,
            Json::Bool(yes) => Some(Value::Bool(*yes)),
            Json::Number(number) => Some(Value::Number(number.as_f64().unwrap())),
            option => {
                let option = field.options().find(option.as_str().unwrap()).unwrap();
                Some(Value::One(OptionId::new(option).into()))
            }
        },
    }
}

/// How the status of a contact changed.
fn statuses(book: &Book, contact: ContactId) -> Vec<StatusChange> {
    let schema = book.schema();
    let changes = book.history(contact).unwrap().into_iter().filter_map(|entry| match entry.change {
        Change::Status { from, to } => Some(StatusChange {
            from: schema.status_key(from).to_owned(),
            to: schema.status_key(to).to_owned(),
            by: match entry.origin.cause {
                Cause::Rule(rule) => Some(book.rule_name(rule).to_owned()),
                _ => None,
            },
        }),
        _ => None,
    });
    changes.collect()
}

fn agree(book: &Book, automaton: &Automaton, deeds: &[Deed]) -> Result<(), TestCaseError> {
    let schema = book.schema();
    for (place, (_, record)) in automaton.contacts.iter().enumerate() {
        let id = ContactId::new(u32::try_from(place).unwrap());
        let contact = book.contact(id).unwrap();
        for key in ["status", "tags", "segments", "billed", "plan", "newsletter"] {
            let field = schema.field_by_key(key).unwrap().id();
            let expected = value(record, key, schema);
            prop_assert_eq!(contact.get(field), expected.as_ref(), "{} of {} after {:#?}", key, place, deeds);
        }
        prop_assert_eq!(
            &statuses(book, id),
            &automaton.statuses[place],
            "contact {} after {:#?}",
            place,
            deeds
        );
    }
    Ok(())
}

fn holds(drawn: &Automated) -> Result<(), TestCaseError> {
    let mut book = book();
    let mut automaton = Automaton::new(Oracle::new(&rule_schema(), &json!({})), start());
    automaton.defaults.clone_from(&drawn.defaults);
    let switches = ["appointment", "group_event", "payment", "invoice"];
    let switches = switches.map(|kind| (format!("first_{kind}"), drawn.defaults.contains(&kind)));
    let switches: Vec<_> = switches.iter().map(|(name, is_on)| (name.as_str(), *is_on)).collect();
    book.set_automation(None, switches, stamp(start())).unwrap();
    for rule in &drawn.rules {
        // What always contradicts another rule, or itself, is refused.
        if book.add_rule(new_rule(rule, book.schema()), stamp(start())).is_ok() {
            automaton.rules.push(rule.clone());
        }
    }
    let mut now = start();
    for (later, step) in &drawn.steps {
        now += *later;
        let (mut deeds, mut count) = (Vec::new(), automaton.contacts.len());
        for deed in step {
            deeds.extend(resolved(deed, count));
            count += usize::from(matches!(deed, Deed::Create(_)));
        }
        match deeds.as_slice() {
            [] => drop(book.advance(stamp(now)).unwrap()),
            [deed] => drop(book.run(&command(deed), stamp(now)).unwrap()),
            deeds => {
                book.begin_batch(stamp(now)).unwrap();
                deeds.iter().for_each(|deed| drop(book.run(&command(deed), stamp(now)).unwrap()));
                let _ = book.end_batch().unwrap();
            }
        }
        match deeds.as_slice() {
            [] => automaton.advance(now),
            deeds => automaton.commit(deeds, now),
        }
        agree(&book, &automaton, &deeds)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(64), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_do_what_the_oracle_says(drawn in automated(start())) {
        holds(&drawn)?;
    }
}
