//! The cases of suites that expect members, for whoever answers filters in another way.

use super::object::Object;
use super::suite::merged;
use serde_json::Value;
use tagmata::Timestamp;

/// A filter, what it is asked of, and whom it matches.
#[derive(Debug, Clone)]
pub struct Question {
    /// The name of the case.
    pub name: String,
    /// The schema, as the suite has it.
    pub schema: Value,
    /// The settings, with those of the case.
    pub settings: Value,
    /// Names and values of the contacts.
    pub contacts: Vec<(String, Value)>,
    /// The instant.
    pub now: Timestamp,
    /// The filter, in one of its spellings.
    pub filter: Value,
    /// The names of those who match, in the order of the contacts.
    pub members: Vec<String>,
}

/// All cases of a suite of filters that say who the members are. Panics if the suite cannot be read.
#[must_use]
pub fn questions(suite: &Value) -> Vec<Question> {
    let suite = Object::new(suite, "the suite");
    let contacts: Vec<(String, Value)> =
        suite.object("contacts").all().map(|(name, values)| (name.to_owned(), values.clone())).collect();
    let (schema, settings, now) = (suite.any("schema"), suite.any("settings"), suite.text("now"));
    let with_members = suite.list("cases").iter().filter(|case| case.get("members").is_some());
    with_members
        .map(|case| {
            let case = Object::new(case, format!("the case {}", case["name"]));
            Question {
                name: case.text("name").to_owned(),
                schema: schema.clone(),
                settings: case.get("settings").map_or_else(|| settings.clone(), |own| merged(settings, own)),
                contacts: contacts.clone(),
                now: case.text_if("now").unwrap_or(now).parse().expect("`now` is an instant"),
                filter: case.need("filter").clone(),
                members: case.texts("members").map(str::to_owned).collect(),
            }
        })
        .collect()
}
