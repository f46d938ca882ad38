//! Text that a person wrote: kept for display, folded for comparison.

use crate::text::fold;
use std::borrow::Cow;
use std::sync::Arc;

/// A text value: never blank, trimmed, with its folded form beside it. A copy shares the bytes of the original.
///
/// ```
/// use tagmata::Text;
/// let text = Text::new("  Straße ").unwrap();
/// assert_eq!(text.as_str(), "Straße");
/// assert_eq!(text.folded(), "strasse");
/// assert_eq!(Text::new(" \u{a0} "), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    display: Arc<str>,
    /// Absent where folding changes nothing.
    folded: Option<Arc<str>>,
}

impl Text {
    /// The text without the white space at its edges, unless nothing is left.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return None;
        }
        let folded = match fold(trimmed) {
            Cow::Borrowed(_) => None,
            Cow::Owned(folded) => Some(folded.into()),
        };
        Some(Self { display: trimmed.into(), folded })
    }

    /// The text as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.display
    }

    /// How many bytes both forms take together.
    pub(crate) fn size_in_bytes(&self) -> usize {
        self.display.len() + self.folded.as_deref().map_or(0, str::len)
    }

    /// The text as it is compared.
    ///
    /// ```
    /// # use tagmata::Text;
    /// assert_eq!(Text::new("STRASSE").unwrap().folded(), Text::new("Straße").unwrap().folded());
    /// ```
    #[must_use]
    pub fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or(&self.display)
    }
}
