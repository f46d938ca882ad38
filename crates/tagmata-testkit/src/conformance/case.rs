//! One case of a suite of filters.

use super::object::Object;
use super::read::read_filter;
use super::world::World;
use serde_json::Value;
use tagmata::{Diagnostic, Filter, Timestamp};

/// What a case says.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    pub(super) filter: &'a Value,
    members: Option<&'a Value>,
    prints: Option<&'a str>,
    diagnostics: Option<&'a Value>,
    tree_diagnostics: Option<&'a Value>,
    lints: Option<&'a Value>,
}

impl<'a> Expected<'a> {
    /// Reads a case, which has to expect something.
    pub(super) fn read(case: &Object<'a>) -> Self {
        let expected = Self {
            filter: case.need("filter"),
            members: case.get("members"),
            prints: case.text_if("prints"),
            diagnostics: case.get("diagnostics"),
            tree_diagnostics: case.get("tree_diagnostics"),
            lints: case.get("lints"),
        };
        let all = [expected.members, expected.diagnostics, expected.tree_diagnostics, expected.lints];
        let expects_something = expected.prints.is_some() || all.iter().any(Option::is_some);
        assert!(expects_something, "{}: expects nothing", case.place());
        expected
    }
}

/// What a case got wrong; empty if it holds.
pub(super) fn check(case: &Expected<'_>, world: &World, now: Timestamp) -> Vec<String> {
    let mut problems = Vec::new();
    let source = case.filter.as_str();
    let filter = match read_filter(case.filter, &world.schema).and_then(|filter| {
        world.segments.check(&filter, &world.schema)?;
        Ok(filter)
    }) {
        Ok(filter) => filter,
        Err(error) => {
            match case.diagnostics {
                None => problems.push(format!("refused: {error}")),
                Some(expected) => {
                    let raw = case.filter["raw"].as_str();
                    compare(expected, error.diagnostics(), source.or(raw), &mut problems);
                }
            }
            return problems;
        }
    };
    if case.diagnostics.is_some() {
        problems.push(format!("accepted as: {filter}"));
        return problems;
    }
    if let Some(expected) = case.prints
        && filter.to_string() != expected
    {
        problems.push(format!("prints: {filter}\nexpected: {expected}"));
    }
    if let Some(expected) = case.lints {
        compare(expected, filter.lints(), source, &mut problems);
    }
    if let Some(expected) = case.tree_diagnostics {
        match filter.to_query_builder(&world.schema) {
            Ok(tree) => problems.push(format!("written as: {tree}")),
            Err(error) => compare(expected, error.diagnostics(), None, &mut problems),
        }
    }
    if let Some(expected) = case.members {
        let members = world.members(&filter, now);
        if *expected != serde_json::json!(members) {
            problems.push(format!("members: {members:?}\nexpected: {expected}"));
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
pub(super) fn describe(diagnostic: &Diagnostic, source: Option<&str>) -> Value {
    let span = diagnostic.place().span().and_then(|span| source.and_then(|source| source.get(span)));
    serde_json::json!({
        "code": diagnostic.code().as_str(),
        "message": diagnostic.message(),
        "help": diagnostic.help_text(),
        "expected": diagnostic.expected(),
        "id": diagnostic.node(),
        "at": diagnostic.place().pointer().or(span),
    })
}
