//! How many contacts are handed out at once.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};

/// A size between 1 and the most that is allowed; `rule` says so in words.
///
/// # Errors
/// [`Code::BadSize`] for any other size.
pub(crate) fn checked_size(size: u64, most: usize, rule: &str) -> Result<usize> {
    let wanted = usize::try_from(size).ok().filter(|size| (1..=most).contains(size));
    wanted.ok_or_else(|| Error::value(Diagnostic::new(Code::BadSize, format!("{rule}, not {size}"))))
}
