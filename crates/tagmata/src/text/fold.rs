//! Folding: what makes `STRASSE` and `straße` the same text (filter-language.md, section 3).

use caseless::Caseless;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form by which text is compared: NFC(full Unicode case folding(NFD(trimmed text))).
///
/// Case and the way accents are encoded disappear, accents stay. Folding twice changes nothing.
///
/// ```
/// use tagmata::fold;
/// assert_eq!(fold("  STRASSE "), fold("straße"));
/// assert_ne!(fold("Zoe"), fold("Zoé"));
/// ```
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    fold_operand(trim(text))
}

/// `str::trim`, which most texts need not: that is seen at their edges.
pub(crate) fn trim(text: &str) -> &str {
    match (text.as_bytes().first(), text.as_bytes().last()) {
        (Some(first), Some(last)) if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        (None, _) => text,
        _ => text.trim(),
    }
}

/// [`fold`] without trimming: for the operands of `contains`, `starts with` and `ends with`.
pub(crate) fn fold_operand(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        // NFD, case folding and NFC of ASCII are together just this.
        return match text.bytes().any(|b| b.is_ascii_uppercase()) {
            true => Cow::Owned(text.to_ascii_lowercase()),
            false => Cow::Borrowed(text),
        };
    }
    if text.chars().all(is_simple) {
        return match text.chars().any(char::is_uppercase) {
            true => Cow::Owned(in_small_letters(text)),
            false => Cow::Borrowed(text),
        };
    }
    let folded: String = text.nfd().default_case_fold().nfc().collect();
    if folded == text { Cow::Borrowed(text) } else { Cow::Owned(folded) }
}

/// Simple letters as small ones, which take the same room.
fn in_small_letters(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_ascii() {
            true => small.push(c.to_ascii_lowercase()),
            false => small.extend(c.to_lowercase()),
        }
    }
    small
}

/// Whether a letter of western European text folds to its small letter alone, which is composed already. A few do not.
fn is_simple(c: char) -> bool {
    c.is_ascii() || ('\u{c0}'..='\u{17f}').contains(&c) && !matches!(c, 'ß' | 'İ' | 'ŉ' | 'ſ')
}

/// The form by which text is searched and sorted: folded, decomposed, all marks dropped.
///
/// ```
/// use tagmata::accent_fold;
/// assert_eq!(accent_fold("Élodie NÚÑEZ"), "elodie nunez");
/// ```
#[must_use]
pub fn accent_fold(text: &str) -> Cow<'_, str> {
    match fold(text) {
        folded if folded.is_ascii() => folded,
        folded => Cow::Owned(without_accents(&folded).collect()),
    }
}

/// The [`accent_fold`] of a folded text, letter by letter.
pub(crate) fn without_accents(folded: &str) -> impl Iterator<Item = char> {
    folded.nfd().filter(|c| !is_combining_mark(*c))
}

/// Every run of white space as one space, none at the edges.
pub(crate) fn collapse_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The decimal digits of a text as ASCII digits, all else dropped.
pub(crate) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
