//! What a check carries along.

use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Report};
use crate::model::Schema;

/// Resolves the conditions of one filter; problems go into the report.
pub(super) struct Checker<'a> {
    pub(super) schema: &'a Schema,
    pub(super) report: &'a mut Report,
    /// The `"id"` of the node that is being checked.
    pub(super) node: Option<Box<str>>,
}

impl Checker<'_> {
    /// Reports a problem; the answer is for `return`.
    pub(super) fn refuse<T>(&mut self, diagnostic: Diagnostic, place: &Place) -> Option<T> {
        self.report.push(diagnostic.at(place).of_node(self.node.as_deref()));
        None
    }

    /// Whether problems at a place, or behind it, would only be thrown away.
    pub(super) fn is_full_at(&self, place: &Place) -> bool {
        self.report.is_full_at(place.order())
    }

    /// The value, or its problem in the report.
    pub(super) fn accept<T>(&mut self, read: Result<T, Error>, place: &Place) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(error) => self.refuse(error.into_diagnostic(), place),
        }
    }
}
