//! The stored columns of symbols and of sets of symbols, with the rows of each symbol.

mod codes;
mod rows;
mod column;
mod interned_sets;
mod sets;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod set_laws;

pub(crate) use column::Symbols;
pub(crate) use rows::SymbolRows;
pub(crate) use sets::Sets;
