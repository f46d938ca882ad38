//! Books as the import tests fill and read them.

use crate::csv_rows::fields;
use std::io::Cursor;
use tagmata::{Book, ContactId, ExportOptions, FileImport, ImportOptions, ImportReport, Timestamp};

/// The instant of a book that nothing has moved.
pub(crate) fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// An empty book with a custom field of each type.
pub(crate) fn book() -> Book {
    let mut book = Book::builder().build(now());
    for field in fields() {
        book.define_field(field, now()).unwrap();
    }
    book
}

/// A book with the contacts of a file that is right in every row, one for each row.
pub(crate) fn book_of(file: &str) -> Book {
    let mut book = book();
    let options = ImportOptions::new().match_by([]).unknown_segments("create".parse().unwrap());
    let report = import(&mut book, file, &options);
    assert_eq!(report.problems, [], "{file}");
    book
}

/// Imports a text as a file that is right as a whole.
pub(crate) fn import(book: &mut Book, file: &str, options: &impl FileImport) -> ImportReport {
    book.import(Cursor::new(file), options, book.now()).unwrap()
}

/// How many contacts were made, changed and found as they were, and how many rows were rejected.
pub(crate) fn counts(report: &ImportReport) -> [u64; 4] {
    [report.created, report.updated, report.unchanged, report.rejected]
}

/// Row, column, code and message of each problem.
pub(crate) fn told(report: &ImportReport) -> Vec<(u64, &str, &str, &str)> {
    let problems = report.problems.iter();
    problems
        .map(|p| (p.row, p.column.as_deref().unwrap_or("-"), p.code.as_str(), p.message.as_str()))
        .collect()
}

/// Some fields of all contacts as a file without its header, a line for each contact. One blank cell is a blank line.
pub(crate) fn lines(book: &Book, keys: &str) -> Vec<String> {
    let id = |key: &str| book.schema().field_by_key(key).unwrap().id();
    let fields: Vec<_> = keys.split(',').map(id).collect();
    let mut file = Vec::new();
    book.export(&mut file, "everyone", Some(&fields), ExportOptions::new()).unwrap();
    let shown = |line: &str| if line == "\"\"" { String::new() } else { line.to_owned() };
    String::from_utf8(file).unwrap().lines().skip(1).map(shown).collect()
}

/// All fields of all contacts, those included that cannot be imported.
pub(crate) fn everything(book: &Book) -> String {
    let fields: Vec<_> = book.schema().fields().map(|field| field.id()).collect();
    let mut file = Vec::new();
    book.export(&mut file, "everyone", Some(&fields), ExportOptions::new()).unwrap();
    String::from_utf8(file).unwrap()
}

/// A contact by its number.
pub(crate) fn id(number: u32) -> ContactId {
    ContactId::new(number)
}
