//! Changes of one field of one contact.

use tagmata::{Book, ContactId, Field, FieldId, Outcome, Patch, Timestamp, Value};
use tagmata_benches::Dice;

use crate::predicate::tag_name;

const STATUSES: [&str; 4] = ["lead", "active", "vip", "inactive"];
const LAST_NAMES: [&str; 4] = ["Dupont", "Silva", "Smith", "Müller"];

/// What is changed in turn.
pub(crate) const KINDS: [&str; 6] =
    ["status", "billed", "a tag is added", "a tag is removed", "created_at", "last_name"];

/// A new value for a contact.
#[derive(Debug, Clone)]
pub struct Update {
    /// The contact.
    pub(crate) contact: ContactId,
    /// The place in [`KINDS`] of what is changed.
    pub(crate) kind: usize,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    Value(Patch),
    AddTag(String),
    RemoveTag(String),
}

impl Update {
    /// Makes the change.
    ///
    /// # Panics
    ///
    /// When the book has no such contact.
    pub fn make(&self, book: &mut Book) -> Outcome {
        let now = book.now();
        let outcome = match &self.change {
            Change::Value(patch) => book.update_contacts(self.contact, patch.clone(), now),
            Change::AddTag(tag) => book.add_tags(self.contact, [tag.as_str()], now),
            Change::RemoveTag(tag) => book.remove_tags(self.contact, [tag.as_str()], now),
        };
        outcome.expect("a change that can be made")
    }
}

/// So many updates of different contacts of a book, the kinds in turn, each of which changes something.
///
/// # Panics
///
/// When the book has fewer contacts.
#[must_use]
pub fn updates(book: &Book, count: usize, dice: &mut Dice) -> Vec<Update> {
    let everybody = book.select("everyone").expect("all contacts").to_numbers();
    let mut made: Vec<Update> = Vec::with_capacity(count);
    let mut seen = std::collections::HashSet::new();
    while made.len() < count {
        let contact = ContactId::new(*dice.pick(&everybody));
        let kind = made.len() % KINDS.len();
        if let Some(change) = draw(book, contact, kind, dice).filter(|_| seen.insert(contact)) {
            made.push(Update { contact, kind, change });
        }
    }
    made
}

/// A change of this kind that the contact does not have already.
fn draw(book: &Book, contact: ContactId, kind: usize, dice: &mut Dice) -> Option<Change> {
    let is = |filter: &str| book.matches(contact, filter).expect("a filter");
    let stored = |field: FieldId| book.contact(contact).expect("a contact").get(field).cloned();
    let value = |key: &str, value: &str| Some(Change::Value(Patch::new().set(key, value)));
    match kind {
        0 => {
            let status = *dice.pick(&STATUSES);
            value("status", status).filter(|_| !is(&format!("status = {status}")))
        }
        1 => {
            let billed = match stored(book.schema().field_by_key("billed")?.id()) {
                Some(Value::Number(billed)) => billed,
                _ => 0.0,
            };
            // An invoice more.
            Some(Change::Value(Patch::new().set("billed", billed.floor() + 20.5 + dice.below(400) as f64)))
        }
        2 => {
            let tag = tag_name(dice.below(50));
            (!is(&format!("tags has {tag}"))).then_some(Change::AddTag(tag))
        }
        3 => {
            let tag = tag_name(dice.below(50));
            is(&format!("tags has {tag}")).then_some(Change::RemoveTag(tag))
        }
        4 => {
            let Some(Value::DateTime(created)) = stored(Field::CREATED_AT) else { return None };
            // It was up to a month earlier.
            let minutes = i64::try_from(1 + dice.below(30 * 1_440)).expect("a month");
            let at = Timestamp::from_micros(created.as_micros() - minutes * 60_000_000)?;
            Some(Change::Value(Patch::new().set("created_at", at)))
        }
        _ => {
            let name = *dice.pick(&LAST_NAMES);
            value("last_name", name).filter(|_| !is(&format!("last_name = \"{name}\"")))
        }
    }
}
