//! Rules fire: what they do becomes facts behind those of the change by which they fire.
//!
//! Invariants: a rule fires at most once for a contact in one commit, so that it always ends; of several that would set the status of
//! a contact, the first one does; what is no other value is no fact.

mod automated;
mod happened;
mod records;
mod engine;
mod results;
mod run;

pub(crate) use automated::{Automated, Automatic};
pub(crate) use engine::Enrolment;
