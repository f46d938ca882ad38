//! Interactions: recorded one by one, many at once or from a file, and deleted.

use crate::book::Book;
use crate::columns::{Column, amounts, of_table, texts, times};
use crate::convert::{When, amount, id, ids, is_one, items, when};
use crate::errors::{Result, wrong_type};
use crate::files::ImportReport;
use crate::importing::{Importing, Reading};
use crate::keywords::{Narrowing, Unknown, refuse_unknown, unexpected};
use crate::outcome::{Named, Outcome};
use crate::rows::{PARTS, interaction};
use crate::selection::selection;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, Python};
use pyo3::pymethods;
use pyo3::types::{PyDict, PyDictMethods};
use std::sync::Arc;
use tagmata::{
    Amount, ContactId, InteractionOptions, InteractionParts, InteractionQuery, NewInteractions, TimeZone,
    Timestamp,
};

/// Interactions as they come from Python.
enum Given {
    Columns(Columns),
    Rows(Vec<InteractionParts>),
}

/// Interactions by columns.
struct Columns {
    contacts: Vec<ContactId>,
    kinds: Column<Option<Arc<str>>>,
    times: Column<Option<When>>,
    amounts: Column<Option<Amount>>,
    labels: Column<Option<Arc<str>>>,
}

impl Given {
    /// From a table by columns, or from rows, whose times without a zone are on the wall clock of `zone`.
    fn new(table: &Bound<'_, PyAny>, zone: TimeZone) -> Result<Self> {
        if let Some(columns) = of_table(table)? {
            return Columns::new(&columns).map(Self::Columns);
        }
        match items(table) {
            Ok(rows) if !is_one(table) => {
                Ok(Self::Rows(rows.map(|row| interaction(&row?, zone)).collect::<Result<_>>()?))
            }
            _ => {
                let takes = "interactions are a list of dicts or tuples, or a table with columns";
                Err(wrong_type(takes, table))
            }
        }
    }

    /// As the core takes them; what has no time is now.
    fn interactions(self, zone: TimeZone, now: Timestamp) -> tagmata::Result<NewInteractions> {
        match self {
            Self::Columns(columns) => columns.interactions(zone, now),
            Self::Rows(rows) => {
                let mut new = NewInteractions::new();
                rows.into_iter().for_each(|row| new.push_parts(row, now));
                Ok(new)
            }
        }
    }
}

