//! What a filter is written as.

use super::compiler::Compiler;
use super::sql::Sql;
use super::words;
use std::str::FromStr;
use tagmata::{Error, Filter};

/// What a filter is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Output {
    /// A statement that finds the ids of those who match.
    #[default]
    Select,
    /// A statement that counts them.
    Count,
    /// A condition, for a statement of the host's own.
    Condition,
}

impl Output {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Select, Self::Count, Self::Condition];

    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Count => "count",
            Self::Condition => "condition",
        }
    }
}

impl FromStr for Output {
    type Err = Error;

    /// Reads one of `select`, `count` and `condition`.
    ///
    /// # Errors
    /// [`Code::BadSetting`](tagmata::Code::BadSetting) for every other word.
    fn from_str(word: &str) -> Result<Self, Error> {
        words::option("output", word, Self::ALL, Self::as_str)
    }
}

impl Compiler<'_> {
    /// A filter as what is asked for: for hosts that read it from an option.
    ///
    /// ```
    /// use tagmata::{Book, Timestamp};
    /// use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping, Output};
    /// let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
    /// let book = Book::builder().build(now);
    /// let mapping = Mapping::new("contacts", "id").field("status", FieldMapping::column("status").not_null());
    /// let compiler = Compiler::new(Dialect::Sqlite, &mapping, &book);
    /// let filter = book.filter("status = lead")?;
    /// assert_eq!(compiler.output("count".parse()?, &filter)?, compiler.count(&filter)?);
    /// let error = "delete".parse::<Output>().unwrap_err();
    /// assert_eq!(error.diagnostics()[0].help_text(), Some("it takes `select`, `count` or `condition`"));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`condition`](Self::condition).
    pub fn output(&self, output: Output, filter: &Filter) -> Result<Sql, Error> {
        match output {
            Output::Select => self.select(filter),
            Output::Count => self.count(filter),
            Output::Condition => self.condition(filter),
        }
    }
}
