//! What tagmata promises, as tables and laws.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read files and fail loudly"
)]

mod agreement;
mod book_bulk;
mod book_changes;
mod book_laws;
mod book_names;
mod book_undo;
mod book_undo_laws;
mod book_walk;
mod commit_bytes_laws;
mod commit_json;
mod commit_page;
mod commit_page_laws;
mod conformance;
mod crossings;
mod csv_files;
mod csv_laws;
mod csv_reading;
mod csv_rows;
mod csv_tables;
mod csv_writing;
mod definitions;
mod definitions_laws;
mod definitions_messages;
mod definitions_schema;
mod drawn;
mod doors;
mod edges;
mod example;
mod fail_open;
mod folding;
mod formulas;
mod hostile;
mod import_books;
mod import_examples;
mod import_files;
mod import_laws;
mod interaction_files;
mod interactions;
mod import_lists;
mod imports;
mod journal;
mod journal_laws;
mod json_schema;
mod laws;
mod limits;
mod messages;
mod names;
mod next_change;
mod notebook;
mod page_laws;
mod pages;
mod paths;
mod phone_laws;
mod phones;
mod random;
mod random_books;
mod records;
mod reports;
mod rule_laws;
mod rules;
mod segment_explanations;
mod settings;
mod shared;
mod stack;
mod vulnerabilities;
