//! How a database writes things: templates, in which `{0}` is the first part.

use crate::mapping::Format;

/// What differs between databases. [`GENERIC`] is standard SQL as far as there is a standard.
#[derive(Debug)]
pub(crate) struct Grammar {
    /// What quotes names, and is doubled inside them.
    pub(crate) quote: char,
    /// Whether a backslash escapes inside quoted names.
    pub(crate) escapes: bool,
    pub(crate) longest_name: Longest,
    pub(crate) marks: Marks,
    /// The parameter with its type, so that no driver has to guess.
    pub(crate) types: Types,
    /// How many parameters a statement may have.
    pub(crate) most_params: usize,
    /// How deep expressions may be nested.
    pub(crate) deepest: usize,
    /// Whether a text may contain U+0000.
    pub(crate) takes_nul: bool,

    /// A text that compares by code points.
    pub(crate) binary: &'static str,
    /// A bound text that compares by code points.
    pub(crate) binary_param: &'static str,
    /// A value of another type as a text.
    pub(crate) textual: &'static str,
    /// Whether a text is another one: the column, the column by code points, the parameter, the parameter by code points.
    pub(crate) is_text: &'static str,
    /// Whether a text contains another one: the text, the part, the pattern of `LIKE` for it.
    pub(crate) contains: &'static str,
    /// Whether a text starts with another one: the text, the start, the first text behind all that start so, the number of bytes of the start.
    pub(crate) starts_with: &'static str,
    /// Whether a text ends with another one: the text, the end, its number of characters, and of bytes, the pattern of `LIKE` for it.
    pub(crate) ends_with: &'static str,
    /// Whether anything but white space is in a text: the text, a text with all white space.
    pub(crate) is_filled: &'static str,
    /// Two texts behind one another.
    pub(crate) concat: &'static str,
    /// A text without the spaces around it.
    pub(crate) trim: &'static str,
    pub(crate) lower: &'static str,
    /// What this library's `fold` gives, if a function of the database is known to: the text, a text with all white space.
    pub(crate) native_fold: Option<&'static str>,

    /// Whether a value is in a bound list.
    pub(crate) in_list: &'static str,
    /// The same by code points.
    pub(crate) in_texts: &'static str,
    /// The same of numbers that need not be whole.
    pub(crate) in_numbers: &'static str,

    /// A bound text as a value of the database's own types.
    pub(crate) timestamp: &'static str,
    pub(crate) timestamptz: Option<&'static str>,
    /// How edges of the database's own types of time are bound.
    pub(crate) edges: Edges,
    /// What says behind a text with an instant that it is in UTC.
    pub(crate) utc: &'static str,
    pub(crate) date: &'static str,
    /// A column of instants that compares with such a value.
    pub(crate) timestamptz_column: &'static str,
    /// What an instant is where the mapping does not say it.
    pub(crate) instants: Format,
    /// What a day is where the mapping does not say it.
    pub(crate) days: Format,
    /// What a flag is where the mapping does not say it.
    pub(crate) flags: Format,
    /// The first and the last year of the database's own types of time.
    pub(crate) years: (i32, i32),
    /// Microseconds since 1970 of a timestamp, of an instant, of a text with a datetime.
    pub(crate) timestamp_micros: &'static str,
    pub(crate) timestamptz_micros: &'static str,
    pub(crate) text_micros: &'static str,
    /// Month × 100 + day of a date, of a number of days since 1970, of a text with a date.
    pub(crate) month_day: &'static str,
    pub(crate) days_month_day: &'static str,
    pub(crate) text_month_day: &'static str,
    /// What stands beside the last of some ascending numbers that is not larger than another one, which is not smaller than the first: the
    /// other one, these numbers, and what stands beside them. `None` where that is a tree of cases.
    pub(crate) lookup: Option<&'static str>,
    /// A whole number divided by a positive one, where neither is negative.
    pub(crate) divide: &'static str,

    /// An amount in millionths.
    pub(crate) micros_of_number: &'static str,
    /// The sum of whole numbers, which may be larger than they are; 0 if there are none.
    pub(crate) sum: &'static str,
    /// A whole number that can be multiplied.
    pub(crate) widened: &'static str,
    /// How rows of other tables are asked for.
    pub(crate) asking: Asking,

