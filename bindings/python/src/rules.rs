//! Rules: made, tried, changed, listed; default rules switched on and off.

use crate::book::Book;
use crate::convert::{inputs, name, names, output};
use crate::errors::{Result, wrong_type};
use crate::filters::source;
use crate::keywords::{Unknown, is_left_out, refuse_nothing, refuse_unknown};
use crate::outcome::{Named, Outcome};
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyModule, PyModuleMethods, PyResult, Python};
use pyo3::types::{PyDict, PyDictMethods};
use pyo3::{pyclass, pymethods};
use tagmata::{Command, DefaultRule, FilterSource, Input, NewRule, Patch, RuleInfo, RulePatch};

/// A rule as it was when it was asked for.
#[pyclass(frozen, module = "tagmata")]
#[derive(Debug)]
pub(crate) struct Rule(RuleInfo);

#[pymethods]
impl Rule {
    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether it is switched on.
    #[getter]
    fn enabled(&self) -> bool {
        self.0.is_enabled
    }

    /// The kind of interaction or the field on which it fires, by its key.
    #[getter]
    fn on(&self) -> Option<&str> {
        self.0.text.on.as_deref()
    }

    /// The filter that makes it fire when it becomes true.
    #[getter]
    fn when(&self) -> Option<&str> {
        self.0.text.when.as_deref()
    }

    /// The filter that must be true as well.
    #[getter]
    fn condition(&self) -> Option<&str> {
        self.0.text.condition.as_deref()
    }

    /// The key of the status that contacts get.
    #[getter]
    fn set_status(&self) -> Option<&str> {
        self.0.text.set_status.as_deref()
    }

    /// The tags that they get.
    #[getter]
    fn add_tags(&self) -> Vec<String> {
        self.0.text.add_tags.clone()
    }

    /// The tags that they lose.
    #[getter]
    fn remove_tags(&self) -> Vec<String> {
        self.0.text.remove_tags.clone()
    }

    /// The static segments into which they are put.
    #[getter]
    fn add_to_segments(&self) -> Vec<String> {
        self.0.text.add_to_segments.clone()
    }

    /// The static segments out of which they are taken.
    #[getter]
    fn remove_from_segments(&self) -> Vec<String> {
        self.0.text.remove_from_segments.clone()
    }

    /// The values that are set, by the keys of the fields; `None` clears a field.
    #[getter]
    fn set_fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let values = PyDict::new(py);
        for (key, value) in &self.0.text.set_fields {
            values.set_item(key, output(py, value)?)?;
        }
        Ok(values)
    }

    /// Why it never fires: it, or a segment that it stands on, is broken. `None` if it can fire.
    #[getter]
    fn error(&self) -> Option<String> {
        self.0.error.as_ref().map(ToString::to_string)
    }

    fn __repr__(&self) -> String {
        let is = if self.0.is_enabled { "enabled" } else { "not enabled" };
        format!("<Rule {:?}, {is}>", self.0.name)
    }
}

/// The method that changes a rule.
const UPDATE: &str = "update_rule";

/// The parts of a rule, which are given by keywords.
struct Parts {
    on: Option<String>,
    when: Option<FilterSource>,
    rename: Option<String>,
    patch: RulePatch,
    unknown: Option<Unknown>,
}

impl Parts {
    /// Reads the keywords of a method. Of a change, `None` takes a condition or a status away; of a new rule, it must not stand for a
    /// condition; else it is as if nothing was given.
    fn read(py: Python<'_>, book: &Book, method: &str, given: Option<&Bound<'_, PyDict>>) -> Result<Self> {
        let is_change = method == UPDATE;
        let mut parts = Self { on: None, when: None, rename: None, patch: RulePatch::new(), unknown: None };
        for (key, value) in given.into_iter().flat_map(|given| given.iter()) {
            let key = name(&key)?;
            refuse_nothing(method, &key, &value)?;
            let is_cleared = is_change && value.is_none();
            let patch = std::mem::take(&mut parts.patch);
            parts.patch = match key.as_str() {
                "condition" if is_cleared => patch.without_condition(),
                "set_status" if is_cleared => patch.without_status(),
                "condition" | "set_status" if is_left_out(&value) => patch,
                _ if value.is_none() => patch,
                "on" => {
                    parts.on = Some(name(&value)?);
                    patch
                }
                "when" => {
                    parts.when = Some(source(book, &value)?);
                    patch
                }
                "rename" if is_change => {
                    parts.rename = Some(name(&value)?);
                    patch
                }
                "condition" => patch.condition(source(book, &value)?),
                "set_status" => patch.set_status(name(&value)?),
                "add_tags" => patch.add_tags(names(&value)?),
                "remove_tags" => patch.remove_tags(names(&value)?),
                "add_to_segments" => patch.add_to_segments(names(&value)?),
                "remove_from_segments" => patch.remove_from_segments(names(&value)?),
                "set_fields" => patch.set_fields(fields(py, book, &value)?),
                "enabled" => patch.enabled(value.extract()?),
                "position" => patch.position(value.extract()?),
                "apply_to_existing" => patch.apply_to_existing(value.extract()?),
                _ => {
                    parts.unknown.get_or_insert(Unknown::new(key));
                    patch
                }
            };
        }
        Ok(parts)
    }
}

fn fields(py: Python<'_>, book: &Book, values: &Bound<'_, PyAny>) -> Result<Patch> {
    let Ok(values) = values.cast::<PyDict>() else {
        return Err(wrong_type("fields to set are a dict from keys to values", values));
    };
    let zone = || book.read(py, |book| Ok(book.schema().settings().calendar.zone));
    let values: Vec<(String, Input)> = inputs(Some(values), None, zone)?;
    Ok(values.into_iter().fold(Patch::new(), |patch, (key, value)| patch.set(key, value)))
}

