//! Text that a person wrote: kept for display, folded for comparison.

use crate::text::{fold, trim};
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
        let trimmed = trim(text);
        if trimmed.is_empty() {
            return None;
        }
        let forms = match trimmed.is_ascii() {
            true => with_small_letters(trimmed),
            false => match fold(trimmed) {
                Cow::Borrowed(_) => trimmed.into(),
                Cow::Owned(folded) => beside(trimmed, &folded, |_| ()),
            },
        };
        Some(Self { forms, length: trimmed.len() })
    }

    /// The text that a column keeps as its folded form and, where that is another one, as it was written.
    pub(crate) fn from_forms(folded: &str, written: Option<&str>) -> Self {
        match written {
            None => Self { forms: folded.into(), length: folded.len() },
            Some(written) => Self { forms: beside(written, folded, |_| ()), length: written.len() },
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
    beside(text, text, <[u8]>::make_ascii_lowercase)
}

/// Two texts in one place, the second of them changed, with no room taken for them before where they are short.
fn beside(first: &str, second: &str, change: fn(&mut [u8])) -> Arc<str> {
    const MOST: usize = 128;
    let mut room = [0; MOST];
    let short = room.get_mut(..first.len() + second.len());
    let mut long = Vec::new();
    let both = short.unwrap_or_else(|| {
        long = vec![0; first.len() + second.len()];
        &mut long
    });
    let (start, end) = both.split_at_mut(first.len());
    start.copy_from_slice(first.as_bytes());
    end.copy_from_slice(second.as_bytes());
    change(end);
    // Both are text, and so is what they come to.
    str::from_utf8(both).unwrap_or_default().into()
}
