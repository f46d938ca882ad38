//! Options that are one of a few words.

use crate::error::Result;
use tagmata::Error;

/// The option that has a word.
///
/// # Errors
/// [`Code::BadSetting`](tagmata::Code::BadSetting) with the words that there are.
pub(super) fn option<T: Copy, const N: usize>(
    name: &str,
    word: &str,
    all: [T; N],
    as_str: fn(T) -> &'static str,
) -> Result<T> {
    let known = all.into_iter().find(|option| as_str(*option) == word);
    known.ok_or_else(|| Error::unknown_word(name, word, &all.map(as_str)))
}
