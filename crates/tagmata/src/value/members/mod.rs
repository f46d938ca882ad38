//! Sets of contacts.

mod numbers;
mod iter;
mod set;
mod bytes;

pub(crate) use iter::Numbers;
pub use set::MemberSet;
