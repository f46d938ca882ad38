//! All that can be seen of a book.

use super::answers::Answers;
use serde_json::{Value, json};

/// All that can be seen of a book, but for what its clock shows.
pub(super) fn snapshot(seen: Answers<'_>) -> Value {
    let schema = seen.book.schema();
    let of_contact = |contact| {
        let all = json!({
            "values": seen.values(contact),
            "interactions": seen.interactions(contact),
            "history": seen.history(contact),
        });
        (format!("contact {}", contact.get()), all)
    };
    let members = schema.segment_entries();
    let members = members.map(|(id, name)| (name.to_owned(), seen.contacts(seen.book.members(id))));
    json!({
        "contacts": seen.everyone().iter().map(of_contact).collect::<Value>(),
        "members": members.collect::<Value>(),
        "segments": seen.segments(),
        "tags": seen.tags(),
        "statuses": seen.statuses(),
        "fields": seen.fields(),
        "kinds": seen.kinds(),
        "settings": format!("{:?}", schema.settings()),
        "last commit": seen.book.last_commit(),
    })
}
