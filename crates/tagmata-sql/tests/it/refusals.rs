//! What cannot be asked is refused, with what to do about it.

use crate::world::{book, mapping, now};
use tagmata::{Book, Code};
use tagmata_sql::{Compiler, Dialect, FieldMapping, Folding, Format, LinkTable, Lists, Mapping, Names};

fn refusal(dialect: Dialect, mapping: &Mapping, book: &Book, filter: &str) -> Vec<String> {
    let filter = book.filter(filter).unwrap();
    let error = Compiler::new(dialect, mapping, book).select(&filter).unwrap_err();
    error.diagnostics().iter().map(ToString::to_string).collect()
}

#[test]
fn everything_that_is_missing_is_told_at_once() {
    let (book, mapping) =
        (book(), Mapping::new("contacts", "id").field("status", FieldMapping::column("status")));
    let filter = "status = lead and (billed > 1 or billed < 0) and sum(payment) > 1 and not tags has vip";
    assert_eq!(
        refusal(Dialect::Postgres, &mapping, &book, filter),
        [
            "error[E1602]: the mapping does not say where `billed` is; help: add `\"billed\": {\"column\": …}` to its `fields`",
            "error[E1602]: the mapping does not say where interactions of the kind `payment` are; help: add `\"payment\"`, or `\"*\"` for all kinds, to its `interactions`",
            "error[E1602]: the mapping does not say where `tags` is; help: add `\"tags\": {\"column\": …}` to its `fields`",
        ]
    );
}

#[test]
fn texts_without_folds_are_refused_unless_that_is_accepted() {
    let (book, mapping) =
        (book(), Mapping::new("contacts", "id").field("email", FieldMapping::column("email")));
    assert_eq!(
        refusal(Dialect::Duckdb, &mapping, &book, "email = a"),
        [
            "error[E1603]: duckdb does not compare the texts of `email` as filters do: the mapping has no `folded` for it; help: \
          name a column with what `fold` gives, or accept approximate text"
        ]
    );
    let compiler = Compiler::new(Dialect::Duckdb, &mapping, &book).approximate_text(true);
    let sql = compiler.condition(&book.filter("email = a").unwrap()).unwrap();
    assert_eq!(sql.text, r#"(c."email" IS NOT NULL AND LOWER(TRIM(c."email")) = CAST(? AS VARCHAR))"#);
    let codes: Vec<Code> = sql.warnings.iter().map(|warning| warning.code()).collect();
    assert_eq!(codes, [Code::TextApproximated]);
    // Whether a text is there can be asked all the same.
    assert!(
        Compiler::new(Dialect::Duckdb, &mapping, &book)
            .select(&book.filter("email is empty").unwrap())
            .is_ok()
    );
}

#[test]
fn what_contradicts_itself_is_refused() {
    let on = |key: &str, field: FieldMapping| Mapping::new("contacts", "id").field(key, field);
    let column = || FieldMapping::column("x");
    let link = LinkTable::new("rows", "contact_id");
    let long = "x".repeat(64);
    let map = |entries: &[(&str, tagmata_sql::Literal)]| {
        Names::Map(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
    };
    let table: Vec<(Dialect, Mapping, &str, &str)> = vec![
        (
            Dialect::Postgres,
            on("birthday", column().format(Format::Micros)),
            "birthday today",
            "error[E1601]: the day `birthday` cannot be kept as `micros`; help: say date, text, days",
        ),
        (
            Dialect::Sqlite,
            on("created_at", column().format(Format::Timestamptz)),
            "created_at today",
            "error[E1601]: the instant `created_at` cannot be kept as `timestamptz`; help: say seconds, millis, micros, text, iso_millis",
        ),
        (
            Dialect::Mysql,
            on("langs", column().list(Lists::Array)),
            "langs has xero",
            "error[E1601]: mysql has no arrays; help: say `json`, or use a link table",
        ),
        (
            Dialect::Postgres,
            on("email", FieldMapping::column("email").folded(long.clone())),
            "email = a",
            "error[E1601]: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx` is no name of a table or column of postgres: it has more than 63 bytes; help: give its real name",
        ),
        (
            Dialect::Sqlite,
            on("billed", FieldMapping::column("a\0b")),
            "billed > 1",
            "error[E1601]: `a\\0b` is no name of a table or column of sqlite: it contains U+0000; help: give its real name",
        ),
        (
            Dialect::Sqlite,
            on("billed", FieldMapping::column("")),
            "billed > 1",
            "error[E1601]: `` is no name of a table or column of sqlite: it is empty; help: give its real name",
        ),
        (
            Dialect::Sqlite,
            on("email", column().fold(Folding::Function("f(x); --".to_owned()))),
            "email = a",
            "error[E1601]: `f(x); --` is no name of a function; help: use ASCII letters, digits and `_`",
        ),
        (
            Dialect::Sqlite,
            on("email", column().fold(Folding::Native)),
            "email = a",
            "error[E1601]: sqlite has no function that is known to give what `fold` gives; help: keep the text in a column, or name a function that gives it",
        ),
        (
            Dialect::Sqlite,
            on("billed", FieldMapping::json("x", ["a\"b"])),
            "billed > 1",
            "error[E1601]: a path of sqlite cannot lead to the key `a\\\"b`; help: keys there have no quotes and no backslashes",
        ),
        (
            Dialect::Sqlite,
            on("status", column().names(map(&[("active", "A".into())]))),
            "status = lead",
            "error[E1602]: the mapping does not say how `lead` of `status` is written; help: add it to its `names`",
        ),
        (
            Dialect::Sqlite,
            on("status", column().names(map(&[("active", "A".into()), ("lead", 1.into())]))),
            "status = lead",
            "error[E1601]: some values of `status` are texts, others are not; help: all are texts, or all are whole numbers",
        ),
        (
            Dialect::Sqlite,
            Mapping::from_json(r#"{"contacts": {"table": "contacts", "id": "id", "tenant": "account"}}"#)
                .unwrap(),
            "everyone",
            "error[E1601]: the mapping has a column of tenants, `account`, but no tenant; help: give the tenant whose contacts are asked for: nobody else's may be found",
        ),
        (
            Dialect::Sqlite,
            on("first_name", FieldMapping::link(link, "x").folded("f"))
                .field("last_name", column().folded("l")),
            "name = a",
            "error[E1601]: `name` is made of `first_name`, which is in another table; help: say where `name` is, or keep `first_name` and `last_name` in columns of contacts",
        ),
    ];
    let book = book();
    for (dialect, mapping, filter, expected) in table {
        assert_eq!(refusal(dialect, &mapping, &book, filter), [expected]);
    }
}

#[test]
fn broken_segments_are_refused() {
    let mut book = book();
    let field = book.schema().field_by_key("billed").unwrap().id();
    book.create_segment(tagmata::NewSegment::dynamic("Rich", "billed > 1000"), now()).unwrap();
    let filter = book.filter("segments has Rich").unwrap();
    book.delete_field(field, true, now()).unwrap();
    let error = Compiler::new(Dialect::Spark, &mapping(Dialect::Spark), &book).select(&filter).unwrap_err();
    assert_eq!(error.code(), Code::BrokenSegment);
}
