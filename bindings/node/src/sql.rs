//! Filters and segments as SQL, for the host's own database.

use crate::book::Book;
use crate::convert::{Options, When, chosen, date, flag, parse, refuse, stringify, text, when};
use crate::errors::{diagnostics, refused};
use crate::filters::{Filter, is_document};
use napi::bindgen_prelude::{BigInt, Either3, Either5, Unknown};
use napi::{Env, JsDate, Result, ValueType};
use napi_derive::napi;
use tagmata::{Ref, SegmentId};
use tagmata_sql::{Compiler, Dialect, Mapping, Output, Param, Placeholders, SegmentsFrom};

/// A value that is bound, as drivers of databases take it.
type Bound = Either5<String, f64, bool, BigInt, Vec<Either3<String, f64, BigInt>>>;

/// A statement or a condition with its parameters. It is written for one instant: from `validUntil` on, write it anew.
#[napi(object, object_from_js = false, use_nullable = true)]
pub struct Sql<'env> {
    /// The text, with a mark for each parameter.
    pub text: String,
    /// The parameters, in the order of their marks; those of ClickHouse are named `p1`, `p2` and so on.
    #[napi(ts_type = "SqlParam[]")]
    pub params: Vec<Bound>,
    /// Until when text and parameters stay the same while time moves on; `null` for ever.
    pub valid_until: Option<JsDate<'env>>,
    /// What is worth knowing, such as texts that are compared as the database does it.
    #[napi(ts_type = "Diagnostic[]")]
    pub warnings: Unknown<'env>,
}

/// How a table of members differs from the members of some segments.
#[napi(object, object_from_js = false)]
pub struct SqlDifference<'env> {
    /// The names of the segments that the statements are about.
    pub segments: Vec<String>,
    /// Finds who is to be added: rows of `segment_id` and `contact_id`.
    pub entered: Sql<'env>,
    /// Finds who is to be removed, in the same columns.
    pub left: Sql<'env>,
}

impl<'env> Sql<'env> {
    fn new(env: &'env Env, sql: tagmata_sql::Sql) -> Result<Self> {
        Ok(Self {
            text: sql.text,
            params: sql.params.into_iter().map(bound).collect(),
            valid_until: sql.valid_until.map(|until| date(env, until)).transpose()?,
            warnings: parse(env, &diagnostics(&sql.warnings, None).to_string())?,
        })
    }
}

fn bound(param: Param) -> Bound {
    match param {
        Param::Text(text) => Either5::A(text),
        Param::Integer(number) => match exact(number) {
            Some(number) => Either5::B(number),
            None => Either5::D(BigInt::from(number)),
        },
        Param::Number(number) => Either5::B(number),
        Param::Bool(yes) => Either5::C(yes),
        Param::Texts(texts) => Either5::E(texts.into_iter().map(Either3::A).collect()),
        Param::Integers(numbers) => {
            let number = |number| exact(number).map_or_else(|| Either3::C(BigInt::from(number)), Either3::B);
            Either5::E(numbers.into_iter().map(number).collect())
        }
        Param::Numbers(numbers) => Either5::E(numbers.into_iter().map(Either3::B).collect()),
    }
}

/// A whole number as a number of JavaScript, if each one up to it is one.
fn exact(number: i64) -> Option<f64> {
    const MOST: u64 = 9_007_199_254_740_991;
    (number.unsigned_abs() <= MOST).then_some(number as f64)
}

const APPROXIMATE_TEXT: &str = "approximateText";
const SEGMENTS_FROM: &str = "segmentsFrom";
const PLACEHOLDERS: &str = "placeholders";
const NOW: &str = "now";

/// The options of all statements.
const ALL: [&str; 4] = [APPROXIMATE_TEXT, SEGMENTS_FROM, PLACEHOLDERS, NOW];

/// How statements are written.
struct Writing {
    dialect: Dialect,
    mapping: Mapping,
    approximate_text: bool,
    segments_from: SegmentsFrom,
    placeholders: Placeholders,
    now: Option<When>,
}

impl Writing {
    fn read(env: &Env, dialect: Unknown<'_>, mapping: Unknown<'_>, given: &Options<'_>) -> Result<Self> {
        let approximate = given.get(APPROXIMATE_TEXT)?.map(|accepted| flag(APPROXIMATE_TEXT, accepted));
        Ok(Self {
            dialect: text("dialect", dialect)?.parse().map_err(refused)?,
            mapping: Mapping::from_json(&document(env, mapping)?).map_err(refused)?,
            approximate_text: approximate.transpose()?.unwrap_or_default(),
            segments_from: chosen(given, SEGMENTS_FROM)?.unwrap_or_default(),
            placeholders: chosen(given, PLACEHOLDERS)?.unwrap_or_default(),
            now: given.get(NOW)?.map(|now| when(NOW, now)).transpose()?,
        })
    }

    fn compiler<'a>(&'a self, book: &'a tagmata::Book) -> tagmata::Result<Compiler<'a>> {
        let compiler = Compiler::new(self.dialect, &self.mapping, book)
            .approximate_text(self.approximate_text)
            .segments_from(self.segments_from)
            .placeholders(self.placeholders);
        Ok(match &self.now {
            Some(now) => compiler.at(now.instant(book.schema().settings().calendar.zone)?),
            None => compiler,
        })
    }
}

