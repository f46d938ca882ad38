//! The questions: those of `benches/peers`, as filters.

use std::fmt;

/// A line for each: a name, a colon and a filter.
const QUERIES: &str = include_str!("queries.txt");

/// A question with a name.
#[derive(Debug, Clone, Copy)]
pub struct Query {
    /// The name, by which benchmarks can be chosen.
    pub name: &'static str,
    /// The filter.
    pub filter: &'static str,
}

impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)
    }
}

/// All questions.
pub fn queries() -> impl Iterator<Item = Query> {
    QUERIES.lines().filter_map(|line| line.split_once(": ")).map(|(name, filter)| Query { name, filter })
}
