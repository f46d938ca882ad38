//! MySQL and MariaDB: collations that ignore case, accents and spaces at the end unless texts are bytes; no arrays, but JSON.

use super::grammar::{Edges, GENERIC, Grammar, Json, Longest, Path, Spread, Types};
use crate::mapping::Format;

pub(super) const GRAMMAR: Grammar = Grammar {
    quote: '`',
    longest_name: Longest::Characters(64),
    types: Types { lists_are_json: true, ..GENERIC.types },
    binary: "CAST(CONVERT({0} USING utf8mb4) AS BINARY)",
    binary_param: "CAST({0} AS BINARY)",
    // The first comparison says more than the second one allows, and is there for an index on the column.
    is_text: "({0} = {2} AND {1} = {3})",
    textual: "CAST({0} AS CHAR)",
    contains: "LOCATE({1}, {0}) > 0",
    starts_with: "LEFT({0}, {3}) = {1}",
    ends_with: "RIGHT({0}, {3}) = {1}",
    is_filled: "{0} REGEXP '[^[:space:]\\\\x{0085}\\\\x{00A0}\\\\x{1680}\\\\x{2000}-\\\\x{200A}\\\\x{2028}\\\\x{2029}\\\\x{202F}\\\\x{205F}\\\\x{3000}]'",
    concat: "CONCAT({0}, {1})",
    in_list: "{0} IN (SELECT l.v FROM JSON_TABLE({1}, '$[*]' COLUMNS (v BIGINT PATH '$')) AS l)",
    in_texts: "{0} IN (SELECT CAST(l.v AS BINARY) FROM JSON_TABLE({1}, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS l)",
    in_numbers: "{0} IN (SELECT l.v FROM JSON_TABLE({1}, '$[*]' COLUMNS (v DOUBLE PATH '$')) AS l)",
    timestamp: "CAST({0} AS DATETIME(6))",
    timestamptz: Some("CAST({0} AS DECIMAL(24, 6))"),
    edges: Edges::Seconds,
    timestamptz_column: "UNIX_TIMESTAMP({0})",
    flags: Format::Number,
    timestamp_micros: "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', {0})",
    timestamptz_micros: "CAST(UNIX_TIMESTAMP({0}) * 1000000 AS SIGNED)",
    text_micros: "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', CAST(REPLACE(REPLACE({0}, 'T', ' '), 'Z', '') AS DATETIME(6)))",
    days_month_day: "CAST(DATE_FORMAT(DATE_ADD('1970-01-01', INTERVAL ({0}) DAY), '%m%d') AS SIGNED)",
    text_month_day: "(CAST(SUBSTR({0}, 6, 2) AS SIGNED) * 100 + CAST(SUBSTR({0}, 9, 2) AS SIGNED))",
    divide: "({0} DIV {1})",
    micros_of_number: "CAST(ROUND({0} * 1000000) AS SIGNED)",
    widened: "CAST({0} AS DECIMAL(65, 0))",
    json: Json {
        path: Path::Ascii,
        whole: "{0}",
        at: "JSON_EXTRACT({0}, {1})",
        text: "CASE WHEN JSON_TYPE({0}) <> 'NULL' THEN JSON_UNQUOTE({0}) END",
        number: "CASE WHEN JSON_TYPE({0}) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL') THEN CAST(JSON_UNQUOTE({0}) AS DOUBLE) END",
        integer: "CASE WHEN JSON_TYPE({0}) IN ('INTEGER', 'UNSIGNED INTEGER') THEN CAST(JSON_UNQUOTE({0}) AS SIGNED) END",
        boolean: "CASE WHEN JSON_TYPE({0}) = 'BOOLEAN' THEN JSON_UNQUOTE({0}) = 'true' END",
        texts: "{0}",
        integers: "{0}",
    },
    has_any: "EXISTS (SELECT 1 FROM JSON_TABLE({0}, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS e JOIN JSON_TABLE({1}, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS w ON CAST(e.v AS BINARY) = CAST(w.v AS BINARY))",
    has_all: "NOT EXISTS (SELECT 1 FROM JSON_TABLE({1}, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS w WHERE NOT EXISTS (SELECT 1 FROM JSON_TABLE({0}, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS e WHERE CAST(e.v AS BINARY) = CAST(w.v AS BINARY)))",
    has_only: "(EXISTS (SELECT 1 FROM JSON_TABLE({0}, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS e WHERE e.v IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM JSON_TABLE({0}, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS e WHERE e.v IS NOT NULL AND NOT EXISTS (SELECT 1 FROM JSON_TABLE({1}, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS w WHERE CAST(e.v AS BINARY) = CAST(w.v AS BINARY))))",
    size: "(SELECT COUNT(DISTINCT CAST(e.v AS BINARY)) FROM JSON_TABLE({0}, '$[*]' COLUMNS (v LONGTEXT PATH '$')) AS e)",
    size_of_integers: "(SELECT COUNT(DISTINCT e.v) FROM JSON_TABLE({0}, '$[*]' COLUMNS (v BIGINT PATH '$')) AS e)",
    gathered: "JSON_ARRAYAGG({0})",
    // MariaDB 10.11 gathers characters beyond U+FFFF as escapes that are none.
    gathered_text: Some("HEX(CONVERT({0} USING utf8mb4))"),
    spread: Spread {
        list: "JSON_ARRAY({0})",
        from: " CROSS JOIN JSON_TABLE({0}, '$[*]' COLUMNS (segment_id BIGINT PATH '$')) AS m",
        segment: "m.segment_id",
        is_one: "m.segment_id IS NOT NULL",
        otherwise: "",
        most: 500,
    },
    ..GENERIC
};
