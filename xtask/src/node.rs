//! `cargo xtask test node`: the npm package, built and tested in a folder of its own under `target`.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::workspace;

/// The oldest release of Node that the package is for.
const OLDEST: u32 = 20;

/// What stays in the folder from one run to the next, until the list of packages is another one.
const PACKAGES: &str = "node_modules";

/// Builds the addon and runs the tests of the package.
pub(crate) fn run() -> Result<(), String> {
    find_node()?;
    let package = Package::copied()?;
    package.install()?;
    package.build()?;
    package.compare_types()?;
    package.call("tsc", &["--project", "types"], &[])?;
    package.test()
}

/// Says what is missing, where Node or npm is not there or too old.
fn find_node() -> Result<(), String> {
    let help = format!("install Node.js {OLDEST} or later with npm, or run the other steps by their names");
    let version = |program: &str| match Command::new(program).arg("--version").output() {
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        }
        Ok(output) => Err(format!("`{program} --version` ended with {}: {help}", output.status)),
        Err(error) => Err(format!("`{program}` could not be started ({error}): {help}")),
    };
    let (node, npm) = (version("node")?, version("npm")?);
    match release(&node) {
        Some(found) if found >= OLDEST => {
            println!("Node {node}, npm {npm}");
            Ok(())
        }
        _ => Err(format!("Node is {node}: {help}")),
    }
}

/// The number before the first point, such as 20 of `v20.1.0`.
fn release(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// The package, where it is committed and where it is built.
struct Package {
    source: PathBuf,
    target: PathBuf,
    folder: PathBuf,
}

impl Package {
    /// Copies what is committed of the package, but its Rust, to where it is built.
    fn copied() -> Result<Self, String> {
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from);
        let package = Self { source: workspace().join("bindings/node"), folder: target.join("node"), target };
        let is_built = |name: &OsStr| {
            let name = name.to_string_lossy();
            [PACKAGES, "native.js", "src", "Cargo.toml", "build.rs"].contains(&&*name)
                || name.ends_with(".node")
        };
        let copy = || {
            fs::create_dir_all(&package.folder)?;
            for old in fs::read_dir(&package.folder)? {
                let old = old?.path();
                match old.is_dir() {
                    true if old.ends_with(PACKAGES) => {}
                    true => fs::remove_dir_all(old)?,
                    false => fs::remove_file(old)?,
                }
            }
            copy_folder(&package.source, &package.folder, &is_built)
        };
        copy().map_err(|error| format!("copying to `{}`: {error}", package.folder.display()))?;
        Ok(package)
    }

    /// Installs the packages of the lock file, if they are not there from an earlier run.
    fn install(&self) -> Result<(), String> {
        const LOCK: &str = "package-lock.json";
        let lock = read(&self.folder.join(LOCK))?;
        if lock.contains("\"resolved\"") {
            let help = "write it with the settings of `bindings/node/.npmrc`";
            return Err(format!("{LOCK} says from where packages are loaded: {help}"));
        }
        let installed = self.folder.join(PACKAGES).join(LOCK);
        if fs::read_to_string(&installed).is_ok_and(|installed| installed == lock) {
            println!("{PACKAGES} is as {LOCK} says");
            return Ok(());
        }
        self.start(OsStr::new("npm"), &["ci", "--no-audit", "--no-fund", "--loglevel=error"], &[])?;
        fs::write(&installed, lock).map_err(|error| format!("`{}`: {error}", installed.display()))
    }

    /// Builds the addon like the crates, with the debug profile, and generates its types.
    fn build(&self) -> Result<(), String> {
        let manifest = self.source.join("Cargo.toml");
        let arguments: [&OsStr; 15] = [
            "build".as_ref(),
            "--manifest-path".as_ref(),
            manifest.as_ref(),
            "--target-dir".as_ref(),
            self.target.as_ref(),
            "--output-dir".as_ref(),
            self.folder.as_ref(),
            "--platform".as_ref(),
            "--no-const-enum".as_ref(),
            "--js".as_ref(),
            "native.js".as_ref(),
            "--dts".as_ref(),
            "index.d.ts".as_ref(),
            "--".as_ref(),
            "--locked".as_ref(),
        ];
        self.call("napi", &arguments, &[])
    }

    /// Whether the committed types are those of the code.
    fn compare_types(&self) -> Result<(), String> {
        const TYPES: &str = "index.d.ts";
        let (committed, built) = (self.source.join(TYPES), self.folder.join(TYPES));
        let (old, new) = (read(&committed)?, read(&built)?);
        if old == new {
            println!("{TYPES} is what the build generates");
            return Ok(());
        }
        for (line, (old, new)) in (1..).zip(old.lines().zip(new.lines())) {
            if old != new {
                println!("{}:{line}: {old}\n{}:{line}: {new}", committed.display(), built.display());
                break;
            }
        }
        Err(format!("`{}` is not what the build generates: copy `{}`", committed.display(), built.display()))
    }

    /// Runs the tests with Node's own runner.
    fn test(&self) -> Result<(), String> {
        let folder = self.folder.join("test");
        let names = fs::read_dir(&folder).and_then(|files| {
            files.map(|file| file.map(|file| file.file_name())).collect::<io::Result<Vec<OsString>>>()
        });
        let mut names = names.map_err(|error| format!("`{}`: {error}", folder.display()))?;
        names.retain(|name| name.to_string_lossy().ends_with(".test.mjs"));
        names.sort();
        let mut arguments: Vec<OsString> = ["--test", "--test-reporter=spec"].map(OsString::from).into();
        arguments.extend(names.iter().map(|name| Path::new("test").join(name).into_os_string()));
        let suites = workspace().join("conformance");
        self.start(OsStr::new("node"), &arguments, &[("TAGMATA_CONFORMANCE", suites.as_os_str())])
    }

    /// Calls a program that the packages bring.
    fn call(
        &self,
        program: &str,
        arguments: &[impl AsRef<OsStr>],
        variables: &[(&str, &OsStr)],
    ) -> Result<(), String> {
        self.start(self.folder.join(PACKAGES).join(".bin").join(program).as_os_str(), arguments, variables)
    }

    /// Starts a program in the folder, its output going straight to ours.
    fn start(
        &self,
        program: &OsStr,
        arguments: &[impl AsRef<OsStr>],
        variables: &[(&str, &OsStr)],
    ) -> Result<(), String> {
        let name = Path::new(program).file_name().unwrap_or(program).to_string_lossy().into_owned();
        let first = arguments.first().map(|first| first.as_ref().to_string_lossy()).unwrap_or_default();
        let line = format!("{name} {first}");
        println!("$ {line}");
        let mut command = Command::new(program);
        command.args(arguments).envs(variables.iter().copied()).current_dir(&self.folder);
        match command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("`{line}` ended with {status}")),
            Err(error) => Err(format!("`{line}` could not be started: {error}")),
        }
    }
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("`{}`: {error}", file.display()))
}

/// Copies a folder, but for the files and folders with certain names.
fn copy_folder(from: &Path, to: &Path, is_left_out: &impl Fn(&OsStr) -> bool) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if is_left_out(&entry.file_name()) {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => copy_folder(&from, &to, is_left_out)?,
            false => {
                fs::copy(&from, &to)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn releases_of_node_are_read_from_its_version() {
        for (version, expected) in
            [("v20.20.2", Some(20)), ("v8.0.0", Some(8)), ("", None), ("nightly", None)]
        {
            assert_eq!(release(version), expected, "{version}");
        }
    }
}
