//! Yes and no in the languages of headers.

use crate::text::accent_fold;

const YES: [&str; 12] =
    ["yes", "y", "true", "1", "oui", "o", "vrai", "si", "s", "verdadero", "sim", "verdadeiro"];
const NO: [&str; 8] = ["no", "n", "false", "0", "non", "faux", "falso", "nao"];

/// What a word of English, French, Spanish or Portuguese says; none if it says neither.
pub(super) fn yes_or_no(word: &str) -> Option<bool> {
    let word = accent_fold(word);
    match () {
        () if YES.contains(&&*word) => Some(true),
        () if NO.contains(&&*word) => Some(false),
        () => None,
    }
}
