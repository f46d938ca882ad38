//! The contacts of a book as the oracle takes them.

use serde_json::{Map, Value, json};
use tagmata::{Book, Contact, ContactId, Input, Interaction};

/// All contacts by their ids, with what they have; where a contact is gone, there is one without values, who must not be asked.
#[must_use]
pub fn contacts_of(book: &Book) -> Vec<(String, Value)> {
    let everybody = book.select("everyone").unwrap();
    let end = everybody.iter().last().map_or(0, |last| last.get() + 1);
    let values = |id: u32| match everybody.contains(ContactId::new(id)) {
        true => contact_of(book, &book.contact(ContactId::new(id)).unwrap()),
        false => json!({}),
    };
    (0..end).map(|id| (format!("c{id}"), values(id))).collect()
}

fn contact_of(book: &Book, contact: &Contact) -> Value {
    let record = book.record_of(contact);
    let made = |key: &str| ["name", "segments"].contains(&key);
    let values = record.values.iter().filter(|(key, _)| !made(key));
    let mut values: Map<String, Value> =
        values.map(|(key, value)| ((*key).to_owned(), json_of(value))).collect();
    values.insert("segments".to_owned(), json!(record.static_segments));
    let interactions = contact.interactions().iter().map(|interaction| interaction_of(book, interaction));
    values.insert("interactions".to_owned(), interactions.collect());
    Value::Object(values)
}

fn interaction_of(book: &Book, interaction: &Interaction) -> Value {
    json!({
        "kind": book.schema().kind_key(interaction.kind),
        "at": interaction.at.to_string(),
        "amount": interaction.amount.map(|amount| amount.to_string()),
        "label": interaction.label.as_ref().map(|label| label.as_str()),
    })
}

fn json_of(value: &Input) -> Value {
    match value {
        Input::Missing => Value::Null,
        Input::Text(text) => json!(text),
        Input::Number(number) => json!(number),
        Input::Bool(value) => json!(value),
        Input::Date(day) => json!(day.to_string()),
        Input::DateTime(instant) => json!(instant.to_string()),
        Input::List(items) => json!(items),
    }
}
