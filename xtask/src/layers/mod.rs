//! `cargo xtask layers`: a module uses only modules listed above it, and files keep their shape.
//!
//! The sources are read as plain tokens: a path that starts with `crate`, `super` or `self` is a reference, `mod` lines
//! give the order, and `use` lines say where a re-exported name really lives.

mod tokens;
mod source;
mod references;
mod violation;
mod modules;
mod order;
mod shape;
mod check;

pub(crate) use check::run;
