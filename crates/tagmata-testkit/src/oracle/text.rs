//! Folding: how two texts are compared.

use caseless::Caseless;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// "Text compares by `fold(x)` = NFC(full Unicode case folding(NFD(trim x)))".
pub(crate) fn fold(text: &str) -> String {
    fold_whole(text.trim())
}

/// "The operand of contains/starts/ends is folded but not trimmed".
pub(crate) fn fold_whole(text: &str) -> String {
    text.nfd().default_case_fold().nfc().collect()
}

/// "`accent_fold`: fold, decompose, drop marks".
pub(crate) fn accent_fold(text: &str) -> String {
    fold(text).nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// "inner spaces collapsed": every run of white space is one space.
pub(crate) fn collapse_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ASCII digits of a text, in order.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
