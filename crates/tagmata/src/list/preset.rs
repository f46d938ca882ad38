//! Filters that every book has (vcita: one preset at a time, and advanced filters beside it).

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::filter::{Filter, Quoted};
use crate::model::Schema;
use crate::text::{did_you_mean, fold, nearest, quoted};

/// A filter that every book has, to start a list with.
///
/// ```
/// use tagmata::{Book, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let presets = Book::builder().build(now).presets();
/// let keys: Vec<&str> = presets.iter().map(|preset| preset.key.as_str()).collect();
/// assert_eq!(
///     keys,
///     [
///         "everyone",
///         "status:lead",
///         "status:active",
///         "status:vip",
///         "status:inactive",
///         "without_segment",
///         "without_tag",
///         "created_this_month",
///         "no_interaction_180_days",
///         "unreachable",
///     ]
/// );
/// assert_eq!((presets[3].label.as_str(), presets[3].filter.as_str()), ("VIP", r#"status = "vip""#));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// What it is called in a [`PageQuery`](super::PageQuery); never changes. That of a status is `status:` and its key.
    pub key: String,
    /// What people see: an English text, or the label of the status.
    pub label: String,
    /// The text of its filter.
    pub filter: String,
}

/// The presets beside everyone and those of the statuses.
const OTHERS: [(&str, &str, &str); 5] = [
    ("without_segment", "Without segment", "segments is empty"),
    ("without_tag", "Without tag", "tags is empty"),
    ("created_this_month", "Created this month", "created_at in this month"),
    (
        "no_interaction_180_days",
        "No interaction for 180 days",
        "last_interaction is empty or last_interaction more than 180 days ago",
    ),
    ("unreachable", "Unreachable", "mobile is empty and email is empty"),
];

/// All presets, in the order in which they are offered.
pub(crate) fn presets(schema: &Schema) -> Vec<Preset> {
    let own = |(key, label, filter): (&str, &str, &str)| Preset {
        key: key.to_owned(),
        label: label.to_owned(),
        filter: filter.to_owned(),
    };
    let statuses = schema.statuses_in_order().map(|status| {
        let key = schema.status_key(status);
        Preset {
            key: format!("status:{key}"),
            label: schema.statuses().label(status.get()).to_owned(),
            filter: format!("status = {}", Quoted(key)),
        }
    });
    let everyone = own(("everyone", "Everyone", "everyone"));
    std::iter::once(everyone).chain(statuses).chain(OTHERS.map(own)).collect()
}

/// The filter of a preset, by its key in any case.
///
/// # Errors
/// [`Code::UnknownPreset`] with near keys and all keys.
pub(super) fn preset_filter(key: &str, schema: &Schema) -> Result<Filter> {
    let presets = presets(schema);
    match presets.iter().find(|preset| fold(&preset.key) == fold(key)) {
        Some(preset) => Filter::parse(&preset.filter, schema),
        None => Err(unknown_preset(key, &presets)),
    }
}

fn unknown_preset(key: &str, presets: &[Preset]) -> Error {
    let names = presets.iter().flat_map(|preset| [preset.key.as_str(), preset.label.as_str()]);
    let near = nearest(key, names);
    let is_near = |preset: &&Preset| near.contains(&preset.key) || near.contains(&preset.label);
    let near: Vec<&str> = presets.iter().filter(is_near).map(|preset| preset.key.as_str()).collect();
    let diagnostic = Diagnostic::new(Code::UnknownPreset, format!("there is no preset {}", quoted(key)))
        .help_if(did_you_mean(&near))
        .expecting(presets.iter().map(|preset| preset.key.as_str()));
    Error::not_found(diagnostic)
}
