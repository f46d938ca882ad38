//! Cells that a spreadsheet would run as a formula (OWASP, CSV injection; ASVS 5.0, 1.2.10).

use crate::text::trim;
use std::borrow::Cow;

/// Whether a cell matches `'*[=+\-@\t\r\0]…`.
fn is_dangerous(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\0'])
}

/// A cell of text that no spreadsheet runs: one `'` goes before what looks like a formula, guarded or not.
pub(super) fn guarded(cell: Cow<'_, str>) -> Cow<'_, str> {
    if is_dangerous(&cell) { Cow::Owned(format!("'{cell}")) } else { cell }
}

/// A cell without its guard: one `'` is taken off what matches `'+[=+\-@\t\r\0]…`.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}

/// A cell of a file that goes into another file: no spreadsheet runs it there, and it is read as what it was read as here. Numbers and phone
/// numbers with a sign are no formulas, and stay as they are.
pub(super) fn written_back(cell: &str) -> Cow<'_, str> {
    // Only a guard that comes first is one, and space at the edges is nothing.
    let text = if cell.starts_with('\'') { unguarded(cell) } else { trim(cell) };
    let is_numeral =
        |rest: &str| rest.chars().all(|c| c.is_ascii_digit() || " .,()/-\u{a0}\u{202f}".contains(c));
    match text.strip_prefix(['+', '-']) {
        Some(rest) if is_numeral(rest) => Cow::Borrowed(cell),
        _ if is_dangerous(text) => guarded(Cow::Borrowed(text)),
        _ => Cow::Borrowed(cell),
    }
}
