//! The behaviour suites of the folder `conformance/`.

use serde_json::Value;
use std::{fs, path::Path};
use tagmata_testkit::conformance::{Outcome, run, run_commands};

#[test]
fn every_case_of_every_suite_of_filters_holds() {
    check_all("", run);
}

#[test]
fn every_case_of_every_suite_of_commands_holds() {
    check_all("commands", run_commands);
}

/// Runs all suites in a folder below `conformance`.
fn check_all(folder: &str, run: fn(&Value) -> Outcome) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance").join(folder);
    let mut suites: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    suites.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    suites.sort();
    let (mut cases, mut failures) = (0, Vec::new());
    for path in &suites {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        println!("{stem}");
        let suite = serde_json::from_str(&fs::read_to_string(path).unwrap());
        let outcome = run(&suite.unwrap_or_else(|error| panic!("{}: {error}", path.display())));
        assert!(outcome.cases > 0, "{} has no cases", path.display());
        cases += outcome.cases;
        failures.extend(outcome.failures.iter().map(|failure| format!("[{stem}] {failure}")));
    }
    println!("{cases} cases in {} suites", suites.len());
    assert!(failures.is_empty(), "{} of {cases} cases failed:\n\n{}", failures.len(), failures.join("\n\n"));
}
