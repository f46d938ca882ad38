//! Each target holds for what a fuzzer begins with, for what one found once, and for some bytes of chance.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, TestRunner};
use std::fs;
use std::path::Path;
use tagmata_fuzz::TARGETS;

/// A target by its name.
fn run(name: &str, most_seeds: usize, chances: u32) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let seeds = (target.seeds)();
    assert!(seeds.len() >= 16, "{name} has seeds");
    let every = seeds.len().div_ceil(most_seeds);
    seeds.iter().step_by(every).for_each(|seed| (target.run)(seed));
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("found").join(name);
    for file in fs::read_dir(found).into_iter().flatten() {
        (target.run)(&fs::read(file.unwrap().path()).unwrap());
    }
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(chances);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let bytes = vec(any::<u8>(), 0..256);
    let holds = |bytes: Vec<u8>| {
        (target.run)(&bytes);
        Ok(())
    };
    TestRunner::new(config).run(&bytes, holds).unwrap();
}

#[test]
fn filters_as_text() {
    run("filter_text", 10_000, 50);
}

#[test]
fn filters_as_json() {
    run("filter_json", 10_000, 50);
}

#[test]
fn trees_of_query_builders() {
    run("query_builder", 10_000, 50);
}

#[test]
fn files_of_contacts_and_interactions() {
    run("csv_import", 200, 50);
}

#[test]
fn documents_of_definitions() {
    run("definitions", 10_000, 50);
}

#[test]
fn answers_and_the_oracle() {
    run("agreement", 16, 8);
}

#[test]
fn durable_books() {
    run("durable_book", 8, 4);
}

#[test]
fn all_targets_are_run() {
    let own = fs::read_to_string(file!().replace("crates/tagmata-fuzz/", "")).unwrap();
    for target in TARGETS {
        assert!(own.contains(&format!("run(\"{}\"", target.name)), "{}", target.name);
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/targets").join(target.name);
        assert!(program.with_extension("rs").exists(), "{}", target.name);
    }
}
