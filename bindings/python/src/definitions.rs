//! Fields, options, statuses, kinds of interaction and tags: defined, changed, deleted, listed. Settings, changed.

use crate::book::Book;
use crate::convert::options;
use crate::errors::Result;
use crate::keywords::{Unknown, refuse_unknown};
use crate::outcome::{Named, Outcome};
use crate::settings::{Change, settings};
use crate::trees::{from_json, tree};
use pyo3::prelude::{Bound, Py, PyAny, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::{PyDict, PyDictMethods};
use pyo3::{pyclass, pymethods};
use tagmata::{Command, JsonTreeBuilder, NewField, Prune, Ref};

/// A field of contacts.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Field {
    /// What stored filters and values are named by.
    #[pyo3(get)]
    key: String,
    /// What people see.
    #[pyo3(get)]
    label: String,
    /// `text`, `number`, `bool`, `date`, `datetime`, `select`, `multi_select`, or a type of a standard field.
    #[pyo3(get)]
    r#type: &'static str,
    options: Vec<(String, String)>,
}

#[pymethods]
impl Field {
    /// The labels of the options by their keys.
    #[getter]
    fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let labels = PyDict::new(py);
        self.options.iter().try_for_each(|(key, label)| labels.set_item(key, label))?;
        Ok(labels)
    }

    fn __repr__(&self) -> String {
        format!("<Field {}: {}>", self.key, self.r#type)
    }
}

/// A status of contacts.
#[pyclass(frozen, get_all, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Status {
    /// What stored filters and values are named by.
    key: String,
    /// What people see.
    label: String,
}

#[pymethods]
impl Status {
    fn __repr__(&self) -> String {
        format!("<Status {}>", self.key)
    }
}

/// A kind of interaction.
#[pyclass(frozen, get_all, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Kind {
    /// What it is named by.
    key: String,
    /// Whether it says nothing about the contact's own activity.
    outgoing: bool,
}

#[pymethods]
impl Kind {
    fn __repr__(&self) -> String {
        format!("<Kind {}>", self.key)
    }
}

