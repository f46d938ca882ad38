//! What the databases write differently. Each is the generic form with what differs.

mod grammar;
mod sqlite;
mod postgres;
mod mysql;
mod duckdb;
mod clickhouse;
mod spark;
mod database;

pub use database::Dialect;
pub(crate) use grammar::{Asking, Edges, Grammar, Longest, Marks, Path};
