//! What every book has.

use super::kinds::KINDS;
use super::structure::Schema;
use crate::model::Settings;
use crate::model::field::Field;

/// The statuses that every book has (vcita: lead, active, VIP, inactive).
const STATUSES: [(&str, &str); 4] =
    [("lead", "Lead"), ("active", "Active"), ("vip", "VIP"), ("inactive", "Inactive")];

impl Default for Schema {
    fn default() -> Self {
        Self::new(Settings::default())
    }
}

impl Schema {
    /// The schema of an empty book: standard fields, four statuses, eight kinds of interaction.
    ///
    /// ```
    /// use tagmata::{Schema, Settings};
    /// let schema = Schema::new(Settings { default_country: Some("FR".parse()?), ..Settings::default() });
    /// assert_eq!(schema.settings().default_country, Some("FR".parse()?));
    /// assert_eq!((schema.statuses().iter().count(), schema.kinds().count()), (4, 8));
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let mut schema = Self::blank(settings);
        // The built-in names are distinct words, so that none of these can be refused; a test defines them all.
        for (key, label, value_type) in Field::STANDARD {
            let edits = schema.edits_to_add_field(key, label, *value_type);
            schema.apply_all(&edits.unwrap_or_default());
        }
        for (key, label) in STATUSES {
            let _ = schema.define_status(key, Some(label));
        }
        for key in KINDS {
            let edits = schema.edits_to_add_kind(key, key == "email_sent");
            schema.apply_all(&edits.unwrap_or_default());
        }
        schema
    }
}
