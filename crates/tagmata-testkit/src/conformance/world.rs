//! A suite's schema, segments and contacts as the engine's.

use super::object::Object;
use super::read::{draft, new_field, read_filter, settings as read_settings};
use serde_json::Value;
use tagmata::{Contact, ContactId, DynamicSegment, Filter, Schema, Segments, Settings, Timestamp};

/// Everything that a filter is evaluated in.
#[derive(Debug)]
pub struct World {
    /// The names and settings.
    pub schema: Schema,
    /// The dynamic segments.
    pub segments: Segments,
    /// The contacts, by the names that the suite gives them.
    pub contacts: Vec<(String, Contact)>,
}

impl World {
    /// Builds the world of a suite. Panics with what is wrong if the suite is.
    #[must_use]
    pub fn build(schema: &Value, settings: &Value, contacts: &[(String, Value)]) -> Self {
        let settings = read_settings(Settings::default(), &Object::new(settings, "the settings"));
        let mut world =
            Self { schema: Schema::new(settings), segments: Segments::default(), contacts: Vec::new() };
        let names = Object::new(schema, "the schema");
        world.define_names(&names);
        for segment in names.list("segments") {
            world.define_segment(&Object::new(segment, "a segment"), contacts);
        }
        names.finish();
        for (at, (name, values)) in contacts.iter().enumerate() {
            let id = ContactId::new(u32::try_from(at).unwrap());
            let contact = draft(&Object::new(values, name)).read(id, &world.schema);
            world.contacts.push((name.clone(), contact.unwrap_or_else(|error| panic!("{name}: {error}"))));
        }
        world
    }

    fn define_names(&mut self, names: &Object<'_>) {
        for field in names.list("fields") {
            let field = Object::new(field, "a field");
            let defined = self.schema.define_field(new_field(&field));
            defined.unwrap_or_else(|error| panic!("{}: {error}", field.place()));
            field.finish();
        }
        for status in names.list("statuses") {
            let status = Object::new(status, "a status");
            self.schema.define_status(status.text("key"), status.text_if("label")).unwrap();
            status.finish();
        }
        for kind in names.list("kinds") {
            let kind = Object::new(kind, "a kind");
            self.schema.define_kind(kind.text("key"), kind.flag("outgoing")).unwrap();
            kind.finish();
        }
        for tag in names.texts("tags") {
            self.schema.define_tag(tag).unwrap();
        }
    }

    fn define_segment(&mut self, segment: &Object<'_>, contacts: &[(String, Value)]) {
        let id = self.schema.define_segment(segment.text("name")).unwrap();
        let pins = |key: &str| -> Vec<_> {
            let position = |name: &str| {
                let at = contacts.iter().position(|(other, _)| other == name);
                ContactId::new(u32::try_from(at.unwrap_or_else(|| panic!("no contact {name}"))).unwrap())
            };
            segment.texts(key).map(position).collect()
        };
        if let Some(filter) = segment.get("filter") {
            let filter = read_filter(filter, &self.schema).unwrap_or_else(|error| panic!("{error}"));
            let definition =
                DynamicSegment::new(filter).always_in(pins("always_in")).always_out(pins("always_out"));
            let defined = self.segments.define(id, definition, &self.schema);
            defined.unwrap_or_else(|error| panic!("{error}"));
        }
        segment.finish();
    }

    /// The names of the contacts that match a filter, in their order.
    #[must_use]
    pub fn members(&self, filter: &Filter, now: Timestamp) -> Vec<&str> {
        let (matcher, segments) = (filter.plan().at(now), self.segments.at(now));
        let matching =
            self.contacts.iter().filter(|(_, contact)| matcher.matches(contact, &segments.membership()));
        matching.map(|(name, _)| name.as_str()).collect()
    }
}
