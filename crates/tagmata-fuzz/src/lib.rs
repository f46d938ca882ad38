//! What holds for any bytes that somebody sends. Each target takes bytes and panics where something does not hold.
//!
//! `cargo xtask fuzz` lets a fuzzer look for such bytes; `cargo test -p tagmata-fuzz` runs the targets on their seeds, on what was
//! found once, and on a few bytes of chance. Some targets read the bytes as what somebody typed, others as the dice of the generators of
//! `tagmata-testkit`, so that a fuzzer can look for worlds, too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the whole crate is test code: a panic is how it says that something does not hold"
)]

mod world;
mod dice;
mod filters;
mod imports;
mod documents;
mod agreement;
mod durable;
mod seeds;
mod targets;

pub use targets::{TARGETS, Target, target};
