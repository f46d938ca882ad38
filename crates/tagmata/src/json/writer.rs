//! JSON, event by event.

use crate::model::{Input, Schema};
use json_event_parser::{JsonEvent, WriterJsonSerializer};

/// Writes values into memory, which cannot fail.
pub(crate) struct Writer<'a> {
    json: WriterJsonSerializer<Vec<u8>>,
    pub(crate) schema: &'a Schema,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(schema: &'a Schema) -> Self {
        Self { json: WriterJsonSerializer::new(Vec::new()), schema }
    }

    /// What was written, in one line without spaces.
    pub(crate) fn finish(self) -> String {
        let bytes = self.json.finish().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    pub(crate) fn event(&mut self, event: JsonEvent<'_>) {
        // Writing into a Vec has no errors of its own, and the events are balanced.
        let _ = self.json.serialize_event(event);
    }

    pub(crate) fn open(&mut self) {
        self.event(JsonEvent::StartObject);
    }

    pub(crate) fn close(&mut self) {
        self.event(JsonEvent::EndObject);
    }

    pub(crate) fn key(&mut self, key: &str) {
        self.event(JsonEvent::ObjectKey(key.into()));
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.event(JsonEvent::String(text.into()));
    }

    pub(crate) fn number(&mut self, numeral: &str) {
        self.event(JsonEvent::Number(numeral.into()));
    }

    pub(crate) fn member(&mut self, key: &str, text: &str) {
        self.key(key);
        self.text(text);
    }

    pub(crate) fn null(&mut self) {
        self.event(JsonEvent::Null);
    }

    pub(crate) fn flag(&mut self, key: &str, is_on: bool) {
        self.key(key);
        self.event(JsonEvent::Boolean(is_on));
    }

    /// A list of things, each of which something writes.
    pub(crate) fn items<T>(
        &mut self,
        things: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.event(JsonEvent::StartArray);
        things.into_iter().for_each(|thing| write(self, thing));
        self.event(JsonEvent::EndArray);
    }

    /// A value as it would come from outside.
    pub(crate) fn input(&mut self, value: &Input) {
        match value {
            Input::Missing => self.null(),
            Input::Text(text) => self.text(text),
            Input::Number(number) => self.number(&number.to_string()),
            Input::Bool(yes) => self.event(JsonEvent::Boolean(*yes)),
            Input::Date(day) => self.text(&day.to_string()),
            Input::DateTime(at) => self.text(&at.to_string()),
            Input::List(names) => self.items(names, |out, name| out.text(name)),
        }
    }
}
