//! What is wrong with a row.

use crate::diagnostic::{Code, Diagnostic};
use crate::text::list;
use std::fmt;

/// One problem of one row of a file.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{Code, CsvReader, CsvOptions, Schema};
/// let (schema, options) = (Schema::default(), CsvOptions::new());
/// let file = Cursor::new("email,country\nzoe@example.com,Utopia\n");
/// let row = CsvReader::open(file, &schema, &options)?.next().unwrap()?;
/// let problem = &row.problems()[0];
/// assert_eq!((problem.row, problem.line, problem.column.as_deref()), (1, 2, Some("country")));
/// assert_eq!((problem.code, problem.value.as_str()), (Code::UnknownCountry, "Utopia"));
/// assert!(!problem.is_warning());
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The row: data records are counted from 1; the header and blank lines are none.
    pub row: u64,
    /// The line of the file on which the row begins, counted from 1.
    pub line: u64,
    /// The header of the column as it is written; none if the problem is the whole row's, or the file has no such column.
    pub column: Option<String>,
    /// The stable code; those that begin with `W` are warnings, which reject nothing.
    pub code: Code,
    /// What is wrong and what is allowed, in one line without a full stop.
    pub message: String,
    /// The cell as it is written, or the item of a list; empty if the problem is the whole row's.
    pub value: String,
}

impl Problem {
    /// Whether this only draws attention to something that was accepted.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.code.as_str().starts_with('W')
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}, line {}", self.row, self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        write!(f, ": {} [{}]", self.message, self.code)
    }
}

/// A diagnostic as one sentence: what is wrong, then what to do, else what is allowed.
pub(crate) fn sentence(diagnostic: &Diagnostic) -> String {
    match (diagnostic.help_text(), diagnostic.expected()) {
        (Some(help), _) => format!("{}; {help}", diagnostic.message()),
        (None, []) => diagnostic.message().to_owned(),
        (None, expected) => format!("{}; choose {}", diagnostic.message(), list(expected)),
    }
}
