//! The book that the cases of a suite begin with, made by the commands that anybody would make it with.

use super::arguments::Reader;
use super::names::Names;
use crate::conformance::object::Object;
use crate::conformance::read::{draft, filter_source, new_field, settings as read_settings, without_own};
use serde_json::Value;
use tagmata::{Book, NewSegment, Result, Settings, Timestamp};

/// The book of a world that was drawn; the id of a contact is its place. What a book sets by itself is left to it. Panics with what is wrong if the world is.
#[must_use]
pub fn book(settings: &Value, schema: &Value, contacts: &[(String, Value)], now: Timestamp) -> Book {
    let contacts = contacts.iter().map(|(name, contact)| (name.clone(), without_own(contact)));
    let contacts = Value::Object(contacts.collect());
    let (schema, contacts) = (Object::new(schema, "the schema"), Object::new(&contacts, "the contacts"));
    book_of(settings, &schema, &contacts, now).0
}

/// A book with the settings, the schema and the contacts of a suite. Panics with what is wrong if the suite is.
pub(super) fn book_of(
    settings: &Value,
    schema: &Object<'_>,
    contacts: &Object<'_>,
    now: Timestamp,
) -> (Book, Names) {
    let settings = read_settings(Settings::default(), &Object::new(settings, "the settings"));
    let mut builder = Book::builder()
        .time_zone(settings.calendar.zone)
        .week_start(settings.calendar.week_start)
        .leap_day(settings.calendar.leap_day)
        .limits(settings.limits);
    if let Some(country) = settings.default_country {
        builder = builder.default_country(country);
    }
    let (mut book, mut names) = (builder.build(now), Names::default());
    let made = fill(&mut book, &mut names, schema, contacts);
    made.unwrap_or_else(|error| panic!("the book of the suite cannot be made: {error}"));
    names.note_segments(&book);
    (book, names)
}

fn fill(book: &mut Book, names: &mut Names, schema: &Object<'_>, contacts: &Object<'_>) -> Result<()> {
    let now = book.now();
    for field in schema.list("fields") {
        let field = Object::new(field, "a field");
        book.define_field(new_field(&field), now)?;
        field.finish();
    }
    for status in schema.list("statuses") {
        let status = Object::new(status, "a status");
        book.define_status(status.text("key"), status.text_if("label"), now)?;
        status.finish();
    }
    for kind in schema.list("kinds") {
        let kind = Object::new(kind, "a kind");
        book.define_kind(kind.text("key"), kind.flag("outgoing"), now)?;
        kind.finish();
    }
    for tag in schema.texts("tags") {
        book.define_tag(tag, now)?;
    }
    let segments: Vec<_> =
        schema.list("segments").iter().map(|segment| Object::new(segment, "a segment")).collect();
    schema.finish();
    for segment in &segments {
        let name = segment.text("name");
        let new = match segment.get("filter") {
            Some(filter) => NewSegment::dynamic(name, filter_source(filter, book.schema())?),
            None => NewSegment::fixed(name),
        };
        book.create_segment(new, now)?;
    }
    // What contacts come with has happened before: no default rule fires by it.
    book.set_automation(Some(false), [], now)?;
    for (name, values) in contacts.all() {
        let contact = book.create_contact(draft(&Object::new(values, name)), now)?.id;
        names.name_contact(name, contact);
    }
    book.set_automation(Some(true), [], now)?;
    // Only now is there somebody to be pinned.
    for segment in segments {
        let patch = Reader { names, schema: book.schema() }.patch(&segment)?;
        segment.finish();
        if segment.get("always_in").or(segment.get("always_out")).is_some() {
            book.update_segment(segment.text("name"), patch, now)?;
        }
    }
    Ok(())
}
