//! PostgreSQL.

use super::grammar::{Edges, GENERIC, Grammar, Longest, Marks, Types};
use crate::mapping::Format;

pub(super) const GRAMMAR: Grammar = Grammar {
    longest_name: Longest::Bytes(63),
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
    // By code points, as the collation says; an index of trigrams serves it, and the planner knows how many rows to expect.
    contains: "{0} LIKE {2}",
    ends_with: "{0} LIKE {4}",
    is_filled: "TRIM(BOTH {1} FROM {0}) <> ''",
    // Texts would be read anew for each row: how they are read may change within a session.
    edges: Edges::Numbers {
        timestamp: "(TIMESTAMP '1970-01-01 00:00:00' + {0} * INTERVAL '1 day' + {1} * INTERVAL '1 microsecond')",
        timestamptz: "timezone('UTC', TIMESTAMP '1970-01-01 00:00:00' + {0} * INTERVAL '1 day' + {1} * INTERVAL '1 microsecond')",
        date: "(DATE '1970-01-01' + CAST({0} AS integer))",
    },
    instants: Format::Timestamptz,
    ..GENERIC
};
