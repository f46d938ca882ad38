//! What a column of texts can hold.

use crate::value::{Phone, Text};

/// A value as columns keep it: the text by which it is compared, and what that does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spelled<'v> {
    pub(crate) fold: &'v str,
    pub(crate) aside: Option<&'v str>,
}

/// A value that is compared by one text, and has at most one more to it.
pub(crate) trait Written: Sized {
    /// Whether values with the same text aside are the same.
    const ASIDE_SAYS_ALL: bool;

    /// The text by which it is compared and found: folded text, or the digits of a phone number.
    fn fold(&self) -> &str;

    /// What the text by which it is compared does not say, where there is more to say.
    fn aside(&self) -> Option<&str>;

    /// The value as columns keep it.
    fn spelled(&self) -> Spelled<'_> {
        Spelled { fold: self.fold(), aside: self.aside() }
    }

    /// The value that is kept so.
    fn rebuild(spelled: Spelled<'_>) -> Self;
}

/// Aside is the text as it was written, where folding changes it.
impl Written for Text {
    const ASIDE_SAYS_ALL: bool = true;

    fn fold(&self) -> &str {
        self.folded()
    }

    fn aside(&self) -> Option<&str> {
        self.written_apart()
    }

    fn rebuild(Spelled { fold, aside }: Spelled<'_>) -> Self {
        Self::from_forms(fold, aside)
    }
}

/// Aside is nothing at all for an assigned number, and an empty text for one that is not.
impl Written for Phone {
    const ASIDE_SAYS_ALL: bool = false;

    fn fold(&self) -> &str {
        self.digits()
    }

    fn aside(&self) -> Option<&str> {
        (!self.is_assigned()).then_some("")
    }

    fn rebuild(Spelled { fold, aside }: Spelled<'_>) -> Self {
        Self::from_digits(fold, aside.is_none())
    }
}
