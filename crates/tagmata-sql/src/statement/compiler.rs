//! What statements are written with.

use super::sql::{Placeholders, Sql, written};
use super::words;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::fragment::Fragment;
use crate::mapping::Mapping;
use crate::translate::{Choices, Translator, World};
use std::str::FromStr;
use tagmata::{Book, Error, Filter, Schema, Segments, Timestamp};

/// Where the members of segments that filters refer to come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SegmentsFrom {
    /// The filters of dynamic segments become part of the statement; static ones are read where the mapping says that `segments` is.
    #[default]
    Filters,
    /// All are read from the table of members of the mapping, and so are as current as that is.
    Members,
}

impl SegmentsFrom {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Filters, Self::Members];

    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Filters => "filters",
            Self::Members => "members",
        }
    }
}

impl FromStr for SegmentsFrom {
    type Err = Error;

    /// Reads one of `filters` and `members`.
    ///
    /// ```
    /// use tagmata_sql::SegmentsFrom;
    /// assert_eq!("members".parse::<SegmentsFrom>()?, SegmentsFrom::Members);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::BadSetting`](tagmata::Code::BadSetting) for every other word.
    fn from_str(word: &str) -> Result<Self, Error> {
        words::option("segments_from", word, Self::ALL, Self::as_str)
    }
}

/// Writes filters and segments as statements for a database.
///
/// ```
/// use tagmata::{Book, Timestamp};
/// use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping, Param};
/// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
/// let book = Book::builder().build(now);
/// let mapping = Mapping::new("contacts", "id").field("created_at", FieldMapping::column("created_at"));
/// let compiler = Compiler::new(Dialect::Duckdb, &mapping, &book);
/// let sql = compiler.count(&book.filter("created_at in last month")?)?;
/// assert_eq!(
///     sql.text,
///     r#"SELECT COUNT(*) FROM "contacts" AS c WHERE (c."created_at" IS NOT NULL AND (c."created_at" >= CAST(CAST(? AS VARCHAR) AS TIMESTAMP) AND c."created_at" < CAST(CAST(? AS VARCHAR) AS TIMESTAMP)))"#
/// );
/// assert_eq!(sql.params[0], Param::Text("2026-10-01 00:00:00.000000".into()));
/// assert_eq!(sql.valid_until, Some("2026-12-01T00:00:00Z".parse()?));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Compiler<'a> {
    pub(super) dialect: Dialect,
    pub(super) mapping: &'a Mapping,
    pub(super) schema: &'a Schema,
    pub(super) segments: &'a Segments,
    now: Timestamp,
    approximate_text: bool,
    segments_from: SegmentsFrom,
    placeholders: Placeholders,
}

impl<'a> Compiler<'a> {
    /// With the definitions of a book, as of its instant.
    #[must_use]
    pub fn new(dialect: Dialect, mapping: &'a Mapping, book: &'a Book) -> Self {
        Self::of(dialect, mapping, book.schema(), book.dynamic_segments(), book.now())
    }

    /// With a schema and the segments that are defined over it, as of an instant.
    #[must_use]
    pub fn of(
        dialect: Dialect,
        mapping: &'a Mapping,
        schema: &'a Schema,
        segments: &'a Segments,
        now: Timestamp,
    ) -> Self {
        Self {
            dialect,
            mapping,
            schema,
            segments,
            now,
            approximate_text: false,
            segments_from: SegmentsFrom::default(),
            placeholders: Placeholders::default(),
        }
    }

    /// As of another instant.
    ///
    /// ```
    /// use tagmata::{Book, Timestamp};
    /// use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let book = Book::builder().build(now);
    /// let mapping = Mapping::new("people", "id").field("status", FieldMapping::column("status").not_null());
    /// let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book);
    /// let compiler = compiler.at("2026-12-01T00:00:00Z".parse()?);
    /// let sql = compiler.select(&book.filter("status = lead")?)?;
    /// assert_eq!(sql.valid_until, None); // it asks for no time
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn at(mut self, now: Timestamp) -> Self {
        self.now = now;
        self
    }

    /// Texts may be compared as the database does it, where the mapping has no folds; a warning says so.
    #[must_use]
    pub fn approximate_text(mut self, accepted: bool) -> Self {
        self.approximate_text = accepted;
        self
    }

    /// Where the members of segments that filters refer to come from.
    #[must_use]
    pub fn segments_from(mut self, segments_from: SegmentsFrom) -> Self {
        self.segments_from = segments_from;
        self
    }

