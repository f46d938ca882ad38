//! What facts about contacts are spelled with.

use crate::format::Columns;
use tagmata::Schema;

/// The names of the book as the file has them, and the columns of its fields.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) schema: Schema,
    pub(crate) columns: Columns,
}
