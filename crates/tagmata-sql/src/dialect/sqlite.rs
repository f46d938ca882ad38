//! SQLite: no types of time, no arrays, but JSON.

use super::grammar::{GENERIC, Grammar, Json, Path, Spread, Types};
use crate::mapping::Format;

pub(super) const GRAMMAR: Grammar = Grammar {
    types: Types { lists_are_json: true, ..GENERIC.types },
    most_params: 32_766,
    deepest: 900,
    binary: "{0} COLLATE BINARY",
    is_text: "{0} COLLATE BINARY = {2}",
    textual: "CAST({0} AS TEXT)",
    contains: "INSTR({0}, {1}) > 0",
    ends_with: "SUBSTR({0}, -{2}) = {1}",
    is_filled: "TRIM({0}, {1}) <> ''",
    in_list: "{0} IN (SELECT value FROM json_each({1}))",
    in_texts: "{0} IN (SELECT value FROM json_each({1}))",
    in_numbers: "{0} IN (SELECT value FROM json_each({1}))",
    timestamptz: None,
    instants: Format::Text,
    days: Format::Text,
    flags: Format::Number,
    text_micros: "(unixepoch({0}) * 1000000)",
    days_month_day: "CAST(strftime('%m%d', ({0}) * 86400, 'unixepoch') AS INTEGER)",
    micros_of_number: "CAST(ROUND({0} * 1000000) AS INTEGER)",
    widened: "{0}",
    json: Json {
        path: Path::Dollar,
        whole: "{0}",
        at: "json_extract({0}, {1})",
        text: "CAST({0} AS TEXT)",
        number: "CASE WHEN typeof({0}) IN ('integer', 'real') THEN {0} END",
        integer: "CASE WHEN typeof({0}) = 'integer' THEN {0} END",
        boolean: "CASE WHEN typeof({0}) = 'integer' THEN {0} <> 0 END",
        texts: "{0}",
        integers: "{0}",
    },
    has_any: "EXISTS (SELECT 1 FROM json_each({0}) AS e WHERE e.value IN (SELECT value FROM json_each({1})))",
    has_all: "NOT EXISTS (SELECT 1 FROM json_each({1}) AS w WHERE w.value NOT IN (SELECT e.value FROM json_each({0}) AS e WHERE e.value IS NOT NULL))",
    has_only: "(EXISTS (SELECT 1 FROM json_each({0}) AS e WHERE e.value IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM json_each({0}) AS e WHERE e.value NOT IN (SELECT value FROM json_each({1}))))",
    size: "(SELECT COUNT(DISTINCT e.value) FROM json_each({0}) AS e)",
    size_of_integers: "(SELECT COUNT(DISTINCT e.value) FROM json_each({0}) AS e)",
    gathered: "json_group_array({0})",
    spread: Spread {
        list: "json_array({0})",
        from: ", json_each({0}) AS m",
        segment: "m.value",
        is_one: "m.value IS NOT NULL",
        otherwise: "",
        most: 100,
    },
    ..GENERIC
};
