//! Contacts in the order of their ids: their places in a bitmap are counted, not walked.

use super::part::{Part, Start};
use super::sort::SortOrder;
use crate::value::MemberSet;

/// A part of some contacts.
pub(super) fn by_id(contacts: &MemberSet, part: Part) -> Vec<u32> {
    let offset = match (part.start, part.order) {
        (Start::Offset(offset), _) => offset,
        (Start::Behind(contact), SortOrder::Ascending) => contacts.count_up_to(contact),
        (Start::Behind(contact), SortOrder::Descending) => {
            let up_to = contacts.count_up_to(contact) - u64::from(contacts.contains(contact));
            contacts.len() - up_to
        }
    };
    match part.order {
        SortOrder::Ascending => contacts.numbers_from_place(offset).take(part.limit).collect(),
        SortOrder::Descending => contacts.numbers_down_from_place(offset).take(part.limit).collect(),
    }
}
