//! `cargo xtask lint`: what can be said about the code without running it.

use crate::cargo::cargo;
use crate::layers;
use crate::steps::Step;

/// The steps, in the order in which they run.
pub(crate) const STEPS: &[Step] = &[
    Step { name: "fmt", run: fmt },
    Step { name: "clippy", run: clippy },
    Step { name: "layers", run: layers::run },
    Step { name: "docs", run: docs },
];

fn fmt() -> Result<(), String> {
    cargo(&["fmt", "--all", "--check"], &[])
}

fn clippy() -> Result<(), String> {
    let arguments =
        ["clippy", "--workspace", "--all-targets", "--all-features", "--locked", "--", "-D", "warnings"];
    cargo(&arguments, &[])
}

fn docs() -> Result<(), String> {
    cargo(&["doc", "--workspace", "--no-deps", "--locked"], &[("RUSTDOCFLAGS", "-D warnings")])
}
