//! What a book knows of: fields, options, statuses, tags, segments, kinds of interaction; contacts and their interactions.
//!
//! Invariant: a name means one thing. Names match folded; a renamed thing keeps its old name as an alias until another
//! takes it, so that stored filters keep working.

mod limits;
mod limit_names;
mod settings;
mod partial_settings;
mod edit;
mod slots;
mod names;
mod catalog;
mod field;
mod schema;
mod symbols;
mod interaction;
mod contact;
mod input;
mod plain;
mod patch;
mod read;
mod problems;
mod draft;

pub use catalog::{Catalog, Entry};
pub use contact::Contact;
pub use draft::Draft;
pub(crate) use draft::{unknown_field, unknown_kind};
pub use edit::{NameSpace, SchemaEdit};
pub use field::{Field, NewField};
pub use input::Input;
pub use interaction::Interaction;
pub use limits::Limits;
pub(crate) use names::{checked as checked_name, not_there};
pub use partial_settings::PartialSettings;
pub use patch::Patch;
pub(crate) use problems::Problems;
pub(crate) use schema::NewNames;
pub use schema::{Kind, Schema};
pub use settings::Settings;
pub(crate) use slots::Slots;
