//! The definitions of a book as one JSON document (docs/definitions.md, docs/definitions.schema.json).
//!
//! Here a document is written and read; `book` applies it. Invariant: what a schema and its segments are written as reads back
//! as a document that says the same.

mod source;
mod document;
mod read;
mod matches;
mod write;

pub(crate) use document::{
    AutomationEntry, Document, FieldEntry, KindEntry, Labelled, Rule, RuleEntry, RuleParts, RuleSays, Said,
    Section, SegmentEntry, SettingsEntry,
};
pub(crate) use matches::{Match, matches};
pub(crate) use read::read;
pub use source::{DefinitionsSource, Prune};
pub(crate) use write::write;
