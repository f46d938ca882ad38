//! A whole suite of commands.

use super::case::check;
use super::setup::book_of;
use crate::conformance::object::Object;
use crate::conformance::suite::{Outcome, merged};
use serde_json::Value;
use std::collections::BTreeSet;

/// Runs all cases of a suite of commands, each with a book of its own. Panics if the suite itself cannot be read: if a
/// member means nothing, or a case expects nothing.
#[must_use]
pub fn run_commands(suite: &Value) -> Outcome {
    let suite = Object::new(suite, "the suite");
    let _ = suite.text("suite");
    let (settings, now) = (suite.any("settings"), suite.text("now").parse().expect("`now` is an instant"));
    let mut names = BTreeSet::new();
    let mut outcome = Outcome::default();
    for case in suite.list("cases") {
        let case = Object::new(case, format!("the case {}", case["name"]));
        assert!(names.insert(case.text("name")), "{}: there are two of that name", case.place());
        let own = case.get("settings").map(|own| merged(settings, own));
        let (schema, contacts) = (suite.object("schema"), suite.object("contacts"));
        let (book, known) = book_of(own.as_ref().unwrap_or(settings), &schema, &contacts, now);
        let problems = check(&case, book, known);
        case.finish();
        outcome.cases += 1;
        outcome.failures.extend(problems.iter().map(|problem| format!("{}, {problem}", case.place())));
    }
    suite.finish();
    outcome
}
