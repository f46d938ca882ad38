//! A naive evaluator written from the specification alone: one contact, one filter, one instant, no indexes, no plan.
//!
//! Each predicate quotes the sentence of the filter language's specification that it implements.

mod aggregate;
mod amount;
mod anniversary;
mod calendar;
mod comparison;
mod condition;
mod contact;
mod evaluator;
mod moment;
mod phone;
mod schema;
mod search;
mod text;
mod window;

pub(crate) use calendar::{Calendar, Unit};
pub use evaluator::Oracle;
pub(crate) use text::accent_fold;
