//! The problems of the values of one contact, each in the place of its field.

use super::Schema;
use crate::diagnostic::Place;
use crate::error::{Error, ErrorKind, Report, Result};
use std::collections::BTreeSet;

/// Collects problems, so that all are told at once.
#[derive(Debug)]
pub(crate) struct Problems {
    report: Report,
    /// That of the first problem.
    kind: Option<ErrorKind>,
    /// The numbers of the contacts that the problems are about.
    contacts: BTreeSet<u32>,
}

impl Problems {
    pub(crate) fn new(schema: &Schema) -> Self {
        Self {
            report: Report::new(schema.settings().limits.diagnostics),
            kind: None,
            contacts: BTreeSet::new(),
        }
    }

    pub(crate) fn push(&mut self, error: Error, place: Place) {
        self.kind.get_or_insert(error.kind());
        self.contacts.extend(error.contacts());
        self.report.push(error.into_diagnostic().at(&place));
    }

    /// Whether there was none.
    ///
    /// # Errors
    /// All problems as one error, of the kind of the first one.
    pub(crate) fn none(self) -> Result<()> {
        match self.kind {
            Some(kind) => Err(self.report.into_error(kind, None).of_contacts(self.contacts)),
            None => Ok(()),
        }
    }
}
