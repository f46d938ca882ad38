//! Reads contacts from CSV files and puts a filter to them.
//!
//! ```sh
//! cargo run --release --example filter            # the two files of `examples/data`
//! cargo run --release --example filter -- --help  # other files and filters
//! ```
//!
//! This file is the tour: a schema, a filter, who matches, and why. `filter/arguments.rs` reads the command line,
//! `filter/contacts.rs` makes contacts of the rows of a file, `filter/report.rs` prints.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the library reads no files, this program does"
)]

#[path = "filter/arguments.rs"]
mod arguments;
#[path = "filter/contacts.rs"]
mod contacts;
#[path = "filter/report.rs"]
mod report;

use std::error::Error;
use std::process::ExitCode;

use crate::arguments::{Arguments, Source, Spelling};
use crate::contacts::Person;
use tagmata::{Filter, Schema, StaticSegments};

/// Leads and customers who pay well and on time, and who are new or have a birthday coming up.
const FILTER: &str = r#"status in (lead, active) and billed > 20000
and not segments has any ("Relance impayés", "Morosos")  # reminders sent, arrears
and (created_at in last 12 months or birthday anniversary in next 14 days)"#;

const WRONG: &str = "status = laed and biled > 1000 and created_at in last day";

fn main() -> ExitCode {
    let Err(error) = arguments::read().and_then(|arguments| arguments.map_or(Ok(()), |found| run(&found)))
    else {
        return ExitCode::SUCCESS;
    };
    match error.downcast_ref::<tagmata::Error>() {
        Some(refused) => eprintln!("{}", refused.render()),
        None => eprintln!("error: {error}"),
    }
    ExitCode::from(2)
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    // The schema knows every name that a filter may use. Tags and segments come with the files.
    let mut schema = contacts::schema()?;
    let mut people: Vec<Person> = Vec::new();
    let mut sheets = Vec::new();
    for path in &arguments.files {
        sheets.push(contacts::read(path, &mut people, &mut schema)?);
    }

    // A filter is accepted whole, or refused with all its problems. An accepted one cannot fail any more.
    let filter = match &arguments.filter {
        Source::Default => Filter::parse(FILTER, &schema)?,
        Source::Text(text) => Filter::parse(text, &schema)?,
        Source::Json(json) => Filter::from_json(json, &schema)?,
    };
    let spelled = match arguments.to {
        Some(Spelling::Json) => Some(filter.to_json(&schema)),
        Some(Spelling::Tree) => Some(filter.to_query_builder(&schema)?),
        None => None,
    };
    if let Some(spelled) = spelled {
        println!("{spelled}");
        return Ok(());
    }
    let (now, is_default) = (arguments.now, matches!(arguments.filter, Source::Default));
    sheets.iter().for_each(report::sheet);
    report::filter(&if is_default { FILTER.to_owned() } else { filter.to_string() }, filter.lints(), now);

    // As of one instant, a plan answers for many contacts. The library has no clock: `now` is always given.
    let matcher = filter.plan().at(now);
    let (matches, others): (Vec<&Person>, Vec<&Person>) =
        people.iter().partition(|person| matcher.matches(&person.contact, &StaticSegments));
    report::matches(&matches, people.len(), &schema);

    let explain = |person: &Person| filter.explain(&person.contact, now, &StaticSegments, &schema);
    if let Some(name) = &arguments.explain {
        let named: Vec<&Person> = people.iter().filter(|person| person.is_called(name)).collect();
        named.iter().for_each(|person| report::explanation(&person.name, &explain(person)));
        return if named.is_empty() { Err(format!("no contact is called `{name}`").into()) } else { Ok(()) };
    }
    if is_default {
        // Who leaves first when only time moves on, and somebody whom a single condition keeps out.
        let leaving = matches.iter().filter(|person| explain(person).valid_until().is_some());
        let leaving = leaving.min_by_key(|person| explain(person).valid_until());
        let near_miss = others.iter().find(|person| explain(person).deciding().count() == 1);
        for person in leaving.into_iter().chain(near_miss) {
            report::explanation(&person.name, &explain(person));
        }
        wrong_filter(&schema);
    }
    Ok(())
}

/// What the author of a wrong filter gets to read.
fn wrong_filter(schema: &Schema) {
    if let Err(error) = Filter::parse(WRONG, schema) {
        report::heading("A wrong filter is refused, with all its problems at once");
        println!("{}", error.render());
    }
}
