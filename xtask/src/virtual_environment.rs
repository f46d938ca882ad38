//! Environments with packages of Python, under `target/`.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{call, last_line, target, workspace};

/// The folder of the package `tagmata`.
pub(crate) const PACKAGE: &str = "bindings/python";

/// The oldest Python that the package runs on.
const OLDEST: (u32, u32) = (3, 10);

/// What to do where there is no Python.
const HELP: &str = "install it (`apt-get install python3 python3-venv`), or say which one to take: \
                    `PYTHON=/path/to/python3 cargo xtask …`";

/// An interpreter with what a list of requirements names.
pub(crate) struct VirtualEnvironment {
    name: &'static str,
    interpreter: PathBuf,
}

impl VirtualEnvironment {
    /// Makes the environment, or takes the one that was made with the same Python from the same requirements.
    pub(crate) fn prepare(name: &'static str, requirements: &str) -> Result<Self, String> {
        Self::of(find()?, name, requirements)
    }

    /// The same with the oldest Python that the package runs on, or else says where it was looked for.
    pub(crate) fn prepare_oldest(
        name: &'static str,
        requirements: &str,
    ) -> Result<Result<Self, String>, String> {
        match find_oldest() {
            Ok(python) => Self::of(python, name, requirements).map(Ok),
            Err(missing) => Ok(Err(missing)),
        }
    }

    fn of(
        (python, version): (OsString, String),
        name: &'static str,
        requirements: &str,
    ) -> Result<Self, String> {
        let folder = target().join(format!("{name}-venv"));
        let environment = Self { name, interpreter: folder.join(INTERPRETER) };
        let path = workspace().join(requirements);
        let wanted = fs::read_to_string(&path).map_err(|error| format!("`{}`: {error}", path.display()))?;
        let wanted = format!("{}\n{version}\n{wanted}", python.to_string_lossy());
        let made_from = folder.join("made-from.txt");
        if fs::read_to_string(&made_from).is_ok_and(|made| made == wanted) {
            return Ok(environment);
        }
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| format!("`{}`: {error}", folder.display()))?;
        }
        let venv = ["-m".as_ref(), "venv".as_ref(), folder.as_os_str()];
        call(&python.to_string_lossy(), &python, &venv, &[], "")
            .map_err(|error| format!("{error}; {HELP}"))?;
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        environment.run("", &[&install[..], &["--requirement", requirements]].concat())?;
        fs::write(&made_from, wanted).map_err(|error| format!("`{}`: {error}", made_from.display()))?;
        Ok(environment)
    }

    /// Builds the package `tagmata` with these options of maturin, which has to be among the requirements, and installs it.
    pub(crate) fn install_package(&self, options: &[&str]) -> Result<(), String> {
        let wheels = target().join(format!("{}-wheels", self.name));
        if wheels.exists() {
            fs::remove_dir_all(&wheels).map_err(|error| format!("`{}`: {error}", wheels.display()))?;
        }
        let wheels = wheels.to_string_lossy();
        let interpreter = self.interpreter.to_string_lossy();
        let build = ["-m", "maturin", "build", "--locked", "--out", &wheels, "--interpreter", &interpreter];
        self.run(PACKAGE, &[&build[..], options].concat())?;
        let install = ["-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", "--no-index"];
        self.run(PACKAGE, &[&install[..], &["--find-links", &wheels, "tagmata"]].concat())
    }

    /// Runs the interpreter in a folder of the workspace. It leaves nothing there.
    pub(crate) fn run(&self, folder: &str, arguments: &[&str]) -> Result<(), String> {
        self.run_with(folder, arguments, &[])
    }

    /// The same with further variables.
    pub(crate) fn run_with(
        &self,
        folder: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Result<(), String> {
        let variables = [&[("PYTHONDONTWRITEBYTECODE", "1")], variables].concat();
        call("python", &self.interpreter, arguments, &variables, folder)
    }

    /// The same, keeping the last line of what is said.
    pub(crate) fn last_line(
        &self,
        folder: &str,
        arguments: &[&str],
    ) -> Result<(String, Result<(), String>), String> {
        last_line(&self.interpreter, arguments, folder)
    }
}

/// Where a virtual environment has its interpreter.
const INTERPRETER: &str = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };

/// A Python that is new enough, and its version: the one that `PYTHON` names, or the first on the path.
fn find() -> Result<(OsString, String), String> {
    let named = env::var_os("PYTHON").map(|python| vec![python]);
    let candidates = named.unwrap_or_else(|| ["python3", "python"].map(OsString::from).into());
    let mut found = Vec::new();
    for python in candidates {
        match version(&python) {
            Some(text) if is_new_enough(&text) => return Ok((python, text)),
            Some(text) => found.push(format!("`{}` is Python {text}", Path::new(&python).display())),
            None => found.push(format!("`{}` is not there", Path::new(&python).display())),
        }
    }
    let (major, minor) = OLDEST;
    let found = found.join(", ");
    Err(format!("no Python {major}.{minor} or newer was found: {found}; {HELP}"))
}

/// The oldest Python that the package runs on, and its version: on the path, or among those that pyenv has.
fn find_oldest() -> Result<(OsString, String), String> {
    let (major, minor) = OLDEST;
    let name = format!("python{major}.{minor}");
    let mut candidates = vec![OsString::from(&name)];
    if let Some(pyenv) = pyenv_versions() {
        let versions = fs::read_dir(pyenv).into_iter().flatten().flatten().map(|entry| entry.path());
        candidates.extend(versions.map(|version| version.join("bin").join(&name).into_os_string()));
    }
    let found = candidates.into_iter().find_map(|python| Some((version(&python)?, python)));
    match found {
        Some((version, python)) => Ok((python, version)),
        None => Err(format!("no `{name}` was found, neither on the path nor among the versions of pyenv")),
    }
}

fn pyenv_versions() -> Option<PathBuf> {
    let root = env::var_os("PYENV_ROOT").map(PathBuf::from);
    let root = root.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".pyenv")));
    Some(root?.join("versions"))
}

/// The version of an interpreter, if it runs.
fn version(python: &OsString) -> Option<String> {
    let asked =
        Command::new(python).args(["-c", "import platform; print(platform.python_version())"]).output();
    let output = asked.ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or_default());
    (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default()) >= OLDEST
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn versions_compare_as_numbers() {
        let table = [
            ("3.10.0", true),
            ("3.9.18", false),
            ("3.13.0rc1", true),
            ("2.7.18", false),
            ("4.0", true),
            ("", false),
        ];
        for (version, expected) in table {
            assert_eq!(is_new_enough(version), expected, "{version}");
        }
    }
}
