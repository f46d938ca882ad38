//! What commands come to. Nothing here changes anything.

mod decision;
mod values;
mod users;
mod contacts;
mod bulk;
mod interactions;
mod merge;
mod tags;
mod segments;
mod statuses;
mod fields;
mod kinds;
mod rule_parts;
mod rule_warnings;
mod rules;
mod dispatch;

pub use decision::Decision;
pub(crate) use values::{external_id_taken, require_static};