    pub(crate) json: Json,
    /// Arrays: the array, a bound list. Whether one of these is in it, all of them, nothing else; how many different values it has.
    pub(crate) has_any: &'static str,
    /// Whether an array has one value, where that is told faster than by a list.
    pub(crate) has_one: Option<&'static str>,
    pub(crate) has_all: &'static str,
    pub(crate) has_only: &'static str,
    pub(crate) size: &'static str,
    /// The same for arrays of whole numbers, where they differ.
    pub(crate) size_of_integers: &'static str,
    /// All values of a group, as an array.
    pub(crate) gathered: &'static str,
    /// What texts are gathered as, and looked for as, if not as they are.
    pub(crate) gathered_text: Option<&'static str>,
    pub(crate) spread: Spread,
    /// What is written behind whole statements.
    pub(crate) behind: &'static str,
}

/// How long a name may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Longest {
    Bytes(usize),
    Characters(usize),
    Any,
}

/// How edges of the database's own types of time are bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edges {
    /// As texts, which are cast.
    Texts,
    /// Instants as the number of seconds since 1970, as a text, which is cast.
    Seconds,
    /// As whole numbers: templates for days and microseconds of a timestamp and of an instant, and for the days of a date.
    Numbers { timestamp: &'static str, timestamptz: &'static str, date: &'static str },
}

/// How parameters are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
    /// `?`
    Question,
    /// `$1`
    Dollar,
    /// `{p1:String}`
    Typed,
}

/// Templates around the mark of a parameter, or the names of types.
#[derive(Debug)]
pub(crate) struct Types {
    pub(crate) text: &'static str,
    pub(crate) integer: &'static str,
    pub(crate) number: &'static str,
    pub(crate) boolean: &'static str,
    pub(crate) texts: &'static str,
    pub(crate) integers: &'static str,
    pub(crate) numbers: &'static str,
    /// Whether lists are JSON texts.
    pub(crate) lists_are_json: bool,
}

/// How rows of another table are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    /// For each contact: `EXISTS (… WHERE contact_id = c.id)`. The database finds them by an index, or turns it into a join.
    ByContact,
    /// The same, but groups are made once for all contacts.
    GroupsAtOnce,
    /// `c.id IN (…)`: the database makes a set once.
    AsSet,
}

/// Values inside JSON.
#[derive(Debug)]
pub(crate) struct Json {
    pub(crate) path: Path,
    /// What a column holds as a whole, and at the end of a path.
    pub(crate) whole: &'static str,
    pub(crate) at: &'static str,
    /// Such a value as one of SQL, null where it is of another type.
    pub(crate) text: &'static str,
    pub(crate) number: &'static str,
    pub(crate) integer: &'static str,
    pub(crate) boolean: &'static str,
    /// A JSON array as what the templates of arrays take: of texts, of whole numbers.
    pub(crate) texts: &'static str,
    pub(crate) integers: &'static str,
}

/// How a path is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Path {
    /// The keys as parameters behind one another.
    Keys,
    /// The keys as one list.
    List,
    /// One text: `$."a"."b"`.
    Dollar,
    /// The same, of characters that are never written as escapes.
    Ascii,
    /// One text: `$['a']['b']`.
    Brackets,
    /// One text: `/a/b`.
    Pointer,
}

/// How a row for each segment of a contact is made of one row with all answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spread {
    /// The segments of a contact as a list: all of them, of which those are null that it is not in.
    pub(crate) list: &'static str,
    /// What stands behind the tables of `FROM`: the list.
    pub(crate) from: &'static str,
    /// The segment of a row.
    pub(crate) segment: &'static str,
    /// What keeps the rows that are one.
    pub(crate) is_one: &'static str,
    /// What a segment is that the contact is not in, if it is not null.
    pub(crate) otherwise: &'static str,
    /// How many segments one list may have.
    pub(crate) most: usize,
}

