//! What is wrong with something a person wrote: as data first, drawn over the source on request.
//!
//! Invariant: a [`Code`] never changes its meaning; messages may be reworded.

mod code;
mod place;
mod problem;
#[cfg(feature = "render")]
mod render;

pub use code::Code;
pub use place::Place;
pub use problem::{Diagnostic, Severity};
#[cfg(feature = "render")]
pub(crate) use render::render;
