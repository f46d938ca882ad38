//! One contact as Python sees it: its values, what happened with it, and its history.

use crate::convert::{decimal, output, utc};
use chrono::{DateTime, Utc};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::{Bound, PyAny, PyAnyMethods, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::{PyDict, PyDictMethods};
use pyo3::{IntoPyObjectExt, pyclass, pymethods};
use tagmata::{Amount, Cause, Change, ContactId, Input, Record};

/// The values of a contact by the keys of fields.
#[derive(Debug)]
pub(crate) struct Values {
    id: ContactId,
    /// Every field but `id`, by its key.
    others: Vec<(String, Input)>,
}

impl Values {
    pub(crate) fn new(record: Record<'_>) -> Self {
        let others = record.values.into_iter().map(|(key, value)| (key.to_owned(), value));
        Self { id: record.id, others: others.collect() }
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        ["id"].into_iter().chain(self.others.iter().map(|(key, _)| key.as_str()))
    }

    fn get<'py>(&self, py: Python<'py>, key: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        if key == "id" {
            return self.id.get().into_bound_py_any(py).map(Some);
        }
        let value = self.others.iter().find(|(other, _)| other == key);
        value.map(|(key, value)| shown(py, key, value)).transpose()
    }

    pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let values = PyDict::new(py);
        values.set_item("id", self.id.get())?;
        for (key, value) in &self.others {
            values.set_item(key, shown(py, key, value)?)?;
        }
        Ok(values)
    }
}

fn shown<'py>(py: Python<'py>, key: &str, value: &Input) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Input::Missing if SETS.contains(&key) => Vec::<String>::new().into_bound_py_any(py),
        value => output(py, value),
    }
}

/// A contact as it was when it was asked for: values as attributes for standard fields, by key for any field.
///
/// ```python
/// zoe = book.contact(id)
/// zoe.first_name, zoe["billed"], zoe.segments
/// ```
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Contact {
    values: Values,
    interactions: Vec<Interaction>,
    history: Vec<HistoryEntry>,
}

impl Contact {
    pub(crate) fn read(book: &tagmata::Book, id: ContactId) -> tagmata::Result<Self> {
        let contact = book.contact(id)?;
        Self::new(book, &contact, book.record_of(&contact))
    }

    /// Several contacts, in their order.
    pub(crate) fn all(book: &tagmata::Book, contacts: &[tagmata::Contact]) -> tagmata::Result<Vec<Self>> {
        let records = book.records(contacts);
        contacts.iter().zip(records).map(|(contact, record)| Self::new(book, contact, record)).collect()
    }

    fn new(book: &tagmata::Book, contact: &tagmata::Contact, record: Record<'_>) -> tagmata::Result<Self> {
        let schema = book.schema();
        let interactions = contact.interactions().iter().map(|interaction| Interaction {
            kind: schema.kind_key(interaction.kind).to_owned(),
            at: utc(interaction.at),
            amount: interaction.amount,
            label: interaction.label.as_ref().map(|label| label.as_str().to_owned()),
        });
        let history = book.history(contact.id())?.into_iter();
        let history = history.map(|entry| HistoryEntry::new(&entry, book));
        Ok(Self {
            interactions: interactions.collect(),
            history: history.collect(),
            values: Values::new(record),
        })
    }

    fn value<'py>(&self, py: Python<'py>, key: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.values.get(py, key)
    }
}

/// The sets that every contact has, be they empty.
const SETS: [&str; 2] = ["tags", "segments"];

/// One attribute for each standard field.
macro_rules! attributes {
    ($($key:ident $doc:literal;)+) => {
        #[pymethods]
        impl Contact {$(
            #[doc = $doc]
            #[getter]
            fn $key<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
                self.value(py, stringify!($key))
            }
        )+}
    };
}

attributes! {
    id "The number of the contact.";
    external_id "The host's own id.";
    account_number "The account number.";
    first_name "The first name.";
    last_name "The last name.";
    name "First and last name.";
    email "The e-mail address.";
    mobile "The mobile number in E.164 form.";
    country "The two letters of the country.";
    organization "The organization.";
    source "Where the contact came from.";
    status "The key of the status.";
    status_changed_at "When the status changed last.";
    tags "The names of the tags.";
    segments "The names of the segments, static and dynamic, that the contact is in.";
    created_at "When the contact was made.";
    updated_at "When the contact was changed last.";
    last_interaction "When the contact was active last.";
}

#[pymethods]
impl Contact {
    /// What happened with the contact, earliest first.
    #[getter]
    fn interactions(&self) -> Vec<Interaction> {
        self.interactions.clone()
    }

