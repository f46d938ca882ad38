//! Worlds in tables, in the many ways that a mapping can describe.

mod builder;
mod places;
mod texts;
mod values;
mod symbols;
mod interactions;
mod members;
mod whole;

pub(crate) use whole::Layout;
