//! What always holds in a schema.

use super::structure::Schema;
use crate::model::field::Field;
use crate::text::quoted;
use crate::value::ValueType;

impl Schema {
    /// What does not hold that should, one line each; empty if the schema is sound.
    pub(crate) fn violations(&self) -> Vec<String> {
        let mut found = self.field_names.violations("field");
        found.extend(self.statuses.violations("status"));
        found.extend(self.kind_names.violations("kind"));
        found.extend(self.tags.violations("tag"));
        found.extend(self.segments.violations("segment"));
        let named: Vec<u32> = self.field_entries().map(|entry| entry.number).collect();
        if !self.fields.iter().map(|(number, _)| number).eq(named) {
            found.push("there is a field without a key, or a key without a field".to_owned());
        }
        let named: Vec<u32> = self.kind_names.entries().map(|(number, _)| number).collect();
        if !self.kinds.iter().map(|(number, _)| number).eq(named) {
            found.push("there is a kind without a key, or a key without a kind".to_owned());
        }
        for key in self.kinds() {
            if self.field_names.find_by_key(key).is_some() {
                found.push(format!("{} is the key of a field and of a kind", quoted(key)));
            }
        }
        let mut statuses: Vec<u32> = self.statuses_in_order().map(|status| status.get()).collect();
        statuses.sort_unstable();
        if statuses.is_empty() || !self.statuses.iter().map(|entry| entry.number).eq(statuses) {
            found.push("the order of the statuses does not have each status once".to_owned());
        }
        for field in self.fields() {
            found.extend(self.violations_of(field));
        }
        found
    }

    fn violations_of(&self, field: &Field) -> Vec<String> {
        let what = format!("field {} option", field.id().get());
        let mut found = field.options().violations(&what);
        let takes_options = matches!(field.value_type(), ValueType::Select | ValueType::MultiSelect);
        if !takes_options && field.options().iter().next().is_some() {
            found.push(format!("field {} has options and takes none", field.id().get()));
        }
        found
    }
}
