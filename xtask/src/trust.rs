//! `cargo xtask trust`: what the tests have no time for.

use crate::fuzz::{self, Hunt};
use crate::instructions;
use crate::miri;
use crate::soak;
use crate::steps::Step;
use crate::stop::Stop;

/// For each target of the fuzzer, in seconds.
const FUZZ: u32 = 30;

/// A small book, and some minutes.
const SOAK: [&str; 6] = ["--seconds", "180", "--contacts", "20000", "--segments", "200"];

/// The steps, in the order in which they run.
pub(crate) fn steps() -> Vec<Step> {
    let told = |stop: Stop| stop.to_string();
    vec![
        Step::new("miri", miri::run),
        Step::new("instructions", move || instructions::run(&[]).map_err(told)),
        Step::new("fuzz", move || fuzz::run(&Hunt::short(FUZZ)).map_err(told)),
        Step::new("soak", move || soak::run(&SOAK.map(str::to_owned)).map_err(told)),
    ]
}
