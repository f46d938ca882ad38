//! `cargo xtask random`: the random tests of the core, and of books in files, with many more cases than `test` draws.

use crate::cargo::cargo;
use crate::stop::Stop;

/// How many cases are drawn when no number is given.
const CASES: u32 = 100_000;

/// The parts of the integration tests that draw what engines disagree on.
const THEMES: [&str; 7] = ["agreement", "drawn", "edges", "hostile", "laws", "paths", "phones"];

/// Runs the random tests, in a release build, with so many cases each.
pub(crate) fn run(arguments: &[String]) -> Result<(), Stop> {
    let cases = match arguments {
        [] => CASES,
        [cases] => cases.parse().map_err(|_| Stop::Usage(format!("`{cases}` is not a number of cases")))?,
        _ => return Err(Stop::Usage("`random` takes one number of cases".to_owned())),
    };
    let run_in = |package: &str, cases: u32, which: &[&str], themes: &[&str]| {
        let test = ["test", "--release", "-p", package, "--locked"];
        let variables = [("PROPTEST_CASES", &*cases.to_string())];
        cargo(&[&test, which, &["--"], themes].concat(), &variables).map_err(Stop::Failed)
    };
    let run = |which: &[&str], themes: &[&str]| run_in("tagmata", cases, which, themes);
    // What the columns of the table say, which is seen from inside only, and what can be seen from outside.
    run(&["--lib"], &["coverage", "laws"])?;
    run(&["--test", "it"], &THEMES)?;
    // A book in a file that is opened, killed and damaged takes a hundred times as long as a filter.
    let cases = (cases / 100).max(1);
    run_in("tagmata-sqlite", cases, &["--test", "it"], &["laws", "faults", "opening", "sql"])?;
    run_in("tagmata-sqlite", cases, &["--test", "crash"], &[])
}
