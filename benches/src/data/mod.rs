//! A customer list as a CRM exports it, drawn at random, but the same in every run.

mod dice;
mod words;
mod person;
mod file;
mod interaction;

pub use dice::{Dice, Weighted};
pub use file::{COLUMNS, write_contacts};
pub use interaction::{
    Happened, INTERACTION_COLUMNS, INTERACTIONS_PER_CONTACT, interactions, write_interactions,
};
