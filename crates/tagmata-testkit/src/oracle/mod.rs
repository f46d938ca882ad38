//! A naive evaluator written from the specification alone: one contact, one filter, one instant, no indexes, no plan.
//!
//! Each predicate quotes the sentence of the filter language's specification that it implements.

mod amount;
mod calendar;
mod comparison;
mod moment;
mod text;
mod phone;
mod schema;
mod contact;
mod window;
mod aggregate;
mod anniversary;
mod condition;
mod search;
mod evaluator;
mod rules;

pub(crate) use calendar::{Calendar, Unit};
pub use evaluator::Oracle;
pub use rules::{Action, Automaton, Deed, Rule, StatusChange};
pub(crate) use text::accent_fold;
