//! The settings that a call names.

use crate::convert::{Options, parsed, whole};
use napi::Result;
use napi::bindgen_prelude::Unknown;
use tagmata::PartialSettings;

/// The options that are settings.
pub(crate) const SETTINGS: [&str; 5] = ["timezone", "defaultCountry", "weekStart", "leapDay", "limits"];

/// The settings that are named; what is `null` is not.
pub(crate) fn partial_settings(given: &Options<'_>) -> Result<PartialSettings> {
    Ok(PartialSettings {
        time_zone: parsed(given, "timezone")?,
        default_country: parsed(given, "defaultCountry")?.map(Some),
        week_start: parsed(given, "weekStart")?,
        leap_day: parsed(given, "leapDay")?,
        limits: given.get("limits")?.map_or(Ok(Vec::new()), limits)?,
    })
}

/// Limits by the names that the core has for them.
fn limits(given: Unknown<'_>) -> Result<Vec<(String, usize)>> {
    const NAMES: [(&str, &str); 7] = [
        ("source", "source"),
        ("nesting", "nesting"),
        ("segmentDepth", "segment_depth"),
        ("nodes", "nodes"),
        ("listItems", "list_items"),
        ("string", "string"),
        ("diagnostics", "diagnostics"),
    ];
    let options = Options::of("limits", Some(given), &NAMES.map(|(name, _)| name))?;
    let mut limits = Vec::new();
    for (name, of_core) in NAMES {
        if let Some(limit) = options.get(name)? {
            limits.push((of_core.to_owned(), whole(name, "a whole number", limit)?));
        }
    }
    Ok(limits)
}
