//! Examples, built and run as a reader of the README does.

use std::process::{Command, Output};

/// An example of the package in a folder, built by cargo: the path of the program.
pub fn built(folder: &str, example: &str) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--locked", "--example", example, "--message-format", "json"]);
    let built = cargo.current_dir(folder).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let messages = String::from_utf8(built.stdout).unwrap();
    let messages = messages.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut executables = messages.filter_map(|message| message["executable"].as_str().map(str::to_owned));
    executables.next_back().unwrap()
}

/// What an example prints.
pub fn printed(folder: &str, example: &str) -> String {
    let Output { status, stdout, stderr } = Command::new(built(folder, example)).output().unwrap();
    assert!(status.success(), "{example}\n{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

/// What the programs of an example print in each language: `examples/NAME.txt`.
pub fn expected(example: &str) -> String {
    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    std::fs::read_to_string(examples.join(example).with_extension("txt")).unwrap()
}
