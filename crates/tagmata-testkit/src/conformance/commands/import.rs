//! Files are imported.

use super::names::Names;
use crate::conformance::object::Object;
use serde_json::{Value, json};
use std::io::Cursor;
use tagmata::{
    Book, CsvOptions, Fact, FileImport, ImportOptions, ImportReport, InteractionOptions, Result, Stamp,
};

/// Imports the text of a step, or says what that would come to.
///
/// # Errors
/// Those of the book.
pub(super) fn import(
    book: &mut Book,
    names: &mut Names,
    step: &Object<'_>,
    stamp: Stamp,
) -> Result<ImportReport> {
    let file = match step.need("text") {
        Value::Array(_) => step.texts("text").map(|line| format!("{line}\n")).collect(),
        _ => step.text("text").to_owned(),
    };
    if step.text("do") == "import_interactions" {
        return run(book, file, &of_interactions(step), step.flag("dry_run"), stamp);
    }
    let called: Vec<&str> = step.texts("as").collect();
    let report = run(book, file, &options(step), step.flag("dry_run"), stamp)?;
    let made = report.outcome.commit.facts().iter().filter_map(|fact| match fact {
        Fact::Created(rows) => Some(rows.contacts.iter()),
        _ => None,
    });
    for (name, contact) in called.into_iter().zip(made.flatten()) {
        names.name_contact(name, contact);
    }
    Ok(report)
}

fn run(
    book: &mut Book,
    file: String,
    options: &impl FileImport,
    is_tried: bool,
    stamp: Stamp,
) -> Result<ImportReport> {
    match is_tried {
        true => book.preview_import(Cursor::new(file), options, stamp),
        false => book.import(Cursor::new(file), options, stamp),
    }
}

/// A report in the words of the suites.
pub(super) fn describe(report: &ImportReport) -> Value {
    let problems = report.problems.iter().map(|problem| {
        json!({
            "row": problem.row,
            "line": problem.line,
            "column": problem.column,
            "code": problem.code.as_str(),
            "message": problem.message,
            "value": problem.value,
        })
    });
    json!({
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "ignored_columns": report.ignored_columns,
        "problems": problems.collect::<Value>(),
        "rejected_csv": report.rejected_csv,
    })
}

fn of_interactions(step: &Object<'_>) -> InteractionOptions {
    let options = InteractionOptions::new().reading(reading(step));
    match step.get("match") {
        Some(_) => options.match_by(step.texts("match").map(|key| key.parse().unwrap())),
        None => options,
    }
}

fn options(step: &Object<'_>) -> ImportOptions {
    let mut options =
        ImportOptions::new().reading(reading(step)).replace_segments(step.flag("replace_segments"));
    if step.get("match").is_some() {
        options = options.match_by(step.texts("match").map(|key| key.parse().unwrap()));
    }
    if let Some(policy) = step.text_if("unknown_segments") {
        options = options.unknown_segments(policy.parse().unwrap());
    }
    if let Some(update) = step.text_if("update") {
        options = options.update(update.parse().unwrap());
    }
    if step.get("create").is_some() {
        options = options.create(step.flag("create"));
    }
    options
}

fn reading(step: &Object<'_>) -> CsvOptions {
    let mut options = CsvOptions::new();
    for (header, field) in step.object("columns").all() {
        options = match field.as_str() {
            Some(field) => options.column(header, field),
            None => options.ignore_column(header),
        };
    }
    if let Some(policy) = step.text_if("invalid_values") {
        options = options.invalid_values(policy.parse().unwrap());
    }
    if let Some(dates) = step.text_if("dates") {
        options = options.dates(dates.parse().unwrap());
    }
    if let Some(decimal) = step.text_if("decimal") {
        options = options.decimal(decimal.parse().unwrap());
    }
    if let Some(delimiter) = step.text_if("delimiter") {
        options = options.delimiter(delimiter.parse().unwrap());
    }
    options
}
