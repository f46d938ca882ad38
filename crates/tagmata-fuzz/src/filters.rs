//! Filters in their three spellings.

use crate::world::book;
use tagmata::{Filter, Schema};
use tagmata_testkit::refusals::is_sound;

/// Any text is a filter, which is the same once it is written and read again in each spelling, or it is refused with reasons.
pub(crate) fn text(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let book = book();
    match Filter::parse(source, book.schema()) {
        Ok(filter) => is_itself(&filter, book.schema()),
        Err(error) => assert!(is_sound(&error, source), "{source:?}\n{error}"),
    }
}

/// The same for canonical JSON and for the trees of query builders.
pub(crate) fn json(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else { return };
    let book = book();
    match Filter::from_json(source, book.schema()) {
        Ok(filter) => is_itself(&filter, book.schema()),
        Err(error) => assert!(is_sound(&error, source), "{source:?}\n{error}"),
    }
}

/// A filter is the same in its canonical JSON, always, and in its other spellings unless the limits of these refuse it; and it answers.
fn is_itself(filter: &Filter, schema: &Schema) {
    let json = filter.to_json(schema);
    assert!(Filter::from_json(&json, schema).unwrap() == *filter, "{json}");
    let text = filter.to_string();
    match Filter::parse(&text, schema) {
        Ok(read) => assert!(read == *filter, "{text}\n{json}"),
        // What was short to type can be long when everything is said.
        Err(error) => assert!(text.len() > schema.settings().limits.source, "{text}\n{error}"),
    }
    if let Ok(tree) = filter.to_query_builder(schema) {
        assert!(Filter::from_json(&tree, schema).unwrap() == *filter, "{tree}\n{json}");
    }
    let book = book();
    let everybody = book.count("everyone").unwrap();
    let found = book.count(filter.clone()).unwrap();
    assert_eq!(book.select(filter.clone()).unwrap().len(), found, "{text}");
    if let Ok(rest) = Filter::parse(&format!("not ({text})"), schema) {
        assert_eq!(book.count(rest).unwrap() + found, everybody, "{text}");
    }
}
