//! The page about the file says what is so.

use crate::walk::{Shelf, options, start};
use rusqlite::Connection;
use rusqlite::types::Value;
use tagmata::{Draft, NewSegment, Stamp};

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

#[test]
fn every_table_is_on_the_page() {
    let shelf = Shelf::new();
    drop(options().open(shelf.book(), start()).unwrap());
    let file = Connection::open(shelf.book()).unwrap();
    let page = page();
    let names = rows(
        &file,
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'",
    );
    let name = |row: &Vec<Value>| match &row[0] {
        Value::Text(name) => name.clone(),
        other => panic!("{other:?}"),
    };
    let missing: Vec<_> = names.iter().map(name).filter(|name| !page.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let pragma = |pragma: &str| file.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).unwrap();
    assert!(page.contains(&format!("`{}`", pragma("application_id"))));
}
