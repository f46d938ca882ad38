//! The rows that were not imported, as a file that can be mended and imported again.

use super::formulas::{guarded, written_back};
use super::header::{WHY, is_why};
use super::problem::Problem;
use super::reader::CsvReader;
use super::row::CsvRow;
use csv::{Writer, WriterBuilder};
use std::borrow::Cow;
use std::fmt;

/// Collects rejected rows as they were, behind one more column that says why. What a spreadsheet would run as a formula gets a `'`, which is
/// taken off when the file is read.
///
/// The column comes first, so that a row with too few or too many cells keeps them where they were. The reader ignores it
/// by its header, `(why rejected)`, and when a row is rejected again its old reason gives way to the new one.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{CsvReader, CsvOptions, RejectedRows, Schema};
/// let (schema, options) = (Schema::default(), CsvOptions::new());
/// let mut rows = CsvReader::open(Cursor::new("email;country\nzoe@example.com;Utopia\n"), &schema, &options)?;
/// let mut rejected = RejectedRows::new(&rows);
/// let row = rows.next().unwrap()?;
/// rejected.add(&row, row.problems());
/// assert_eq!(rejected.into_csv(), "(why rejected);email;country\n\
///     \"country: there is no country `Utopia`; use the two letters of ISO 3166-1, such as `FR`\";zoe@example.com;Utopia\n");
/// # Ok::<(), tagmata::Error>(())
/// ```
pub struct RejectedRows {
    csv: Writer<Vec<u8>>,
    count: u64,
}

impl RejectedRows {
    /// No rows of a file yet.
    #[must_use]
    pub fn new<R>(reader: &CsvReader<'_, R>) -> Self {
        let header = reader.header();
        let csv = WriterBuilder::new().delimiter(header.delimiter).flexible(true).from_writer(Vec::new());
        let mut rejected = Self { csv, count: 0 };
        let names = header.names.iter().filter(|name| !is_why(name));
        rejected.line(std::iter::once(Cow::Borrowed(WHY)).chain(names.map(|name| written_back(name))));
        rejected
    }

    /// Adds a row of that file, and why it was rejected. Warnings are left out.
    pub fn add(&mut self, row: &CsvRow, problems: &[Problem]) {
        /// More reasons than a person reads in one cell.
        const MOST: usize = 50;
        /// Of so many rows nobody reads the reasons one by one. Those behind have the codes alone: a file of rows of two bytes would become one a
        /// hundred times as large.
        const IN_FULL: u64 = 100_000;
        let errors = || problems.iter().filter(|problem| !problem.is_warning());
        let mut reasons: Vec<String> = errors()
            .take(MOST)
            .map(|problem| match &problem.column {
                _ if self.count >= IN_FULL => problem.code.to_string(),
                Some(column) => format!("{column}: {}", problem.message),
                None => problem.message.clone(),
            })
            .collect();
        if let more @ 1.. = errors().count().saturating_sub(MOST) {
            reasons.push(format!("and {more} more"));
        }
        let why = guarded(Cow::Owned(reasons.join(" | ")));
        let names = &row.header().names;
        let is_kept = |at: usize| names.get(at).is_none_or(|name| !is_why(name));
        let cells =
            row.cells().enumerate().filter(|(at, _)| is_kept(*at)).map(|(_, cell)| written_back(cell));
        self.line(std::iter::once(why).chain(cells));
        self.count += 1;
    }

    /// How many rows were added.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.count
    }

    /// Whether no row was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The file, to be written in UTF-8; it has the delimiter of the file that was read.
    #[must_use]
    pub fn into_csv(self) -> String {
        // Memory takes all that is written, and what was written is text.
        let bytes = self.csv.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    fn line<'c>(&mut self, cells: impl Iterator<Item = Cow<'c, str>>) {
        let cells: Vec<Cow<'c, str>> = cells.collect();
        let written = self.csv.write_record(cells.iter().map(|cell| cell.as_bytes()));
        debug_assert!(written.is_ok(), "memory takes all that is written");
    }
}

impl fmt::Debug for RejectedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RejectedRows").field("count", &self.count).finish_non_exhaustive()
    }
}