impl Columns {
    fn new(columns: &[(String, Bound<'_, PyAny>)]) -> Result<Self> {
        if let Some((name, _)) = columns.iter().find(|(name, _)| !PARTS.contains(&name.as_str())) {
            return Err(unexpected("Book.record_many", name, &PARTS).into());
        }
        let given = |name: &str| columns.iter().find(|(other, _)| other == name).map(|(_, values)| values);
        let (Some(contacts), Some(kinds)) = (given("contact"), given("kind")) else {
            return Err(PyTypeError::new_err("a table of interactions has `contact` and `kind`").into());
        };
        let all = Self {
            contacts: ids(contacts)?,
            kinds: texts(kinds)?,
            times: given("at").map_or(Ok(Column::Same(None)), times)?,
            amounts: given("amount").map_or(Ok(Column::Same(None)), amounts)?,
            labels: given("label").map_or(Ok(Column::Same(None)), texts)?,
        };
        let rows = all.contacts.len();
        all.kinds.require("kind", rows)?;
        all.times.require("at", rows)?;
        all.amounts.require("amount", rows)?;
        all.labels.require("label", rows)?;
        Ok(all)
    }

    fn interactions(&self, zone: TimeZone, now: Timestamp) -> tagmata::Result<NewInteractions> {
        let mut new = NewInteractions::new();
        for (row, contact) in self.contacts.iter().enumerate() {
            let at = self.times.get(row).and_then(Option::as_ref);
            let at = at.map_or(Ok(now), |at| at.instant(zone))?;
            let text = |column: &Column<Option<Arc<str>>>| column.get(row).cloned().flatten();
            let amount = self.amounts.get(row).copied().flatten();
            let kind = text(&self.kinds).unwrap_or_default();
            new.push(*contact, &kind, at, amount, text(&self.labels).as_deref());
        }
        Ok(new)
    }
}

#[pymethods]
impl Book {
    /// Notes that something happened with a contact: now, or at another time.
    ///
    /// ```python
    /// book.record(zoe, "payment", amount=120.0, label="Invoice 7")
    /// ```
    #[pyo3(
        signature = (contact, kind, *, at=None, amount=None, label=None, actor=None, **unknown),
        text_signature = "($self, contact, kind, *, at=None, amount=None, label=None, actor=None)"
    )]
    fn record(
        &self,
        py: Python<'_>,
        contact: &Bound<'_, PyAny>,
        kind: &str,
        at: Option<&Bound<'_, PyAny>>,
        amount: Option<&Bound<'_, PyAny>>,
        label: Option<&str>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "record", unknown)?;
        let (contact, at) = (id(contact)?, at.map(when).transpose()?);
        let amount = amount.map(self::amount).transpose()?;
        let outcome = self.change(py, actor, |book, stamp| {
            let at = at.map(|at| at.instant(book.schema().settings().calendar.zone)).transpose()?;
            let outcome = book.record(contact, kind, at.unwrap_or(stamp.at()), amount, label, stamp)?;
            Ok(Named::new(outcome, book.schema()))
        })?;
        Ok(self.remember(py, outcome)?)
    }

    /// Notes all that happened, as one change: a list of dicts or of tuples `(contact, kind, at, amount, label)`, or a table
    /// with these columns — a dict of lists or arrays, or a table of pandas, polars or Arrow. Without a time it is now.
    ///
    /// What is wrong with a list is told at once, with pointers such as `/7/kind`. Arrays are read as they are, without an object for each value. Times without a zone are those of the book's.
    ///
    /// ```python
    /// book.record_many([{"contact": zoe, "kind": "payment", "amount": 120.0}])
    /// book.record_many({"contact": ids, "kind": "email_viewed", "at": times})
    /// ```
    #[pyo3(
        signature = (interactions, *, actor=None, **unknown),
        text_signature = "($self, interactions, *, actor=None)"
    )]
    fn record_many(
        &self,
        py: Python<'_>,
        interactions: &Bound<'_, PyAny>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "record_many", unknown)?;
        let zone = self.read(py, |book| Ok(book.schema().settings().calendar.zone))?;
        let given = Given::new(interactions, zone)?;
        let outcome = self.change(py, actor, |book, stamp| {
            let new = given.interactions(zone, stamp.at())?;
            let outcome = book.record_many(new, stamp)?;
            Ok(Named::new(outcome, book.schema()))
        })?;
        Ok(self.remember(py, outcome)?)
    }

    /// Deletes the interactions of contacts: all of them, or those of a kind, with a label, from a time on, before a time. Each of these is
    /// left out, or says something: `None` is refused.
    ///
    /// ```python
    /// book.delete_interactions("everyone", kind="email_viewed", until=datetime(2024, 1, 1))
    /// ```
    #[pyo3(
        signature = (
            selection, *, kind=Narrowing::LeftOut, label=Narrowing::LeftOut, since=Narrowing::LeftOut,
            until=Narrowing::LeftOut, actor=None, **unknown
        ),
        text_signature = "($self, selection, *, kind=..., label=..., since=..., until=..., actor=None)"
    )]
    fn delete_interactions(
        &self,
        py: Python<'_>,
        selection: &Bound<'_, PyAny>,
        kind: Narrowing<String>,
        label: Narrowing<String>,
        since: Narrowing<Bound<'_, PyAny>>,
        until: Narrowing<Bound<'_, PyAny>>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        const CALL: &str = "delete_interactions";
        refuse_unknown::<Self>(py, CALL, unknown)?;
        let (kind, label) = (kind.of(CALL, "kind")?, label.of(CALL, "label")?);
        let (since, until) = (since.of(CALL, "since")?, until.of(CALL, "until")?);
        let (since, until) = (since.as_ref().map(when).transpose()?, until.as_ref().map(when).transpose()?);
        let selection = self::selection(self, selection)?;
        let mut query = InteractionQuery::new();
        query = kind.into_iter().fold(query, InteractionQuery::kind);
        query = label.into_iter().fold(query, InteractionQuery::labelled);
        let outcome = self.change(py, actor, |book, stamp| {
            let zone = book.schema().settings().calendar.zone;
            let instant = |at: Option<&When>| at.map(|at| at.instant(zone)).transpose();
            let query = instant(since.as_ref())?.into_iter().fold(query, InteractionQuery::since);
            let query = instant(until.as_ref())?.into_iter().fold(query, InteractionQuery::until);
            let outcome = book.delete_interactions(selection, query, stamp)?;
            Ok(Named::new(outcome, book.schema()))
        })?;
        Ok(self.remember(py, outcome)?)
    }

    /// Imports interactions of contacts that are there from a CSV file: its path, an open binary file, or bytes. Rows that
    /// are wrong are left out and reported; the others are one change. What is recorded already is counted as unchanged.
    ///
    /// ```python
    /// report = book.import_interactions("payments.csv", columns={"Paid on": "time"})
    /// report.created, report.unchanged, report.problems, report.rejected_csv()
    /// ```
    #[pyo3(
        signature = (source, **options),
        text_signature = "($self, source, *, match=None, invalid_values='reject', dates=None, decimal=None, columns=None, delimiter=None, encoding=None, dry_run=False, progress=None, actor=None)"
    )]
    fn import_interactions(
        &self,
        py: Python<'_>,
        source: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> Result<ImportReport> {
        const CALL: &str = "import_interactions";
        let mut reading = Reading::default();
        for (key, value) in options.into_iter().flat_map(|options| options.iter()) {
            let key: String = key.extract()?;
            if !reading.take(CALL, &key, &value)? {
                refuse_unknown::<Self>(py, CALL, Some(Unknown::new(key)))?;
            }
        }
        let (csv, keys, importing): (_, _, Importing) = reading.into_parts();
        let options = InteractionOptions::new().reading(csv);
        let options = keys.into_iter().fold(options, InteractionOptions::match_by);
        self.import_from(py, source, &options, &importing)
    }
}
