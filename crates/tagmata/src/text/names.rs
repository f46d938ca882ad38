//! Names that people type: what a word is, and which names are near a mistyped one.

use super::fold;
use unicode_ident::{is_xid_continue, is_xid_start};

/// Whether a text is one word of the filter language: `XID_Start` or `_`, then `XID_Continue` to the end.
pub(crate) fn is_word(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || is_xid_start(c)) && chars.all(is_xid_continue)
}

/// At most three of the candidates that a mistyped name may have meant, nearest first.
///
/// ```
/// assert_eq!(tagmata::nearest("biled", ["status", "billed"]), ["billed"]);
/// ```
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    const LONGEST: usize = 64; // distance is quadratic: nobody mistypes a longer name
    let wanted = fold(name);
    let length = wanted.chars().count();
    if length == 0 || length > LONGEST {
        return Vec::new();
    }
    // One slip in three letters; in a short word, one.
    let most = (length / 3).max(usize::from(length > 1));
    let mut near: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates {
        let folded = fold(candidate);
        let other = folded.chars().count();
        if other > LONGEST || other.abs_diff(length) > most.max(3) {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &folded);
        let is_start = length >= 3 && (folded.starts_with(&*wanted) || wanted.starts_with(&*folded));
        if distance <= most || is_start {
            near.push((distance, candidate));
        }
    }
    near.sort();
    near.dedup();
    // Beside a close name, distant ones are noise.
    let closest = near.first().map_or(0, |(distance, _)| *distance);
    near.retain(|(distance, _)| *distance <= closest + 1);
    near.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

/// A name as messages show it: in backquotes, in one line, shortened where it is long.
pub(crate) fn quoted(name: &str) -> String {
    const MOST: usize = 60;
    let mut shown = String::from('`');
    for (at, c) in name.chars().enumerate() {
        match c {
            _ if at == MOST => {
                shown.push('…');
                break;
            }
            // A message is one line.
            c if c.is_control() => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    shown.push('`');
    shown
}

/// Names as a sentence lists them: `` `a`, `b` or `c` ``.
pub(crate) fn list<T: AsRef<str>>(names: &[T]) -> String {
    let mut out = String::new();
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            out.push_str(if i + 1 == names.len() { " or " } else { ", " });
        }
        out.push_str(&quoted(name.as_ref()));
    }
    out
}

/// The help for near names, if there are any.
pub(crate) fn did_you_mean<T: AsRef<str>>(near: &[T]) -> Option<String> {
    (!near.is_empty()).then(|| format!("did you mean {}?", list(near)))
}
