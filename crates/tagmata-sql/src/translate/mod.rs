//! Filters as conditions on the row of a contact.

mod names;
mod joined;
mod translator;
mod rows;
mod fields;
mod joins;
mod lists;
mod texts;
mod numbers;
mod symbols;
mod edges;
mod times;
mod measures;
mod heard;
mod segments;
mod missing;
mod filter;

pub(crate) use translator::{Choices, Translator, World};
