//! Phone numbers: as the phone library reads them, and faster where they are written plainly.

mod automaton;
mod combine;
mod pattern;
mod lengths;
mod rules;
mod region;
mod assigned;
mod plans;
mod digits;
mod plain;
mod number;
#[cfg(test)]
mod coverage;

pub use number::Phone;
