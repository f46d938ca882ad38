//! Dicts as trees of the core, and JSON of the core as objects of Python.

use crate::book::Book;
use crate::errors::{Result, wrong_type};
use pyo3::prelude::{Bound, PyAny, PyAnyMethods, Python};
use pyo3::types::{
    PyBool, PyBoolMethods, PyDate, PyDict, PyDictMethods, PyFloat, PyInt, PyIterator, PyList, PyString,
    PyStringMethods, PyTuple,
};
use tagmata::{JsonTree, JsonTreeBuilder, Limits};

impl Book {
    /// How large trees may be.
    pub(crate) fn limits(&self, py: Python<'_>) -> Result<Limits> {
        self.read(py, |book| Ok(book.schema().settings().limits))
    }
}

/// A dict as a tree of the core, without a text in between; `what` it is.
pub(crate) fn tree(mut tree: JsonTreeBuilder, dict: &Bound<'_, PyDict>, what: &str) -> Result<JsonTree> {
    // Without recursion: how deep a dict may be, the builder says.
    let mut open: Vec<Items<'_>> = Vec::new();
    let mut next = begin(&mut tree, dict.as_any(), what)?;
    loop {
        if let Some(items) = next.take() {
            open.push(items);
        }
        let item = match open.last_mut() {
            None => return Ok(tree.finish()),
            Some(Items::List(items)) => items.next(),
            Some(Items::Dict(items)) => match items.next() {
                None => None,
                Some(member) => {
                    let (key, value) = member?.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
                    match key.cast::<PyString>() {
                        Ok(key) => tree.key(&key.to_cow()?),
                        Err(_) => return Err(wrong_type(&format!("the keys of {what} are texts"), &key)),
                    }
                    Some(Ok(value))
                }
            },
        };
        match item {
            Some(value) => next = begin(&mut tree, &value?, what)?,
            None => {
                open.pop();
                tree.end();
            }
        }
    }
}

/// What is left of an open list or dict.
enum Items<'py> {
    List(Bound<'py, PyIterator>),
    Dict(Bound<'py, PyIterator>),
}

/// Adds a value to the tree; of a list or dict, gives back the items that follow.
fn begin<'py>(
    tree: &mut JsonTreeBuilder,
    value: &Bound<'py, PyAny>,
    what: &str,
) -> Result<Option<Items<'py>>> {
    if let Ok(text) = value.cast::<PyString>() {
        tree.text(&text.to_cow()?)?;
    } else if let Ok(yes) = value.cast::<PyBool>() {
        tree.bool(yes.is_true())?;
    } else if value.is_none() {
        tree.null()?;
    } else if value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() {
        tree.number(&value.str()?.to_cow()?)?;
    } else if let Ok(dict) = value.cast::<PyDict>() {
        tree.begin_object()?;
        return Ok(Some(Items::Dict(dict.items().try_iter()?)));
    } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        tree.begin_array()?;
        return Ok(Some(Items::List(value.try_iter()?)));
    } else if value.is_instance_of::<PyDate>() {
        // Datetimes are dates, too; both are written as JSON has them.
        tree.text(&value.call_method0("isoformat")?.str()?.to_cow()?)?;
    } else {
        let takes = format!("{what} holds dicts, lists, texts, numbers, bools, dates, datetimes and None");
        return Err(wrong_type(&takes, value));
    }
    Ok(None)
}