#[pymethods]
impl Book {
    /// Makes a rule that fires `on` a kind of interaction or another value of a field, or `when` a filter becomes true; for
    /// contacts that match a `condition` as well. Existing contacts are enrolled by `apply_to_existing` only. A `condition` is left out, or says
    /// something, and so is `enabled`: `None` is refused.
    ///
    /// ```python
    /// book.add_rule("dormant", when="status = active and last_interaction more than 180 days ago", set_status="inactive")
    /// book.add_rule("big spender", on="payment", condition="sum(payment) > 10000", set_status="vip", add_tags=["gold"])
    /// ```
    #[pyo3(
        signature = (name, *, actor=None, **parts),
        text_signature = "($self, name, *, on=None, when=None, condition=..., set_status=None, add_tags=None, remove_tags=None, add_to_segments=None, remove_from_segments=None, set_fields=None, enabled=True, position=None, apply_to_existing=False, actor=None)"
    )]
    fn add_rule(
        &self,
        py: Python<'_>,
        name: String,
        actor: Option<&str>,
        parts: Option<&Bound<'_, PyDict>>,
    ) -> Result<Py<Outcome>> {
        const CALL: &str = "add_rule";
        let parts = Parts::read(py, self, CALL, parts)?;
        refuse_unknown::<Self>(py, CALL, parts.unknown)?;
        let rule = NewRule::of_parts(name, parts.on, parts.when, parts.patch)?;
        self.run(py, &Command::AddRule(Box::new(rule)), actor)
    }

    /// Makes a rule another one; what is not given stays. `None` takes its condition or its status away.
    #[pyo3(
        signature = (rule, *, actor=None, **parts),
        text_signature = "($self, rule, *, rename=None, on=None, when=None, condition=..., set_status=..., add_tags=None, remove_tags=None, add_to_segments=None, remove_from_segments=None, set_fields=None, enabled=None, position=None, apply_to_existing=False, actor=None)"
    )]
    fn update_rule(
        &self,
        py: Python<'_>,
        rule: String,
        actor: Option<&str>,
        parts: Option<&Bound<'_, PyDict>>,
    ) -> Result<Py<Outcome>> {
        let parts = Parts::read(py, self, UPDATE, parts)?;
        refuse_unknown::<Self>(py, UPDATE, parts.unknown)?;
        let patch = parts.patch.fires(&rule, parts.on, parts.when)?;
        let patch = match parts.rename {
            Some(name) => patch.rename(name),
            None => patch,
        };
        self.run(py, &Command::UpdateRule { rule: rule.into(), patch: Box::new(patch) }, actor)
    }

    /// Deletes a rule; what it did stays.
    #[pyo3(signature = (rule, *, actor=None, **unknown), text_signature = "($self, rule, *, actor=None)")]
    fn delete_rule(
        &self,
        py: Python<'_>,
        rule: String,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "delete_rule", unknown)?;
        self.run(py, &Command::DeleteRule(rule.into()), actor)
    }

    /// What a rule would do if it were applied to existing contacts now. Nothing changes.
    #[pyo3(signature = (rule, /))]
    fn preview_rule(&self, py: Python<'_>, rule: String) -> Result<Py<Outcome>> {
        let outcome = self.change(py, None, |book, _| {
            let outcome = book.preview_rule(rule)?;
            Ok(Named::new(outcome, book.schema()))
        })?;
        Ok(Outcome::new(py, outcome, &self.shared)?)
    }

    /// All rules in their order, without the default rules.
    fn rules(&self, py: Python<'_>) -> Result<Vec<Rule>> {
        let infos = self.read(py, |book| Ok(book.rules()))?;
        Ok(infos.into_iter().map(Rule).collect())
    }

    /// Switches default rules on or off: all of them by `lead_to_active`, single ones by their names.
    ///
    /// ```python
    /// book.set_automation(lead_to_active=True, rules={"first_invoice": False})
    /// ```
    #[pyo3(
        signature = (*, lead_to_active=None, rules=None, actor=None, **unknown),
        text_signature = "($self, *, lead_to_active=None, rules=None, actor=None)"
    )]
    fn set_automation(
        &self,
        py: Python<'_>,
        lead_to_active: Option<bool>,
        rules: Option<&Bound<'_, PyDict>>,
        actor: Option<&str>,
        unknown: Option<Unknown>,
    ) -> Result<Py<Outcome>> {
        refuse_unknown::<Self>(py, "set_automation", unknown)?;
        let switch = |(key, is_on): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
            let key = name(&key)?;
            let is_on =
                is_on.extract().map_err(|_| wrong_type(&format!("`{key}` is True or False"), &is_on))?;
            Ok((key, is_on))
        };
        let rules = rules.into_iter().flat_map(|rules| rules.iter()).map(switch);
        let rules = rules.collect::<Result<Vec<(String, bool)>>>()?;
        self.run(py, &Command::SetAutomation { lead_to_active, rules }, actor)
    }

    /// The switches of the default rules, as `set_automation` takes them.
    fn automation<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let automation = self.read(py, |book| Ok(book.automation()))?;
        let (all, rules) = (PyDict::new(py), PyDict::new(py));
        for rule in DefaultRule::ALL {
            rules.set_item(rule.as_str(), automation.is_on(rule))?;
        }
        all.set_item("lead_to_active", automation.lead_to_active)?;
        all.set_item("rules", rules)?;
        Ok(all)
    }
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Rule>()
}
