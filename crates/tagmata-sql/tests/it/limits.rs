//! How large statements may be.

use crate::world::{book, mapping, now};
use tagmata::{Code, NewSegment};
use tagmata_sql::{Compiler, Dialect, Param};

/// Lists are bound as one parameter where they are long, or where there are too many of them.
#[test]
fn parameters_stay_within_what_databases_take() {
    let book = book();
    let list = |count: usize| (0..count).map(|at| format!("t{at}")).collect::<Vec<_>>().join(", ");
    let short = format!("email in ({})", list(20));
    // Many short lists are more than SQLite takes, if each value is a parameter.
    let many = vec![short.as_str(); 2_400].join(" or ");
    let table: [(&str, usize, usize); 3] =
        [(&short, 20, 20), (&format!("email in ({})", list(25)), 1, 1), (&many, 2_400, 48_000)];
    for (filter, sqlite, postgres) in table {
        let filter = book.filter(filter).unwrap();
        for (dialect, expected) in [(Dialect::Sqlite, sqlite), (Dialect::Postgres, postgres)] {
            let sql = Compiler::new(dialect, &mapping(dialect), &book).condition(&filter).unwrap();
            // The tenant is one more.
            assert_eq!(sql.params.len(), expected + 1, "{dialect}");
        }
    }
    let filter = book.filter(format!("email in ({})", list(25)).as_str()).unwrap();
    let lists = [Dialect::Sqlite, Dialect::Postgres].map(|dialect| {
        Compiler::new(dialect, &mapping(dialect), &book).condition(&filter).unwrap().params.pop()
    });
    assert!(matches!(&lists[0], Some(Param::Text(json)) if json.starts_with("[\"t0\",")));
    assert!(matches!(&lists[1], Some(Param::Texts(texts)) if texts.len() == 25));
}

#[test]
fn what_no_form_makes_small_enough_is_refused() {
    let mut book = book();
    // Each uses the one before twice, so that the last one comes to 2^13 times four parameters, and more.
    book.create_segment(NewSegment::dynamic("d0", "email = a or name contains \"b\" or memo = c"), now())
        .unwrap();
    for at in 1..14 {
        let filter = format!("segments has d{} and (segments has d{} or billed > 1)", at - 1, at - 1);
        book.create_segment(NewSegment::dynamic(format!("d{at}"), filter.as_str()), now()).unwrap();
    }
    let filter = book.filter("segments has d13").unwrap();
    let mapping = mapping(Dialect::Sqlite);
    let error = Compiler::new(Dialect::Sqlite, &mapping, &book).select(&filter).unwrap_err();
    assert_eq!(error.code(), Code::StatementTooLarge);
    let said = error.to_string();
    assert!(said.ends_with("or read segments from a table of members"), "{said}");
}

#[test]
fn more_segments_than_a_statement_takes_are_asked_by_several() {
    let mut book = book();
    let many: Vec<NewSegment> =
        (0..250).map(|at| NewSegment::dynamic(format!("s{at}"), format!("billed > {at}").as_str())).collect();
    let segments: Vec<_> = book.create_segments(many, now()).unwrap().id;
    let mapping = mapping(Dialect::Sqlite);
    let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book);
    let statements = compiler.members(&segments).unwrap();
    assert_eq!(statements.len(), 3);
    let differences = compiler.differences(&segments).unwrap();
    let asked: Vec<_> = differences.iter().flat_map(|difference| difference.segments.clone()).collect();
    assert_eq!(asked, segments);
}
