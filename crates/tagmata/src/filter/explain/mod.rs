//! Why a contact is in or out: which condition decided, on what value, until when.

mod parts;
mod until;
mod values;
mod tree;

pub use tree::{Explained, Explanation};
