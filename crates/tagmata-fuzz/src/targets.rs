//! All targets by name.

use crate::{agreement, documents, durable, filters, imports, seeds};

/// Something that holds for any bytes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name, which is that of the program of the fuzzer.
    pub name: &'static str,
    /// Panics where it does not hold.
    pub run: fn(&[u8]),
    /// What a fuzzer begins with.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them.
///
/// ```
/// let text = tagmata_fuzz::TARGETS.iter().find(|target| target.name == "filter_text").unwrap();
/// (text.run)(b"status = laed");
/// assert!((text.seeds)().len() > 500);
/// ```
pub const TARGETS: [Target; 7] = [
    Target { name: "filter_text", run: filters::text, seeds: seeds::texts },
    Target { name: "filter_json", run: filters::json, seeds: seeds::canonical },
    Target { name: "query_builder", run: filters::json, seeds: seeds::trees },
    Target { name: "csv_import", run: imports::csv, seeds: seeds::tables },
    Target { name: "definitions", run: documents::definitions, seeds: seeds::documents },
    Target { name: "agreement", run: agreement::with_a_past, seeds: seeds::dice },
    Target { name: "durable_book", run: durable::operations, seeds: seeds::dice },
];

/// Runs a target by its name.
///
/// # Panics
/// Where it does not hold, or there is no such target.
pub fn target(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.unwrap_or_else(|| panic!("there is no target {name}")).run)(bytes);
}
