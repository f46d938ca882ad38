//! Cells that a spreadsheet would run as a formula (OWASP, CSV injection).

use std::borrow::Cow;

/// Whether a cell matches `'*[=+\-@\t\r]…`.
fn is_dangerous(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell of text that no spreadsheet runs: one `'` goes before what looks like a formula, guarded or not.
pub(super) fn guarded(cell: Cow<'_, str>) -> Cow<'_, str> {
    if is_dangerous(&cell) { Cow::Owned(format!("'{cell}")) } else { cell }
}

/// A cell without its guard: one `'` is taken off what matches `'+[=+\-@\t\r]…`.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}
