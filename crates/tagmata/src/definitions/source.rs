//! What a document is handed over as, and what is done with what it does not list.

use crate::error::Result;
use crate::json::JsonTree;
use crate::model::Limits;
use std::borrow::Cow;

/// A document of definitions: JSON text, or a tree of it.
///
/// ```
/// use tagmata::{Book, JsonTree, Limits, Prune, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let text = r#"{"v": 1, "tags": ["vip"]}"#;
/// let tree = JsonTree::parse_definitions(text, &Limits::default())?;
/// book.apply_definitions(text, Prune::Keep, now)?;
/// assert!(book.apply_definitions(&tree, Prune::Keep, now)?.commit.is_empty());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub enum DefinitionsSource<'d> {
    /// JSON text.
    Json(&'d str),
    /// What was built from the objects of a host language.
    Tree(&'d JsonTree),
}

impl<'d> DefinitionsSource<'d> {
    /// The tree.
    ///
    /// # Errors
    /// Those of [`JsonTree::parse_definitions`].
    pub(crate) fn tree(self, limits: &Limits) -> Result<Cow<'d, JsonTree>> {
        match self {
            Self::Json(text) => JsonTree::parse_definitions(text, limits).map(Cow::Owned),
            Self::Tree(tree) => Ok(Cow::Borrowed(tree)),
        }
    }
}

impl<'d> From<&'d str> for DefinitionsSource<'d> {
    fn from(text: &'d str) -> Self {
        Self::Json(text)
    }
}

impl<'d> From<&'d String> for DefinitionsSource<'d> {
    fn from(text: &'d String) -> Self {
        Self::Json(text)
    }
}

impl<'d> From<&'d JsonTree> for DefinitionsSource<'d> {
    fn from(tree: &'d JsonTree) -> Self {
        Self::Tree(tree)
    }
}

/// What happens to definitions that a document does not list.
///
/// ```
/// use tagmata::{Book, Prune, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// book.define_tag("vip", now)?;
/// let document = r#"{"v": 1, "tags": ["gold"]}"#;
/// book.apply_definitions(document, Prune::Keep, now)?;
/// assert_eq!(book.schema().tags().collect::<Vec<_>>(), ["vip", "gold"]);
/// book.apply_definitions(document, Prune::Remove, now)?;
/// assert_eq!(book.schema().tags().collect::<Vec<_>>(), ["gold"]);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prune {
    /// They stay.
    #[default]
    Keep,
    /// They are deleted, within each list that the document has: one without the key `tags` says nothing about tags.
    Remove,
}
