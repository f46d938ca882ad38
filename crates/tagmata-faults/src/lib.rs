//! A disk that fails when a test says so.
//!
//! A program that links this crate has its own `write`, `pwrite`, `ftruncate`, `fsync` and `fdatasync`, which libraries written in
//! C call as well. They do what those of the system do, until the thread that calls them has said at which of its calls on
//! the files of a folder they are to fail.
#![cfg(target_os = "linux")]

mod plan;
mod system;

pub use plan::{Fault, Plan, armed, calls};
