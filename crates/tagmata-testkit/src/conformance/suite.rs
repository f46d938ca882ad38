//! A whole suite of filters.

use super::case::{Expected, check};
use super::object::Object;
use super::world::World;
use serde_json::Value;

/// What running a suite came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many cases were run.
    pub cases: usize,
    /// What went wrong, each with the name of its case.
    pub failures: Vec<String>,
}

/// Runs all cases of a suite of filters. Panics if the suite itself cannot be read.
#[must_use]
pub fn run(suite: &Value) -> Outcome {
    let suite = Object::new(suite, "the suite");
    let _ = suite.text("suite");
    let contacts: Vec<(String, Value)> =
        suite.object("contacts").all().map(|(name, values)| (name.to_owned(), values.clone())).collect();
    let (schema, settings, now) = (suite.any("schema"), suite.any("settings"), suite.text("now"));
    let build = |settings: &Value| World::build(schema, settings, &contacts);
    let world = build(settings);
    let mut outcome = Outcome::default();
    for case in suite.list("cases") {
        let case = Object::new(case, format!("the case {}", case["name"]));
        let _ = case.text("name");
        let now = case.text_if("now").unwrap_or(now).parse().expect("`now` is an instant");
        let own = case.get("settings").map(|own| build(&merged(settings, own)));
        let expected = Expected::read(&case);
        case.finish();
        let problems = check(&expected, own.as_ref().unwrap_or(&world), now);
        outcome.cases += 1;
        outcome.failures.extend(
            problems.iter().map(|problem| format!("{}: {}\n{problem}", case.place(), expected.filter)),
        );
    }
    suite.finish();
    outcome
}

/// Settings with single ones that are others.
pub(super) fn merged(settings: &Value, own: &Value) -> Value {
    let members = settings.as_object().into_iter().chain(own.as_object()).flatten();
    Value::Object(members.map(|(key, value)| (key.clone(), value.clone())).collect())
}
