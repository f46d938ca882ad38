//! By which field a list is sorted.

use crate::change::Ref;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::model::{Field, Schema};
use crate::text::quoted;
use crate::value::FieldId;

/// Which end of a list comes first.
///
/// ```
/// use tagmata::{Sort, SortOrder};
/// assert_eq!(Sort::from("-billed").order, SortOrder::Descending);
/// assert_eq!(SortOrder::default(), SortOrder::Ascending);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SortOrder {
    /// The smallest value first.
    #[default]
    Ascending,
    /// The largest value first.
    Descending,
}

/// The field by which a list is sorted, and in which direction.
///
/// As text it is the key or label of a field, with `-` before it for the largest value first.
///
/// ```
/// use tagmata::{Field, Sort};
/// assert_eq!(Sort::from("-billed"), Sort::descending("billed"));
/// assert_eq!(Sort::from("Last name"), Sort::ascending("Last name"));
/// assert_eq!(Sort::default(), Sort::from(Field::LAST_NAME));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// The field.
    pub field: Ref<FieldId>,
    /// The direction.
    pub order: SortOrder,
}

impl Sort {
    /// The smallest value of a field first.
    pub fn ascending(field: impl Into<Ref<FieldId>>) -> Self {
        Self { field: field.into(), order: SortOrder::Ascending }
    }

    /// The largest value of a field first.
    pub fn descending(field: impl Into<Ref<FieldId>>) -> Self {
        Self { field: field.into(), order: SortOrder::Descending }
    }

    /// The field, if it has an order.
    ///
    /// # Errors
    /// [`Code::UnknownField`] with near names; [`Code::NotSortable`] with the fields that have an order.
    pub(super) fn resolve<'s>(&self, schema: &'s Schema) -> Result<&'s Field> {
        let field = self.field.resolve(schema)?;
        if is_sortable(field) {
            return Ok(field);
        }
        let (key, value_type) = (quoted(schema.field_key(field.id())), field.value_type());
        let message = format!(
            "a list cannot be sorted by {key}, which is of type `{value_type}`: it holds several values"
        );
        let sortable = schema.fields().filter(|field| is_sortable(field));
        let keys = sortable.map(|field| schema.field_key(field.id()));
        Err(Error::value(Diagnostic::new(Code::NotSortable, message).expecting(keys)))
    }
}

fn is_sortable(field: &Field) -> bool {
    !field.value_type().is_set()
}

impl Default for Sort {
    /// By last name.
    fn default() -> Self {
        Self::ascending(Field::LAST_NAME)
    }
}

impl From<&str> for Sort {
    fn from(text: &str) -> Self {
        match text.trim().strip_prefix('-') {
            Some(field) => Self::descending(field),
            None => Self::ascending(text.trim()),
        }
    }
}

impl From<String> for Sort {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<FieldId> for Sort {
    fn from(field: FieldId) -> Self {
        Self::ascending(field)
    }
}
