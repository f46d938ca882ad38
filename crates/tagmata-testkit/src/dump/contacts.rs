//! Contacts with their values, interactions and histories.

use crate::commands::keys;
use std::collections::BTreeMap;
use tagmata::{Book, Cause, Contact, ContactId, Field, HistoryEntry, Value};

/// Fields that are made from others.
const MADE: [tagmata::FieldId; 3] = [Field::ID, Field::NAME, Field::LAST_INTERACTION];

/// What is a fact of its own. Commits have other numbers, where that is wanted.
pub(super) fn facts(book: &Book, number: &dyn Fn(u64) -> u64, into: &mut BTreeMap<String, String>) {
    let mut count = |key: String| {
        let so_far = into.get(&key).map_or(0, |count| count.parse::<u32>().unwrap());
        into.insert(key, (so_far + 1).to_string());
    };
    for (id, contact) in everybody(book) {
        for interaction in contact.interactions() {
            count(format!("contact {id} / interaction / {interaction:?}"));
        }
        for entry in book.history(ContactId::new(id)).unwrap() {
            count(format!("contact {id} / history / {}", shown(&entry, number)));
        }
    }
    for (id, contact) in everybody(book) {
        into.insert(format!("contact {id}"), "is there".to_owned());
        for field in book.schema().fields().map(Field::id).filter(|field| !MADE.contains(field)) {
            let key = format!("contact {id} / {field:?}");
            match contact.get(field) {
                Some(Value::Many(set)) if [Field::TAGS, Field::SEGMENTS].contains(&field) => {
                    for symbol in set.iter() {
                        into.insert(format!("{key} / {symbol:?}"), "has it".to_owned());
                    }
                }
                Some(value) => {
                    into.insert(key, format!("{value:?}"));
                }
                None => {}
            }
        }
    }
}

/// What follows from other things.
pub(super) fn views(book: &Book, number: &dyn Fn(u64) -> u64, into: &mut BTreeMap<String, String>) {
    for (id, contact) in everybody(book) {
        for field in MADE {
            into.insert(format!("contact {id} / {field:?}"), format!("{:?}", contact.get(field)));
        }
        into.insert(format!("contact {id} / interactions"), format!("{:?}", contact.interactions()));
        let history = book.history(ContactId::new(id)).unwrap();
        let history: Vec<_> = history.iter().map(|entry| shown(entry, number)).collect();
        into.insert(format!("contact {id} / history"), history.join("; "));
        into.insert(
            format!("contact {id} / segments"),
            format!("{:?}", book.segments_of(ContactId::new(id))),
        );
    }
    for (field, values) in keys() {
        for value in values {
            let found = match book.find(field, value) {
                Ok(found) => format!("{found:?}"),
                Err(error) => error.to_string(),
            };
            into.insert(format!("found by {field:?} {value:?}"), found);
        }
    }
}

fn everybody(book: &Book) -> Vec<(u32, Contact)> {
    let all = book.select("everyone").unwrap();
    all.iter().map(|id| (id.get(), book.contact(id).unwrap())).collect()
}

fn shown(entry: &HistoryEntry, number: &dyn Fn(u64) -> u64) -> String {
    let origin = &entry.origin;
    let (commit, by) = (number(origin.commit), origin.actor.as_deref().unwrap_or("nobody"));
    format!("#{commit} {:?} at {} by {by}, {}", entry.change, origin.at, cause(&origin.cause))
}

/// The number of a commit that was undone is another one where commits have other numbers; that of a rule is not.
fn cause(cause: &Cause) -> String {
    match cause {
        Cause::Rule(rule) => format!("rule {}", rule.get()),
        cause => cause.as_str().to_owned(),
    }
}
