//! SQLite, asked in this process.

use crate::folds::{ACCENT_FOLD, FOLD};
use crate::statements::{Answer, Case, Statement};
use crate::table::{Kind, Table};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;
use std::borrow::Cow;
use tagmata::{accent_fold, fold};
use tagmata_sql::Param;

type Fold = for<'t> fn(&'t str) -> Cow<'t, str>;

/// What a case got wrong; empty if all statements found what they have to.
#[must_use]
pub fn check(case: &Case) -> Vec<String> {
    let database = Connection::open_in_memory().unwrap();
    for (name, make) in [(FOLD, fold as Fold), (ACCENT_FOLD, accent_fold)] {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        let made = database.create_scalar_function(name, 1, flags, move |call| {
            Ok(call.get::<Option<String>>(0)?.map(|text| make(&text).into_owned()))
        });
        made.unwrap();
    }
    for table in &case.tables {
        create(&database, table);
    }
    let wrong = |statement: &Statement| {
        let found = found(&database, statement);
        let expected = expected(&statement.answer);
        (found.as_ref() != Ok(&expected)).then(|| {
            let Statement { about, text, params, .. } = statement;
            format!("{}: {about}\n{text}\n{params:?}\nfound {found:?}\nexpected {expected:?}", case.about)
        })
    };
    case.statements.iter().filter_map(wrong).collect()
}

fn create(database: &Connection, table: &Table) {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| format!("{} {}", quoted(&column.name), type_of(column.kind)))
        .collect();
    let name = quoted(&table.name);
    database.execute(&format!("CREATE TABLE {name} ({})", columns.join(", ")), []).unwrap();
    let marks = vec!["?"; columns.len()].join(", ");
    let mut insert = database.prepare(&format!("INSERT INTO {name} VALUES ({marks})")).unwrap();
    for row in &table.rows {
        insert
            .execute(params_from_iter(
                row.iter().zip(&table.columns).map(|(value, column)| cell(value, column.kind)),
            ))
            .unwrap();
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

const fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer | Kind::Boolean => "INTEGER",
        Kind::Number | Kind::Decimal => "REAL",
        _ => "TEXT",
    }
}

fn cell(value: &Value, kind: Kind) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(flag) => Cell::Integer(i64::from(*flag)),
        Value::Number(number) => {
            number.as_i64().map_or_else(|| Cell::Real(number.as_f64().unwrap()), Cell::Integer)
        }
        Value::String(text) if kind == Kind::Decimal => Cell::Real(text.parse().unwrap()),
        Value::String(text) => Cell::Text(text.clone()),
        other => panic!("no value of a column: {other}"),
    }
}

fn bound(param: &Param) -> Cell {
    match param {
        Param::Text(text) => Cell::Text(text.clone()),
        Param::Integer(integer) => Cell::Integer(*integer),
        Param::Number(number) => Cell::Real(*number),
        Param::Bool(flag) => Cell::Integer(i64::from(*flag)),
        other => panic!("SQLite has no lists: {other:?}"),
    }
}

fn found(database: &Connection, statement: &Statement) -> Result<Vec<Vec<i64>>, String> {
    let mut prepared = database.prepare(&statement.text).map_err(|error| error.to_string())?;
    let columns = prepared.column_count();
    let params = params_from_iter(statement.params.iter().map(bound));
    let rows = prepared.query_map(params, |row| (0..columns).map(|at| row.get(at)).collect());
    let rows: Result<Vec<Vec<i64>>, _> = rows.and_then(Iterator::collect);
    let mut rows = rows.map_err(|error| error.to_string())?;
    rows.sort();
    Ok(rows)
}

fn expected(answer: &Answer) -> Vec<Vec<i64>> {
    let mut rows: Vec<Vec<i64>> = match answer {
        Answer::Ids(ids) => ids.iter().map(|id| vec![*id]).collect(),
        Answer::Count(count) => vec![vec![i64::try_from(*count).unwrap()]],
        Answer::Pairs(pairs) => pairs
            .iter()
            .map(|(segment, contact)| vec![i64::from(*segment), i64::try_from(*contact).unwrap()])
            .collect(),
    };
    rows.sort();
    rows
}
