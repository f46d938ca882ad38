//! Sets of contacts.

mod numbers;
mod iter;
mod set;

pub(crate) use iter::Numbers;
pub use set::MemberSet;
