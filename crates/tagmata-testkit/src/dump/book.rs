//! A whole book.

use super::{contacts, definitions};
use std::collections::BTreeMap;
use std::fmt;
use tagmata::{Book, Draft, NewField, NewRule, NewSegment, Patch, ValueType};

/// All that can be seen of a book: small things by name, so that a difference is easy to read.
#[derive(Clone, PartialEq)]
pub struct BookDump {
    /// What is a fact of its own: one thing for each that a commit could change alone.
    pub facts: BTreeMap<String, String>,
    /// What follows from the facts, from their order, or from the instant.
    pub views: BTreeMap<String, String>,
}

impl BookDump {
    /// All that can be seen of a book.
    pub fn of(book: &Book) -> Self {
        Self::numbered(book, |commit| commit)
    }

    /// The facts alone.
    pub fn of_facts(book: &Book) -> Self {
        let mut facts = BTreeMap::new();
        definitions::facts(book, &mut facts);
        contacts::facts(book, &|commit| commit, &mut facts);
        Self { facts, views: BTreeMap::new() }
    }

    /// The same, with other numbers for commits.
    pub fn numbered(book: &Book, number: impl Fn(u64) -> u64) -> Self {
        let (mut facts, mut views) = (BTreeMap::new(), BTreeMap::new());
        definitions::facts(book, &mut facts);
        contacts::facts(book, &number, &mut facts);
        definitions::views(book, &mut views);
        contacts::views(book, &number, &mut views);
        views.insert("now".to_owned(), book.now().to_string());
        Self { facts, views }
    }

    /// What is another here than there, one line each; empty if all is the same.
    pub fn difference(&self, other: &Self) -> Vec<String> {
        let mut lines = differing(&self.facts, &other.facts);
        lines.extend(differing(&self.views, &other.views));
        lines
    }
}

fn differing(ours: &BTreeMap<String, String>, theirs: &BTreeMap<String, String>) -> Vec<String> {
    let keys: std::collections::BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    let keys = keys.into_iter().filter(|key| ours.get(*key) != theirs.get(*key));
    let of = |all: &BTreeMap<String, String>, key: &str| {
        all.get(key).cloned().unwrap_or_else(|| "nothing".to_owned())
    };
    keys.map(|key| format!("{key}:\n  here  {}\n  there {}", of(ours, key), of(theirs, key))).collect()
}

impl fmt::Debug for BookDump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(&self.facts).entries(&self.views).finish()
    }
}

/// The ids that the next new contact, tag, segment, status, kind, field and rule will get.
pub fn next_ids(book: &Book) -> Vec<u32> {
    let (mut book, now) = (book.clone(), book.now());
    let contact = book.create_contact(Draft::new(), now).unwrap().id.get();
    let tag = book.define_tag("the next tag", now).unwrap().id.get();
    let segment = book.create_segment(NewSegment::fixed("the next segment"), now).unwrap().id.get();
    let status = book.define_status("the next status", None, now).unwrap().id.get();
    let kind = book.define_kind("the_next_kind", false, now).unwrap().id.get();
    let field = book.define_field(NewField::new("the_next_field", ValueType::Text), now).unwrap().id.get();
    let rule = NewRule::when("the next rule", "nobody").set_fields(Patch::new().set("source", "a rule"));
    let rule = book.add_rule(rule, now).unwrap().id.get();
    vec![contact, tag, segment, status, kind, field, rule]
}
