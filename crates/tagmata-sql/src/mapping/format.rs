//! How a host writes values.

use super::literal::Literal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How days, instants, flags and amounts are kept. Each type of field has a default.
///
/// ```
/// use tagmata_sql::{FieldMapping, Format, Mapping};
/// let mapping = Mapping::new("people", "id").field("created_at", FieldMapping::column("created").format(Format::Seconds));
/// let json = r#"{"contacts": {"table": "people", "id": "id"}, "fields": {"created_at": {"column": "created", "format": "seconds"}}}"#;
/// assert_eq!(mapping, Mapping::from_json(json)?);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// An instant: the database's own datetime without a zone, in UTC. In SQLite, which has none, [`Text`](Self::Text).
    Timestamp,
    /// An instant: the database's own type of instants. `timestamptz` of PostgreSQL and DuckDB, `TIMESTAMP` of Spark and MySQL, `DateTime64` of ClickHouse.
    Timestamptz,
    /// An instant: whole seconds since 1970.
    Seconds,
    /// An instant: milliseconds since 1970.
    Millis,
    /// An instant: microseconds since 1970. An amount: millionths.
    Micros,
    /// An instant: `2026-11-22 09:30:00`, in UTC, maybe with digits behind a point. A day: `2026-11-22`.
    Text,
    /// An instant: `2026-11-22T09:30:00.000Z`, always with three digits.
    IsoMillis,
    /// A day: the database's own type. In SQLite, which has none, [`Text`](Self::Text).
    Date,
    /// A day: the number of days since 1970-01-01.
    Days,
    /// A flag: the database's own type. In SQLite and MySQL, which have none, [`Number`](Self::Number).
    Boolean,
    /// A flag: 0 or 1. An amount: a decimal number.
    Number,
}

impl Format {
    pub(crate) const INSTANTS: [Self; 7] = [
        Self::Timestamp,
        Self::Timestamptz,
        Self::Seconds,
        Self::Millis,
        Self::Micros,
        Self::Text,
        Self::IsoMillis,
    ];
    pub(crate) const DAYS: [Self; 3] = [Self::Date, Self::Text, Self::Days];
    pub(crate) const FLAGS: [Self; 2] = [Self::Boolean, Self::Number];
    pub(crate) const AMOUNTS: [Self; 2] = [Self::Number, Self::Micros];

    /// The word that a mapping uses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Timestamp => "timestamp",
            Self::Timestamptz => "timestamptz",
            Self::Seconds => "seconds",
            Self::Millis => "millis",
            Self::Micros => "micros",
            Self::Text => "text",
            Self::IsoMillis => "iso_millis",
            Self::Date => "date",
            Self::Days => "days",
            Self::Boolean => "boolean",
            Self::Number => "number",
        }
    }
}

/// How a status, an option, a tag, a segment or a kind is written.
///
/// ```
/// use tagmata_sql::{FieldMapping, Literal, Mapping, Names};
/// let mapping = Mapping::new("people", "id").field(
///     "status",
///     FieldMapping::column("stage").names(Names::Map([("lead".to_owned(), Literal::from(1)), ("vip".to_owned(), Literal::from(3))].into())),
/// );
/// let json = r#"{"contacts": {"table": "people", "id": "id"}, "fields": {"status": {"column": "stage", "names": {"map": {"lead": 1, "vip": 3}}}}}"#;
/// assert_eq!(mapping, Mapping::from_json(json)?);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Names {
    /// By its key, or, where it has none, by its name as it is now.
    #[default]
    Keys,
    /// By its number in the book.
    Numbers,
    /// As the host writes each key or name. All are texts, or all are whole numbers.
    Map(BTreeMap<String, Literal>),
}

/// How several values are kept in one column.
///
/// ```
/// use tagmata_sql::{FieldMapping, Lists, Mapping};
/// let mapping = Mapping::new("people", "id").field("tags", FieldMapping::column("tags").list(Lists::Array));
/// let json = r#"{"contacts": {"table": "people", "id": "id"}, "fields": {"tags": {"column": "tags", "list": "array"}}}"#;
/// assert_eq!(mapping, Mapping::from_json(json)?);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lists {
    /// An array of the database.
    Array,
    /// A JSON array.
    Json,
}

/// What makes the text that is compared of the text that was written.
///
/// ```
/// use tagmata_sql::{FieldMapping, Folding, Mapping};
/// let mapping = Mapping::new("people", "id")
///     .field("email", FieldMapping::column("email").fold(Folding::Function("tagmata_fold".to_owned())));
/// let json = r#"{"contacts": {"table": "people", "id": "id"}, "fields": {"email": {"column": "email", "fold": {"function": "tagmata_fold"}}}}"#;
/// assert_eq!(mapping, Mapping::from_json(json)?);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Folding {
    /// Functions of the database that are known to give the same: PostgreSQL 18 and later, ClickHouse.
    Native,
    /// A function of one text that the host gives the database; it returns what this library's `fold` or `accent_fold` returns.
    Function(String),
}
