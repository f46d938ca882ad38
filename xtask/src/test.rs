//! `cargo xtask test`: everything that must pass before a change is taken, one step per language.

use crate::cargo::cargo;
use crate::node;
use crate::python;
use crate::steps::Step;

/// The steps, in the order in which they run.
pub(crate) const STEPS: &[Step] = &[
    Step { name: "rust", run: rust },
    Step { name: "examples", run: examples },
    Step { name: "python", run: python::test },
    Step { name: "node", run: node::run },
];

/// Unit, integration and documentation tests of all crates. Benchmarks are no tests: `cargo xtask bench` runs them.
fn rust() -> Result<(), String> {
    cargo(&["test", "--workspace", "--locked"], &[])
}

fn examples() -> Result<(), String> {
    cargo(&["build", "--workspace", "--exclude", "tagmata-benches", "--examples", "--locked"], &[])
}
