//! Contacts in the order of their symbols: one bitmap after the other.

use super::by_id::by_id;
use super::part::{Listed, Part, Start};
use super::sort::SortOrder;
use crate::value::{ContactId, MemberSet};

/// A part of those who have a symbol. The contacts of each symbol are given in ascending order of the symbols.
pub(super) fn by_symbol(mut groups: Vec<&MemberSet>, listed: &Listed<'_>, part: Part) -> Vec<u32> {
    part.direct(&mut groups);
    let mut offset = part.offset();
    let own = |contact: u32| groups.iter().position(|group| group.contains(ContactId::new(contact)));
    let first = part.behind().map_or(0, |contact| own(contact).unwrap_or(groups.len()));
    let mut found = Vec::new();
    for (at, group) in groups.iter().enumerate().skip(first) {
        let limit = part.limit - found.len();
        if limit == 0 {
            break;
        }
        let is_own = at == first;
        let start = match part.start {
            Start::Behind(contact) if is_own => Start::Behind(contact),
            _ => Start::Offset(offset),
        };
        // Most groups lie wholly before the part.
        if offset > 0 {
            let count = listed.count(group);
            offset = offset.saturating_sub(count);
            if matches!(start, Start::Offset(before) if before >= count) {
                continue;
            }
        }
        found.extend(by_id(&listed.among(group), Part { start, limit, order: SortOrder::Ascending }));
    }
    found
}
