//! Conditions about interactions, which are kept by contact.

use super::columns::Columns;
use super::signed::Signed;
use crate::filter::{Bound, BoundTime};
use crate::model::{Field, Interaction};
use crate::time::Timestamp;
use crate::value::{ContactId, MemberSet};

/// The contacts that match a condition about interactions and nothing else. Those without interactions all match, or none.
pub(super) fn matching<'a>(columns: Columns<'a>, bound: &Bound<'_>) -> Signed<'a> {
    let others = bound.holds_for_interactions(&[]) == Some(true);
    let differs = |interactions: &[Interaction]| bound.holds_for_interactions(interactions) != Some(others);
    let all = columns.state.table.all_interactions();
    let found: MemberSet =
        all.filter(|(_, interactions)| differs(interactions)).map(|(contact, _)| contact).collect();
    Signed::from(found).turned(others)
}

/// When each contact with an interaction that counts for it was last heard of.
fn recorded(columns: Columns<'_>) -> impl Iterator<Item = (ContactId, i64)> {
    columns.state.recorded_last_interactions().map(|(contact, at)| (contact, at.as_micros()))
}

/// The contacts that were last heard of at such an instant: as it is stored, but for those of whom a later one was recorded.
pub(super) fn last_heard_of<'a>(columns: Columns<'a>, test: &BoundTime) -> Signed<'a> {
    let holds = |at: i64| test.holds_for_instant(Timestamp::at(at));
    let mut members = match test {
        BoundTime::Within(range) => columns.rows_within(Field::LAST_INTERACTION, range.clone()),
        BoundTime::Anniversary(_) => columns.rows_where(Field::LAST_INTERACTION, holds),
    };
    for (contact, at) in recorded(columns) {
        let _ = if holds(at) { members.insert(contact) } else { members.remove(contact) };
    }
    members.into()
}

/// The contacts that were never heard of.
pub(super) fn never_heard_of(columns: Columns<'_>) -> Signed<'_> {
    let recorded: MemberSet = recorded(columns).map(|(contact, _)| contact).collect();
    Signed::from(columns.present(Field::LAST_INTERACTION)).or(recorded.into()).turned(true)
}
