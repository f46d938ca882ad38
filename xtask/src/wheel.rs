//! The wheel of the package `tagmata`, built as it is where there is no wheel for a machine: from the sdist, by pip.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::target;
use crate::virtual_environment::{PACKAGE, VirtualEnvironment};

/// The folder that has the wheel, and what it is made of.
pub(crate) struct Wheel {
    folder: PathBuf,
}

impl Wheel {
    /// Makes the sdist and, of nothing else, the wheel, as a debug build. The environment has maturin and pip.
    ///
    /// The sdist is unpacked into the same folder each time, and built into the target folder of the workspace, so that only what
    /// has changed is built anew.
    pub(crate) fn of_sdist(python: &VirtualEnvironment) -> Result<Self, String> {
        // pip would keep a wheel for later whose folder is named as a version of a package is: with a dash in it.
        let base = target().join("python_package");
        let (sdist, source, folder) = (base.join("sdist"), base.join("source"), base.join("wheel"));
        for made in [&sdist, &folder] {
            remove(made)?;
        }
        python.run(PACKAGE, &["-m", "maturin", "sdist", "--out", &text(&sdist)])?;
        let archive = only_file(&sdist)?;
        python.run(PACKAGE, &["packaging/unpack_sdist.py", &text(&archive), &text(&source)])?;
        let wheel =
            ["-m", "pip", "wheel", "--disable-pip-version-check", "--no-deps", "--wheel-dir", &text(&folder)];
        // Not locked: cargo takes those packages out of the lock that only the rest of the workspace needs.
        let options = "--config-settings=build-args=--profile dev";
        let variables = [("CARGO_TARGET_DIR", &*text(&target()))];
        python.run_with(PACKAGE, &[&wheel[..], &[options, &text(&source)]].concat(), &variables)?;
        Ok(Self { folder })
    }

    /// Installs it into an environment that has what it depends on.
    pub(crate) fn install(&self, python: &VirtualEnvironment) -> Result<(), String> {
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        let this =
            ["--force-reinstall", "--no-deps", "--no-index", "--find-links", &text(&self.folder), "tagmata"];
        python.run(PACKAGE, &[&install[..], &this].concat())
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn remove(folder: &Path) -> Result<(), String> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).map_err(|error| format!("`{}`: {error}", folder.display()))
}

fn only_file(folder: &Path) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("`{}`: {error}", folder.display()))?;
    let files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    match files.as_slice() {
        [file] => Ok(file.clone()),
        _ => Err(format!("`{}` has {} files, and not one", folder.display(), files.len())),
    }
}
