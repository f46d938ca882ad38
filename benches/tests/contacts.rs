//! The contacts are what the comparison says they are, and tagmata takes all of them.
#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

use std::io::Cursor;

use csv::ReaderBuilder;
use tagmata::Book;
use tagmata_benches::{COLUMNS, book, define, import_options, now, queries, write_contacts};

fn file(count: u64) -> Vec<u8> {
    let mut file = Vec::new();
    write_contacts(&mut file, count).expect("contacts in memory");
    file
}

#[test]
fn every_row_is_imported_and_a_second_time_nothing_changes() {
    let file = file(2_000);
    let mut book = Book::builder().build(now());
    define(&mut book);
    let expected = [(2_000, 0), (0, 2_000)];
    for (created, unchanged) in expected {
        let report = book.import(Cursor::new(&file), &import_options(), now()).expect("a file");
        assert_eq!(
            (report.created, report.updated, report.unchanged, report.rejected),
            (created, 0, unchanged, 0)
        );
        assert_eq!((report.ignored_columns, report.problems), (Vec::new(), Vec::new()));
    }
}

/// The share of rows without a value, in percent, as drawn from the distributions that are written down in `docs/performance.md`.
#[test]
fn shares_of_empty_cells() {
    let file = file(20_000);
    let expected = [
        ("Country code", 0),
        ("First name", 0),
        ("Last name", 0),
        ("Mobile phone number", 9),
        ("Email", 8),
        ("Account number", 100),
        ("Organization", 40),
        ("External ID", 0),
        ("Segments", 40),
        ("Tags", 25),
        ("Status", 0),
        ("Billed", 30),
        ("Employees", 0),
        ("Client type", 0),
        ("Newsletter", 10),
        ("Software", 30),
        ("Created at", 0),
        ("Last interaction", 25),
        ("Birthday", 50),
    ];
    let mut empty = [0_u32; COLUMNS.len()];
    let mut reader = ReaderBuilder::new().from_reader(file.as_slice());
    assert_eq!(reader.headers().expect("a header"), expected.map(|(column, _)| column).as_slice());
    for row in reader.records() {
        let row = row.expect("a row");
        for (count, cell) in empty.iter_mut().zip(&row) {
            *count += u32::from(cell.is_empty());
        }
    }
    for ((column, percent), count) in expected.iter().zip(empty) {
        assert!(count.abs_diff(percent * 200) < 200, "{column}: {count} of 20,000, not {percent} %");
    }
}

#[test]
fn a_longer_file_begins_with_a_shorter_one() {
    let (short, long) = (file(100), file(200));
    assert!(long.starts_with(&short));
    assert!((150..250).contains(&(long.len() / 200)), "{} bytes a row", long.len() / 200);
}

#[test]
fn every_question_finds_somebody_and_not_everybody() {
    let book = book(20_000);
    let asked: Vec<_> = queries().collect();
    assert_eq!(asked.len(), 15);
    for query in asked {
        let found = book.count(query.filter).expect(query.name);
        assert!((1..20_000).contains(&found), "{query} finds {found}");
    }
}
