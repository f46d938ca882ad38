//! What is carried along while a document is applied.

use crate::book::Book;
use crate::change::{Command, Stamp};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Report, Result};
use crate::json::{JsonTree, TreeId, TreeValue};
use crate::model::Schema;
use crate::text::fold;
use std::collections::BTreeSet;

/// Runs commands in the open batch of a book, and collects what stands against them.
///
/// After a problem the work goes on, so that all are told; the batch is dropped in the end.
#[derive(Debug)]
pub(super) struct Applier<'b, 'd> {
    book: &'b mut Book,
    tree: &'d JsonTree,
    stamp: Stamp,
    report: Report,
    /// Whether a problem is more than that the book stands against it.
    is_wrong: bool,
    /// The keys and names, folded, of what could not be defined. Filters that use it are not to blame.
    refused: BTreeSet<String>,
}

impl<'b, 'd> Applier<'b, 'd> {
    /// `report` has the problems of reading the document.
    pub(super) fn new(book: &'b mut Book, tree: &'d JsonTree, stamp: Stamp, report: Report) -> Self {
        let is_wrong = report.has_errors();
        Self { book, tree, stamp, report, is_wrong, refused: BTreeSet::new() }
    }

    pub(super) fn tree(&self) -> &'d JsonTree {
        self.tree
    }

    pub(super) fn schema(&self) -> &Schema {
        self.book.schema()
    }

    pub(super) fn book(&self) -> &Book {
        self.book
    }

    /// Runs a command that may be refused for now.
    pub(super) fn attempt(&mut self, command: &Command) -> Result<()> {
        self.book.run(command, self.stamp.clone()).map(|_| ())
    }

    /// Runs the command of an entry; `None` if it is refused, which is reported.
    pub(super) fn run(&mut self, command: &Command, at: TreeId) -> Option<()> {
        match self.attempt(command) {
            Ok(()) => Some(()),
            Err(error) => self.refuse(&error, at),
        }
    }

    /// Reports the problems of an entry, each in the part of the entry that it is about.
    pub(super) fn refuse<T>(&mut self, error: &Error, at: TreeId) -> Option<T> {
        self.is_wrong |= error.kind() != ErrorKind::Conflict;
        for problem in error.diagnostics() {
            let part = problem.place().pointer().and_then(|pointer| self.tree.find(at, pointer));
            self.report.push(problem.clone().at(&self.tree.place(part.unwrap_or(at))));
        }
        None
    }

    /// Reports that the book stands against an entry.
    pub(super) fn conflict<T>(&mut self, diagnostic: Diagnostic, at: TreeId) -> Option<T> {
        self.refuse(&Error::conflict(diagnostic), at)
    }

    /// Reports the problems of a filter, but for names that were refused themselves.
    pub(super) fn refuse_filter(&mut self, error: &Error) {
        for problem in error.diagnostics() {
            let is_name = matches!(
                problem.code(),
                Code::UnknownField
                    | Code::UnknownStatus
                    | Code::UnknownOption
                    | Code::UnknownTag
                    | Code::UnknownSegment
                    | Code::UnknownKind
            );
            let is_refused = match self.tree.at(problem.place()) {
                Some(TreeValue::Text(name)) => is_name && self.refused.contains(&*fold(name)),
                _ => false,
            };
            if !is_refused {
                self.is_wrong = true;
                self.report.push(problem.clone());
            }
        }
    }

    /// Notes that something could not be defined.
    pub(super) fn note_refused(&mut self, name: &str) {
        self.refused.insert(fold(name).into_owned());
    }

    /// Whether there was a problem.
    pub(super) fn has_problems(&self) -> bool {
        self.report.has_errors()
    }

    /// Whether there was no problem.
    ///
    /// # Errors
    /// All problems, in the order of the document.
    pub(super) fn finish(self) -> Result<()> {
        let kind = if self.is_wrong { ErrorKind::Definitions } else { ErrorKind::Conflict };
        match self.report.has_errors() {
            true => Err(self.report.into_error(kind, None)),
            false => Ok(()),
        }
    }
}
