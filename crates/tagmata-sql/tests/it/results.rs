//! What comes with statements.

use crate::world::{book, mapping};
use tagmata::{Code, Timestamp};
use tagmata_sql::{Compiler, Dialect, Placeholders};

/// Until when the bound times are those of now: where the local day, week, month or year ends, or the next microsecond.
#[test]
fn statements_say_until_when_they_hold() {
    let table = [
        ("status = lead", None),
        ("created_at before 2026-01-01", None),
        // Midnight in Paris.
        ("created_at today", Some("2026-11-22T23:00:00Z")),
        ("birthday in last 30 days", Some("2026-11-22T23:00:00Z")),
        ("birthday anniversary in next 7 days", Some("2026-11-22T23:00:00Z")),
        ("birthday anniversary on 12-25", None),
        ("created_at in last month", Some("2026-11-30T23:00:00Z")),
        ("birthday anniversary in this month", Some("2026-11-30T23:00:00Z")),
        ("created_at in this year or created_at in last month", Some("2026-11-30T23:00:00Z")),
        ("created_at in last 30 days", Some("2026-11-22T09:30:00.000001Z")),
        ("count(payment in this week) >= 2", Some("2026-11-22T23:00:00Z")),
        ("last(payment) in last 2 calendar months", Some("2026-11-30T23:00:00Z")),
    ];
    let (book, mapping) = (book(), mapping(Dialect::Postgres));
    let compiler = Compiler::new(Dialect::Postgres, &mapping, &book);
    for (filter, until) in table {
        let sql = compiler.select(&book.filter(filter).unwrap()).unwrap();
        let until = until.map(|until| until.parse::<Timestamp>().unwrap());
        assert_eq!(sql.valid_until, until, "{filter}");
        let Some(until) = until else { continue };
        let before = Timestamp::from_micros(until.as_micros() - 1).unwrap();
        let at = |now| compiler.at(now).select(&book.filter(filter).unwrap()).unwrap().params;
        assert_eq!(at(before), sql.params, "{filter}");
        assert_ne!(at(until), sql.params, "{filter}");
    }
}

#[test]
fn warnings_say_what_the_caller_has_to_know() {
    let (book, mapping) = (book(), mapping(Dialect::Sqlite));
    let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book);
    let codes = |sql: tagmata_sql::Sql| sql.warnings.iter().map(|warning| warning.code()).collect::<Vec<_>>();
    let filter = book.filter("organization = a or organization = b").unwrap();
    let sql = compiler.select(&filter).unwrap();
    assert_eq!(
        sql.warnings[0].to_string(),
        "warning[W0908]: the statement calls the function `tagmata_fold` of the database; help: give it to the database: it \
         returns what `fold` of this library returns for a text"
    );
    assert_eq!(codes(sql), [Code::NeedsFunction]);
    assert_eq!(codes(compiler.select(&book.filter("email = a").unwrap()).unwrap()), []);
}

#[test]
fn drivers_that_want_percent_signs_get_them() {
    let (book, mapping) = (book(), mapping(Dialect::Postgres));
    let compiler = Compiler::new(Dialect::Postgres, &mapping, &book).placeholders(Placeholders::Format);
    let sql = compiler.condition(&book.filter("opt_in is true and id = 7").unwrap()).unwrap();
    assert_eq!(
        sql.text,
        r#"(c."account_id" = CAST(%s AS bigint) AND ((c."opt_in" IS NOT NULL AND (c."opt_in")) AND c."id" = CAST(%s AS bigint)))"#
    );
}
