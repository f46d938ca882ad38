//! What somebody asks of a breakdown.

use crate::change::{FilterSource, Ref};
use crate::value::FieldId;

/// A breakdown: by which field, of whom, and with the totals of which number.
///
/// ```
/// use tagmata::{Book, BreakdownQuery, Draft, NewField, Timestamp, ValueType};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// book.define_field(NewField::new("billed", ValueType::Number), now)?;
/// for (tag, billed) in [("shop", 120.5), ("shop", 80.0), ("web", 40.0)] {
///     book.create_contact(Draft::new().set("tags", [tag]).set("billed", billed), now)?;
/// }
/// let rows = book.breakdown(&BreakdownQuery::by("tags").filter("billed > 50").measure("billed"))?;
/// let rows: Vec<_> = rows.iter().map(|row| (row.label.as_str(), row.count, row.sum, row.avg)).collect();
/// assert_eq!(rows, [("shop", 2, Some(200.5), Some(100.25)), ("web", 0, None, None)]);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct BreakdownQuery {
    pub(super) by: Ref<FieldId>,
    pub(super) filter: Option<FilterSource>,
    pub(super) measure: Option<Ref<FieldId>>,
}

impl BreakdownQuery {
    /// A breakdown of everybody by a field: `tags`, `segments`, `status`, `country`, or one of text, options, or yes and no.
    pub fn by(field: impl Into<Ref<FieldId>>) -> Self {
        Self { by: field.into(), filter: None, measure: None }
    }

    /// Only of those that match a filter.
    pub fn filter(mut self, filter: impl Into<FilterSource>) -> Self {
        self.filter = Some(filter.into());
        self
    }

    /// With sum, mean, smallest and largest value of a number field.
    pub fn measure(mut self, field: impl Into<Ref<FieldId>>) -> Self {
        self.measure = Some(field.into());
        self
    }
}
