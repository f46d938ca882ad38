//! Names and types are resolved against a schema: an ast becomes a canonical ast and a plan, or a list of problems.

mod operators;
mod checker;
mod values;
mod names;
mod times;
mod aggregates;
mod conditions;
mod lints;
mod walk;

pub(super) use walk::check;
