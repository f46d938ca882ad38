//! An object of a suite of which every member has to be read: a member that nobody reads is a typo.

use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// An object, and where it stands in its suite. Panics with that place wherever it is not what the format says.
#[derive(Debug)]
pub(super) struct Object<'a> {
    place: String,
    members: Option<&'a Map<String, Value>>,
    read: RefCell<BTreeSet<String>>,
}

impl<'a> Object<'a> {
    /// An object; nothing at all is one without members.
    pub(super) fn new(value: &'a Value, place: impl Into<String>) -> Self {
        let place = place.into();
        let members = match value {
            Value::Object(members) => Some(members),
            Value::Null => None,
            _ => panic!("{place}: not an object: {value}"),
        };
        Self { place, members, read: RefCell::default() }
    }

    /// Where it stands.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// Whether it has no members.
    pub(super) fn is_empty(&self) -> bool {
        self.members.is_none_or(Map::is_empty)
    }

    /// The member of a name, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.read.borrow_mut().insert(key.to_owned());
        self.members.and_then(|members| members.get(key))
    }

    /// The member of a name; null if it is not there.
    pub(super) fn any(&self, key: &str) -> &'a Value {
        self.get(key).unwrap_or(&Value::Null)
    }

    /// The member of a name, which has to be there.
    pub(super) fn need(&self, key: &str) -> &'a Value {
        self.get(key).unwrap_or_else(|| panic!("{}: `{key}` is missing", self.place))
    }

    /// A text, if it is there and not null.
    pub(super) fn text_if(&self, key: &str) -> Option<&'a str> {
        let value = self.get(key).filter(|value| !value.is_null())?;
        Some(value.as_str().unwrap_or_else(|| panic!("{}: `{key}` is not a string: {value}", self.place)))
    }

    /// A text, which has to be there.
    pub(super) fn text(&self, key: &str) -> &'a str {
        self.text_if(key).unwrap_or_else(|| panic!("{}: `{key}` is missing", self.place))
    }

    /// True or false; false if nothing is said.
    pub(super) fn flag(&self, key: &str) -> bool {
        let value = self.any(key);
        match value {
            Value::Bool(yes) => *yes,
            Value::Null => false,
            _ => panic!("{}: `{key}` is neither true nor false: {value}", self.place),
        }
    }

    /// A whole number, if it is there.
    pub(super) fn number_if(&self, key: &str) -> Option<u64> {
        let value = self.get(key)?;
        Some(value.as_u64().unwrap_or_else(|| panic!("{}: `{key}` is no whole number: {value}", self.place)))
    }

    /// A list; an empty one if it is not there.
    pub(super) fn list(&self, key: &str) -> &'a [Value] {
        match self.any(key) {
            Value::Array(items) => items,
            Value::Null => &[],
            value => panic!("{}: `{key}` is not a list: {value}", self.place),
        }
    }

    /// A list of texts; an empty one if it is not there.
    pub(super) fn texts(&self, key: &str) -> impl Iterator<Item = &'a str> {
        let not_text = format!("{}: `{key}` is not a list of strings", self.place);
        self.list(key).iter().map(move |item| item.as_str().unwrap_or_else(|| panic!("{not_text}: {item}")))
    }

    /// An object inside of this one; one without members if it is not there.
    pub(super) fn object(&self, key: &str) -> Object<'a> {
        Object::new(self.any(key), format!("{}: `{key}`", self.place))
    }

    /// All members: none of them is a typo.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let members = self.members.into_iter().flatten();
        self.read.borrow_mut().extend(members.clone().map(|(key, _)| key.clone()));
        members.map(|(key, value)| (key.as_str(), value))
    }

    /// Panics if a member was not read.
    pub(super) fn finish(&self) {
        let read = self.read.borrow();
        for (key, _) in self.members.into_iter().flatten() {
            let known: Vec<_> = read.iter().map(String::as_str).collect();
            assert!(
                read.contains(key),
                "{}: `{key}` means nothing here, only {}",
                self.place,
                known.join(", ")
            );
        }
    }
}