/// Standard SQL, as PostgreSQL writes it where the standard says nothing.
pub(crate) const GENERIC: Grammar = Grammar {
    quote: '"',
    escapes: false,
    longest_name: Longest::Any,
    marks: Marks::Question,
    types: Types {
        text: "{0}",
        integer: "{0}",
        number: "{0}",
        boolean: "{0}",
        texts: "{0}",
        integers: "{0}",
        numbers: "{0}",
        lists_are_json: false,
    },
    most_params: 65_535,
    deepest: 1000,
    takes_nul: true,
    binary: "{0}",
    binary_param: "{0}",
    textual: "CAST({0} AS VARCHAR)",
    is_text: "{1} = {3}",
    contains: "STRPOS({0}, {1}) > 0",
    starts_with: "({0} >= {1} AND {0} < {2})",
    ends_with: "RIGHT({0}, {2}) = {1}",
    is_filled: "TRIM(BOTH {1} FROM {0}) <> ''",
    concat: "({0} || {1})",
    trim: "TRIM({0})",
    lower: "LOWER({0})",
    native_fold: None,
    in_list: "{0} = ANY({1})",
    in_texts: "{0} = ANY({1})",
    in_numbers: "{0} = ANY({1})",
    timestamp: "CAST({0} AS TIMESTAMP)",
    timestamptz: Some("CAST({0} AS TIMESTAMP WITH TIME ZONE)"),
    edges: Edges::Texts,
    utc: "+00",
    date: "CAST({0} AS DATE)",
    timestamptz_column: "{0}",
    instants: Format::Timestamp,
    days: Format::Date,
    flags: Format::Boolean,
    years: (1, 9999),
    timestamp_micros: "CAST(EXTRACT(EPOCH FROM {0}) * 1000000 AS BIGINT)",
    timestamptz_micros: "CAST(EXTRACT(EPOCH FROM {0}) * 1000000 AS BIGINT)",
    text_micros: "CAST(EXTRACT(EPOCH FROM CAST(REPLACE(REPLACE({0}, 'T', ' '), 'Z', '') AS TIMESTAMP)) * 1000000 AS BIGINT)",
    month_day: "(EXTRACT(MONTH FROM {0}) * 100 + EXTRACT(DAY FROM {0}))",
    days_month_day: "CAST(TO_CHAR(DATE '1970-01-01' + CAST({0} AS INTEGER), 'MMDD') AS INTEGER)",
    text_month_day: "(CAST(SUBSTR({0}, 6, 2) AS INTEGER) * 100 + CAST(SUBSTR({0}, 9, 2) AS INTEGER))",
    lookup: None,
    divide: "({0} / {1})",
    micros_of_number: "CAST(ROUND({0} * 1000000) AS BIGINT)",
    sum: "COALESCE(SUM({0}), 0)",
    widened: "CAST({0} AS NUMERIC)",
    asking: Asking::ByContact,
    json: Json {
        path: Path::List,
        whole: "CAST({0} AS jsonb)",
        at: "(CAST({0} AS jsonb) #> {1})",
        text: "({0} #>> ARRAY[]::text[])",
        number: "CASE WHEN jsonb_typeof({0}) = 'number' THEN CAST({0} AS double precision) END",
        integer: "CASE WHEN jsonb_typeof({0}) = 'number' THEN CAST({0} AS bigint) END",
        boolean: "CASE WHEN jsonb_typeof({0}) = 'boolean' THEN CAST({0} AS boolean) END",
        texts: "ARRAY(SELECT e FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof({0}) = 'array' THEN {0} END) AS e)",
        integers: "ARRAY(SELECT CAST(e AS bigint) FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof({0}) = 'array' THEN {0} END) AS e)",
    },
    has_any: "{0} && {1}",
    has_one: None,
    has_all: "{0} @> {1}",
    has_only: "(CARDINALITY({0}) > 0 AND {0} <@ {1})",
    size: "(SELECT COUNT(DISTINCT v) FROM UNNEST({0}) AS u(v))",
    size_of_integers: "(SELECT COUNT(DISTINCT v) FROM UNNEST({0}) AS u(v))",
    gathered: "ARRAY_AGG({0})",
    gathered_text: None,
    spread: Spread {
        list: "ARRAY[{0}]",
        from: " CROSS JOIN LATERAL UNNEST({0}) AS m(segment_id)",
        segment: "m.segment_id",
        is_one: "m.segment_id IS NOT NULL",
        otherwise: "",
        most: 1000,
    },
    behind: "",
};
