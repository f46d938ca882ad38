//! Where in its source a diagnostic points.

use std::ops::Range;

/// A place in the source that a diagnostic speaks of.
///
/// ```
/// use tagmata::{Filter, Place, Schema};
/// let error = Filter::parse("status = laed", &Schema::default()).unwrap_err();
/// assert_eq!(error.diagnostics()[0].place(), &Place::Text { start: 9, end: 13 });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// The problem has no source, or is about the whole of it.
    #[default]
    Whole,
    /// A half-open range of bytes of a filter text, or of a text that should be JSON and is not, on character
    /// boundaries.
    Text {
        /// The first byte.
        start: u32,
        /// The byte after the last one.
        end: u32,
    },
    /// The value of a field of a contact, by the field's key as it was given.
    Field(Box<str>),
    /// A value in a JSON document.
    Json {
        /// RFC 6901 JSON Pointer, such as `/filter/args/0/value`; empty for the document.
        pointer: Box<str>,
        /// The position of the value among all values of the document, which puts places in order.
        order: u32,
    },
    /// A half-open range of bytes of a text that is one part of what was given, such as the condition of a rule:
    /// [`Error::source_of`](crate::Error::source_of) has the text.
    Part {
        /// RFC 6901 JSON Pointer of the text, such as `/condition`.
        pointer: Box<str>,
        /// The position of the part among the others, which puts places in order.
        order: u32,
        /// The first byte.
        start: u32,
        /// The byte after the last one.
        end: u32,
    },
}

impl Place {
    pub(crate) fn text(range: Range<usize>) -> Self {
        // A source is at most a few megabytes: `Limits::source` bounds it before any place is made.
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self::Text { start: clamp(range.start), end: clamp(range.end) }
    }

    /// The same place, where its source is a part of something larger.
    pub(crate) fn within(&self, part: &str, order: u32) -> Self {
        let pointer = format!("{part}{}", self.pointer().unwrap_or_default()).into();
        match self {
            Self::Text { start, end } | Self::Part { start, end, .. } => {
                Self::Part { pointer, order, start: *start, end: *end }
            }
            Self::Whole | Self::Field(_) | Self::Json { .. } => Self::Json { pointer, order },
        }
    }

    /// The range from the start of `self` to the end of `other`, where both are in one text.
    pub(crate) fn to(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Text { start, .. }, Self::Text { end, .. }) => Self::Text { start: *start, end: *end },
            _ => self.clone(),
        }
    }

    /// The bytes of the text, if this is a place in a text.
    ///
    /// ```
    /// # use tagmata::Place;
    /// assert_eq!(Place::Text { start: 3, end: 8 }.span(), Some(3..8));
    /// assert_eq!(Place::Whole.span(), None);
    /// ```
    #[must_use]
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            Self::Text { start, end } | Self::Part { start, end, .. } => Some(*start as usize..*end as usize),
            Self::Whole | Self::Field(_) | Self::Json { .. } => None,
        }
    }

    /// The JSON Pointer, if this is a place in a JSON document or in a part of something.
    ///
    /// ```
    /// # use tagmata::{Filter, Place, Schema};
    /// let json = r#"{"v": 1, "filter": {"op": "=", "field": "biled", "value": 10}}"#;
    /// let error = Filter::from_json(json, &Schema::default()).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].place().pointer(), Some("/filter/field"));
    /// assert_eq!(Place::Whole.pointer(), None);
    /// ```
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Json { pointer, .. } | Self::Part { pointer, .. } => Some(pointer),
            Self::Whole | Self::Field(_) | Self::Text { .. } => None,
        }
    }

    /// The key of the field, if this is a value of a contact.
    ///
    /// ```
    /// # use tagmata::{ContactId, Draft, Schema};
    /// let draft = Draft::new().set("email", "zoe@").set("country", "+33");
    /// let error = draft.read(ContactId::new(0), &Schema::default()).unwrap_err();
    /// let fields: Vec<_> = error.diagnostics().iter().map(|problem| problem.place().field()).collect();
    /// assert_eq!(fields, [Some("email"), Some("country")]);
    /// ```
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Field(key) => Some(key),
            Self::Whole | Self::Text { .. } | Self::Json { .. } | Self::Part { .. } => None,
        }
    }

    /// What places are sorted by: the order in which a reader meets them.
    pub(crate) fn order(&self) -> u32 {
        match self {
            Self::Whole | Self::Field(_) => 0,
            Self::Text { start, .. } => *start,
            Self::Json { order, .. } | Self::Part { order, .. } => *order,
        }
    }
}
