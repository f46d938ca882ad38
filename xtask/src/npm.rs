//! Packages of npm, each built in a folder of its own under `target`: copied there, installed, and called.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use crate::program::{target, workspace};

/// A release of Node by its first two numbers.
pub(crate) type Release = (u32, u32);

/// What stays in the folder from one run to the next, until the list of packages is another one.
const PACKAGES: &str = "node_modules";

/// Says what is missing, where Node or npm is not there or too old.
pub(crate) fn find_node(oldest: Release) -> Result<(), String> {
    let (major, minor) = oldest;
    let help =
        format!("install Node.js {major}.{minor} or later with npm, or run the other steps by their names");
    let version = |program: &str| match Command::new(program).arg("--version").output() {
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        }
        Ok(output) => Err(format!("`{program} --version` ended with {}: {help}", output.status)),
        Err(error) => Err(format!("`{program}` could not be started ({error}): {help}")),
    };
    let (node, npm) = (version("node")?, version("npm")?);
    match release(&node) {
        Some(found) if found >= oldest => {
            println!("Node {node}, npm {npm}");
            Ok(())
        }
        _ => Err(format!("Node is {node}: {help}")),
    }
}

/// The first two numbers, such as those of `v20.19.0`.
fn release(version: &str) -> Option<Release> {
    let mut numbers = version.trim_start_matches('v').split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// A package, where it is committed and where it is built.
pub(crate) struct Package {
    pub(crate) source: PathBuf,
    pub(crate) folder: PathBuf,
}

impl Package {
    /// Copies what is committed of a package to where it is built, but for the files and folders with certain names.
    pub(crate) fn copied(
        source: &str,
        folder: &str,
        is_left_out: impl Fn(&OsStr) -> bool,
    ) -> Result<Self, String> {
        let package = Self { source: workspace().join(source), folder: target().join(folder) };
        let is_left_out = |name: &OsStr| name == PACKAGES || is_left_out(name);
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
            copy_folder(&package.source, &package.folder, &is_left_out)
        };
        copy().map_err(|error| format!("copying to `{}`: {error}", package.folder.display()))?;
        Ok(package)
    }

    /// Installs the packages of the lock file, if they are not there from an earlier run.
    pub(crate) fn install(&self) -> Result<(), String> {
        const LOCK: &str = "package-lock.json";
        let lock = read(&self.folder.join(LOCK))?;
        if lock.contains("\"resolved\"") {
            let help = "write it with the settings of the `.npmrc` beside it";
            return Err(format!(
                "{} says from where packages are loaded: {help}",
                self.source.join(LOCK).display()
            ));
        }
        let installed = self.folder.join(PACKAGES).join(LOCK);
        if fs::read_to_string(&installed).is_ok_and(|installed| installed == lock) {
            println!("{PACKAGES} is as {LOCK} says");
            return Ok(());
        }
        self.start(OsStr::new("npm"), &["ci", "--no-audit", "--no-fund", "--loglevel=error"], &[])?;
        fs::write(&installed, lock).map_err(|error| format!("`{}`: {error}", installed.display()))
    }

    /// Lets the programs of this package import another one that was built.
    pub(crate) fn link(&self, name: &str, other: &Self) -> Result<(), String> {
        let link = self.folder.join(PACKAGES).join(name);
        let write = || {
            if fs::symlink_metadata(&link).is_ok() {
                remove_link(&link)?;
            }
            make_link(&fs::canonicalize(&other.folder)?, &link)
        };
        write().map_err(|error| format!("linking `{}`: {error}", link.display()))
    }

    /// The files in one of its folders whose names end in a certain way, sorted: by their paths from the package on.
    pub(crate) fn files(&self, folder: &str, ending: &str) -> Result<Vec<OsString>, String> {
        let within = self.folder.join(folder);
        let names = fs::read_dir(&within).and_then(|files| {
            files.map(|file| file.map(|file| file.file_name())).collect::<io::Result<Vec<OsString>>>()
        });
        let mut names = names.map_err(|error| format!("`{}`: {error}", within.display()))?;
        names.retain(|name| name.to_string_lossy().ends_with(ending));
        names.sort();
        Ok(names.iter().map(|name| Path::new(folder).join(name).into_os_string()).collect())
    }

    /// Calls a program that the packages bring.
    pub(crate) fn call(&self, program: &str, arguments: &[impl AsRef<OsStr>]) -> Result<(), String> {
        self.start(self.folder.join(PACKAGES).join(".bin").join(program).as_os_str(), arguments, &[])
    }

    /// Runs files of tests with Node's own runner.
    pub(crate) fn test(&self, files: &[OsString], variables: &[(&str, &OsStr)]) -> Result<(), String> {
        let mut arguments: Vec<OsString> = ["--test", "--test-reporter=spec"].map(OsString::from).into();
        arguments.extend_from_slice(files);
        self.start(OsStr::new("node"), &arguments, variables)
    }

    /// Starts a program in the folder, its output going straight to ours.
    pub(crate) fn start(
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
        ended(&line, command.status())
    }
}

fn ended(line: &str, status: io::Result<ExitStatus>) -> Result<(), String> {
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` ended with {status}")),
        Err(error) => Err(format!("`{line}` could not be started: {error}")),
    }
}

pub(crate) fn read(file: &Path) -> Result<String, String> {
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

#[cfg(not(windows))]
fn make_link(to: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, link)
}

#[cfg(windows)]
fn make_link(to: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(to, link)
}

#[cfg(not(windows))]
fn remove_link(link: &Path) -> io::Result<()> {
    fs::remove_file(link)
}

#[cfg(windows)]
fn remove_link(link: &Path) -> io::Result<()> {
    fs::remove_dir(link)
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn releases_of_node_are_read_from_its_version() {
        for (version, expected) in [
            ("v20.20.2", Some((20, 20))),
            ("v8.0.0", Some((8, 0))),
            ("v20", None),
            ("", None),
            ("nightly", None),
        ] {
            assert_eq!(release(version), expected, "{version}");
        }
    }
}
