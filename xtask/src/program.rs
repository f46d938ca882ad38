//! Calling other programs in the workspace, and where the workspace is.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Where the tables of all measurements go.
pub(crate) const DOCUMENT: &str = "docs/performance.md";

/// The folder of the workspace: the one above this package.
///
/// `cargo run` sets the variable, so it is right in every clone even where clones share a target folder.
pub(crate) fn workspace() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR")
        .and_then(|package| Some(PathBuf::from(package).parent()?.to_owned()))
        .unwrap_or_else(|| PathBuf::from("."))
}

/// The folder for all that is built.
pub(crate) fn target() -> PathBuf {
    workspace().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// A call that shows what the program says, and keeps its last line. The outcome says how it ended.
pub(crate) fn last_line(
    program: impl AsRef<OsStr>,
    arguments: &[&str],
    folder: &str,
) -> Result<(String, Result<(), String>), String> {
    let name = program.as_ref().to_string_lossy().into_owned();
    let mut command = Command::new(program);
    command.args(arguments).env("PYTHONDONTWRITEBYTECODE", "1").current_dir(workspace().join(folder));
    println!("$ {name} {}", arguments.join(" "));
    let started = command.stdout(Stdio::piped()).spawn();
    let mut running = started.map_err(|error| format!("`{name}` could not be started: {error}"))?;
    let mut last = String::new();
    for line in running.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()) {
        last = line.map_err(|error| format!("`{name}`: {error}"))?;
        println!("{last}");
    }
    let status = running.wait().map_err(|error| format!("`{name}`: {error}"))?;
    let outcome = if status.success() { Ok(()) } else { Err(format!("`{name}` ended with {status}")) };
    Ok((last, outcome))
}

/// One call of a program in a folder of the workspace, with the variables set, its output going straight to ours. It is
/// shown under a name.
pub(crate) fn call(
    name: &str,
    program: impl AsRef<OsStr>,
    arguments: &[impl AsRef<OsStr>],
    variables: &[(&str, &str)],
    folder: &str,
) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(arguments).envs(variables.iter().copied()).current_dir(workspace().join(folder));

    let mut line = String::new();
    for (name, value) in variables {
        line.push_str(&format!("{name}={value:?} "));
    }
    line.push_str(name);
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