/// A mapping as JSON: an object, or the text itself.
fn document(env: &Env, mapping: Unknown<'_>) -> Result<String> {
    match mapping.get_type()? {
        ValueType::String => Ok(text("mapping", mapping)?),
        _ if is_document(&mapping)? => stringify(env, mapping),
        _ => refuse("mapping", "an object, or its JSON as text", &mapping),
    }
}

#[napi]
impl Filter {
    /// The filter as SQL for a database of the host: a statement that finds the ids of those who match, one that counts them, or
    /// a condition on the table of contacts, which has the name `c` there.
    ///
    /// ```js
    /// const { text, params } = book.filter("country = FR").toSql("postgres", mapping);
    /// const { rows } = await client.query(text, params);
    /// ```
    #[napi(ts_return_type = "Sql")]
    pub fn to_sql<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "SqlDialect")] dialect: Unknown<'_>,
        #[napi(ts_arg_type = "SqlMapping | string")] mapping: Unknown<'_>,
        #[napi(ts_arg_type = "FilterSqlOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Sql<'env>> {
        const OUTPUT: &str = "output";
        let given = Options::of("toSql", options, &[&[OUTPUT], &ALL[..]].concat())?;
        let output: Output = chosen(&given, OUTPUT)?.unwrap_or_default();
        let writing = Writing::read(env, dialect, mapping, &given)?;
        let (home, source) = self.outside_batch()?;
        let sql = home.read(|book| {
            // What it names may have been deleted since.
            let filter = book.filter(source)?;
            writing.compiler(book)?.output(output, &filter)
        })?;
        Sql::new(env, sql)
    }
}

#[napi]
impl Book {
    /// Statements that find the members of segments in a database of the host, of all segments if none are named: rows of
    /// `segment_id`, the number that a segment has as its `id`, and `contact_id`.
    ///
    /// Each passes over the contacts once, however many segments it is about; there is more than one only where there are more
    /// segments than a statement takes. A segment that is broken is an error.
    ///
    /// ```js
    /// for (const { text, params } of book.membersSql("postgres", mapping, { segments: ["VIP FR"] })) {
    ///   const { rows } = await client.query(text, params);
    /// }
    /// ```
    #[napi(ts_return_type = "Sql[]")]
    pub fn members_sql<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "SqlDialect")] dialect: Unknown<'_>,
        #[napi(ts_arg_type = "SqlMapping | string")] mapping: Unknown<'_>,
        #[napi(ts_arg_type = "SegmentsSqlOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Vec<Sql<'env>>> {
        let (writing, segments) = self.writing("membersSql", env, dialect, mapping, options)?;
        let statements = self.read(|book| {
            let compiler = writing.compiler(book)?;
            compiler.members(&compiler.segments(segments.as_deref())?)
        })?;
        statements.into_iter().map(|sql| Sql::new(env, sql)).collect()
    }

    /// Statements that find how the table of members of the mapping differs from the members of segments, of all segments if none
    /// are named: who entered and who left since it was brought up to date.
    ///
    /// ```js
    /// for (const { entered } of book.differencesSql("postgres", mapping)) {
    ///   await client.query(`INSERT INTO segment_members (segment_id, contact_id) ${entered.text}`, entered.params);
    /// }
    /// ```
    #[napi(ts_return_type = "SqlDifference[]")]
    pub fn differences_sql<'env>(
        &self,
        env: &'env Env,
        #[napi(ts_arg_type = "SqlDialect")] dialect: Unknown<'_>,
        #[napi(ts_arg_type = "SqlMapping | string")] mapping: Unknown<'_>,
        #[napi(ts_arg_type = "SegmentsSqlOptions")] options: Option<Unknown<'_>>,
    ) -> Result<Vec<SqlDifference<'env>>> {
        let (writing, segments) = self.writing("differencesSql", env, dialect, mapping, options)?;
        let differences = self.read(|book| {
            let compiler = writing.compiler(book)?;
            let name = |segment: &SegmentId| book.schema().segment_name(*segment).to_owned();
            let differences = compiler.differences(&compiler.segments(segments.as_deref())?)?;
            let named = |difference: tagmata_sql::Difference| {
                (difference.segments.iter().map(name).collect(), difference)
            };
            Ok(differences.into_iter().map(named).collect::<Vec<_>>())
        })?;
        let shown = |(segments, difference): (_, tagmata_sql::Difference)| {
            let (entered, left) = (Sql::new(env, difference.entered)?, Sql::new(env, difference.left)?);
            Ok(SqlDifference { segments, entered, left })
        };
        differences.into_iter().map(shown).collect()
    }

    /// How statements about segments are written, and which segments are named.
    fn writing(
        &self,
        call: &str,
        env: &Env,
        dialect: Unknown<'_>,
        mapping: Unknown<'_>,
        options: Option<Unknown<'_>>,
    ) -> Result<(Writing, Option<Vec<Ref<SegmentId>>>)> {
        const SEGMENTS: &str = "segments";
        let given = Options::of(call, options, &[&[SEGMENTS], &ALL[..]].concat())?;
        let writing = Writing::read(env, dialect, mapping, &given)?;
        let segments = given.get(SEGMENTS)?.map(|all| self.segment_references(SEGMENTS, all)).transpose()?;
        Ok((writing, segments))
    }
}
