//! SQLite finds whom the specification says.

use tagmata_sql::Dialect;
use tagmata_sql_cases::{Budget, cases, sqlite};

#[test]
fn every_statement_finds_whom_it_has_to() {
    let budget = Budget { seed: 1, filters: 60, with_fixed: true, one_in: 1 };
    let (mut statements, mut mismatches) = (0, Vec::new());
    cases(Dialect::Sqlite, budget, |case| {
        statements += case.statements.len();
        assert!(case.refused.is_empty(), "{:?}", case.refused);
        mismatches.extend(sqlite::check(&case));
    });
    assert!(statements > 1000, "{statements}");
    assert!(mismatches.is_empty(), "{} of {statements}:\n{}", mismatches.len(), mismatches.join("\n\n"));
}
