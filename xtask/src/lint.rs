//! `cargo xtask lint`: what can be said about the code, and what it depends on, without running it.

use crate::api::{self, Lists};
use crate::cargo::cargo;
use crate::deny;
use crate::layers;
use crate::links;
use crate::steps::Step;
use crate::tools::Tool;

/// The steps, in the order in which they run.
pub(crate) fn steps() -> Vec<Step> {
    let api = || api::run(&Lists::compared()).map_err(|stop| stop.to_string());
    vec![
        Step::new("fmt", fmt),
        Step::new("clippy", clippy),
        Step::new("layers", layers::run),
        Step::new("links", links::run),
        Step::new("docs", docs),
        Step::new("deny", deny::run),
        Step::new("api", api).needs(Tool::Nightly),
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
