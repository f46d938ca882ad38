//! `cargo xtask deny`: the licences, versions and sources of all dependencies, as `deny.toml` allows them.

use crate::program::call;
use crate::tools::installed;

/// The release of the tool that is installed where there is none.
const TOOL: &str = "0.20";

/// Checks everything but advisories, which need a database of others.
pub(crate) fn run() -> Result<(), String> {
    let arguments = ["--workspace", "--all-features", "--locked", "check", "bans", "licenses", "sources"];
    call("cargo-deny", installed("cargo-deny", TOOL)?, &arguments, &[], "")
}
