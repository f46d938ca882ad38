//! `cargo xtask lint links`: what the documents point at is there, without asking the network.

mod markdown;
mod anchors;
mod targets;
mod check;

pub(crate) use check::run;
