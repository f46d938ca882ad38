//! Programs of others that some commands need, installed under `target/tools` where they are not on the path.

use std::env;
use std::path::PathBuf;

use crate::cargo::cargo;
use crate::program::target;

/// What has cargo run by the nightly compiler.
pub(crate) const NIGHTLY: [(&str, &str); 2] = [("RUSTUP_TOOLCHAIN", "nightly"), ("CARGO", "cargo")];

/// A program of a crate that is called alike: the one that is installed, or one of our own of this version.
pub(crate) fn tool(name: &str, version: &str) -> Result<PathBuf, String> {
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
        cargo(&["install", name, "--version", &version, "--locked", "--root", &root], &[])?;
    }
    Ok(own)
}
