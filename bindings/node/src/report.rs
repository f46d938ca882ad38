//! What the import of a file came to.

use crate::outcome::Outcome;
use napi_derive::napi;
use std::sync::Arc;
use tagmata::{Schema, SharedBook};

/// One problem of one row of a file.
#[napi(object, use_nullable = true)]
pub struct Problem {
    /// The row: data records are counted from 1; the header and blank lines are none.
    pub row: f64,
    /// The line of the file on which the row begins, counted from 1.
    pub line: f64,
    /// The header of the column as it is written; `null` if the problem is the whole row's.
    pub column: Option<String>,
    /// The stable code; those that begin with `W` are warnings, which reject nothing.
    pub code: String,
    /// What is wrong and what is allowed, in one line.
    pub message: String,
    /// The cell as it is written, or the item of a list; empty if the problem is the whole row's.
    pub value: String,
}

/// What the import of a file came to: contacts are counted, and rejected rows.
#[napi]
pub struct ImportReport {
    report: tagmata::ImportReport,
    outcome: Outcome,
}

#[napi]
impl ImportReport {
    pub(crate) fn new(report: tagmata::ImportReport, schema: &Schema, book: &Arc<SharedBook>) -> Self {
        let outcome = Outcome::new(report.outcome.clone(), schema, book);
        Self { report, outcome }
    }

    /// How many contacts were made.
    #[napi(getter)]
    pub fn created(&self) -> f64 {
        self.report.created as f64
    }

    /// How many contacts have other values than before.
    #[napi(getter)]
    pub fn updated(&self) -> f64 {
        self.report.updated as f64
    }

    /// How many contacts had all that the file says of them.
    #[napi(getter)]
    pub fn unchanged(&self) -> f64 {
        self.report.unchanged as f64
    }

    /// How many rows were rejected.
    #[napi(getter)]
    pub fn rejected(&self) -> f64 {
        self.report.rejected as f64
    }

    /// The headers that are no field's.
    #[napi(getter)]
    pub fn ignored_columns(&self) -> Vec<String> {
        self.report.ignored_columns.clone()
    }

    /// All that is wrong with rows, in the order of the file; of very many problems, the first 100,000.
    #[napi(getter)]
    pub fn problems(&self) -> Vec<Problem> {
        let problem = |problem: &tagmata::Problem| Problem {
            row: problem.row as f64,
            line: problem.line as f64,
            column: problem.column.clone(),
            code: problem.code.as_str().to_owned(),
            message: problem.message.clone(),
            value: problem.value.clone(),
        };
        self.report.problems.iter().map(problem).collect()
    }

    /// How many problems there are besides these.
    #[napi(getter)]
    pub fn problems_left_out(&self) -> f64 {
        self.report.problems_left_out as f64
    }

    /// What became true, and who entered and left segments by it.
    #[napi(getter)]
    pub fn outcome(&self) -> Outcome {
        self.outcome.clone()
    }

    /// The rejected rows as they were, with a column that says why: a file to be mended and imported again.
    #[napi]
    pub fn rejected_csv(&self) -> String {
        self.report.rejected_csv.clone()
    }
}
