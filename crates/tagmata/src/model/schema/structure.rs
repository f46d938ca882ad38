//! What a schema is made of.

use crate::model::catalog::Catalog;
use crate::model::names::Names;
use crate::model::slots::Slots;
use crate::model::{Field, Settings};
use crate::value::{FieldId, StatusId};
use std::collections::BTreeMap;

/// The names that filters and values may use: fields, options, statuses, tags, segments, kinds of interaction.
///
/// ```
/// use tagmata::{Filter, NewField, Schema, ValueType};
/// let mut schema = Schema::default();
/// schema.define_field(NewField::new("software", ValueType::MultiSelect).option("Xero").option("MYOB"))?;
/// schema.define_tag("vip")?;
/// let filter = Filter::parse("software has any (xero, MYOB) and not tags has vip", &schema)?;
/// assert_eq!(filter.to_string(), r#"software has any ("Xero", "MYOB") and not tags has "vip""#);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    pub(super) settings: Settings,
    pub(super) field_names: Catalog,
    pub(super) fields: Slots<Field>,
    /// The options of fields that were deleted: all removed, but their numbers stay used up.
    pub(super) deleted_options: BTreeMap<FieldId, Catalog>,
    pub(super) statuses: Catalog,
    pub(super) status_order: Vec<StatusId>,
    pub(super) kind_names: Names,
    /// Whether each kind is outgoing.
    pub(super) kinds: Slots<bool>,
    pub(super) tags: Names,
    pub(super) segments: Names,
}

impl Schema {
    /// The schema without anything in it, not even the standard fields.
    pub(super) fn blank(settings: Settings) -> Self {
        Self {
            settings,
            field_names: Catalog::default(),
            fields: Slots::default(),
            deleted_options: BTreeMap::new(),
            statuses: Catalog::default(),
            status_order: Vec::new(),
            kind_names: Names::default(),
            kinds: Slots::default(),
            tags: Names::default(),
            segments: Names::default(),
        }
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
