//! Where a host keeps what filters ask for.

mod literal;
mod table;
mod format;
mod field;
mod interactions;
mod host;
mod json;

pub use field::FieldMapping;
pub use format::{Folding, Format, Lists, Names};
pub use host::Mapping;
pub use interactions::InteractionsTable;
pub use literal::Literal;
pub use table::{ContactsTable, LinkTable, MembersTable, NamesTable, TableName};
