//! A book's definitions as a document, and back.

use super::applier::Applier;
use crate::automation::Rules;
use crate::book::{Book, Outcome};
use crate::change::Stamp;
use crate::definitions::{DefinitionsSource, Document, Prune, read, write};
use crate::error::{Report, Result};
use crate::segment::Segments;

impl Book {
    /// The definitions of the book as a JSON document: settings, custom fields, statuses, kinds of interaction, tags, segments.
    ///
    /// One value is on a line, in the order of definition, so that two exports can be compared line by line. What is about single
    /// contacts is not in it: members of static segments, pins, values. `docs/definitions.md` describes the format.
    ///
    /// ```
    /// use tagmata::{Book, NewSegment, Prune, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.define_tag("vip", now)?;
    /// book.create_segment(NewSegment::dynamic("VIPs", "tags has vip"), now)?;
    /// let document = book.definitions();
    ///
    /// let mut other = Book::builder().build(now);
    /// other.apply_definitions(&document, Prune::Remove, now)?;
    /// assert_eq!(other.definitions(), document);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn definitions(&self) -> String {
        write(&self.state.schema, &self.state.segments, &self.state.rules)
    }

    /// Brings the definitions of the book to a document: all of it in one commit, or nothing.
    ///
    /// What the document lists is defined, relabelled, renamed or given another filter. What it does not list stays, or is
    /// deleted by [`Prune::Remove`]. In [`Book::preview`] nothing changes, and the outcome says what would.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Prune, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = book.create_contact(Draft::new().set("status", "vip"), now)?.id;
    /// let document = r#"{"v": 1,
    ///     "fields": [{"key": "billed", "type": "number", "label": "Montant facturé"}],
    ///     "segments": [{"name": "VIPs", "filter": {"v": 1, "filter":
    ///         {"op": "=", "field": "status", "value": "vip"}}}]}"#;
    /// let (_, preview) = book.preview(now, |book| book.apply_definitions(document, Prune::Keep, now))?;
    /// assert!(book.schema().field_by_key("billed").is_none());
    ///
    /// let outcome = book.apply_definitions(document, Prune::Keep, now)?;
    /// assert_eq!(outcome.effects, preview.effects);
    /// let vips = book.schema().segment("VIPs").expect("it was made");
    /// assert!(outcome.effects.entered[&vips].contains(zoe));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// All problems of the document, placed by JSON Pointers: of kind [`ErrorKind::Definitions`](crate::ErrorKind::Definitions),
    /// or [`ErrorKind::Conflict`](crate::ErrorKind::Conflict) where only the book stands against it. Nothing has changed then.
    pub fn apply_definitions<'d>(
        &mut self,
        document: impl Into<DefinitionsSource<'d>>,
        prune: Prune,
        stamp: impl Into<Stamp>,
    ) -> Result<Outcome> {
        let (stamp, limits) = (stamp.into(), self.schema().settings().limits);
        let tree = document.into().tree(&limits)?;
        self.together(stamp.clone(), |book| {
            let mut report = Report::new(limits.diagnostics);
            let document = read(&tree, &limits, &mut report);
            let mut applier = Applier::new(book, &tree, stamp, report);
            applier.apply(&document, prune);
            applier.finish()
        })
    }

    /// The rules.
    pub(super) fn rule_definitions(&self) -> &Rules {
        &self.state.rules
    }

    pub(super) fn segment_definitions(&self) -> &Segments {
        &self.state.segments
    }
}

impl Applier<'_, '_> {
    /// Does all that the document says, in an order in which each step finds what it needs.
    fn apply(&mut self, document: &Document<'_>, prune: Prune) {
        document.refused.iter().for_each(|name| self.note_refused(name));
        // What a document does not list is not known while some of it cannot be read.
        let prune = if self.has_problems() { Prune::Keep } else { prune };
        let removals = self.removals(document, prune);
        // First what can go, so that its names are free; at the end what other definitions had to let go of.
        let removals = self.remove_unused(removals);
        if let Some(settings) = &document.settings {
            self.settings(settings);
        }
        self.labels(document, prune, &removals);
        if let Some(fields) = &document.fields {
            self.fields(fields);
        }
        if let Some(statuses) = &document.statuses {
            self.statuses(statuses);
        }
        if let Some(kinds) = &document.kinds {
            self.kinds(kinds);
        }
        if let Some(tags) = &document.tags {
            self.tags(tags);
        }
        if let Some(segments) = &document.segments {
            self.segments(segments, &removals);
        }
        if let Some(automation) = &document.automation {
            self.automation(automation);
        }
        if let Some(rules) = &document.rules
            && !self.has_problems()
        {
            self.rules(rules);
        }
        if !self.has_problems() {
            self.remove(&removals);
        }
    }
}
