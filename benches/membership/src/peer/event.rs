//! Contacts as events.

use a_tree::{ATree, AttributeDefinition, Event, EventBuilder};
use tagmata::{Book, Contact, Date, Field, FieldId, SegmentId, Value};

use super::number::{MISSING, cents, days_until, number};

/// What an event has.
pub(super) fn attributes() -> Vec<AttributeDefinition> {
    let numbers = [
        "status",
        "country",
        "client_type",
        "billed",
        "employees",
        "created_at",
        "last_interaction",
        "birthday",
    ];
    let lists = ["tags", "segments", "software"];
    let mut all: Vec<_> = numbers.map(AttributeDefinition::integer).into();
    all.extend(lists.map(AttributeDefinition::integer_list));
    all.push(AttributeDefinition::boolean("newsletter"));
    all.push(AttributeDefinition::string("email_domain"));
    all.push(AttributeDefinition::string_list("last_name_starts"));
    all
}

/// The event that is a contact.
pub(super) fn event(tree: &ATree<SegmentId>, book: &Book, contact: &Contact) -> Event {
    let mut event = tree.make_event();
    fill(&mut event, book, contact).expect("attributes of their types");
    event.build().expect("an event")
}

fn fill(event: &mut EventBuilder<'_>, book: &Book, contact: &Contact) -> Result<(), a_tree::EventError> {
    let custom = |key: &str| book.schema().field_by_key(key).map_or(Field::ID, Field::id);
    let value = |field: FieldId| contact.get(field);
    for (name, field) in [
        ("status", Field::STATUS),
        ("country", Field::COUNTRY),
        ("client_type", custom("client_type")),
        ("billed", custom("billed")),
        ("employees", custom("employees")),
        ("created_at", Field::CREATED_AT),
        ("last_interaction", Field::LAST_INTERACTION),
        ("birthday", custom("birthday")),
    ] {
        event.with_integer(name, value(field).map_or(MISSING, |value| whole_number(value, book)))?;
    }
    for (name, field) in
        [("tags", Field::TAGS), ("segments", Field::SEGMENTS), ("software", custom("software"))]
    {
        let numbers: Vec<i64> = match value(field) {
            Some(Value::Many(set)) => set.iter().map(number).collect(),
            _ => Vec::new(),
        };
        event.with_integer_list(name, &numbers)?;
    }
    event.with_boolean("newsletter", value(custom("newsletter")) == Some(&Value::Bool(true)))?;
    let email = folded(value(Field::EMAIL));
    event.with_string("email_domain", email.split_once('@').map_or("", |(_, domain)| domain))?;
    let name = folded(value(Field::LAST_NAME));
    let ends = name.char_indices().map(|(start, letter)| start + letter.len_utf8());
    let starts: Vec<&str> = ends.skip(1).take(2).filter_map(|end| name.get(..end)).collect();
    event.with_string_list("last_name_starts", &starts)
}

fn whole_number(value: &Value, book: &Book) -> i64 {
    match value {
        Value::One(symbol) => number(*symbol),
        Value::Number(amount) => cents(*amount),
        Value::DateTime(at) => at.as_micros(),
        Value::Date(day) => days_until(*day, today(book)),
        _ => MISSING,
    }
}

fn folded(value: Option<&Value>) -> &str {
    match value {
        Some(Value::Text(text)) => text.folded(),
        _ => "",
    }
}

/// The day at which the book stands, which is in UTC.
fn today(book: &Book) -> Date {
    let now = book.now().to_string();
    now.get(..10).and_then(|day| day.parse().ok()).expect("a day")
}
