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
    /// The parts with problems so far, and the texts among them.
    parts: u32,
    texts: Vec<(Box<str>, Box<str>)>,
}

impl Problems {
    pub(crate) fn new(schema: &Schema) -> Self {
        Self {
            report: Report::new(schema.settings().limits.diagnostics),
            kind: None,
            contacts: BTreeSet::new(),
            parts: 0,
            texts: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, error: Error, place: Place) {
        self.kind.get_or_insert(error.kind());
        self.contacts.extend(error.contacts());
        self.report.push(error.into_diagnostic().at(&place));
    }

    /// What was read of a part of what was given, if it was; else all problems of the part are noted, at its JSON Pointer.
    pub(crate) fn part<T>(&mut self, read: Result<T>, pointer: &str) -> Option<T> {
        read.map_err(|error| self.push_part(&error, pointer)).ok()
    }

    /// Notes all problems of a part, behind those of the parts before.
    pub(crate) fn push_part(&mut self, error: &Error, pointer: &str) {
        self.kind.get_or_insert(error.kind());
        self.parts += 1;
        if let Some(text) = error.source_text() {
            self.texts.push((pointer.into(), text.into()));
        }
        for problem in error.diagnostics() {
            let place = problem.place().within(pointer, self.parts);
            self.report.push(problem.clone().at(&place));
        }
    }

    /// Whether there was none.
    ///
    /// # Errors
    /// All problems as one error, of the kind of the first one.
    pub(crate) fn none(self) -> Result<()> {
        match self.kind {
            Some(kind) => {
                Err(self.report.into_error(kind, None).of_contacts(self.contacts).of_parts(self.texts))
            }
            None => Ok(()),
        }
    }
}
