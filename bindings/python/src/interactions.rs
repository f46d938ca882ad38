//! Interactions: recorded one by one, many at once or from a file, and deleted.

use crate::book::Book;
use crate::columns::{Column, amounts, is_missing, texts, times};
use crate::convert::{When, amount, id, ids, is_one, list, name, when};
use crate::errors::{Result, wrong_type};
use crate::files::{ImportReport, Importing, Reading};
use crate::keywords::{Unknown, refuse_unknown, unexpected};
use crate::outcome::{Named, Outcome};
use crate::selection::selection;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, Python};
use pyo3::pymethods;
use pyo3::types::{PyDict, PyDictMethods};
use std::sync::Arc;
use tagmata::{
    Amount, ContactId, InteractionOptions, InteractionQuery, NewInteractions, TimeZone, Timestamp,
};

/// What an interaction has, in the order of a tuple.
const PARTS: [&str; 5] = ["contact", "kind", "at", "amount", "label"];

/// Interactions as they come from Python.
struct Given {
    contacts: Vec<ContactId>,
    kinds: Column<Option<Arc<str>>>,
    times: Column<Option<When>>,
    amounts: Column<Option<Amount>>,
    labels: Column<Option<Arc<str>>>,
}

impl Given {
    /// From a table by columns, or from rows.
    fn new(table: &Bound<'_, PyAny>) -> Result<Self> {
        for names in ["column_names", "columns"] {
            if let Some(names) = table.getattr_opt(names)? {
                let names = list(&names, "the columns of a table have names", name)?;
                return Self::of_columns(&names, |name| Ok(table.get_item(name)?));
            }
        }
        if let Ok(columns) = table.cast::<PyDict>() {
            let names = list(&columns.keys().into_any(), "the columns of a table have names", name)?;
            return Self::of_columns(&names, |name| Ok(columns.as_any().get_item(name)?));
        }
        Self::of_rows(table)
    }

    fn of_columns<'py>(names: &[String], column: impl Fn(&str) -> Result<Bound<'py, PyAny>>) -> Result<Self> {
        if let Some(name) = names.iter().find(|name| !PARTS.contains(&name.as_str())) {
            return Err(unexpected("Book.record_many", name, &PARTS).into());
        }
        let given = |name: &str| names.iter().any(|other| other == name).then(|| column(name)).transpose();
        let (Some(contacts), Some(kinds)) = (given("contact")?, given("kind")?) else {
            return Err(PyTypeError::new_err("a table of interactions has `contact` and `kind`").into());
        };
        let all = Self {
            contacts: ids(&contacts)?,
            kinds: texts(&kinds)?,
            times: given("at")?.map_or(Ok(Column::Same(None)), |values| times(&values))?,
            amounts: given("amount")?.map_or(Ok(Column::Same(None)), |values| amounts(&values))?,
            labels: given("label")?.map_or(Ok(Column::Same(None)), |values| texts(&values))?,
        };
        let rows = all.contacts.len();
        all.kinds.require("kind", rows)?;
        all.times.require("at", rows)?;
        all.amounts.require("amount", rows)?;
        all.labels.require("label", rows)?;
        Ok(all)
    }

    /// Each is a dict, or a tuple of contact, kind, at, amount and label.
    fn of_rows(rows: &Bound<'_, PyAny>) -> Result<Self> {
        let (mut contacts, mut kinds, mut moments) = (Vec::new(), Vec::new(), Vec::new());
        let (mut sums, mut labels) = (Vec::new(), Vec::new());
        let takes = "interactions are a list of dicts or tuples, or a table with columns";
        let all = match rows.try_iter() {
            Ok(all) if !is_one(rows) => all,
            _ => return Err(wrong_type(takes, rows)),
        };
        for row in all {
            let [contact, kind, at, value, label] = parts(&row?)?;
            let text = |value: Option<Bound<'_, PyAny>>| {
                value.map(|value| name(&value).map(|text| Arc::from(text.as_str()))).transpose()
            };
            let (Some(contact), Some(kind)) = (contact, kind) else {
                return Err(PyTypeError::new_err("an interaction has a `contact` and a `kind`").into());
            };
            contacts.push(id(&contact)?);
            kinds.push(text(Some(kind))?);
            moments.push(at.map(|at| when(&at)).transpose()?);
            sums.push(value.map(|value| amount(&value)).transpose()?);
            labels.push(text(label)?);
        }
        Ok(Self {
            contacts,
            kinds: Column::Each(kinds),
            times: Column::Each(moments),
            amounts: Column::Each(sums),
            labels: Column::Each(labels),
        })
    }

    /// As the core takes them; what has no time is now.
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

/// What a row has, where it is given.
fn parts<'py>(row: &Bound<'py, PyAny>) -> Result<[Option<Bound<'py, PyAny>>; 5]> {
    let mut found = [const { None }; 5];
    if let Ok(row) = row.cast::<PyDict>() {
        for (key, value) in row.iter() {
            let key = name(&key)?;
            let place = PARTS.iter().position(|part| *part == key);
            match place.and_then(|place| found.get_mut(place)) {
                Some(slot) => *slot = Some(value),
                None => return Err(unexpected("Book.record_many", &key, &PARTS).into()),
            }
        }
    } else if !is_one(row)
        && let Ok(items) = row.try_iter()
    {
        let mut items = items;
        for slot in &mut found {
            *slot = items.next().transpose()?;
        }
        if items.next().is_some() {
            return Err(PyTypeError::new_err(
                "an interaction is a tuple of contact, kind, at, amount and label",
            )
            .into());
        }
    } else {
        return Err(wrong_type("an interaction is a dict or a tuple", row));
    }
    Ok(found.map(|value| value.filter(|value| !is_missing(value))))
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
    /// Arrays are read as they are, without an object for each value. Times without a zone are those of the book's.
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
        let given = Given::new(interactions)?;
        let outcome = self.change(py, actor, |book, stamp| {
            let new = given.interactions(book.schema().settings().calendar.zone, stamp.at())?;
            let outcome = book.record_many(new, stamp)?;
            Ok(Named::new(outcome, book.schema()))
        })?;
        Ok(self.remember(py, outcome)?)
    }

    /// Deletes the interactions of contacts: all of them, or those of a kind, with a label, from a time on, before a time.
    ///
    /// ```python
    /// book.delete_interactions("everyone", kind="email_viewed", until=datetime(2024, 1, 1))
    /// ```
    #[pyo3(
        signature = (selection, *, kind=None, label=None, since=None, until=None, actor=None, **unknown),
        text_signature = "($self, selection, *, kind=None, label=None, since=None, until=None, actor=None)"
    )]
    fn delete_interactions(
        &self,
        py: Python<'_>,
        selection: &Bound<'_, PyAny>,
        kind: Option<&str>,
        label: Option<&str>,
        since: Option<&Bound<'_, PyAny>>,
        until: Option<&Bound<'_, PyAny>>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "delete_interactions", unknown)?;
        let selection = self::selection(self, selection)?;
        let (since, until) = (since.map(when).transpose()?, until.map(when).transpose()?);
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
        let mut reading = Reading::default();
        for (key, value) in options.into_iter().flat_map(|options| options.iter()) {
            let key: String = key.extract()?;
            if !reading.take(&key, &value)? {
                refuse_unknown::<Self>(py, "import_interactions", Some(Unknown::new(key)))?;
            }
        }
        let (csv, keys, importing): (_, _, Importing) = reading.into_parts();
        let options = InteractionOptions::new().reading(csv);
        let options = keys.into_iter().fold(options, InteractionOptions::match_by);
        self.import_from(py, source, &options, &importing)
    }
}
