//! The questions: those of `benches/peers`, as filters.

use std::fmt;

/// A line for each: a name, a colon and a filter.
const QUERIES: &str = include_str!("queries.txt");
const INTERACTION_QUERIES: &str = include_str!("interactions.txt");

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

/// All questions about contacts.
pub fn queries() -> impl Iterator<Item = Query> {
    lines_of(QUERIES)
}

/// All questions about interactions.
pub fn interaction_queries() -> impl Iterator<Item = Query> {
    lines_of(INTERACTION_QUERIES)
}

fn lines_of(text: &'static str) -> impl Iterator<Item = Query> {
    text.lines().filter_map(|line| line.split_once(": ")).map(|(name, filter)| Query { name, filter })
}
