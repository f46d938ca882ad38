//! What always holds among dynamic segments.

use super::segments::Segments;
use crate::filter::Filter;
use crate::model::Schema;
use crate::text::quoted;

impl Segments {
    /// What does not hold that should, one line each; empty if the segments are sound.
    pub(crate) fn violations(&self, schema: &Schema) -> Vec<String> {
        let mut found = Vec::new();
        for (id, definition) in self.iter() {
            let name = quoted(schema.segment_name(id));
            if !schema.has_segment(id) {
                found.push(format!("segment {} has a definition and no name", id.get()));
            }
            let uses = definition.uses();
            let gone = schema.missing_of(&uses.fields, &uses.symbols, &uses.segments, &uses.kinds);
            if let Some(gone) = gone {
                found.push(format!("the segment {name} uses {gone} that is not there, and is not broken"));
            }
            if let Some(filter) = definition.filter() {
                found.extend(
                    violations_of(filter, schema).map(|problem| format!("the segment {name} {problem}")),
                );
            }
            let circle = self.dependencies.circle(id, &uses.segments.iter().copied().collect::<Vec<_>>());
            if !circle.is_empty() {
                found.push(format!("the segment {name} uses itself"));
            }
        }
        let uses = self.iter().map(|(id, definition)| (id, &definition.uses().segments));
        for stale in self.dependencies.stale(uses) {
            found.push(format!("the uses of segment {} are not those of its filter", stale.get()));
        }
        found
    }
}

/// A filter reads time as the book does, and means what it is written down as.
fn violations_of(filter: &Filter, schema: &Schema) -> Option<&'static str> {
    if filter.plan().calendar() != &schema.settings().calendar {
        return Some("reads time by another calendar than the book");
    }
    match Filter::from_json(&filter.to_json(schema), schema) {
        Ok(again) if again.plan() == filter.plan() => None,
        _ => Some("means something else when it is read again"),
    }
}
