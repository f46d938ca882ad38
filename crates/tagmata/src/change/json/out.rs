//! What commits are written into.

use crate::json::Writer;
use crate::model::Schema;
use json_event_parser::JsonEvent;

/// JSON, with so many items of each list of contacts or interactions at most.
pub(super) struct Out<'s> {
    pub(super) json: Writer<'s>,
    pub(super) most: usize,
}

impl<'s> Out<'s> {
    pub(super) fn new(schema: &'s Schema, most: usize) -> Self {
        Self { json: Writer::new(schema), most }
    }

    pub(super) fn text_of(&mut self, text: &str) {
        self.json.text(text);
    }

    /// A list of things, each of which something writes.
    pub(super) fn list<T>(
        &mut self,
        things: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.json.event(JsonEvent::StartArray);
        things.into_iter().for_each(|thing| write(self, thing));
        self.json.event(JsonEvent::EndArray);
    }

    pub(super) fn whole(&mut self, number: u64) {
        self.json.number(&number.to_string());
    }

    /// A number with its key.
    pub(super) fn counted(&mut self, key: &str, number: u64) {
        self.json.key(key);
        self.whole(number);
    }

    /// Something, or `null`.
    pub(super) fn maybe<T>(&mut self, thing: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match thing {
            Some(thing) => write(self, thing),
            None => self.json.null(),
        }
    }

    /// What was before and what is after, each with its key.
    pub(super) fn before_and_after<T>(&mut self, old: T, new: T, mut write: impl FnMut(&mut Self, T)) {
        self.json.key("old");
        write(self, old);
        self.json.key("new");
        write(self, new);
    }
}
