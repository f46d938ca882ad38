//! Contacts in the order of texts that differ from each other: a part is selected by the beginnings of the texts.

use super::part::Part;
use super::ranked::part_of;
use super::sort::SortOrder;
use super::spelling::Spelling;
use std::cmp::Ordering;

/// A part of those among some rows, which ascend, that have a text.
pub(super) fn by_spelling<'s>(
    rows: impl Iterator<Item = u32>,
    spelling_of: impl Fn(u32) -> Option<Spelling<'s>>,
    part: Part,
) -> Vec<u32> {
    // All bits turned, the greatest number is the least.
    let turned = |head: u64| if part.order == SortOrder::Descending { !head } else { head };
    let entry = |row: u32| Some((turned(spelling_of(row)?.head()), row));
    let compare = |(head, row): &(u64, u32), (other_head, other): &(u64, u32)| -> Ordering {
        head.cmp(other_head)
            .then_with(|| part.directed(spelling_of(*row).cmp(&spelling_of(*other))))
            .then(row.cmp(other))
    };
    let start = part.behind().and_then(entry);
    let entries = rows.filter_map(entry);
    let entries = entries.filter(|entry| start.is_none_or(|start| compare(entry, &start).is_gt()));
    part_of(entries, part.offset(), part.limit, compare).into_iter().map(|(_, row)| row).collect()
}
