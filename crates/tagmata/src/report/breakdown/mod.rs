//! How contacts spread over the values of a field (Superlogica: counts and totals per group).

mod tally;
mod group;
mod fields;
mod query;
mod rows;

pub use query::BreakdownQuery;
pub use rows::BreakdownRow;
pub(crate) use rows::breakdown;
