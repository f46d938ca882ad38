//! `cargo xtask lint`: what can be said about the code without running it.

use crate::cargo::cargo;
use crate::layers;
use crate::links;
use crate::steps::Step;

/// The steps, in the order in which they run.
pub(crate) fn steps() -> Vec<Step> {
    vec![
        Step::new("fmt", fmt),
        Step::new("clippy", clippy),
        Step::new("layers", layers::run),
        Step::new("links", links::run),
        Step::new("docs", docs),
    ]
}

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
