//! The codes of errors are those of the list, in all crates, packages and pages. `docs/errors.md` itself is held to the list by a test
//! of the core.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tagmata::Code;
use tagmata_guides::pages::repository;

/// The files below a folder of the repository whose names end in a certain way. What was built there is left out.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![repository().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("node_modules") && !path.ends_with("target") {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found
}

/// What looks like a code in a text: a letter and four digits, as a word.
fn codes(text: &str) -> BTreeSet<&str> {
    let words = text.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
    let is_code = |word: &&str| {
        word.len() == 5
            && word
                .strip_prefix(['E', 'W'])
                .is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))
    };
    words.filter(is_code).collect()
}

#[test]
fn every_code_that_is_written_somewhere_exists() {
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let endings = [".rs", ".py", ".pyi", ".js", ".mjs", ".ts", ".mts", ".tsx", ".md", ".json"];
    let mut met = BTreeSet::new();
    for folder in ["bindings", "conformance", "crates", "docs", "examples"] {
        for path in files(folder, &endings) {
            // Here and there are names that only look so.
            if [Path::new(file!()), Path::new("package-lock.json")].iter().any(|own| path.ends_with(own)) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let codes = codes(&text);
            let unknown: Vec<_> = codes.difference(&known).collect();
            assert!(unknown.is_empty(), "{}: {unknown:?}", path.display());
            met.extend(codes.into_iter().map(str::to_owned));
        }
    }
    assert_eq!(met.len(), known.len());
}

#[test]
fn every_code_is_raised_somewhere() {
    let mut raised = String::new();
    for path in files("crates", &[".rs"]).into_iter().chain(files("bindings", &[".rs"])) {
        let is_source = path.components().any(|part| part.as_os_str() == "src");
        if is_source && !path.ends_with("diagnostic/code.rs") {
            raised.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    let uses = raised.split("Code::").skip(1);
    let names: BTreeSet<&str> =
        uses.filter_map(|rest| rest.split(|sign: char| !sign.is_alphanumeric()).next()).collect();
    let never: Vec<_> = Code::ALL.iter().filter(|code| !names.contains(&*format!("{code:?}"))).collect();
    assert!(never.is_empty(), "{never:?}");
}

#[test]
fn a_code_is_a_letter_and_four_digits() {
    assert_eq!(
        codes("[E0101](errors.md#e0101) W0908: E16xx, E01234, BE0101, \"E1002\""),
        ["E0101", "E1002", "W0908"].into()
    );
}
