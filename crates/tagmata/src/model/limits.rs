//! How large a filter may be (filter-language.md, section 6), and what to say of one that is larger.

use crate::diagnostic::{Code, Diagnostic};

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
    /// Segments that refer to segments in a row. More than 32 count as 32: each takes some stack where it is asked.
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
    /// Segments that refer to segments in a row, as far as any stack goes.
    pub(crate) fn segments_in_a_row(&self) -> usize {
        const MOST: usize = 32;
        self.segment_depth.min(MOST)
    }

    /// The bytes of a filter as JSON: enough for the JSON of every text within the limit.
    pub(crate) const fn json(&self) -> usize {
        self.source.saturating_mul(8)
    }

    /// The problem of a filter in any spelling that is longer than it may be; its length, where the end was seen.
    pub(crate) fn filter_too_long(length: Option<usize>, most: usize) -> Diagnostic {
        let message = match length {
            Some(length) => format!("the filter has {length} bytes; {most} are allowed"),
            None => format!("the filter has more than {most} bytes"),
        };
        Diagnostic::new(Code::SourceTooLong, message).help("save a part as a segment and use `segments has`")
    }

    /// The problem of a filter that is nested too deeply.
    pub(crate) fn filter_too_deep(&self) -> Diagnostic {
        let message = format!("the filter is nested more than {} levels deep", self.nesting);
        Diagnostic::new(Code::NestingTooDeep, message)
            .help("save an inner part as a segment and use `segments has`")
    }

    /// The problem of a string in a filter that is over the limit.
    pub(crate) fn string_too_long(&self, length: usize) -> Diagnostic {
        let message = format!("this string has {length} bytes; {} are allowed", self.string);
        Diagnostic::new(Code::StringTooLong, message)
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
