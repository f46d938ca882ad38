//! Contacts in the order of the texts of a column.

use super::by_spelling::by_spelling;
use super::part::{Listed, Part};
use super::spelling::Spelling;
use crate::table::Column;

/// Contacts that have the same text but for the way it is written.
struct Group<'c> {
    head: u64,
    folded: &'c str,
    /// How many of them are on the list.
    count: u64,
}

/// A part of those who have a text or a phone number. The texts are sorted where they are far fewer than the contacts.
pub(super) fn by_text(column: &Column, listed: &Listed<'_>, part: Part) -> Vec<u32> {
    let distinct = match column {
        Column::Text(texts) => texts.distinct(),
        Column::Phone(phones) => phones.distinct(),
        _ => return Vec::new(),
    };
    if (distinct as u64).saturating_mul(SORTED) <= listed.members.len() {
        return by_group(column, groups(column, listed), listed, part);
    }
    by_spelling(listed.members.numbers(), |row| column.key(row).map(Spelling::from), part)
}

/// To sort a text costs about as much as to look at those of so many contacts.
const SORTED: u64 = 8;

/// The texts of the contacts on a list, in ascending order.
fn groups<'c>(column: &'c Column, listed: &Listed<'_>) -> Vec<Group<'c>> {
    let group = |(folded, count)| Group { head: Spelling::from(folded).head(), folded, count };
    let mut groups: Vec<Group<'c>> = match column {
        Column::Text(texts) if listed.everybody => texts.distinct_folds().map(group).collect(),
        Column::Text(texts) => texts.folds_among(&listed.members).map(group).collect(),
        Column::Phone(phones) if listed.everybody => phones.distinct_folds().map(group).collect(),
        Column::Phone(phones) => phones.folds_among(&listed.members).map(group).collect(),
        _ => Vec::new(),
    };
    let spelling = |group: &Group<'c>| Spelling::from(group.folded);
    groups.sort_unstable_by(|a, b| a.head.cmp(&b.head).then_with(|| spelling(a).cmp(&spelling(b))));
    groups.dedup_by(|later, earlier| {
        let is_same = later.folded == earlier.folded;
        if is_same {
            earlier.count += later.count;
        }
        is_same
    });
    groups
}

fn by_group(column: &Column, mut groups: Vec<Group<'_>>, listed: &Listed<'_>, part: Part) -> Vec<u32> {
    part.direct(&mut groups);
    let own = part.behind().and_then(|row| Some((row, column.key(row)?)));
    // Nobody on the list may have the text of the contact behind which the part begins.
    let is_before =
        |group: &Group<'_>, text: &str| part.directed(Spelling::from(group.folded).cmp(&text.into())).is_lt();
    let first = own.map_or(0, |(_, text)| groups.partition_point(|group| is_before(group, text)));
    let (mut found, mut offset) = (Vec::new(), part.offset());
    for group in groups.iter().skip(first) {
        if found.len() == part.limit {
            break;
        }
        if let Some(left) = offset.checked_sub(group.count) {
            offset = left;
            continue;
        }
        let before = own.filter(|(_, text)| *text == group.folded).map(|(row, _)| row);
        let rows = column.rows_of_key(group.folded);
        let rows = rows.filter(|row| listed.has(*row) && before.is_none_or(|before| *row > before));
        let skipped = usize::try_from(offset).unwrap_or(usize::MAX);
        found.extend(rows.skip(skipped).take(part.limit - found.len()));
        offset = 0;
    }
    found
}
