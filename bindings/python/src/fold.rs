//! The forms by which texts are compared and searched, for the columns and functions of the host's database.

use pyo3::prelude::{Bound, PyModule, PyModuleMethods, PyResult, wrap_pyfunction};
use pyo3::pyfunction;
use std::borrow::Cow;

/// The form by which a text is compared: what columns of folds hold, and what such a function of the database gives. `None` for `None`.
///
/// ```python
/// tg.fold("  STRASSE ") == tg.fold("straße")      # True
/// connection.create_function("tagmata_fold", 1, tg.fold, deterministic=True)
/// ```
#[pyfunction]
#[pyo3(signature = (text, /))]
fn fold(text: Option<&str>) -> Option<Cow<'_, str>> {
    text.map(tagmata::fold)
}

/// The form in which a text is searched: folded, without accents. `None` for `None`.
///
/// ```python
/// tg.accent_fold("Élodie NÚÑEZ")      # 'elodie nunez'
/// ```
#[pyfunction]
#[pyo3(signature = (text, /))]
fn accent_fold(text: Option<&str>) -> Option<Cow<'_, str>> {
    text.map(tagmata::accent_fold)
}

pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(fold, module)?)?;
    module.add_function(wrap_pyfunction!(accent_fold, module)?)
}
