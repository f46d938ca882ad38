//! `cargo xtask miri`: tests of the core in an interpreter that notices undefined behaviour.
//!
//! The core has no unsafe code; what it stands on has some.

use crate::cargo::cargo;
use crate::program::{call, target};
use crate::tools::NIGHTLY;

/// What the interpreter has time for: it takes about a thousand times as long.
const THEMES: [&str; 1] = ["table::"];

/// Runs the tests inside the core, with few random cases.
pub(crate) fn run() -> Result<(), String> {
    let component = ["component", "add", "miri", "rust-src", "--toolchain", "nightly"];
    call("rustup", "rustup", &component, &[], "")?;
    let folder = target().join("miri");
    let folder = folder.to_string_lossy();
    let test = ["miri", "test", "-p", "tagmata", "--lib", "--locked", "--target-dir", &folder, "--"];
    let variables = [("PROPTEST_CASES", "2"), ("MIRIFLAGS", "-Zmiri-disable-isolation")];
    cargo(&[&test[..], &THEMES].concat(), &[&NIGHTLY[..], &variables].concat())
}
