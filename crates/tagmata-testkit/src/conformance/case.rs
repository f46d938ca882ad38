//! One case of a suite.

use super::world::{World, read_filter};
use serde_json::Value;
use tagmata::{Diagnostic, Filter, Timestamp};

/// What a case got wrong; empty if it holds.
pub(super) fn check(case: &Value, world: &World, now: Timestamp) -> Vec<String> {
    let mut problems = Vec::new();
    let source = case["filter"].as_str();
    let filter = match read_filter(&case["filter"], &world.schema).and_then(|filter| {
        world.segments.check(&filter, &world.schema)?;
        Ok(filter)
    }) {
        Ok(filter) => filter,
        Err(error) => {
            if case.get("diagnostics").is_none() {
                problems.push(format!("refused: {error}"));
            } else {
                let raw = case["filter"]["raw"].as_str();
                compare(&case["diagnostics"], error.diagnostics(), source.or(raw), &mut problems);
            }
            return problems;
        }
    };
    if case.get("diagnostics").is_some() {
        problems.push(format!("accepted as: {filter}"));
        return problems;
    }
    if let Some(expected) = case["prints"].as_str()
        && filter.to_string() != expected
    {
        problems.push(format!("prints: {filter}\nexpected: {expected}"));
    }
    if case.get("lints").is_some() {
        compare(&case["lints"], filter.lints(), source, &mut problems);
    }
    if case.get("tree_diagnostics").is_some() {
        match filter.to_query_builder(&world.schema) {
            Ok(tree) => problems.push(format!("written as: {tree}")),
            Err(error) => compare(&case["tree_diagnostics"], error.diagnostics(), None, &mut problems),
        }
    }
    if case.get("members").is_some() {
        let members = world.members(&filter, now);
        if case["members"] != serde_json::json!(members) {
            problems.push(format!("members: {members:?}\nexpected: {}", case["members"]));
        }
    }
    spellings(&filter, world, &mut problems);
    problems
}

/// Whatever is accepted reads back as the same filter from each of its spellings.
fn spellings(filter: &Filter, world: &World, problems: &mut Vec<String>) {
    let schema = &world.schema;
    let text = filter.to_string();
    match Filter::parse(&text, schema) {
        Ok(again) if again == *filter => {}
        other => problems.push(format!("its text `{text}` reads back as {other:?}")),
    }
    let json = filter.to_json(schema);
    match Filter::from_json(&json, schema) {
        Ok(again) if again == *filter => {}
        other => problems.push(format!("its JSON `{json}` reads back as {other:?}")),
    }
    if let Ok(tree) = filter.to_query_builder(schema) {
        match Filter::from_json(&tree, schema) {
            Ok(again) if again == *filter => {}
            other => problems.push(format!("its tree `{tree}` reads back as {other:?}")),
        }
    }
}

fn compare(expected: &Value, found: &[Diagnostic], source: Option<&str>, problems: &mut Vec<String>) {
    let found: Vec<Value> = found.iter().map(|diagnostic| describe(diagnostic, source)).collect();
    let expected = expected.as_array().map(Vec::as_slice).unwrap_or_default();
    let agrees = |(expected, found): (&Value, &Value)| {
        expected.as_object().is_some_and(|members| members.iter().all(|(key, value)| found[key] == *value))
    };
    if expected.len() != found.len() || !expected.iter().zip(&found).all(agrees) {
        problems.push(format!("diagnostics: {}\nexpected: {}", Value::from(found), Value::from(expected)));
    }
}

/// A diagnostic in the format of the suites.
fn describe(diagnostic: &Diagnostic, source: Option<&str>) -> Value {
    let span = diagnostic.place().span().and_then(|span| source.and_then(|source| source.get(span)));
    serde_json::json!({
        "code": diagnostic.code().as_str(),
        "message": diagnostic.message(),
        "help": diagnostic.help_text(),
        "expected": diagnostic.expected(),
        "id": diagnostic.node(),
        "at": span.or(diagnostic.place().pointer()),
    })
}
