//! Sets of contacts.

mod numbers;
mod set;

pub use set::MemberSet;
