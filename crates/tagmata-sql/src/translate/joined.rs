//! What is joined to the table of contacts.

use crate::fragment::Fragment;

/// The joins of a statement, each once.
#[derive(Debug, Default)]
pub(crate) struct Joins {
    pub(super) known: Vec<Known>,
    /// All of them, behind the table of contacts.
    pub(super) text: Fragment,
    pub(super) groups: Vec<Group>,
}

/// What is joined, what of the contact it is joined to, and its short name.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) what: Fragment,
    pub(super) own: Fragment,
    pub(super) alias: String,
}

/// The rows of a table, grouped by contact once, with what they come to for each condition.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) from: Fragment,
    pub(super) contact: Fragment,
    pub(super) columns: Vec<Fragment>,
    pub(super) alias: String,
}
