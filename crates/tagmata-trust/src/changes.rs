//! Changes of much that one contact has.

use crate::Input;
use crate::filters::book;
use tagmata::{InteractionQuery, NewInteractions, Timestamp};

pub(crate) const INPUTS: &[Input] = &[("interactions: deleted among others to come", 1_000, |n| {
    let mut book = book();
    let now = book.now();
    let contact = book.select("everyone").unwrap().iter().next().unwrap();
    let mut all = NewInteractions::new();
    for later in 1..=i64::try_from(n).unwrap() {
        let at = Timestamp::from_micros(now.as_micros() + later).unwrap();
        all.push(contact, "appointment", at, None, None);
        all.push(contact, "message", at, None, None);
    }
    book.record_many(all, now).unwrap();
    let deleted = book.delete_interactions(contact, InteractionQuery::new().kind("message"), now).unwrap();
    assert!(!deleted.commit.is_empty());
})];
