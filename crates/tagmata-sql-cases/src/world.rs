//! Worlds: a schema, contacts and an instant, in which filters are asked.

use chrono::DateTime;
use serde_json::{Value, json};
use tagmata::{Schema, SegmentId, Timestamp};
use tagmata_testkit::conformance;
use tagmata_testkit::oracle::Oracle;

/// What filters are asked of.
#[derive(Debug)]
pub(crate) struct World {
    /// As the engine has it.
    pub(crate) built: conformance::World,
    /// Names and values of the contacts; the id is the place.
    pub(crate) contacts: Vec<(String, Value)>,
    pub(crate) now: Timestamp,
    oracle: Oracle,
}

impl World {
    pub(crate) fn new(
        schema: &Value,
        settings: &Value,
        contacts: Vec<(String, Value)>,
        now: Timestamp,
    ) -> Self {
        let built = conformance::World::build(schema, settings, &contacts);
        let oracle = Oracle::new(&canonical(schema, &built), settings);
        Self { built, contacts, now, oracle }
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.built.schema
    }

    /// Who matches a filter in canonical JSON, by the specification.
    pub(crate) fn members(&self, filter: &Value) -> Vec<usize> {
        let now = DateTime::from_timestamp_micros(self.now.as_micros()).unwrap();
        let matches = |id: &usize| self.oracle.matches(filter, &self.contacts, *id, now);
        (0..self.contacts.len()).filter(matches).collect()
    }

    /// All segments with their members, by the specification.
    pub(crate) fn segments(&self) -> Vec<(SegmentId, Vec<usize>)> {
        let all = self
            .schema()
            .segment_entries()
            .map(|(id, name)| (id, self.members(&json!({"op": "has", "field": "segments", "value": name}))));
        all.collect()
    }
}

/// The schema with the filters of segments as canonical JSON, which is all that the oracle reads.
fn canonical(schema: &Value, built: &conformance::World) -> Value {
    let mut schema = schema.clone();
    for segment in schema.get_mut("segments").and_then(Value::as_array_mut).into_iter().flatten() {
        let id = built.schema.segment(segment["name"].as_str().unwrap()).unwrap();
        if let Some(filter) = built.segments.get(id).and_then(|definition| definition.filter()) {
            segment["filter"] = serde_json::from_str(&filter.to_json(&built.schema)).unwrap();
        }
    }
    schema
}
