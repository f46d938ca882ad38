//! Functions of folds, which some databases are given.

use crate::table::Table;
use serde_json::Value;
use std::collections::BTreeMap;
use tagmata::{accent_fold, fold};

/// The names of the functions.
pub(crate) const FOLD: &str = "tagmata_fold";
pub(crate) const ACCENT_FOLD: &str = "tagmata_accent_fold";

/// What both functions give for each text in some tables.
pub(crate) fn folds(tables: &[Table]) -> BTreeMap<String, (String, String)> {
    tables.iter().flat_map(|table| table.rows.iter().flatten()).flat_map(folded_texts).collect()
}

/// A text with its folds, and all texts in a JSON document.
fn folded_texts(cell: &Value) -> Vec<(String, (String, String))> {
    let with_folds =
        |text: &str| (text.to_owned(), (fold(text).into_owned(), accent_fold(text).into_owned()));
    let Some(text) = cell.as_str() else { return Vec::new() };
    let mut all = vec![with_folds(text)];
    if let Ok(Value::Object(document)) = serde_json::from_str::<Value>(text) {
        let inner = document.values().flat_map(|value| match value {
            Value::Object(inner) => inner.values().cloned().collect(),
            other => vec![other.clone()],
        });
        all.extend(inner.filter_map(|value| value.as_str().map(with_folds)));
    }
    all
}