    /// What changed status, tags and static segments, oldest first.
    #[getter]
    fn history(&self) -> Vec<HistoryEntry> {
        self.history.clone()
    }

    /// The keys of all fields.
    fn keys(&self) -> Vec<&str> {
        self.values.keys().collect()
    }

    /// The values of all fields by their keys; missing ones are `None`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.values.to_dict(py)
    }

    fn __getitem__<'py>(&self, py: Python<'py>, key: &str) -> PyResult<Bound<'py, PyAny>> {
        self.value(py, key)?.ok_or_else(|| {
            let keys = self.keys().join(", ");
            PyKeyError::new_err(format!("there is no field `{key}`; there are {keys}"))
        })
    }

    fn __contains__(&self, key: &str) -> bool {
        self.keys().contains(&key)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let name = self.value(py, "name")?;
        Ok(match name.filter(|name| !name.is_none()) {
            Some(name) => format!("<Contact {}: {name}>", self.values.id.get()),
            None => format!("<Contact {}>", self.values.id.get()),
        })
    }
}

/// Something that happened with a contact.
#[pyclass(frozen, eq, module = "tagmata")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Interaction {
    /// The key of its kind.
    #[pyo3(get)]
    kind: String,
    /// When it happened, or will happen.
    #[pyo3(get)]
    at: DateTime<Utc>,
    amount: Option<Amount>,
    /// What it is called.
    #[pyo3(get)]
    label: Option<String>,
}

#[pymethods]
impl Interaction {
    /// For how much, as a `Decimal`.
    #[getter]
    fn amount<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.amount.map(|amount| decimal(py, amount)).transpose()
    }

    fn __repr__(&self) -> String {
        let amount = self.amount.map_or_else(String::new, |amount| format!(", {amount}"));
        format!("<Interaction {} at {}{amount}>", self.kind, self.at)
    }
}

/// What a history says was there before or after.
#[derive(Debug, Clone, PartialEq, pyo3::IntoPyObject, pyo3::IntoPyObjectRef)]
enum Noted {
    Name(String),
    Contact(u32),
}

/// One change in the history of a contact.
#[pyclass(frozen, eq, get_all, module = "tagmata")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HistoryEntry {
    /// What changed: `created`, `status`, `tag_added`, `tag_removed`, `segment_added`, `segment_removed` or `merged`.
    change: &'static str,
    /// The status, tag or segment before, or the id of the contact that was merged; `None` also if it was deleted since.
    old: Option<Noted>,
    /// The status, tag or segment after; `None` also if it was deleted since.
    new: Option<Noted>,
    /// When it happened.
    at: DateTime<Utc>,
    /// Who did it.
    actor: Option<String>,
    /// What made it happen: `call`, `import`, `undo` or `rule`.
    cause: &'static str,
    /// The name of the rule that did it; `None` if it was none, or was deleted since.
    rule: Option<String>,
    /// The number of the commit.
    commit: u64,
}

impl HistoryEntry {
    fn new(entry: &tagmata::HistoryEntry, book: &tagmata::Book) -> Self {
        let schema = book.schema();
        // What was deleted since has no name any more.
        let named = |name: &str| (!name.is_empty()).then(|| Noted::Name(name.to_owned()));
        let (old, new) = match entry.change {
            Change::Created => (None, None),
            Change::Status { from, to } => (named(schema.status_key(from)), named(schema.status_key(to))),
            Change::TagAdded(tag) => (None, named(schema.tag_name(tag))),
            Change::TagRemoved(tag) => (named(schema.tag_name(tag)), None),
            Change::SegmentAdded(segment) => (None, named(schema.segment_name(segment))),
            Change::SegmentRemoved(segment) => (named(schema.segment_name(segment)), None),
            Change::Merged(other) => (Some(Noted::Contact(other.get())), None),
        };
        Self {
            change: entry.change.as_str(),
            old,
            new,
            at: utc(entry.origin.at),
            actor: entry.origin.actor.as_deref().map(str::to_owned),
            cause: entry.origin.cause.as_str(),
            rule: match entry.origin.cause {
                Cause::Rule(rule) => Some(book.rule_name(rule).to_owned()).filter(|name| !name.is_empty()),
                _ => None,
            },
            commit: entry.origin.commit,
        }
    }
}

#[pymethods]
impl HistoryEntry {
    fn __repr__(&self) -> String {
        format!("<HistoryEntry {} in commit {} at {}>", self.change, self.commit, self.at)
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Contact>()?;
    module.add_class::<Interaction>()?;
    module.add_class::<HistoryEntry>()
}
