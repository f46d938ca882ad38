//! What is printed.

use crate::contacts::{Person, Sheet, shown};
use tagmata::{Diagnostic, Explanation, Field, Schema, Timestamp};

pub(crate) fn heading(text: &str) {
    println!("\n── {text}\n");
}

/// A file, and the rows that could not be read.
pub(crate) fn sheet(sheet: &Sheet) {
    let Sheet { file, written, rows, refused, ignored, problems } = sheet;
    println!("{file}: {rows} rows read, {refused} of them refused ({written})");
    if !ignored.is_empty() {
        println!("  ignored columns: {}", ignored.join(", "));
    }
    let problems: Vec<_> = problems
        .iter()
        .map(|problem| {
            let (row, value) = (format!("row {}", problem.row), format!("\"{}\"", problem.value));
            [row, problem.column.clone().unwrap_or_default(), value, problem.message.clone()]
        })
        .collect();
    table(&problems, 4);
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
        ["name", "country", "organization", "status", "billed", "created_at", "birthday"].map(|key| {
            let field = schema.field_by_key(key).map_or(Field::NAME, Field::id);
            shown(&person.contact, field, schema)
        })
    });
    table(&std::iter::once(header).chain(rows).collect::<Vec<_>>(), 1 + 12);
}

/// Why a contact matches, or does not.
pub(crate) fn explanation(name: &str, why: &Explanation) {
    heading(&format!("Why {name} {}", if why.verdict() { "matches" } else { "does not match" }));
    why.to_string().lines().for_each(|line| println!("  {line}"));
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
