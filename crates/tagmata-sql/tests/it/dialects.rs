//! The page that shows what each database is asked.

use crate::world::{book, mapping};
use std::fmt::Write;
use tagmata::Book;
use tagmata_sql::{Compiler, Dialect, SegmentsFrom, Sql};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/sql-dialects.md");

const INTRODUCTION: &str = "\
# What databases are asked

The conditions of some filters in each database, as of 2026-11-22 at 09:30 UTC, with the mapping of
[`world.rs`](../crates/tagmata-sql/tests/it/world.rs). First stands the form that most databases are asked; then what differs. So that the differences are
seen, names stand in double quotes here and parameters are `?`, whatever the database writes; [whole statements](#whole-statements) are shown as they are. The condition of
the tenant, `c.account_id = 42`, is left out. This page is written by a test, which compares it.
";

/// The sections: a heading, and filters.
const FILTERS: &[(&str, &[&str])] = &[
    (
        "Texts and phone numbers",
        &[
            "email = \"zoé@example.com\"",
            "email in (a, b)",
            "name contains \"straße\"",
            "email starts with \"z\" and not email ends with \"@example.com\"",
            "organization = coop",
            "memo contains \"call\"",
            "mobile = \"+33612345678\" or mobile contains \"612\"",
            "search \"06 12\"",
            "email is empty",
            "country is empty",
        ],
    ),
    (
        "Numbers, flags, choices",
        &[
            "billed > 1000",
            "not billed between 10 and 20",
            "opt_in is true",
            "status = lead",
            "status != lead",
            "country in (FR, BE, CH)",
            "plan = xero",
            "plan is empty",
            "id in (1, 2)",
        ],
    ),
    (
        "Sets and segments",
        &[
            "tags has vip",
            "tags has all (vip, old)",
            "tags has only (vip)",
            "tags is empty",
            "count(tags) >= 2",
            "software has any (xero, myob)",
            "langs has all (xero, myob)",
            "langs has only (xero)",
            "count(langs) = 1",
            "segments has Nord",
            "segments has \"French VIPs\"",
        ],
    ),
    (
        "Time",
        &[
            "created_at in last 30 days",
            "created_at in last month",
            "seen_at before 2026-01-01",
            "birthday today",
            "birthday anniversary in next 45 days",
        ],
    ),
    (
        "What happened",
        &[
            "count(payment) >= 1",
            "count(payment in last 90 days) >= 2",
            "count(message) = 0",
            "sum(payment) > 1000",
            "sum(payment) < 1000",
            "avg(invoice) >= 10.5",
            "max(payment) > 100",
            "last(appointment) before 2026-01-01",
            "count(message labelled \"welcome\") >= 3",
            "last_interaction more than 180 days ago",
            "last_interaction is empty",
        ],
    ),
];

/// What each database is asked, those that are asked the same together, most of them first.
fn forms(write: impl Fn(Dialect) -> String) -> Vec<(String, Vec<&'static str>)> {
    let mut forms: Vec<(String, Vec<&'static str>)> = Vec::new();
    for dialect in Dialect::ALL {
        let text = write(dialect);
        match forms.iter_mut().find(|(known, _)| *known == text) {
            Some((_, dialects)) => dialects.push(dialect.as_str()),
            None => forms.push((text, vec![dialect.as_str()])),
        }
    }
    forms.sort_by_key(|(_, dialects)| std::cmp::Reverse(dialects.len()));
    forms
}

fn show(page: &mut String, heading: &str, forms: &[(String, Vec<&'static str>)]) {
    writeln!(page, "\n`{heading}`\n\n```sql").unwrap();
    for (text, dialects) in forms {
        writeln!(page, "-- {}\n{text}", dialects.join(", ")).unwrap();
    }
    page.push_str("```\n");
}

/// A condition without that of the tenant, and its values.
fn condition(book: &Book, dialect: Dialect, filter: &str) -> String {
    let mapping = mapping(dialect);
    let compiler = Compiler::new(dialect, &mapping, book);
    let filter = book.filter(filter).unwrap();
    let sql = compiler.condition(&filter).unwrap_or_else(|error| panic!("{dialect}, {filter}: {error}"));
    let (_, condition) = sql.text.strip_prefix('(').unwrap_or(&sql.text).split_once(" AND ").unwrap();
    // The first parameter is the tenant.
    let values = serde_json::to_string(&sql.params[1..]).unwrap();
    let condition = plain(condition.strip_suffix(')').unwrap(), dialect);
    format!("{condition}\n--   {values}")
}

/// The same with names in double quotes and parameters as `?`.
fn plain(condition: &str, dialect: Dialect) -> String {
    let mut plain = String::new();
    let mut rest = condition;
    let (start, end) = match dialect {
        Dialect::Postgres => ("CAST($", ")"),
        Dialect::Duckdb => ("CAST(?", ")"),
        Dialect::Clickhouse => ("{p", "}"),
        _ => ("\0", "\0"),
    };
    while let Some((before, parameter)) = rest.split_once(start) {
        plain.push_str(before);
        plain.push('?');
        rest = parameter.split_once(end).unwrap().1;
    }
    plain.push_str(rest);
    plain.replace('`', "\"")
}

fn statements(statements: &[&Sql]) -> String {
    statements.iter().map(|sql| sql.text.as_str()).collect::<Vec<_>>().join(";\n")
}

fn page() -> String {
    let book = book();
    let mut page = INTRODUCTION.to_owned();
    for (heading, filters) in FILTERS {
        writeln!(page, "\n## {heading}").unwrap();
        for filter in *filters {
            show(&mut page, filter, &forms(|dialect| condition(&book, dialect, filter)));
        }
    }
    page.push_str("\n## Whole statements\n");
    let filter = book.filter("segments has French").unwrap();
    let segments = ["French", "French VIPs", "Nord"].map(|name| book.segment(name).unwrap().id);
    let with = |dialect, write: &dyn Fn(Compiler<'_>) -> String| {
        write(Compiler::new(dialect, &mapping(dialect), &book))
    };
    show(
        &mut page,
        "select(segments has French)",
        &forms(|dialect| with(dialect, &|compiler| statements(&[&compiler.select(&filter).unwrap()]))),
    );
    show(
        &mut page,
        "count(segments has French), from the table of members",
        &forms(|dialect| {
            with(dialect, &|compiler| {
                let compiler = compiler.segments_from(SegmentsFrom::Members);
                statements(&[&compiler.count(&filter).unwrap()])
            })
        }),
    );
    show(
        &mut page,
        "members(French, French VIPs, Nord)",
        &forms(|dialect| {
            with(dialect, &|compiler| {
                statements(&compiler.members(&segments).unwrap().iter().collect::<Vec<_>>())
            })
        }),
    );
    show(
        &mut page,
        "differences(French): entered, left",
        &forms(|dialect| {
            with(dialect, &|compiler| {
                let differences = compiler.differences(&segments[..1]).unwrap();
                statements(&[&differences[0].entered, &differences[0].left])
            })
        }),
    );
    page
}

/// `UPDATE_PAGES=1` writes the page instead of comparing it.
#[test]
fn the_page_shows_what_is_asked() {
    let page = page();
    if std::env::var_os("UPDATE_PAGES").is_some() {
        std::fs::write(PAGE, &page).unwrap();
    }
    let written = std::fs::read_to_string(PAGE).unwrap_or_default();
    for (line, (written, now)) in written.lines().zip(page.lines()).enumerate() {
        assert_eq!(written, now, "docs/sql-dialects.md:{}", line + 1);
    }
    assert_eq!(written.lines().count(), page.lines().count());
}
