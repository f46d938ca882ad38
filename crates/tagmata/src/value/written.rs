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
    /// The text as it was written and, where folding changes it, the folded text behind.
    forms: Arc<str>,
    /// How many bytes the first one has.
    length: usize,
}

impl Text {
    /// The text without the white space at its edges, unless nothing is left.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return None;
        }
        let forms = match trimmed.is_ascii() {
            true => with_small_letters(trimmed),
            false => match fold(trimmed) {
                Cow::Borrowed(_) => trimmed.into(),
                Cow::Owned(folded) => [trimmed, &folded].concat().into(),
            },
        };
        Some(Self { forms, length: trimmed.len() })
    }

    /// The text that a column keeps as its folded form and, where that is another one, as it was written.
    pub(crate) fn from_forms(folded: &str, written: Option<&str>) -> Self {
        match written {
            None => Self { forms: folded.into(), length: folded.len() },
            Some(written) => Self { forms: [written, folded].concat().into(), length: written.len() },
        }
    }

    /// The text as it was written, where folding changes it.
    pub(crate) fn written_apart(&self) -> Option<&str> {
        (self.forms.len() != self.length).then(|| self.as_str())
    }

    /// The text as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.forms.get(..self.length).unwrap_or_default()
    }

    /// How many bytes both forms take together.
    pub(crate) fn size_in_bytes(&self) -> usize {
        self.forms.len()
    }

    /// The text as it is compared.
    ///
    /// ```
    /// # use tagmata::Text;
    /// assert_eq!(Text::new("STRASSE").unwrap().folded(), Text::new("Straße").unwrap().folded());
    /// ```
    #[must_use]
    pub fn folded(&self) -> &str {
        match self.forms.len() == self.length {
            true => &self.forms,
            false => self.forms.get(self.length..).unwrap_or_default(),
        }
    }
}

/// ASCII text and its fold, which are its small letters, in one place; once where they are the same.
fn with_small_letters(text: &str) -> Arc<str> {
    if !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return text.into();
    }
    let mut forms = [text, text].concat();
    if let Some(folded) = forms.get_mut(text.len()..) {
        folded.make_ascii_lowercase();
    }
    forms.into()
}
