//! A customer list as a CRM exports it, drawn at random, but the same in every run.

mod dice;
mod words;
mod person;
mod file;

pub use file::{COLUMNS, write_contacts};
