//! What is printed.

use crate::contacts::{Person, Sheet};
use tagmata::{Contact, Diagnostic, Explanation, Field, Schema, Timestamp, Value};

pub(crate) fn heading(text: &str) {
    println!("\n── {text}\n");
}

/// A file, and the rows that could not be read.
pub(crate) fn sheet(sheet: &Sheet) {
    let Sheet { file, written, rows, ignored, problems } = sheet;
    println!("{file}: {rows} rows read, {} of them refused ({written})", problems.len());
    if !ignored.is_empty() {
        println!("  ignored columns: {}", ignored.join(", "));
    }
    table(problems, 4);
}

/// The filter, and what its author may not have meant.
pub(crate) fn filter(text: &str, warnings: &[Diagnostic], now: Timestamp) {
    heading(&format!("The filter, as of {now} (the same every day, unless `--now` is given)"));
    text.lines().for_each(|line| println!("  {line}"));
    warnings.iter().for_each(|warning| println!("  {warning}"));
}

/// Who matches.
pub(crate) fn matches(matches: &[&Person], all: usize, schema: &Schema) {
    heading(&format!("{} of {all} contacts match", matches.len()));
    let header =
        ["name", "country", "organization", "status", "billed", "created", "birthday"].map(str::to_owned);
    let rows = matches.iter().map(|person| {
        let [organization, status, billed, created, birthday] =
            ["organization", "status", "billed", "created_at", "birthday"]
                .map(|key| shown(&person.contact, key, schema));
        [person.name.clone(), person.country.clone(), organization, status, billed, created, birthday]
    });
    table(&std::iter::once(header).chain(rows).collect::<Vec<_>>(), 1 + 12);
}

/// Why a contact matches, or does not.
pub(crate) fn explanation(name: &str, why: &Explanation) {
    heading(&format!("Why {name} {}", if why.verdict() { "matches" } else { "does not match" }));
    why.to_string().lines().for_each(|line| println!("  {line}"));
}

/// A value in words.
fn shown(contact: &Contact, key: &str, schema: &Schema) -> String {
    let Some(field) = schema.field_by_key(key).map(Field::id) else { return String::new() };
    match contact.get(field) {
        Some(Value::Text(text)) => text.as_str().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Date(day)) => day.to_string(),
        Some(Value::DateTime(at)) => at.to_string().chars().take("2026-12-31".len()).collect(),
        Some(Value::One(symbol)) if field == Field::STATUS => {
            schema.statuses().label(symbol.get()).to_owned()
        }
        _ => String::new(),
    }
}

/// The first rows of a table, and how many more there are.
fn table<const N: usize>(rows: &[[String; N]], most: usize) {
    let shown = || rows.iter().take(most);
    let length = |cell: &String| cell.chars().count();
    let width = |column| shown().filter_map(|row| row.get(column)).map(length).max().unwrap_or_default();
    for row in shown() {
        let cells =
            row.iter().enumerate().map(|(column, cell)| format!("  {cell:width$}", width = width(column)));
        println!("{}", cells.collect::<String>().trim_end());
    }
    if rows.len() > most {
        println!("  … and {} more", rows.len() - most);
    }
}
