//! Reading the sources of all crates, applying the rules, and the report.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::modules::{File, Files, Modules};
use super::violation::Violation;
use super::{order, shape};
use crate::program::workspace;

/// What was found in all crates.
#[derive(Debug, Default)]
struct Report {
    violations: Vec<Violation>,
    /// Each file with its code lines.
    sizes: Vec<(String, usize)>,
}

/// Checks `crates/*/src` and `bindings/*/src`, and prints the violations and a summary.
pub(crate) fn run() -> Result<(), String> {
    let root = workspace();
    let mut report = Report::default();
    let mut folders = Vec::new();
    for parent in ["crates", "bindings"].map(|parent| root.join(parent)) {
        folders.extend(entries(&parent).map_err(|error| format!("`{}`: {error}", parent.display()))?);
    }
    for folder in folders {
        let sources = folder.join("src");
        if sources.is_dir() {
            let shown = sources.strip_prefix(&root).unwrap_or(&sources);
            let shown = shown.to_string_lossy().replace('\\', "/");
            let files = read(&sources).map_err(|error| format!("`{shown}`: {error}"))?;
            report.add(&shown, &files);
        }
    }

    for violation in &report.violations {
        println!("{violation}");
    }
    println!("{}", report.summary());
    match report.violations.len() {
        0 => Ok(()),
        1 => Err("1 violation".to_owned()),
        many => Err(format!("{many} violations")),
    }
}

impl Report {
    /// Applies the rules to the files of one `src` folder, which is shown as `folder`.
    fn add(&mut self, folder: &str, files: &Files) {
        let mut found = Vec::new();
        let mut known = Vec::new();
        for root in ["lib.rs", "main.rs"] {
            let modules = Modules::of(root, files);
            found.extend(order::check(&modules));
            found.extend(modules.violations);
            known.extend(modules.files);
        }
        for (path, file) in files {
            found.extend(shape::check(path, file));
            if !known.contains(path) {
                let message = "is not part of the crate: no `mod` line leads to it".to_owned();
                found.push(Violation { file: path.clone(), line: 1, message });
            }
            self.sizes.push((format!("{folder}/{path}"), file.source.code_lines));
        }
        found.sort();
        self.violations.extend(
            found.into_iter().map(|found| Violation { file: format!("{folder}/{}", found.file), ..found }),
        );
    }

    fn summary(&self) -> String {
        let mut lines: Vec<usize> = self.sizes.iter().map(|(_, lines)| *lines).collect();
        lines.sort_unstable();
        let median = lines.get(lines.len() / 2).copied().unwrap_or_default();
        let largest = match self.sizes.iter().max_by_key(|(_, lines)| *lines) {
            Some((file, lines)) => format!("{file} ({lines})"),
            None => "none".to_owned(),
        };
        format!("{} files, median {median} code lines, largest {largest}", self.sizes.len())
    }
}

/// The Rust files below a folder, by their path below it.
fn read(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in entries(&next)? {
            if entry.is_dir() {
                open.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                let below = entry.strip_prefix(folder).unwrap_or(&entry);
                let name = below.to_string_lossy().replace('\\', "/");
                files.insert(name, File::of(&fs::read_to_string(&entry)?));
            }
        }
    }
    Ok(files)
}

/// What is in a folder, in the order of the names.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::{File, Report, read};
    use crate::program::workspace;

    #[test]
    fn violations_are_shown_below_the_folder_of_the_crate() {
        let texts = [
            ("lib.rs", "mod a;\nmod b;\nmod c;"),
            ("a.rs", "\nuse crate::b::B;\nuse crate::b::*;"),
            ("b.rs", "//! The items of b.\n\npub struct B;\npub struct C;\n"),
            ("d.rs", ""),
        ];
        let files = texts.iter().map(|(name, text)| ((*name).to_owned(), File::of(text))).collect();
        let mut report = Report::default();
        report.add("crates/x/src", &files);
        let shown: Vec<_> = report.violations.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "crates/x/src/a.rs:2: uses b, which comes later in lib.rs",
                "crates/x/src/a.rs:3: imports with a glob: list the names",
                "crates/x/src/a.rs:3: uses b, which comes later in lib.rs",
                "crates/x/src/d.rs:1: is not part of the crate: no `mod` line leads to it",
                "crates/x/src/lib.rs:3: declares c, which has no file",
            ]
        );
        assert_eq!(report.summary(), "4 files, median 2 code lines, largest crates/x/src/lib.rs (3)");
    }

    #[test]
    fn this_program_keeps_its_own_rules() {
        let mut report = Report::default();
        report.add("xtask/src", &read(&workspace().join("xtask/src")).unwrap());
        assert!(report.sizes.len() > 10, "{report:?}");
        assert_eq!(report.violations, []);
    }
}
