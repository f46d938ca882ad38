//! PostgreSQL.

use super::grammar::{GENERIC, Grammar, Marks, Types};
use crate::mapping::Format;

pub(super) const GRAMMAR: Grammar = Grammar {
    marks: Marks::Dollar,
    types: Types {
        text: "CAST({0} AS text)",
        integer: "CAST({0} AS bigint)",
        number: "CAST({0} AS double precision)",
        boolean: "CAST({0} AS boolean)",
        texts: "CAST({0} AS text[])",
        integers: "CAST({0} AS bigint[])",
        numbers: "CAST({0} AS double precision[])",
        lists_are_json: false,
    },
    takes_nul: false,
    binary: "{0} COLLATE \"C\"",
    is_text: "{0} COLLATE \"C\" = {2}",
    // `normalize` wants the encoding UTF8, which databases of texts from everywhere have.
    native_fold: Some(
        "normalize(casefold(normalize(TRIM(BOTH {1} FROM {0}), NFD) COLLATE \"pg_unicode_fast\"), NFC)",
    ),
    is_filled: "TRIM(BOTH {1} FROM {0}) <> ''",
    instants: Format::Timestamptz,
    ..GENERIC
};
