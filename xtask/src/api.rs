//! `cargo xtask api`: the public items of the crates, as the lists in `docs/api`.

use std::fs;

use lexopt::{Arg, Parser};
use public_api::Builder;

use crate::program::{target, workspace};
use crate::stop::Stop;
use crate::tools::nightly;

/// The crates that others use.
const CRATES: [&str; 3] = ["tagmata", "tagmata-sqlite", "tagmata-sql"];

/// Whether the lists are only compared with the crates, and not written.
pub(crate) struct Lists {
    is_check: bool,
}

impl Lists {
    /// They are only compared.
    pub(crate) fn compared() -> Self {
        Self { is_check: true }
    }

    /// Reads the arguments of the command; nothing when help was asked for.
    pub(crate) fn read(mut arguments: Parser) -> Result<Option<Self>, Stop> {
        let mut lists = Self { is_check: false };
        while let Some(argument) = arguments.next()? {
            match argument {
                Arg::Long("check") => lists.is_check = true,
                Arg::Long("help") | Arg::Short('h') => return Ok(None),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(Some(lists))
    }
}

/// Writes the lists, or says how they differ from the crates.
pub(crate) fn run(lists: &Lists) -> Result<(), Stop> {
    let mut others = Vec::new();
    for name in CRATES {
        let list = list(name).map_err(Stop::Failed)?;
        let path = workspace().join("docs/api").join(format!("{name}.txt"));
        let kept = fs::read_to_string(&path).unwrap_or_default();
        for line in differences(&kept, &list) {
            println!("{line}");
        }
        if lists.is_check && kept != list {
            others.push(name);
        } else if kept != list {
            let write = |error| Stop::Failed(format!("`{}`: {error}", path.display()));
            fs::write(&path, &list).map_err(write)?;
        }
        println!("{name}: {} lines", list.lines().count());
    }
    match others.is_empty() {
        true => Ok(()),
        false => Err(Stop::Failed(format!(
            "the lists in docs/api are not those of {}: `cargo xtask api` writes them",
            others.join(", ")
        ))),
    }
}

/// The public items of a crate, a line for each, without what is derived.
fn list(name: &str) -> Result<String, String> {
    let documented = target().join("nightly");
    let folder = documented.to_string_lossy();
    let rustdoc = ["rustdoc", "-p", name, "--lib", "--locked", "--target-dir", &folder];
    let json = ["--", "-Z", "unstable-options", "--output-format", "json"];
    nightly("cargo", "cargo", &[&rustdoc[..], &json[..]].concat(), &[])?;
    let listed =
        Builder::from_rustdoc_json(documented.join("doc").join(format!("{}.json", name.replace('-', "_"))))
            .omit_blanket_impls(true)
            .omit_auto_trait_impls(true)
            .omit_auto_derived_impls(true)
            .include_function_parameter_names(true)
            .build();
    listed.map(|listed| with_public_paths(&listed.to_string())).map_err(|error| format!("{name}: {error}"))
}

/// What one crate says of another names the modules in which things are, which are private: everything public is in the root.
fn with_public_paths(list: &str) -> String {
    let mut lines = String::new();
    for line in list.lines() {
        let mut rest = line;
        while let Some(at) = rest.find("tagmata") {
            let (before, path) = rest.split_at(at);
            let end =
                path.find(|sign: char| !sign.is_alphanumeric() && !"_:".contains(sign)).unwrap_or(path.len());
            let (path, behind) = path.split_at(end);
            lines.push_str(before);
            lines.push_str(&public(path));
            rest = behind;
        }
        lines.push_str(rest);
        lines.push('\n');
    }
    lines
}

/// The path without the modules between the crate and the first name with a capital letter.
fn public(path: &str) -> String {
    let names: Vec<&str> = path.split("::").collect();
    let is_module = |name: &&str| name.starts_with(|sign: char| sign.is_lowercase());
    match names.split_first() {
        Some((root, rest)) if rest.iter().any(|name| !is_module(name)) => {
            let items = rest.iter().skip_while(|name| is_module(name)).copied();
            std::iter::once(*root).chain(items).collect::<Vec<_>>().join("::")
        }
        _ => path.to_owned(),
    }
}

/// The lines that only one of two lists has: `-` the first, `+` the second.
fn differences(old: &str, new: &str) -> Vec<String> {
    let missing = |from: &str, of: &str, sign| {
        let known: std::collections::BTreeSet<&str> = of.lines().collect();
        let others = from.lines().filter(|line| !known.contains(line));
        others.map(|line| format!("{sign} {line}")).collect::<Vec<_>>()
    };
    [missing(old, new, '-'), missing(new, old, '+')].concat()
}

#[cfg(test)]
mod tests {
    use super::{differences, with_public_paths};

    #[test]
    fn paths_are_those_that_one_writes() {
        let table = [
            (
                "pub fn tagmata_sqlite::BookFile::check(&self, book: &tagmata::book::book::Book) -> tagmata::error::Result<()>",
                "pub fn tagmata_sqlite::BookFile::check(&self, book: &tagmata::Book) -> tagmata::Result<()>",
            ),
            ("pub fn tagmata::fold(text: &str)", "pub fn tagmata::fold(text: &str)"),
            ("pub mod tagmata_sql", "pub mod tagmata_sql"),
        ];
        for (line, expected) in table {
            assert_eq!(with_public_paths(line), format!("{expected}\n"));
        }
    }

    #[test]
    fn lists_differ_by_lines() {
        assert_eq!(differences("a\nb\n", "a\nc\n"), ["- b", "+ c"]);
        assert!(differences("a\n", "a\n").is_empty());
    }
}
