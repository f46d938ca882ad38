//! What is expected after a step.

use super::answers::Answers;
use super::difference::{Differences, as_set};
use super::perform::Done;
use crate::conformance::case::describe;
use crate::conformance::object::Object;
use serde_json::{Value, json};
use tagmata::{AudienceQuery, FieldId, Result};

/// Compares what a step came to, and what can be asked after it, with what is expected.
pub(super) fn check(then: &Object<'_>, done: &Result<Done>, seen: Answers<'_>) -> Differences {
    let mut wrong = Differences::default();
    outcome(then, done, seen, &mut wrong);
    contacts(then, seen, &mut wrong);
    questions(then, seen, &mut wrong);
    definitions(then, seen, &mut wrong);
    wrong
}

/// `error`, `effects`, `time` and `report`.
fn outcome(then: &Object<'_>, done: &Result<Done>, seen: Answers<'_>, wrong: &mut Differences) {
    let (error, effects, time) = (then.get("error"), then.get("effects"), then.get("time"));
    let report = then.get("report");
    match (error, done) {
        (None, Err(error)) => wrong.add(format!("refused: {}", seen.error(error))),
        (Some(expected), Ok(_)) => wrong.add(format!("not refused\n  expected {expected}")),
        (Some(expected), Err(error)) => {
            wrong.compare("error", expected, &seen.error(error));
            if error.diagnostics().len() > 1 && expected.get("diagnostics").is_none() {
                wrong.add(format!("error: more than one\n     found {}", seen.error(error)));
            }
        }
        (None, Ok(_)) => {}
    }
    let Ok(done) = done else { return };
    if let Some(expected) = then.get("touched") {
        wrong.compare("touched", &as_set(expected), &as_set(&seen.names.names_of(&done.touched)));
    }
    if let Some(expected) = then.get("commits") {
        wrong.compare("commits", expected, &done.commits.into());
    }
    if let Some(expected) = then.get("warnings") {
        let found: Value = done.warnings.iter().map(|one| describe(one, None)).collect();
        wrong.compare("warnings", expected, &found);
    }
    if let Some(expected) = report {
        wrong.compare("report", expected, &done.report);
    }
    for (name, expected, found) in [("effects", effects, &done.effects), ("time", time, &done.time)] {
        let Some(expected) = expected else { continue };
        let (expected, found) = (Object::new(expected, name), seen.effects(found));
        for side in ["entered", "left"] {
            let named: Value =
                expected.object(side).all().map(|(name, who)| (name.to_owned(), as_set(who))).collect();
            let found: Value = Object::new(&found[side], side)
                .all()
                .map(|(name, who)| (name.to_owned(), as_set(who)))
                .collect();
            wrong.compare_all(&format!("{name}.{side}"), &named, &found);
        }
        expected.finish();
    }
}

/// `values`, `interactions`, `history`, `segments_of`.
fn contacts(then: &Object<'_>, seen: Answers<'_>, wrong: &mut Differences) {
    let id = |name: &str| seen.names.contact(&Value::from(name));
    for (name, expected) in then.object("values").all() {
        let (place, contact) = (format!("values.{name}"), id(name));
        let is_there = seen.everyone().contains(contact);
        if expected.is_null() && is_there {
            wrong.add(format!("{place}: is there\n  expected null"));
        } else if !is_there {
            wrong.compare(&place, expected, &Value::Null);
            continue;
        }
        for (key, expected) in Object::new(expected, place.as_str()).all() {
            let found = seen.value(contact, field(key, seen));
            wrong.compare(&format!("{place}.{key}"), &as_set(expected), &as_set(&found));
        }
    }
    each(then, "interactions", wrong, |name| seen.interactions(id(name)));
    for (name, expected) in then.object("history").all() {
        wrong.compare(&format!("history.{name}"), &each_as("change", expected), &seen.history(id(name)));
    }
    each(then, "segments_of", wrong, |name| {
        let of = seen
            .book
            .segments_of(id(name))
            .map(|all| -> Value { all.into_iter().map(|segment| seen.names.segment(segment)).collect() });
        as_set(&seen.or_error(of))
    });
}

