//! Reports: how contacts spread over the values of a field, and who gets a broadcast.

use crate::book::Book;
use crate::convert::{array, arrays, list, names};
use crate::errors::Result;
use crate::filters::source;
use crate::keywords::{Narrowing, Unknown, refuse_unknown};
use crate::notebooks::list_of;
use crate::selection::selection;
use numpy::PyArray1;
use pyo3::prelude::{Bound, PyAny, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::{PyDict, PyString, PyStringMethods};
use pyo3::{pyclass, pymethods};
use tagmata::{AudienceQuery, BreakdownQuery, MemberSet};

/// How many contacts have one value, and what their numbers come to; `value` is `None` for those who have none.
#[pyclass(frozen, get_all, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Row {
    /// The name that filters know.
    value: Option<String>,
    /// What people see.
    label: String,
    /// How many contacts.
    count: u64,
    /// The sum of the numbers; `None` if nobody has one, or none was asked for.
    sum: Option<f64>,
    /// The average of the numbers.
    avg: Option<f64>,
    /// The smallest number.
    min: Option<f64>,
    /// The largest number.
    max: Option<f64>,
}

#[pymethods]
impl Row {
    fn __repr__(&self) -> String {
        let value = self.value.as_ref().map_or_else(|| "None".to_owned(), |value| format!("{value:?}"));
        let sum = self.sum.map_or_else(String::new, |sum| format!(", {sum} in all"));
        format!("<Row {value}: {} contacts{sum}>", self.count)
    }
}

/// Who gets a broadcast, and who does not: everybody that is included is in exactly one of these.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Audience {
    recipients: MemberSet,
    skipped: Vec<(String, MemberSet)>,
}

#[pymethods]
impl Audience {
    /// Who gets it.
    #[getter]
    fn recipients<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<u32>> {
        array(py, self.recipients.to_numbers())
    }

    /// Who does not, by the reason: `excluded`, `opted_out`, `no_mobile`, `no_email` or `same_address`.
    #[getter]
    fn skipped<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        arrays(py, &self.skipped)
    }

    fn __repr__(&self) -> String {
        let skipped: u64 = self.skipped.iter().map(|(_, contacts)| contacts.len()).sum();
        format!("<Audience: {} recipients, {skipped} skipped>", self.recipients.len())
    }
}

/// The members of segments, by their names, and the contacts of other selections.
fn several(book: &Book, value: &Bound<'_, PyAny>) -> Result<Vec<tagmata::Selection>> {
    list(value, "an audience is a list of segments, such as ['Nord']", |item| match item.cast::<PyString>() {
        Ok(name) => Ok(tagmata::Selection::segment(&*name.to_cow()?)),
        Err(_) => selection(book, item),
    })
}

#[pymethods]
impl Book {
    /// How contacts spread over the values of a field, with the numbers of another field added up.
    ///
    /// ```python
    /// book.breakdown("segments", measure="billed")
    /// ```
    #[pyo3(
        signature = (by, filter=None, measure=None, **unknown),
        text_signature = "($self, by, filter=None, measure=None)"
    )]
    fn breakdown<'py>(
        &self,
        py: Python<'py>,
        by: String,
        filter: Option<&Bound<'_, PyAny>>,
        measure: Option<String>,
        unknown: Option<Unknown>,
    ) -> Result<Bound<'py, PyAny>> {
        refuse_unknown::<Self>(py, "breakdown", unknown)?;
        let mut query = BreakdownQuery::by(by);
        if let Some(filter) = filter {
            query = query.filter(source(self, filter)?);
        }
        if let Some(field) = measure {
            query = query.measure(field);
        }
        let rows = self.read(py, |book| book.breakdown(&query))?.into_iter();
        let row = |row: tagmata::BreakdownRow| {
            let tagmata::BreakdownRow { value, label, count, sum, avg, min, max } = row;
            Row { value, label, count, sum, avg, min, max }
        };
        Ok(list_of(py, "Rows", rows.map(row).collect::<Vec<_>>())?)
    }

    /// Who gets a broadcast: the members of segments without those of others, whom a channel reaches (`sms` or `email`, each
    /// address once), and who have not opted out by a field of type `bool` or a tag. Each of these is left out, or says something: `None` is
    /// refused.
    ///
    /// ```python
    /// book.audience(["Nord", "VIP FR"], exclude=["Stop"], channel="sms", opt_out="no_sms").recipients
    /// ```
    #[pyo3(
        signature = (
            segments, *, exclude=Narrowing::LeftOut, channel=Narrowing::LeftOut, opt_out=Narrowing::LeftOut, **unknown
        ),
        text_signature = "($self, segments, *, exclude=(), channel=..., opt_out=())"
    )]
    fn audience(
        &self,
        py: Python<'_>,
        segments: &Bound<'_, PyAny>,
        exclude: Narrowing<Bound<'_, PyAny>>,
        channel: Narrowing<String>,
        opt_out: Narrowing<Bound<'_, PyAny>>,
        unknown: Option<Unknown>,
    ) -> Result<Audience> {
        const CALL: &str = "audience";
        refuse_unknown::<Self>(py, CALL, unknown)?;
        let mut query = AudienceQuery::new();
        for included in several(self, segments)? {
            query = query.include(included);
        }
        if let Some(excluded) = exclude.of(CALL, "exclude")? {
            query = several(self, &excluded)?.into_iter().fold(query, AudienceQuery::exclude);
        }
        if let Some(channel) = channel.of(CALL, "channel")? {
            query = query.channel(channel.parse()?);
        }
        if let Some(opt_out) = opt_out.of(CALL, "opt_out")? {
            query = one_or_more(&opt_out)?.into_iter().fold(query, AudienceQuery::opt_out);
        }
        let audience = self.read(py, |book| book.audience(&query))?;
        let skipped = audience.skipped.into_iter().map(|(reason, contacts)| (reason.to_string(), contacts));
        Ok(Audience { recipients: audience.recipients, skipped: skipped.collect() })
    }
}

/// One name, or a list of them.
fn one_or_more(value: &Bound<'_, PyAny>) -> Result<Vec<String>> {
    match value.cast::<PyString>() {
        Ok(name) => Ok(vec![name.to_cow()?.into_owned()]),
        Err(_) => names(value),
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Row>()?;
    module.add_class::<Audience>()
}
