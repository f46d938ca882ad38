//! Calling cargo.

use std::env;
use std::ffi::OsStr;

use crate::program::call;

/// One call of cargo in the workspace, with the variables set.
pub(crate) fn cargo(arguments: &[impl AsRef<OsStr>], variables: &[(&str, &str)]) -> Result<(), String> {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    call("cargo", program, arguments, variables, "")
}
