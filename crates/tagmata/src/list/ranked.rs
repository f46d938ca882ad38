//! A part of many entries in order, without putting all of them in order.

use std::cmp::Ordering;

/// The entries that would stand behind so many others, and at most so many of them, if all were sorted; in order.
///
/// No more entries are held at a time than twice as many as stand before the end of the part.
pub(super) fn part_of<E: Copy>(
    entries: impl Iterator<Item = E>,
    offset: u64,
    limit: usize,
    compare: impl Fn(&E, &E) -> Ordering,
) -> Vec<E> {
    /// Fewer are not worth being selected from in between.
    const LEAST: usize = 64;
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    let end = offset.saturating_add(limit);
    let room = end.saturating_mul(2).max(LEAST);
    let expected = entries.size_hint().1.unwrap_or(0).min(room);
    let mut kept: Vec<E> = Vec::with_capacity(expected);
    // What is not before this one is behind the part, as enough others are before it.
    let mut bar: Option<E> = None;
    for entry in entries {
        if bar.is_some_and(|bar| compare(&entry, &bar).is_ge()) {
            continue;
        }
        kept.push(entry);
        if kept.len() >= room {
            keep_first(&mut kept, end, &compare);
            bar = kept.last().copied();
        }
    }
    keep_first(&mut kept, end, &compare);
    if offset >= kept.len() {
        return Vec::new();
    }
    kept.select_nth_unstable_by(offset, &compare);
    kept.drain(..offset);
    kept.sort_unstable_by(compare);
    kept
}

/// Drops all but so many entries that come first; the last of these stands at the end.
fn keep_first<E>(entries: &mut Vec<E>, count: usize, compare: impl Fn(&E, &E) -> Ordering) {
    if count < entries.len() {
        entries.select_nth_unstable_by(count.saturating_sub(1), compare);
        entries.truncate(count);
    }
}
