//! Random sequences of everything that can be asked of a book, over a small world.
//!
//! Names, keys and ids come from small pools with spellings that collide, so that commands often hit what earlier ones made,
//! and often are refused.

mod names;
mod filters;
mod selections;
mod values;
mod contacts;
mod settings;
mod definitions;
mod segments;
mod rules;
mod steps;
mod taken;

pub use filters::filter;
pub(crate) use names::all as all_names;
pub use selections::{Chosen, Whom, chosen};
pub use steps::{Act, Step, first_steps, steps};
pub use taken::{make, take};
pub(crate) use values::keys;
