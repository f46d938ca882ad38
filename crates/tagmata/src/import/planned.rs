//! What an import comes to.

use crate::change::Fact;
use crate::csv::Problem;

/// The facts of an import, and what is to be told of it.
#[derive(Debug)]
pub(crate) struct Planned {
    pub(crate) facts: Vec<Fact>,
    pub(crate) summary: Summary,
}

/// What is to be told of an import, besides what became true.
#[derive(Debug)]
pub(crate) struct Summary {
    /// How many contacts are made.
    pub(crate) created: u64,
    /// How many contacts of the book are others than they were.
    pub(crate) updated: u64,
    /// How many contacts of the book had rows, and are as they were.
    pub(crate) unchanged: u64,
    /// How many rows are rejected.
    pub(crate) rejected: u64,
    pub(crate) ignored_columns: Vec<String>,
    pub(crate) problems: Vec<Problem>,
    /// How many problems there are besides these.
    pub(crate) problems_left_out: u64,
    pub(crate) rejected_csv: String,
}
