//! What is told of the rows of a file, besides what they come to.

use super::planned::Summary;
use crate::csv::{CsvReader, CsvRow, Problem, RejectedRows};

/// So many problems are told one by one. Files may have hundreds of them for each of millions of rows; the rejected rows say why in any case.
const MOST_PROBLEMS: usize = 100_000;

/// The rows that are rejected, and all that is wrong with any row.
pub(super) struct Told {
    problems: Vec<Problem>,
    problems_left_out: u64,
    rejected: RejectedRows,
    ignored_columns: Vec<String>,
}

impl Told {
    /// Nothing yet.
    pub(super) fn new<R>(reader: &CsvReader<'_, R>) -> Self {
        let ignored_columns = reader.ignored_columns().to_vec();
        Self {
            problems: Vec::new(),
            problems_left_out: 0,
            rejected: RejectedRows::new(reader),
            ignored_columns,
        }
    }

    /// A row is imported, without what is skipped.
    pub(super) fn accept(&mut self, row: &CsvRow, skipped: Vec<Problem>) {
        self.note(row.problems().iter().cloned());
        self.note(skipped);
    }

    /// A row is rejected by what stands against it: what it has itself, and what is found to be wrong.
    pub(super) fn reject(&mut self, row: &CsvRow, wrong: &[Problem]) {
        let reasons = [row.problems(), wrong].concat();
        self.rejected.add(row, &reasons);
        self.note(reasons);
    }

    /// Something else is worth knowing.
    pub(super) fn note(&mut self, problems: impl IntoIterator<Item = Problem>) {
        let mut problems = problems.into_iter();
        let room = MOST_PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(problems.by_ref().take(room));
        problems.for_each(|_| self.problems_left_out += 1);
    }

    /// The summary of an import that comes to so many contacts or interactions.
    pub(super) fn into_summary(self, created: u64, updated: u64, unchanged: u64) -> Summary {
        let Self { problems, problems_left_out, rejected, ignored_columns } = self;
        Summary {
            created,
            updated,
            unchanged,
            rejected: rejected.len(),
            ignored_columns,
            problems,
            problems_left_out,
            rejected_csv: rejected.into_csv(),
        }
    }
}
