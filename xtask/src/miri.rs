//! `cargo xtask miri`: tests of the core in an interpreter that notices undefined behaviour.
//!
//! The core has no unsafe code; what it stands on has some. The interpreter takes about a thousand times as long: random walks are short
//! there, and tests of very many rows are left out (`cfg(miri)` in their files).

use crate::program::target;
use crate::tools::{Tool, nightly};

/// The columns, indexes, logs and sets in which everything is kept.
const ALL: [&str; 3] = ["table::", "value::members::", "import::key_index::"];

/// What is there in seconds: sets, texts by their parts and keys, logs, the work of threads.
const IN_TESTS: [&str; 7] = [
    "value::members::",
    "table::texts::laws::a_short_column",
    "table::interactions::laws::equal_ones",
    "table::numbers::laws::ranges",
    "table::dictionary::",
    "table::set_cells::",
    "table::parts::",
];

/// Runs the tests inside the core, with few random cases.
pub(crate) fn run() -> Result<(), String> {
    interpret(&ALL, &[("PROPTEST_CASES", "2")])
}

/// The step of the tests: always the same few cases.
pub(crate) fn test() -> Result<(), String> {
    interpret(&IN_TESTS, &[("PROPTEST_CASES", "1"), ("PROPTEST_RNG_SEED", "1")])
}

fn interpret(tests: &[&str], cases: &[(&str, &str)]) -> Result<(), String> {
    Tool::Miri.find()?;
    let folder = target().join("miri");
    let folder = folder.to_string_lossy();
    let test = ["miri", "test", "-p", "tagmata", "--lib", "--locked", "--target-dir", &folder, "--"];
    let variables = [&[("MIRIFLAGS", "-Zmiri-disable-isolation")], cases].concat();
    nightly("cargo", "cargo", &[&test[..], tests].concat(), &variables)
}

#[cfg(test)]
mod tests {
    use super::{ALL, IN_TESTS};
    use crate::program::workspace;
    use std::fs;
    use std::path::Path;

    /// The sources of a module: its file, or all that is in its folder.
    fn sources(path: &Path) -> String {
        match fs::read_dir(path) {
            Ok(folder) => folder.map(|entry| sources(&entry.unwrap().path())).collect(),
            Err(_) => fs::read_to_string(path.with_extension("rs")).unwrap(),
        }
    }

    #[test]
    fn there_are_tests_of_each_name() {
        for name in ALL.iter().chain(&IN_TESTS) {
            let (module, test) = name.rsplit_once("::").unwrap();
            let sources = sources(&workspace().join("crates/tagmata/src").join(module.replace("::", "/")));
            let is_there = sources.contains("#[test]") && sources.contains(&format!("fn {test}"));
            assert!(is_there, "there is no test `{name}`");
        }
    }
}
