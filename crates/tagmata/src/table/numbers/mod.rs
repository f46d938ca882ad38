//! The stored column of numbers, of days and of instants, with an index of its order that is built when it is first asked.

mod ordered;
mod sorted;
mod cuts;
mod index;
mod column;
mod ranges;
mod invariants;
#[cfg(test)]
mod laws;

pub(crate) use column::Numbers;
pub(crate) use ordered::Ordered;
