//! `cargo xtask miri`: tests of the core in an interpreter that notices undefined behaviour.
//!
//! The core has no unsafe code; what it stands on has some.

use crate::cargo::cargo;
use crate::program::{call, target};
use crate::tools::NIGHTLY;

/// The columns, indexes and logs in which everything is kept, without what is about very many rows: the interpreter takes about a thousand
/// times as long.
const TESTS: [&str; 9] = [
    "table::",
    "--skip",
    "all_rows_are_in_the_set",
    "--skip",
    "gibibytes",
    "--skip",
    "long_columns",
    "--skip",
    "many_new_rows",
];

/// Runs the tests inside the core, with few random cases.
pub(crate) fn run() -> Result<(), String> {
    let component = ["component", "add", "miri", "rust-src", "--toolchain", "nightly"];
    call("rustup", "rustup", &component, &[], "")?;
    let folder = target().join("miri");
    let folder = folder.to_string_lossy();
    let test = ["miri", "test", "-p", "tagmata", "--lib", "--locked", "--target-dir", &folder, "--"];
    let variables = [("PROPTEST_CASES", "2"), ("MIRIFLAGS", "-Zmiri-disable-isolation")];
    cargo(&[&test[..], &TESTS].concat(), &[&NIGHTLY[..], &variables].concat())
}
