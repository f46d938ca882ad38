//! The behaviour suites of the folder `conformance/`.

use std::{fs, path::Path};
use tagmata_testkit::conformance::run;

#[test]
fn every_case_of_every_suite_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance");
    let mut suites: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    suites.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    suites.sort();
    let (mut cases, mut failures) = (0, Vec::new());
    for path in &suites {
        let suite = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let outcome = run(&suite);
        assert!(outcome.cases > 0, "{} has no cases", path.display());
        cases += outcome.cases;
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        failures.extend(outcome.failures.iter().map(|failure| format!("[{stem}] {failure}")));
    }
    println!("{cases} cases in {} suites", suites.len());
    assert!(failures.is_empty(), "{} of {cases} cases failed:\n\n{}", failures.len(), failures.join("\n\n"));
}
