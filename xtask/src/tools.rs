//! Programs of others that some commands need: those that cargo installs, and those that it cannot.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use crate::cargo::cargo;
use crate::program::{call, target};
use crate::stop::Stop;

/// What has cargo run by the nightly compiler.
const NIGHTLY: [(&str, &str); 2] = [("RUSTUP_TOOLCHAIN", "nightly"), ("CARGO", "cargo")];

/// A program that only the machine's owner can install. A check that needs one which is missing fails; a step of the tests says that it
/// was skipped, unless the program is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    Nightly,
    /// The interpreter of the nightly compiler, which is fetched where it is not there.
    Miri,
    Valgrind,
}

impl Tool {
    pub(crate) const ALL: [Self; 3] = [Self::Nightly, Self::Miri, Self::Valgrind];

    /// The tool of a name.
    pub(crate) fn named(name: &str) -> Result<Self, Stop> {
        match name {
            "nightly" => Ok(Self::Nightly),
            "miri" => Ok(Self::Miri),
            "valgrind" => Ok(Self::Valgrind),
            _ => Err(Stop::Usage(format!("`{name}` is no tool: say nightly, miri or valgrind"))),
        }
    }

    /// An error that says how to install it, where it is missing.
    pub(crate) fn find(self) -> Result<(), String> {
        let (program, sign, missing) = match self {
            Self::Miri => {
                Self::Nightly.find()?;
                let component = ["component", "add", "miri", "rust-src", "--toolchain", "nightly"];
                return call("rustup", "rustup", &component, &[], "")
                    .map_err(|_| format!("`miri` cannot be fetched: `rustup {}`", component.join(" ")));
            }
            Self::Nightly => {
                ("rustc", "nightly", "a nightly compiler is missing: `rustup toolchain install nightly`")
            }
            Self::Valgrind => ("valgrind", "valgrind", "`valgrind` is missing: `apt-get install valgrind`"),
        };
        let mut version = Command::new(program);
        version.arg("--version").envs(NIGHTLY).env("RUSTUP_AUTO_INSTALL", "0");
        let is_there = version
            .output()
            .is_ok_and(|told| told.status.success() && String::from_utf8_lossy(&told.stdout).contains(sign));
        if is_there { Ok(()) } else { Err(missing.to_owned()) }
    }
}

/// One call in the workspace by the nightly compiler, with further variables set.
pub(crate) fn nightly(
    name: &str,
    program: impl AsRef<OsStr>,
    arguments: &[impl AsRef<OsStr>],
    variables: &[(&str, &str)],
) -> Result<(), String> {
    Tool::Nightly.find()?;
    call(name, program, arguments, &[&NIGHTLY[..], variables].concat(), "")
}

/// A program of a crate that is called alike: the one that is on the path, or one of our own of this version. It is built as it is built
/// fastest: what it does takes seconds.
pub(crate) fn installed(name: &str, version: &str) -> Result<PathBuf, String> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let paths = env::var_os("PATH").unwrap_or_default();
    let installed = env::split_paths(&paths).map(|folder| folder.join(&file)).find(|path| path.is_file());
    if let Some(installed) = installed {
        return Ok(installed);
    }
    let root = target().join("tools");
    let own = root.join("bin").join(&file);
    if !own.is_file() {
        let (root, version) = (root.to_string_lossy(), format!("^{version}"));
        cargo(&["install", name, "--version", &version, "--locked", "--debug", "--root", &root], &[])?;
    }
    Ok(own)
}
