//! The databases.

use super::grammar::Grammar;
use super::{clickhouse, duckdb, mysql, postgres, spark, sqlite};
use std::fmt;
use std::str::FromStr;
use tagmata::{Code, Diagnostic, Error, nearest};

/// A database that filters are written for.
///
/// ```
/// use tagmata_sql::Dialect;
/// assert_eq!("mariadb".parse::<Dialect>()?, Dialect::Mysql);
/// let error = "postgress".parse::<Dialect>().unwrap_err();
/// assert_eq!(error.to_string(), "error[E1605]: there is no database `postgress`; help: did you mean `postgres`?");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dialect {
    /// SQLite 3.38 or later.
    Sqlite,
    /// PostgreSQL 12 or later.
    Postgres,
    /// MySQL 8.0.21 or later, MariaDB 10.9 or later.
    Mysql,
    /// DuckDB 1.0 or later.
    Duckdb,
    /// ClickHouse 25.8 or later.
    Clickhouse,
    /// Spark SQL 3.5 or later.
    Spark,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Sqlite, Self::Postgres, Self::Mysql, Self::Duckdb, Self::Clickhouse, Self::Spark];

    /// The name: `sqlite`, `postgres`, `mysql`, `duckdb`, `clickhouse`, `spark`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
            Self::Duckdb => "duckdb",
            Self::Clickhouse => "clickhouse",
            Self::Spark => "spark",
        }
    }

    pub(crate) const fn grammar(self) -> &'static Grammar {
        match self {
            Self::Sqlite => &sqlite::GRAMMAR,
            Self::Postgres => &postgres::GRAMMAR,
            Self::Mysql => &mysql::GRAMMAR,
            Self::Duckdb => &duckdb::GRAMMAR,
            Self::Clickhouse => &clickhouse::GRAMMAR,
            Self::Spark => &spark::GRAMMAR,
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Dialect {
    type Err = Error;

    /// Reads a name, in any case; `postgresql` and `mariadb` are names too.
    ///
    /// # Errors
    /// [`Code::UnknownDialect`] with the names that there are.
    fn from_str(name: &str) -> Result<Self, Error> {
        const OTHERS: [(&str, Dialect); 2] = [("postgresql", Dialect::Postgres), ("mariadb", Dialect::Mysql)];
        let names = || Self::ALL.into_iter().map(|dialect| (dialect.as_str(), dialect)).chain(OTHERS);
        names().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, dialect)| dialect).ok_or_else(
            || {
                let all = names().map(|(name, _)| name).collect::<Vec<_>>();
                let help = match nearest(name, all.iter().copied()).first() {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("say {}", all.join(", ")),
                };
                let problem = Diagnostic::new(Code::UnknownDialect, format!("there is no database `{name}`"));
                Error::sql(problem.help(help).expecting(all), [])
            },
        )
    }
}
