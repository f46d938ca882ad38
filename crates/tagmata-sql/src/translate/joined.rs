//! What is joined to the table of contacts.

use crate::fragment::Fragment;

/// The joins of a statement, each once.
#[derive(Debug, Default)]
pub(crate) struct Joins {
    /// What is joined, without the short name of the result, and that name.
    pub(super) known: Vec<(Fragment, String)>,
    /// All of them, behind the table of contacts.
    pub(super) text: Fragment,
    pub(super) groups: Vec<Group>,
}

/// The rows of a table, grouped by contact once, with what they come to for each condition.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) from: Fragment,
    pub(super) contact: Fragment,
    pub(super) columns: Vec<Fragment>,
    pub(super) alias: String,
}
