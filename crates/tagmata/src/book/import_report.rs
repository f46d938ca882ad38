//! What an import would come to, and what it came to.

use super::outcome::Outcome;
use crate::change::{Decision, Fact};
use crate::csv::Problem;
use crate::import::Summary;

/// What the import of a file would come to, before anything of it is true.
///
/// It can be applied once, to the book as it was when it was planned.
///
/// ```
/// use std::{io::Cursor, ops::ControlFlow};
/// use tagmata::{Book, ImportOptions, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let file = Cursor::new("country,first name,last name,email\nFR,Zoé,Martin,zoe@example.com\n");
/// let plan = book.plan_import(file, &ImportOptions::new(), now, |_| ControlFlow::Continue(()))?;
/// assert_eq!((plan.created(), plan.rejected(), book.count("everyone")?), (1, 0, 0));
/// book.apply_import(plan)?;
/// assert_eq!(book.count("everyone")?, 1);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "nothing changes until it is applied"]
pub struct ImportPlan {
    pub(super) decision: Decision,
    pub(super) summary: Summary,
}

impl ImportPlan {
    /// What it comes to, and what is to be told of the file.
    pub(crate) fn into_parts(self) -> (Decision, Summary) {
        (self.decision, self.summary)
    }

    /// How many contacts would be made, or interactions recorded.
    #[must_use]
    pub fn created(&self) -> u64 {
        self.summary.created
    }

    /// How many contacts would have other values than they have.
    #[must_use]
    pub fn updated(&self) -> u64 {
        self.summary.updated
    }

    /// How many contacts have all that the file says of them; how many of its interactions are recorded already.
    #[must_use]
    pub fn unchanged(&self) -> u64 {
        self.summary.unchanged
    }

    /// How many rows would be rejected.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.summary.rejected
    }

    /// All that is wrong with rows, in the order of the file; of very many, the first 100,000.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.summary.problems
    }

    /// What would become true, in order.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        self.decision.facts()
    }
}

/// What the import of a file came to.
///
/// Contacts are counted, and rejected rows: several rows for one contact, each of which but the first is told with
/// [`Code::ContactTwice`](crate::Code::ContactTwice), make or change one contact. A contact that the file makes and changes is a made one.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{Book, ImportOptions, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// let file = "Pays;Prénom;Nom;Courriel\nFR;Zoé;Martin;zoe@example.com\nFR;Léo;Petit;leo@\n";
/// let report = book.import(Cursor::new(file), &ImportOptions::new(), now)?;
/// assert_eq!((report.created, report.updated, report.unchanged, report.rejected), (1, 0, 0, 1));
/// assert_eq!((report.problems[0].row, report.problems[0].column.as_deref()), (2, Some("Courriel")));
///
/// // Rejected rows are mended and imported again.
/// let mended = report.rejected_csv.replace("leo@", "leo@example.com");
/// assert_eq!(book.import(Cursor::new(mended), &ImportOptions::new(), now)?.created, 1);
///
/// book.undo(&report.outcome.commit, now)?;
/// assert_eq!(book.count("everyone")?, 1);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ImportReport {
    /// How many contacts were made, or interactions recorded.
    pub created: u64,
    /// How many contacts have other values than before.
    pub updated: u64,
    /// How many contacts had all that the file says of them; how many of its interactions were recorded already.
    pub unchanged: u64,
    /// How many rows were rejected.
    pub rejected: u64,
    /// The headers that are no field's, each once.
    pub ignored_columns: Vec<String>,
    /// All that is wrong with rows, in the order of the file: of those that were rejected, and of others what was skipped
    /// or is to be looked at. Of very many, the first 100,000; `rejected_csv` has the reasons of every rejected row.
    pub problems: Vec<Problem>,
    /// How many problems there are besides these.
    pub problems_left_out: u64,
    /// The rejected rows as they were, with a column that says why: a file to be mended and imported again.
    pub rejected_csv: String,
    /// What became true, and who entered and left segments by it.
    pub outcome: Outcome,
}

impl ImportReport {
    pub(crate) fn new(summary: Summary, outcome: Outcome) -> Self {
        Self {
            created: summary.created,
            updated: summary.updated,
            unchanged: summary.unchanged,
            rejected: summary.rejected,
            ignored_columns: summary.ignored_columns,
            problems: summary.problems,
            problems_left_out: summary.problems_left_out,
            rejected_csv: summary.rejected_csv,
            outcome,
        }
    }
}
