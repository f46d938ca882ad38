//! Spark SQL.

use super::grammar::{Asking, GENERIC, Grammar, Json, Path, Spread};

pub(super) const GRAMMAR: Grammar = Grammar {
    quote: '`',
    textual: "CAST({0} AS STRING)",
    contains: "contains({0}, {1})",
    starts_with: "startswith({0}, {1})",
    ends_with: "endswith({0}, {1})",
    in_list: "array_contains({1}, {0})",
    in_texts: "array_contains({1}, {0})",
    in_numbers: "array_contains({1}, {0})",
    timestamp: "CAST({0} AS TIMESTAMP_NTZ)",
    timestamptz: Some("CAST({0} AS TIMESTAMP)"),
    utc: "Z",
    timestamp_micros: "timestampdiff(MICROSECOND, TIMESTAMP_NTZ'1970-01-01 00:00:00', {0})",
    timestamptz_micros: "unix_micros({0})",
    text_micros: "unix_micros(CAST(CONCAT(REPLACE(REPLACE({0}, 'T', ' '), 'Z', ''), 'Z') AS TIMESTAMP))",
    days_month_day: "CAST(date_format(date_add(DATE'1970-01-01', CAST({0} AS INT)), 'MMdd') AS INT)",
    // Its parser needs seconds, and a gigabyte, for a tree of a few hundred cases.
    lookup: Some("element_at(ARRAY({2}), SIZE(filter(ARRAY({1}), f -> f <= {0})))"),
    divide: "({0} div {1})",
    sum: "COALESCE(SUM(CAST({0} AS DECIMAL(38, 0))), 0)",
    widened: "CAST({0} AS DECIMAL(20, 0))",
    asking: Asking::GroupsAtOnce,
    json: Json {
        path: Path::Brackets,
        whole: "{0}",
        at: "get_json_object({0}, {1})",
        text: "{0}",
        number: "TRY_CAST({0} AS DOUBLE)",
        integer: "TRY_CAST({0} AS BIGINT)",
        boolean: "TRY_CAST({0} AS BOOLEAN)",
        texts: "from_json({0}, 'array<string>')",
        integers: "from_json({0}, 'array<bigint>')",
    },
    has_any: "arrays_overlap({0}, {1})",
    has_one: Some("array_contains({0}, {1})"),
    has_all: "SIZE(array_except({1}, {0})) = 0",
    has_only: "(SIZE({0}) > 0 AND SIZE(array_except({0}, {1})) = 0)",
    size: "SIZE(array_distinct({0}))",
    size_of_integers: "SIZE(array_distinct({0}))",
    gathered: "collect_list({0})",
    spread: Spread {
        list: "ARRAY({0})",
        from: " LATERAL VIEW explode({0}) m AS segment_id",
        segment: "m.segment_id",
        is_one: "m.segment_id IS NOT NULL",
        otherwise: "",
        most: 1000,
    },
    ..GENERIC
};
