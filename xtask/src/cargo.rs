//! Calling cargo in the workspace, and where the workspace is.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

/// The folder of the workspace: the one above this package.
///
/// `cargo run` sets the variable, so it is right in every clone even where clones share a target folder.
pub(crate) fn workspace() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR")
        .and_then(|package| Some(PathBuf::from(package).parent()?.to_owned()))
        .unwrap_or_else(|| PathBuf::from("."))
}

/// One call of cargo in the workspace, with the variables set, its output going straight to ours.
pub(crate) fn cargo(arguments: &[impl AsRef<OsStr>], variables: &[(&str, &str)]) -> Result<(), String> {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).envs(variables.iter().copied()).current_dir(workspace());

    let mut line = String::new();
    for (name, value) in variables {
        line.push_str(&format!("{name}={value:?} "));
    }
    line.push_str("cargo");
    for argument in arguments {
        line.push(' ');
        line.push_str(&argument.as_ref().to_string_lossy());
    }
    println!("$ {line}");

    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` ended with {status}")),
        Err(error) => Err(format!("`{line}` could not be started: {error}")),
    }
}
