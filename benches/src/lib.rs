//! The contacts that tagmata is measured with, the book they go into, and the questions that are asked of it.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

mod data;
mod book;
mod queries;

pub use book::{book, book_with_interactions, define, import_options, new_interactions, now, size};
pub use data::{
    COLUMNS, Dice, Happened, INTERACTION_COLUMNS, INTERACTIONS_PER_CONTACT, Weighted, interactions,
    write_contacts, write_interactions,
};
pub use queries::{Query, interaction_queries, queries};
