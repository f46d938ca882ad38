//! `cargo xtask bench`: the benchmarks, with further arguments passed on.

use std::ffi::OsString;

use crate::cargo::cargo;

/// Runs `cargo bench -p tagmata-benches` with these arguments after it.
pub(crate) fn run(further: &[OsString]) -> Result<(), String> {
    let own = ["bench", "-p", "tagmata-benches", "--locked"].map(OsString::from);
    cargo(&[&own, further].concat(), &[])
}
