//! Drawn worlds as books keep them.

use crate::generate::Case;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tagmata::{Timestamp, fold};

/// A drawn world as a book keeps it: every contact has a status and is dated, and no two have one external id.
pub fn as_kept(mut case: Case, now: Timestamp) -> Case {
    let status = case.schema["statuses"][0]["key"].as_str().unwrap_or("lead").to_owned();
    let mut external_ids = BTreeSet::new();
    for (_, contact) in &mut case.contacts {
        // The book alone sets these.
        for key in ["status_changed_at", "updated_at"] {
            contact[key] = json!(now.to_string());
        }
        for (key, value) in [("status", json!(status)), ("created_at", json!(now.to_string()))] {
            if contact.get(key).and_then(Value::as_str).is_none_or(|text| text.trim().is_empty()) {
                contact[key] = value;
            }
        }
        if let Some(id) = contact.get("external_id").and_then(Value::as_str)
            && !external_ids.insert(fold(id).into_owned())
        {
            contact["external_id"] = Value::Null;
        }
    }
    case
}
