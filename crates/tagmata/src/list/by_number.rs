//! Contacts in the order of their numbers, days or instants.

use super::part::{Listed, Part};
use super::ranked::part_of;
use super::sort::SortOrder;
use crate::table::{Numbers, Ordered};

/// A part of those who have a value: from the index where the list is a good part of it, else from the values of the list.
pub(super) fn by_number<T: Ordered>(numbers: &Numbers<T>, listed: &Listed<'_>, part: Part) -> Vec<u32> {
    walked(numbers, listed, part).unwrap_or_else(|| {
        let values = listed.members.numbers().filter_map(|row| Some((numbers.get(row)?.order(), row)));
        by_entry(values, |row| numbers.get(row).map(T::order), part)
    })
}

/// A part of rows, by their values as numbers.
pub(super) fn by_entry(
    values: impl Iterator<Item = (i64, u32)>,
    value_of: impl Fn(u32) -> Option<i64>,
    part: Part,
) -> Vec<u32> {
    // All bits turned, the greatest number is the least.
    let turned = |value: i64| if part.order == SortOrder::Descending { !value } else { value };
    let start = part.behind().and_then(|row| Some((turned(value_of(row)?), row)));
    let entries = values.map(|(value, row)| (turned(value), row));
    let entries = entries.filter(|entry| start.is_none_or(|start| *entry > start));
    part_of(entries, part.offset(), part.limit, Ord::cmp).into_iter().map(|(_, row)| row).collect()
}

/// The same by a walk over the index; none where that is not worth it, or turns out not to be.
fn walked<T: Ordered>(numbers: &Numbers<T>, listed: &Listed<'_>, part: Part) -> Option<Vec<u32>> {
    /// To build the index costs about as much as to look at the values of so many lists.
    const BUILT: u64 = 8;
    /// A step costs about as much as to look at so many values, which lie beside each other.
    const STEP: u64 = 4;
    if listed.everybody {
        let offset = usize::try_from(part.offset()).unwrap_or(usize::MAX);
        return Some(in_order(numbers, part, offset, |rows| rows.take(part.limit).collect()));
    }
    let (all, mine) = (numbers.present().len(), listed.count(numbers.present()));
    let before_end = part.offset().saturating_add(part.limit as u64);
    // Some contacts of the list are between so many others.
    let expected = before_end.saturating_mul(all) / mine.max(1);
    let is_built = numbers.is_indexed() || mine.saturating_mul(BUILT) >= all;
    if !is_built || expected.saturating_mul(STEP) > mine {
        return None;
    }
    let steps = mine / STEP + part.limit as u64;
    in_order(numbers, part, 0, |rows| walk(rows, listed, part, steps))
}

/// Reads all rows that have a value, from the contact on behind which the part begins, or without so many at the beginning.
fn in_order<T: Ordered, R>(
    numbers: &Numbers<T>,
    part: Part,
    offset: usize,
    read: impl FnOnce(&mut dyn Iterator<Item = u32>) -> R,
) -> R {
    match (part.order, part.behind()) {
        (SortOrder::Ascending, None) => read(&mut numbers.ascending().skip(offset)),
        (SortOrder::Ascending, Some(row)) => read(&mut numbers.ascending_behind(row)),
        (SortOrder::Descending, None) => read(&mut numbers.descending(offset)),
        (SortOrder::Descending, Some(row)) => read(&mut numbers.descending_behind(row)),
    }
}

/// A part of rows that come in order; none if it does not end within so many steps, as values and membership may have to
/// do with each other.
fn walk(
    rows: impl Iterator<Item = u32>,
    listed: &Listed<'_>,
    part: Part,
    mut steps: u64,
) -> Option<Vec<u32>> {
    let (mut found, mut offset) = (Vec::new(), part.offset());
    for row in rows {
        if found.len() == part.limit {
            break;
        }
        steps = steps.checked_sub(1)?;
        if !listed.has(row) {
            continue;
        }
        match offset.checked_sub(1) {
            Some(left) => offset = left,
            None => found.push(row),
        }
    }
    Some(found)
}
