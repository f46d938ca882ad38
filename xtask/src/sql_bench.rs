//! `cargo xtask sql-bench`: statements that tagmata writes and statements that a person wrote, compared in one run.

use crate::cargo::cargo;
use crate::program::target;
use crate::stop::Stop;
use crate::virtual_environment::VirtualEnvironment;

/// How many contacts when no number is given.
const CONTACTS: u64 = 1_000_000;

/// Fewer contacts do not have all the tags that are asked for.
const FEWEST: u64 = 20_000;

/// Compares with as many contacts as the number says.
pub(crate) fn run(arguments: &[String]) -> Result<(), Stop> {
    match arguments {
        [] => compare(CONTACTS).map_err(Stop::Failed),
        [size] => compare(number(size)?).map_err(Stop::Failed),
        _ => Err(Stop::Usage("`sql-bench` takes one number of contacts".to_owned())),
    }
}

fn number(size: &str) -> Result<u64, Stop> {
    let number = size.parse().ok().filter(|number| *number >= FEWEST);
    number.ok_or_else(|| Stop::Usage(format!("`{size}` is not a number of contacts: at least {FEWEST}")))
}

fn compare(contacts: u64) -> Result<(), String> {
    let python = VirtualEnvironment::prepare("sql-bench", "benches/sql/requirements.txt")?;
    // What is measured are the databases: the package only writes the statements, and no optimized build is needed.
    python.install_package(&[])?;

    let folder = target().join("contacts").join(contacts.to_string());
    let file = folder.join("contacts.csv").to_string_lossy().into_owned();
    cargo(&["run", "-p", "tagmata-benches", "--locked", "--", &contacts.to_string(), &file], &[])?;
    let tables = target().join("sql-bench.md");
    let (folder, tables) = (folder.to_string_lossy(), tables.to_string_lossy());
    python.run("", &["benches/sql/compare.py", &folder, "--output", &tables])
}
