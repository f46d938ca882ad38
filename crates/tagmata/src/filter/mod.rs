//! What a person wrote, and what it means.
//!
//! Text, canonical JSON and query-builder trees are read into one [`ast`]; `check` resolves every name and type against
//! a schema and makes a [`Plan`]. Everything that can be wrong is wrong there: a plan is total, evaluating it cannot fail.
//!
//! Invariant: the nodes of an ast and of its plan are in post-order, children before parents, the root last; they have
//! the same positions in both. So no walk over them is recursive.

mod ast;
mod build;
mod token;
mod lexer;
mod parser;
mod print;
mod json;
mod plan;
mod steps;
mod bind;
mod cover;
mod moving;
mod uses;
mod check;
mod query_builder;
mod evaluate;
mod aggregate;
mod current;
mod compiled;
mod portable;
mod explain;

pub(crate) use aggregate::{Source, Tally};
pub use ast::{Distance, Function, Matching, NodeId, Quantifier};
pub use bind::Matcher;
pub(crate) use bind::{Bound, BoundSet, BoundSource, BoundTime};
pub use compiled::{Filter, query_builder_fields};
pub use cover::TimeCover;
pub use evaluate::{Membership, StaticSegments};
pub use explain::{Explained, Explanation};
pub(crate) use moving::{Moving, Timeline};
pub use plan::{
    InstantSource, InteractionSet, Measure, Plan, PlanNode, Predicate, RangeTest, Subject, TextTest, TimeTest,
};
pub(crate) use portable::{Portable, PortableField};
pub(crate) use print::Quoted;
pub(crate) use steps::Jump;
pub(crate) use uses::Uses;
