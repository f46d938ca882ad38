//! The page about the file says what is so.

use crate::walk::{Shelf, options, start};
use rusqlite::Connection;
use rusqlite::types::Value;
use tagmata::{Draft, NewSegment, Stamp};
use tagmata_sqlite::Retention;

fn page() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/sqlite-format.md");
    std::fs::read_to_string(path).unwrap()
}

/// The statements of the page, in their order.
fn statements() -> Vec<String> {
    let page = page();
    let block = page.split("```sql\n").nth(1).unwrap().split("```").next().unwrap().to_owned();
    block.split_inclusive(";\n").map(str::trim).filter(|sql| !sql.is_empty()).map(str::to_owned).collect()
}

fn rows(connection: &Connection, sql: &str) -> Vec<Vec<Value>> {
    let mut statement = connection.prepare(sql).unwrap();
    let width = statement.column_count();
    let row = |row: &rusqlite::Row<'_>| (0..width).map(|at| row.get(at)).collect();
    statement.query_map([], row).unwrap().map(Result::unwrap).collect()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn the_questions_of_the_page_have_the_answers_of_the_book() {
    let shelf = Shelf::new();
    let mut book = options().materialize_segments(true).open(shelf.book(), start()).unwrap();
    let zoe = Draft::new().set("first_name", "Zoé").set("email", "zoe@example.com").set("country", "FR");
    let zoe = book.create_contact(zoe.set("tags", ["vip"]), start()).unwrap().id;
    let leo =
        book.create_contact(Draft::new().set("first_name", "Léo").set("tags", ["vip"]), start()).unwrap().id;
    book.create_segment(NewSegment::dynamic("VIP FR", "tags has vip and country = FR"), start()).unwrap();
    let amount = |amount: &str| Some(amount.parse().unwrap());
    for (paid, at) in
        [("49.90", "2026-01-02T10:00:00Z"), ("0.10", "2026-03-01T10:00:00Z"), ("7", "2025-12-31T10:00:00Z")]
    {
        book.record(leo, "payment", at.parse().unwrap(), amount(paid), None, start()).unwrap();
    }
    book.set_status(leo, "inactive", Stamp::new(start()).by("ana")).unwrap();

    let file = Connection::open(shelf.book()).unwrap();
    let [leads, members, became, paid] = &statements()[..] else { panic!("the page has other questions") };
    let id = |contact: tagmata::ContactId| Value::Integer(contact.get().into());
    assert_eq!(rows(&file, leads), [[id(zoe), text("Zoé"), text("zoe@example.com")]]);
    let found = rows(&file, members);
    assert_eq!((found.len(), &found[0][0]), (1, &id(zoe)));
    // The first payment makes a lead active.
    let at = text("2026-03-28 12:00:00");
    assert_eq!(
        rows(&file, became),
        [
            [id(leo), at.clone(), text("lead"), text("active"), Value::Null],
            [id(leo), at, text("active"), text("inactive"), text("ana")],
        ]
    );
    assert_eq!(rows(&file, paid), [[id(leo), Value::Real(50.0)]]);
}

/// What stands between backquotes.
fn words(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The rows of the table of the page whose first heading this is, as the words in their cells.
fn listed(heading: &str) -> Vec<Vec<Vec<String>>> {
    let page = page();
    let table = page.split(&format!("\n| {heading} |")).nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(words).collect()).collect()
}

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let text = |row: Vec<Value>| match row.into_iter().next() {
        Some(Value::Text(text)) => text,
        other => panic!("{other:?}"),
    };
    rows(connection, sql).into_iter().map(text).collect()
}

#[test]
fn every_table_and_view_is_on_the_page_with_its_columns() {
    let shelf = Shelf::new();
    drop(options().open(shelf.book(), start()).unwrap());
    let file = Connection::open(shelf.book()).unwrap();
    for (heading, kind) in [("table", "table"), ("view", "view")] {
        let mut names: Vec<String> = Vec::new();
        for row in listed(heading) {
            let [name] = &row[0][..] else { panic!("{row:?}") };
            let mut columns =
                texts(&file, &format!("SELECT name FROM pragma_table_info('{name}') ORDER BY cid"));
            if name == "contacts" {
                // The others are those of the fields.
                columns.truncate(1);
            }
            assert_eq!(row[2], columns, "{name}");
            names.push(name.clone());
        }
        let sql = format!(
            "SELECT name FROM sqlite_schema WHERE type = '{kind}' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        );
        assert_eq!(names, texts(&file, &sql));
    }
    let pragma = |pragma: &str| file.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).unwrap();
    assert!(page().contains(&format!("`{}`", pragma("application_id"))));
}

/// A copy of the file that has something of everything.
fn full(shelf: &Shelf) -> Connection {
    let path = shelf.path("full.db");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/1.db"), &path).unwrap();
    let now = "2026-12-24T09:00:00Z".parse().unwrap();
    let kept =
        tagmata_sqlite::OpenOptions::new().materialize_segments(true).retention(Retention::Commits(1000));
    kept.open(&path, now).unwrap().close().unwrap();
    Connection::open(path).unwrap()
}

#[test]
fn every_setting_is_on_the_page() {
    let shelf = Shelf::new();
    let mut names: Vec<String> = listed("key").into_iter().flat_map(|row| row[0].clone()).collect();
    names.sort();
    assert_eq!(names, texts(&full(&shelf), "SELECT key FROM settings ORDER BY key"));
}

#[test]
fn every_word_is_on_the_page() {
    let shelf = Shelf::new();
    let file = full(&shelf);
    let words = listed("column");
    for (column, tables) in [
        ("space", &["names", "old_names"] as &[&str]),
        ("type", &["fields"]),
        ("cause", &["commits", "changes"]),
        ("change", &["changes"]),
    ] {
        let row = words.iter().find(|row| row[0] == [column]).unwrap();
        for table in tables {
            for word in texts(&file, &format!("SELECT DISTINCT {column} FROM {table}")) {
                assert!(row[1].contains(&word), "{column}: {word}");
            }
        }
    }
    let types: Vec<_> = words[1][1].clone();
    let all = texts(&file, "SELECT DISTINCT type FROM fields");
    assert!(types.len() == all.len(), "{types:?} {all:?}");
}