#[pymethods]
impl Book {
    /// Makes a custom field of type `text`, `number`, `bool`, `date`, `datetime`, `select` or `multi_select`. Options are a
    /// list of names, or labels by key.
    ///
    /// ```python
    /// book.define_field("billed", "number", label="Montant facturé")
    /// book.define_field("software", "multi_select", options=["Xero", "MYOB"])
    /// ```
    #[pyo3(
        signature = (key, r#type, *, label=None, options=None, actor=None, **unknown),
        text_signature = "($self, key, type, *, label=None, options=None, actor=None)"
    )]
    fn define_field(
        &self,
        py: Python<'_>,
        key: String,
        r#type: &str,
        label: Option<String>,
        options: Option<&Bound<'_, PyAny>>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "define_field", unknown)?;
        let field = NewField::new(key, r#type.parse()?);
        let field = match label {
            Some(label) => field.label(label),
            None => field,
        };
        let options = self::options(options)?.into_iter();
        let field = options.fold(field, |field, (key, label)| field.labelled_option(key, label));
        self.run(py, &Command::DefineField(field), actor)
    }

    /// Gives a field another label, or more options: a list of names, or labels by key.
    #[pyo3(
        signature = (key, *, label=None, add_options=None, actor=None, **unknown),
        text_signature = "($self, key, *, label=None, add_options=None, actor=None)"
    )]
    fn update_field(
        &self,
        py: Python<'_>,
        key: String,
        label: Option<String>,
        add_options: Option<&Bound<'_, PyAny>>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "update_field", unknown)?;
        let command = Command::UpdateField { field: key.into(), label, add_options: options(add_options)? };
        self.run(py, &command, actor)
    }

    /// Gives an option of a field another label; the old one keeps working until another option takes it.
    #[pyo3(
        signature = (field, key, label, *, actor=None, **unknown),
        text_signature = "($self, field, key, label, *, actor=None)"
    )]
    fn rename_option(
        &self,
        py: Python<'_>,
        field: String,
        key: String,
        label: String,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "rename_option", unknown)?;
        let command = Command::RenameOption { field: field.into(), option: key.into(), label };
        self.run(py, &command, actor)
    }

    /// Deletes an option of a field; contacts lose it. By `force` even one that segments use: those are broken then.
    #[pyo3(
        signature = (field, key, *, force=false, actor=None, **unknown),
        text_signature = "($self, field, key, *, force=False, actor=None)"
    )]
    fn delete_option(
        &self,
        py: Python<'_>,
        field: String,
        key: String,
        force: bool,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "delete_option", unknown)?;
        self.run(py, &Command::DeleteOption { field: field.into(), option: key.into(), force }, actor)
    }

    /// Deletes a custom field with all its values. By `force` even one that segments use: those are broken then.
    #[pyo3(
        signature = (key, *, force=false, actor=None, **unknown),
        text_signature = "($self, key, *, force=False, actor=None)"
    )]
    fn delete_field(
        &self,
        py: Python<'_>,
        key: String,
        force: bool,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "delete_field", unknown)?;
        self.run(py, &Command::DeleteField { field: key.into(), force }, actor)
    }

    /// All fields, standard ones first.
    fn fields(&self, py: Python<'_>) -> Result<Vec<Field>> {
        self.read(py, |book| {
            let schema = book.schema();
            let options = |field: &tagmata::Field| {
                field
                    .options()
                    .iter()
                    .map(|option| (option.key.to_owned(), option.label.to_owned()))
                    .collect()
            };
            let fields = schema.fields().map(|field| Field {
                key: schema.field_key(field.id()).to_owned(),
                label: schema.field_label(field.id()).to_owned(),
                r#type: field.value_type().as_str(),
                options: options(field),
            });
            Ok(fields.collect())
        })
    }

    /// Makes a status, behind the others; its label is made from the key if none is given.
    #[pyo3(
        signature = (key, *, label=None, actor=None, **unknown),
        text_signature = "($self, key, *, label=None, actor=None)"
    )]
    fn define_status(
        &self,
        py: Python<'_>,
        key: String,
        label: Option<String>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "define_status", unknown)?;
        self.run(py, &Command::DefineStatus { key, label }, actor)
    }

    /// Gives a status another label, or another place among the statuses, from 0. New contacts get the first one.
    #[pyo3(
        signature = (key, *, label=None, position=None, actor=None, **unknown),
        text_signature = "($self, key, *, label=None, position=None, actor=None)"
    )]
    fn update_status(
        &self,
        py: Python<'_>,
        key: String,
        label: Option<String>,
        position: Option<usize>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "update_status", unknown)?;
        self.run(py, &Command::UpdateStatus { status: key.into(), label, position }, actor)
    }

    /// Deletes a status; its contacts get the replacement. By `force` even one that segments use: those are broken then.
    #[pyo3(
        signature = (key, *, replacement=None, force=false, actor=None, **unknown),
        text_signature = "($self, key, *, replacement=None, force=False, actor=None)"
    )]
    fn delete_status(
        &self,
        py: Python<'_>,
        key: String,
        replacement: Option<String>,
        force: bool,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "delete_status", unknown)?;
        let replacement = replacement.map(Ref::Name);
        self.run(py, &Command::DeleteStatus { status: key.into(), replacement, force }, actor)
    }

    /// All statuses, in the order in which people see them.
    fn statuses(&self, py: Python<'_>) -> Result<Vec<Status>> {
        self.read(py, |book| {
            let statuses = book.schema().statuses();
            let status = |id: tagmata::StatusId| Status {
                key: statuses.key(id.get()).to_owned(),
                label: statuses.label(id.get()).to_owned(),
            };
            Ok(book.schema().statuses_in_order().map(status).collect())
        })
    }

    /// Makes a kind of interaction. What is outgoing says nothing about the contact's own activity.
    #[pyo3(
        signature = (key, *, outgoing=false, actor=None, **unknown),
        text_signature = "($self, key, *, outgoing=False, actor=None)"
    )]
    fn define_kind(
        &self,
        py: Python<'_>,
        key: String,
        outgoing: bool,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "define_kind", unknown)?;
        self.run(py, &Command::DefineKind { key, outgoing }, actor)
    }

    /// All kinds of interaction.
    fn kinds(&self, py: Python<'_>) -> Result<Vec<Kind>> {
        self.read(py, |book| {
            let kind =
                |(kind, key): (tagmata::Kind, &str)| Kind { key: key.to_owned(), outgoing: kind.outgoing };
            Ok(book.schema().kind_entries().map(kind).collect())
        })
    }

    /// Deletes a kind of interaction that was defined, if no interactions are of it. By `force` even one that segments use:
    /// those are broken then.
    #[pyo3(
        signature = (kind, *, force=false, actor=None, **unknown),
        text_signature = "($self, kind, *, force=False, actor=None)"
    )]
    fn delete_kind(
        &self,
        py: Python<'_>,
        kind: String,
        force: bool,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "delete_kind", unknown)?;
        self.run(py, &Command::DeleteKind { kind: kind.into(), force }, actor)
    }

    /// Makes a tag ahead of its use, so that filters may name it.
    #[pyo3(
        signature = (name, *, actor=None, **unknown),
        text_signature = "($self, name, *, actor=None)"
    )]
    fn define_tag(
        &self,
        py: Python<'_>,
        name: String,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "define_tag", unknown)?;
        self.run(py, &Command::DefineTag(name), actor)
    }

    /// Gives a tag another name; the old one keeps working in stored filters until another tag takes it.
    #[pyo3(
        signature = (tag, name, *, actor=None, **unknown),
        text_signature = "($self, tag, name, *, actor=None)"
    )]
    fn rename_tag(
        &self,
        py: Python<'_>,
        tag: String,
        name: String,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "rename_tag", unknown)?;
        self.run(py, &Command::RenameTag { tag: tag.into(), name }, actor)
    }

    /// Deletes a tag; contacts lose it. By `force` even one that segments use: those are broken then.
    #[pyo3(
        signature = (tag, *, force=false, actor=None, **unknown),
        text_signature = "($self, tag, *, force=False, actor=None)"
    )]
    fn delete_tag(
        &self,
        py: Python<'_>,
        tag: String,
        force: bool,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "delete_tag", unknown)?;
        self.run(py, &Command::DeleteTag { tag: tag.into(), force }, actor)
    }

    /// How many contacts have each tag, in the order in which tags were made.
    fn tags<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let counts = self.read(py, |book| {
            let named = |(tag, count)| (book.schema().tag_name(tag).to_owned(), count);
            Ok(book.tags().into_iter().map(named).collect::<Vec<_>>())
        })?;
        let tags = PyDict::new(py);
        for (tag, count) in counts {
            tags.set_item(tag, count)?;
        }
        Ok(tags)
    }

    /// Changes settings; those that are not named stay. `default_country=None` takes the country away.
    ///
    /// ```python
    /// book.change_settings(timezone="Europe/Paris", week_start="sunday", limits={"nesting": 8})
    /// ```
    #[pyo3(
        signature = (*, timezone=None, default_country=Change::Stays, week_start=None, leap_day=None, limits=None, actor=None, **unknown),
        text_signature = "($self, *, timezone=None, default_country=..., week_start=None, leap_day=None, limits=None, actor=None)"
    )]
    fn change_settings(
        &self,
        py: Python<'_>,
        timezone: Option<&Bound<'_, PyAny>>,
        default_country: Change,
        week_start: Option<&str>,
        leap_day: Option<&str>,
        limits: Option<&Bound<'_, PyDict>>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "change_settings", unknown)?;
        let country = match &default_country {
            Change::Stays => None,
            Change::To(country) => Some(country.as_deref()),
        };
        let given = settings(timezone, country, week_start, leap_day, limits)?;
        let outcome = self.change(py, actor, |book, stamp| {
            let settings = given.onto(*book.schema().settings())?;
            let outcome = book.change_settings(settings, stamp)?;
            Ok(Named::new(outcome, book.schema()))
        })?;
        Ok(self.remember(py, outcome)?)
    }
    /// All definitions as one dict, for `apply_definitions` of any book.
    fn definitions<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        let json = self.read(py, |book| Ok(book.definitions()))?;
        Ok(from_json(py, &json)?)
    }

    /// Brings fields, statuses, kinds, tags and segments to what a dict says: all of it in one change, or nothing. What it
    /// does not list stays, or is deleted by `prune`.
    ///
    /// ```python
    /// book.apply_definitions(other.definitions())
    /// ```
    #[pyo3(
        signature = (definitions, *, prune=false, actor=None, **unknown),
        text_signature = "($self, definitions, *, prune=False, actor=None)"
    )]
    fn apply_definitions(
        &self,
        py: Python<'_>,
        definitions: &Bound<'_, PyDict>,
        prune: bool,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "apply_definitions", unknown)?;
        let builder = JsonTreeBuilder::for_definitions(&self.limits(py)?);
        let document = tree(builder, definitions, "a document of definitions")?;
        let prune = if prune { Prune::Remove } else { Prune::Keep };
        let outcome = self.change(py, actor, |book, stamp| {
            let outcome = book.apply_definitions(&document, prune, stamp)?;
            Ok(Named::new(outcome, book.schema()))
        })?;
        Ok(self.remember(py, outcome)?)
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Field>()?;
    module.add_class::<Status>()?;
    module.add_class::<Kind>()
}
