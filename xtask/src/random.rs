//! `cargo xtask random`: the random tests of the core with many more cases than `test` draws.

use crate::cargo::cargo;
use crate::stop::Stop;

/// How many cases are drawn when no number is given.
const CASES: u32 = 100_000;

/// Runs the random tests, in a release build, with so many cases each.
pub(crate) fn run(arguments: &[String]) -> Result<(), Stop> {
    let cases = match arguments {
        [] => CASES,
        [cases] => cases.parse().map_err(|_| Stop::Usage(format!("`{cases}` is not a number of cases")))?,
        _ => return Err(Stop::Usage("`random` takes one number of cases".to_owned())),
    };
    let themes = ["agreement", "edges", "hostile", "laws", "paths"];
    let run = ["test", "--release", "-p", "tagmata", "--test", "it", "--locked", "--"];
    cargo(&[&run[..], &themes].concat(), &[("PROPTEST_CASES", &cases.to_string())]).map_err(Stop::Failed)
}
