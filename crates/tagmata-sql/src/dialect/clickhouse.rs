//! ClickHouse.

use super::grammar::{Asking, GENERIC, Grammar, Json, Marks, Path, Spread, Types};

pub(super) const GRAMMAR: Grammar = Grammar {
    escapes: true,
    marks: Marks::Typed,
    types: Types {
        text: "String",
        integer: "Int64",
        number: "Float64",
        boolean: "Bool",
        texts: "Array(String)",
        integers: "Array(Int64)",
        numbers: "Array(Float64)",
        lists_are_json: false,
    },
    textual: "toString({0})",
    // A server takes 50,000 parts of a statement if nobody allows more, which is about so many parameters.
    most_params: 10_000,
    contains: "position({0}, {1}) > 0",
    starts_with: "startsWith({0}, {1})",
    ends_with: "endsWith({0}, {1})",
    is_filled: "match({0}, concat('[^', {1}, ']'))",
    trim: "trimBoth({0})",
    lower: "lowerUTF8({0})",
    // `trimBoth` takes away bytes of characters, and so what is no character any more.
    native_fold: Some(
        "normalizeUTF8NFC(caseFoldUTF8(normalizeUTF8NFD(replaceRegexpAll({0}, concat('^[', {1}, ']+|[', {1}, ']+$'), ''))))",
    ),
    in_list: "has({1}, {0})",
    in_texts: "has({1}, {0})",
    in_numbers: "has({1}, {0})",
    // `toDateTime64` fails where a text is null.
    timestamp: "parseDateTime64BestEffortOrNull({0}, 6, 'UTC')",
    timestamptz: Some("parseDateTime64BestEffortOrNull({0}, 6, 'UTC')"),
    utc: "",
    date: "toDate32({0})",
    years: (1900, 2299),
    timestamp_micros: "toUnixTimestamp64Micro(toDateTime64({0}, 6, 'UTC'))",
    timestamptz_micros: "toUnixTimestamp64Micro(toDateTime64({0}, 6, 'UTC'))",
    text_micros: "toUnixTimestamp64Micro(parseDateTime64BestEffort({0}, 6, 'UTC'))",
    month_day: "(toMonth({0}) * 100 + toDayOfMonth({0}))",
    // Days repeat after 400 years, and the type ends with 2299.
    days_month_day: "toInt32(formatDateTime(addDays(toDate32('1900-01-01'), positiveModulo(({0}) + 25567, 146097)), '%m%d'))",
    text_month_day: "(toInt32(substring({0}, 6, 2)) * 100 + toInt32(substring({0}, 9, 2)))",
    divide: "intDiv({0}, {1})",
    micros_of_number: "toInt64(round({0} * 1000000))",
    sum: "COALESCE(SUM(toInt128({0})), 0)",
    widened: "toInt128({0})",
    asking: Asking::AsSet,
    json: Json {
        path: Path::Keys,
        whole: "{0}",
        at: "JSONExtractRaw({0}, {1})",
        text: "JSONExtract({0}, 'Nullable(String)')",
        number: "JSONExtract({0}, 'Nullable(Float64)')",
        integer: "JSONExtract({0}, 'Nullable(Int64)')",
        boolean: "JSONExtract({0}, 'Nullable(Bool)')",
        // Arrays cannot be null.
        texts: "JSONExtract(ifNull({0}, ''), 'Array(String)')",
        integers: "JSONExtract(ifNull({0}, ''), 'Array(Int64)')",
    },
    has_any: "hasAny({0}, {1})",
    has_one: Some("has({0}, {1})"),
    has_all: "hasAll({0}, {1})",
    has_only: "(notEmpty({0}) AND hasAll({1}, {0}))",
    size: "length(arrayDistinct({0}))",
    size_of_integers: "length(arrayDistinct({0}))",
    gathered: "groupArray({0})",
    spread: Spread {
        list: "arrayFilter(s -> s >= 0, [{0}])",
        from: "",
        segment: "arrayJoin({0})",
        is_one: "",
        otherwise: " ELSE -1",
        most: 1000,
    },
    behind: " SETTINGS join_use_nulls = 1",
    ..GENERIC
};
