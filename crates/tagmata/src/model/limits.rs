//! How large a filter may be (filter-language.md, section 6).

/// The limits of filters. Each may be lowered; raising them costs memory and time, never safety of the stack.
///
/// ```
/// use tagmata::Limits;
/// assert_eq!(Limits::default().nesting, 64);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a filter text. JSON, which needs more of them to say the same, may have 8 times as many.
    pub source: usize,
    /// Groups, `not`s and brackets inside each other.
    pub nesting: usize,
    /// Segments that refer to segments in a row.
    pub segment_depth: usize,
    /// Groups, `not`s and conditions of a filter.
    pub nodes: usize,
    /// Items of one list.
    pub list_items: usize,
    /// Bytes of one string.
    pub string: usize,
    /// Diagnostics that are reported at once.
    pub diagnostics: usize,
}

impl Limits {
    /// The bytes of a filter as JSON: enough for the JSON of every text within the limit.
    pub(crate) const fn json(&self) -> usize {
        self.source.saturating_mul(8)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            source: 64 * 1024,
            nesting: 64,
            segment_depth: 16,
            nodes: 10_000,
            list_items: 10_000,
            string: 4 * 1024,
            diagnostics: 20,
        }
    }
}
