//! Filters as SQL find in the file of a book whom the book finds.

use crate::laws::budget;
use crate::walk::{Shelf, options, start, walks};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;
use tagmata::{Code, SegmentId};
use tagmata_sql::{Compiler, Dialect, Param, SegmentsFrom, Sql};
use tagmata_testkit::commands::{filter, take};

/// A connection as other programs have one.
fn reader(shelf: &Shelf) -> Connection {
    let connection = Connection::open(shelf.book()).unwrap();
    tagmata_sqlite::add_functions(&connection).unwrap();
    connection
}

fn rows<const N: usize>(connection: &Connection, sql: &Sql) -> Vec<[u32; N]> {
    let mut statement = connection.prepare(&sql.text).unwrap_or_else(|error| panic!("{error}: {}", sql.text));
    let params = sql.params.iter().map(|param| -> Box<dyn rusqlite::ToSql> {
        match param {
            Param::Text(text) => Box::new(text.clone()),
            Param::Integer(integer) => Box::new(*integer),
            Param::Number(number) => Box::new(*number),
            other => panic!("SQLite binds no {other:?}"),
        }
    });
    let row = |row: &rusqlite::Row<'_>| {
        let cells: Vec<u32> = (0..N).map(|at| row.get(at)).collect::<Result<_, _>>()?;
        Ok(<[u32; N]>::try_from(cells).unwrap())
    };
    let mut found: Vec<[u32; N]> =
        statement.query_map(params_from_iter(params), row).unwrap().map(Result::unwrap).collect();
    found.sort_unstable();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(24), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn statements_find_whom_the_book_finds(steps in walks(), filters in vec(filter(), 20)) {
        let shelf = Shelf::new();
        let mut book = options().materialize_segments(true).open(shelf.book(), start()).unwrap();
        let mut commits = Vec::new();
        for next in &steps {
            let _ = take(&mut book, next, &mut commits);
        }
        let (connection, mapping) = (reader(&shelf), book.mapping().unwrap());
        let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book);
        for filter in filters.iter().filter_map(|filter| book.filter(filter.as_str()).ok()) {
            let expected = book.select(filter.clone());
            for from in SegmentsFrom::ALL {
                let compiler = compiler.segments_from(from);
                let Ok(expected) = &expected else {
                    // It refers to a segment that is broken.
                    let refused = compiler.select(&filter).map(drop).map_err(|error| error.code());
                    prop_assert_eq!(refused, Err(Code::BrokenSegment), "{}", filter);
                    continue;
                };
                let sql = compiler.select(&filter).unwrap_or_else(|error| panic!("{filter}: {error}"));
                let found: Vec<u32> = rows::<1>(&connection, &sql).into_iter().map(|[id]| id).collect();
                prop_assert_eq!(found, expected.to_numbers(), "{}\n{}", filter, sql.text);
                let count = rows::<1>(&connection, &compiler.count(&filter).unwrap());
                prop_assert_eq!(u64::from(count[0][0]), expected.len());
            }
        }
    }

    #[test]
    fn members_are_found_in_one_pass(steps in walks()) {
        let shelf = Shelf::new();
        let mut book = options().materialize_segments(true).open(shelf.book(), start()).unwrap();
        let mut commits = Vec::new();
        for next in &steps {
            let _ = take(&mut book, next, &mut commits);
        }
        let mapping = book.mapping().unwrap();
        let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book);
        let segments: Vec<SegmentId> =
            book.segments().iter().filter(|segment| segment.error.is_none()).map(|segment| segment.id).collect();
        let expected: Vec<[u32; 2]> = segments
            .iter()
            .flat_map(|segment| book.members(*segment).unwrap().iter().map(|id| [segment.get(), id.get()]).collect::<Vec<_>>())
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        let connection = reader(&shelf);
        let statements = compiler.members(&segments).unwrap();
        let found: Vec<[u32; 2]> = statements.iter().flat_map(|sql| rows::<2>(&connection, sql)).collect();
        prop_assert_eq!(&found, &expected, "{:#?}", statements);

        // A table that has become stale is brought up to date.
        let mut stale: BTreeMap<[u32; 2], bool> = expected.iter().map(|row| (*row, true)).collect();
        connection.execute("DELETE FROM segment_members WHERE contact_id % 2 = 0", []).unwrap();
        stale.retain(|[_, contact], _| contact % 2 == 1);
        for segment in segments.iter().take(2) {
            let row = [segment.get(), 90_000];
            connection.execute("INSERT INTO segment_members VALUES (?, ?)", row).unwrap();
            stale.insert(row, false);
        }
        for difference in compiler.differences(&segments).unwrap() {
            for row in rows::<2>(&connection, &difference.entered) {
                prop_assert_eq!(stale.insert(row, true), None);
            }
            for row in rows::<2>(&connection, &difference.left) {
                prop_assert_eq!(stale.remove(&row), Some(false));
            }
        }
        let mended: Vec<[u32; 2]> = stale.into_keys().collect();
        prop_assert_eq!(mended, expected);
    }
}

#[test]
fn segments_are_read_from_the_table_of_members_only_where_it_is_kept() {
    let shelf = Shelf::new();
    let mut book = options().open(shelf.book(), start()).unwrap();
    let now = book.now();
    book.create_segment(tagmata::NewSegment::dynamic("French", "country = FR"), now).unwrap();
    let mapping = book.mapping().unwrap();
    let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book).segments_from(SegmentsFrom::Members);
    let error = compiler.select(&book.filter("segments has French").unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "error[E1602]: the mapping has no table of the members of segments; help: add its `members`, or have segments inlined"
    );
}