/// `members`, `select`, `count`, `explain_segment`, `audience`, `find`.
fn questions(then: &Object<'_>, seen: Answers<'_>, wrong: &mut Differences) {
    each(then, "members", wrong, |name| as_set(&seen.contacts(seen.book.members(name))));
    each(then, "select", wrong, |filter| as_set(&seen.contacts(seen.book.select(filter))));
    each(then, "count", wrong, |filter| seen.or_error(seen.book.count(filter)));
    each(then, "explain_segment", wrong, |name| seen.explain_segment(name));
    for (place, asked) in (0..).zip(then.get("audience").and_then(Value::as_array).into_iter().flatten()) {
        audience(&format!("audience[{place}]"), asked, seen, wrong);
    }
    for (key, wanted) in then.object("find").all() {
        let found = |wanted: &str| seen.find(field(key, seen), wanted);
        for (name, expected) in Object::new(wanted, key).all() {
            wrong.compare(&format!("find.{key}.{name}"), expected, &found(name));
        }
    }
}

/// A question about an audience, and its answer.
fn audience(place: &str, asked: &Value, seen: Answers<'_>, wrong: &mut Differences) {
    let asked = Object::new(asked, place);
    let names = |key: &str| asked.get(key).map(texts).unwrap_or_default();
    let mut query = AudienceQuery::new()
        .include_segments(names("segments").iter().map(String::as_str))
        .exclude_segments(names("exclude").iter().map(String::as_str));
    if let Some(channel) = asked.get("channel").and_then(Value::as_str) {
        query = query.channel(channel.parse().unwrap_or_else(|error| panic!("{place}: {error}")));
    }
    query = names("opt_out").iter().fold(query, |query, name| query.opt_out(name.as_str()));
    let found = seen.audience(&query);
    match (asked.get("error"), asked.get("recipients"), asked.get("skipped")) {
        (Some(error), None, None) => wrong.compare(place, &json!({"error": error}), &found),
        (None, Some(recipients), Some(skipped)) => {
            wrong.compare(place, &json!({"recipients": as_set(recipients)}), &found);
            let skipped = Object::new(skipped, place);
            let skipped: Value =
                skipped.all().map(|(reason, who)| (reason.to_owned(), as_set(who))).collect();
            wrong.compare_all(&format!("{place}.skipped"), &skipped, &found["skipped"]);
        }
        _ => wrong.add(format!("{place} expects neither an error nor recipients and who is skipped")),
    }
    asked.finish();
}

/// The texts of a list, or a text alone.
fn texts(names: &Value) -> Vec<String> {
    let text = |name: &Value| name.as_str().unwrap_or_else(|| panic!("{name} is no name")).to_owned();
    names.as_array().map_or_else(|| vec![text(names)], |names| names.iter().map(text).collect())
}

/// `segments`, `tags`, `statuses`, `fields`, `kinds`, `rules`, `automation`, `now`.
fn definitions(then: &Object<'_>, seen: Answers<'_>, wrong: &mut Differences) {
    if let Some(expected) = then.get("segments") {
        wrong.compare("segments", expected, &seen.segments());
    }
    if let Some(expected) = then.get("tags") {
        wrong.compare_all("tags", expected, &seen.tags());
    }
    if let Some(expected) = then.get("statuses") {
        wrong.compare("statuses", &each_as("key", expected), &seen.statuses());
    }
    if let Some(expected) = then.get("rules") {
        wrong.compare("rules", &each_as("name", expected), &seen.rules());
    }
    if let Some(expected) = then.get("automation") {
        wrong.compare("automation", expected, &seen.automation());
    }
    for (all, name) in [(seen.fields(), "fields"), (seen.kinds(), "kinds")] {
        each(then, name, wrong, |key| all.get(key).cloned().unwrap_or_default());
    }
    if let Some(expected) = then.get("now") {
        wrong.compare("now", expected, &seen.book.now().to_string().into());
    }
    if let Some(expected) = then.get("next_change") {
        wrong.compare("next_change", expected, &seen.book.next_change().map(|at| at.to_string()).into());
    }
}

/// Compares the answers to a question about several things, lists of names as sets.
fn each(then: &Object<'_>, question: &str, wrong: &mut Differences, answer: impl Fn(&str) -> Value) {
    let is_set = ["members", "select", "segments_of"].contains(&question);
    for (about, expected) in then.object(question).all() {
        let expected = if is_set { as_set(expected) } else { expected.clone() };
        wrong.compare(&format!("{question}.{about}"), &expected, &answer(about));
    }
}

/// A list in which a string stands for an object of which nothing else is expected.
fn each_as(key: &str, list: &Value) -> Value {
    let Value::Array(items) = list else { return list.clone() };
    items.iter().map(|item| if item.is_string() { json!({key: item}) } else { item.clone() }).collect()
}

fn field(key: &str, seen: Answers<'_>) -> FieldId {
    let field = seen.book.schema().field_by_key(key);
    field.unwrap_or_else(|| panic!("there is no field `{key}`")).id()
}
