//! A whole suite.

use super::case::check;
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

/// Runs all cases of a suite. Panics if the suite itself cannot be read.
#[must_use]
pub fn run(suite: &Value) -> Outcome {
    let contacts: Vec<(String, Value)> = suite["contacts"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, values)| (name.clone(), values.clone()))
        .collect();
    let build = |settings: &Value| World::build(&suite["schema"], settings, &contacts);
    let world = build(&suite["settings"]);
    let mut outcome = Outcome::default();
    for case in suite["cases"].as_array().expect("a suite has cases") {
        let now = case.get("now").unwrap_or(&suite["now"]);
        let now = now.as_str().expect("a suite has `now`").parse().expect("`now` is an instant");
        let own = case.get("settings").map(|own| build(&merged(&suite["settings"], own)));
        let problems = check(case, own.as_ref().unwrap_or(&world), now);
        outcome.cases += 1;
        outcome.failures.extend(
            problems.iter().map(|problem| format!("{}: {}\n{problem}", case["name"], case["filter"])),
        );
    }
    outcome
}

fn merged(settings: &Value, own: &Value) -> Value {
    let members = settings.as_object().into_iter().chain(own.as_object()).flatten();
    Value::Object(members.map(|(key, value)| (key.clone(), value.clone())).collect())
}
