//! `cargo xtask test`: everything that must pass before a change is taken, one step per language.

use crate::cargo::cargo;
use crate::crm;
use crate::engines::{self, Choice};
use crate::instructions;
use crate::miri;
use crate::node;
use crate::python;
use crate::steps::Step;
use crate::tools::Tool;

/// The steps, in the order in which they run. The databases that are asked are chosen by the caller.
pub(crate) fn steps(choice: Choice) -> Vec<Step> {
    vec![
        Step::new("rust", rust),
        Step::new("examples", examples),
        Step::new("engines", move || engines::test(&choice)),
        Step::new("miri", miri::test).needs(Tool::Miri),
        Step::new("instructions", instructions::test).needs(Tool::Valgrind),
        Step::new("python", python::test),
        Step::new("node", node::run),
        Step::new("crm", crm::test),
    ]
}

/// Unit, integration and documentation tests of all crates. Benchmarks are no tests: `cargo xtask bench` runs them.
fn rust() -> Result<(), String> {
    cargo(&["test", "--workspace", "--locked"], &[])
}

fn examples() -> Result<(), String> {
    cargo(&["build", "--workspace", "--exclude", "tagmata-benches", "--examples", "--locked"], &[])
}