    /// How parameters are marked.
    ///
    /// ```
    /// use tagmata::{Book, Timestamp};
    /// use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping, Placeholders};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let book = Book::builder().build(now);
    /// let mapping = Mapping::new("people", "id").field("status", FieldMapping::column("status").not_null());
    /// let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book);
    /// let compiler = compiler.placeholders(Placeholders::Format); // for psycopg, PyMySQL and their like
    /// assert!(compiler.select(&book.filter("status = lead")?)?.text.ends_with("= %s"));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn placeholders(mut self, placeholders: Placeholders) -> Self {
        self.placeholders = placeholders;
        self
    }

    /// A condition on the table of contacts under the name `c`, that of the tenant included: `SELECT … FROM contacts AS c WHERE …`.
    ///
    /// It is true or false for every row, never unknown, so that `NOT (…)` finds all others.
    ///
    /// ```
    /// use tagmata::{Book, Timestamp};
    /// use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let book = Book::builder().build(now);
    /// let mapping = Mapping::new("people", "id").field("status", FieldMapping::column("status").not_null());
    /// let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book);
    /// let part = compiler.condition(&book.filter("status = lead")?)?;
    /// assert_eq!(part.text, r#"c."status" COLLATE BINARY = ?"#);
    /// let statement = format!("SELECT c.name FROM people AS c WHERE {} ORDER BY c.name", part.text);
    /// # let _ = statement;
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// An error of the kind [`ErrorKind::Sql`](tagmata::ErrorKind::Sql) with everything that keeps the filter from being asked:
    /// [`Code::Unmapped`](tagmata::Code::Unmapped), [`Code::BadMapping`](tagmata::Code::BadMapping),
    /// [`Code::ApproximateText`](tagmata::Code::ApproximateText), [`Code::StatementTooLarge`](tagmata::Code::StatementTooLarge),
    /// [`Code::BrokenSegment`](tagmata::Code::BrokenSegment).
    pub fn condition(&self, filter: &Filter) -> Result<Sql, Error> {
        self.write(false, |translator| where_of(translator, filter))
    }

    /// A statement that finds the ids of those who match.
    ///
    /// ```
    /// use tagmata::{Book, Timestamp};
    /// use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping, Param};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let book = Book::builder().build(now);
    /// let mapping = Mapping::new("people", "id").field("status", FieldMapping::column("status").not_null());
    /// let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book);
    /// let sql = compiler.select(&book.filter("status = lead")?)?;
    /// assert_eq!(sql.text, r#"SELECT c."id" FROM "people" AS c WHERE c."status" COLLATE BINARY = ?"#);
    /// assert_eq!(sql.params, [Param::Text("lead".into())]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`condition`](Self::condition).
    pub fn select(&self, filter: &Filter) -> Result<Sql, Error> {
        self.write(false, |translator| {
            let condition = where_of(translator, filter)?;
            let parts = [&translator.id()?, &translator.contacts()?, &condition];
            Ok(Fragment::fill(&ended("SELECT {0} FROM {1} WHERE {2}", self.dialect), &parts))
        })
    }

    /// A statement that counts those who match.
    ///
    /// ```
    /// use tagmata::{Book, Timestamp};
    /// use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let book = Book::builder().build(now);
    /// let mapping = Mapping::new("people", "id").field("status", FieldMapping::column("status").not_null());
    /// let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book);
    /// let sql = compiler.count(&book.filter("status = lead")?)?;
    /// assert_eq!(sql.text, r#"SELECT COUNT(*) FROM "people" AS c WHERE c."status" COLLATE BINARY = ?"#);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`condition`](Self::condition).
    pub fn count(&self, filter: &Filter) -> Result<Sql, Error> {
        self.write(false, |translator| {
            let condition = where_of(translator, filter)?;
            let parts = [&translator.contacts()?, &condition];
            Ok(Fragment::fill(&ended("SELECT COUNT(*) FROM {0} WHERE {1}", self.dialect), &parts))
        })
    }

    /// Writes a statement, with lists bound one value at a time if that is not more than the database takes.
    pub(super) fn write(
        &self,
        with_joins: bool,
        statement: impl Fn(&mut Translator<'a>) -> Result<Fragment>,
    ) -> Result<Sql> {
        /// Few values are bound singly, so that the database knows how many there are.
        const FEW: usize = 24;
        let mut longest_list = FEW;
        loop {
            let choices = Choices {
                approximate_text: self.approximate_text,
                members: self.segments_from == SegmentsFrom::Members,
                longest_list,
            };
            let Self { dialect, mapping, schema, segments, now, .. } = *self;
            let mut translator = Translator::new(World { dialect, mapping, schema, segments, now, choices });
            translator.joins = with_joins.then(Default::default);
            let fragment = statement(&mut translator);
            let valid_until = translator.until;
            let (fragment, warnings) = match (fragment, translator.finish()) {
                (_, Err(problems)) => return Err(problems),
                (fragment, Ok(warnings)) => (fragment?, warnings),
            };
            match written(&fragment, dialect, self.placeholders) {
                Ok((text, params)) => return Ok(Sql { text, params, valid_until, warnings }),
                Err(_) if longest_list > 1 => longest_list = 1,
                Err(error) => return Err(error),
            }
        }
    }
}

/// A template of a whole statement.
pub(super) fn ended(template: &str, dialect: Dialect) -> String {
    format!("{template}{}", dialect.grammar().behind)
}

/// The condition of a filter, and that of the tenant before it.
fn where_of(translator: &mut Translator<'_>, filter: &Filter) -> Result<Fragment> {
    let condition = translator.filter(filter);
    let tenant = translator.is_own()?;
    Ok(Fragment::combined(tenant.into_iter().chain([condition]).collect(), "AND"))
}
