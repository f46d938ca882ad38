//! A filter that is given as text or tree, or checked already.

use crate::error::Result;
use crate::filter::Filter;
use crate::json::JsonTree;
use crate::model::Schema;
use std::borrow::Cow;

/// A filter: its text, its tree, or what was made of it.
///
/// ```
/// use tagmata::{Filter, FilterSource, Schema};
/// let text = FilterSource::from("status = lead");
/// let checked = FilterSource::from(Filter::parse("status = lead", &Schema::default())?);
/// assert_ne!(text, checked);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum FilterSource {
    /// A text, which is read by the schema of the book.
    Text(String),
    /// A tree, which is read by the schema of the book.
    Tree(Box<JsonTree>),
    /// A filter that the schema of the book has checked.
    Checked(Box<Filter>),
}

impl FilterSource {
    /// The filter.
    ///
    /// # Errors
    /// Those of [`Filter::parse`] and [`Filter::from_tree`].
    pub(crate) fn read(&self, schema: &Schema) -> Result<Cow<'_, Filter>> {
        match self {
            Self::Text(text) => Filter::parse(text, schema).map(Cow::Owned),
            Self::Tree(tree) => Filter::from_tree(tree, schema).map(Cow::Owned),
            Self::Checked(filter) => Ok(Cow::Borrowed(filter)),
        }
    }
}

impl From<&str> for FilterSource {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for FilterSource {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<JsonTree> for FilterSource {
    fn from(tree: JsonTree) -> Self {
        Self::Tree(Box::new(tree))
    }
}

impl From<Filter> for FilterSource {
    fn from(filter: Filter) -> Self {
        Self::Checked(Box::new(filter))
    }
}

impl From<&Filter> for FilterSource {
    fn from(filter: &Filter) -> Self {
        Self::Checked(Box::new(filter.clone()))
    }
}
