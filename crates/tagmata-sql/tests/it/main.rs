//! What statements look like, and what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod world;
mod dialects;
mod documentation;
mod limits;
mod mappings;
mod refusals;
mod results;
mod stack;
mod tenants;
mod vulnerabilities;
