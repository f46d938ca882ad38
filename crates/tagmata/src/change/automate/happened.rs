//! What happened to contacts, by the facts.

use crate::change::fact::Fact;
use crate::model::Field;
use crate::state::{Due, Needs};
use crate::table::{Rows, Values};
use crate::time::Timestamp;
use crate::value::{FieldId, KindId, MemberSet, StatusId, Symbol};
use std::collections::BTreeSet;

/// Those with another value in a field. A new contact has another value than none.
pub(super) fn changed(facts: &[Fact], field: FieldId) -> MemberSet {
    let is_it = |other: FieldId| {
        other == field || field == Field::NAME && [Field::FIRST_NAME, Field::LAST_NAME].contains(&other)
    };
    let mut found = MemberSet::new();
    for fact in facts {
        if let Some((_, contacts)) = fact.changed_values().filter(|(field, _)| is_it(*field)) {
            found.add_all(contacts);
        }
        if let Fact::Created(rows) = fact {
            for (_, values) in rows.columns.iter().filter(|(field, _)| is_it(*field)) {
                found.add_all(&with_value(rows, values));
            }
        }
    }
    found
}

fn with_value(rows: &Rows, values: &Values) -> MemberSet {
    match values.only() {
        Some(Some(_)) => rows.contacts.clone(),
        Some(None) => MemberSet::new(),
        None => {
            let all = rows.contacts.iter().zip(values.iter());
            MemberSet::from_ascending(all.filter(|(_, value)| value.is_some()).map(|(id, _)| id.get()))
        }
    }
}

/// Those of whom something has changed that is looked at.
pub(super) fn touched(facts: &[Fact], needs: &Needs) -> MemberSet {
    let mut found = MemberSet::new();
    for fact in facts {
        if let Some((_, contacts)) = fact.changed_values().filter(|(field, _)| needs.has(*field)) {
            found.add_all(contacts);
        }
        match fact {
            Fact::Created(rows) => found.add_all(&rows.contacts),
            Fact::Recorded(all) | Fact::Erased(all) if needs.has_interactions() => {
                found.add_all(&all.members());
            }
            _ => {}
        }
    }
    found
}

/// With whom there were interactions that have happened by an instant, by those kinds that are listened to.
///
/// What a merge moves from one contact to another has happened before.
pub(super) fn interactions(facts: &[Fact], now: Timestamp, heard: impl Iterator<Item = KindId>) -> Due {
    let mut found = Due::new();
    let merged = facts.iter().any(|fact| matches!(fact, Fact::Merged { .. }));
    let new = facts.iter().filter(|fact| !(merged && matches!(fact, Fact::Recorded(_))));
    let mut new = new.flat_map(Fact::interactions).filter(|(_, _, at)| *at <= now).peekable();
    // Most changes come without any.
    if new.peek().is_none() {
        return found;
    }
    let heard: BTreeSet<KindId> = heard.collect();
    for (contact, kind, _) in new.filter(|(_, kind, _)| heard.contains(kind)) {
        found.entry(kind).or_default().insert(contact);
    }
    found
}

/// With whom there were interactions of a kind.
pub(super) fn of_kind(due: &Due, kind: KindId) -> MemberSet {
    due.get(&kind).cloned().unwrap_or_default()
}

/// Whose status was set by what a person or a file did: it was changed, or a new contact came with another one than the first.
pub(super) fn with_status_set(facts: &[Fact], first: Option<StatusId>) -> MemberSet {
    let mut found = MemberSet::new();
    for fact in facts {
        match fact {
            Fact::Set { field: Field::STATUS, contacts, .. } => found.add_all(contacts),
            Fact::Created(rows) => {
                for (_, values) in rows.columns.iter().filter(|(field, _)| *field == Field::STATUS) {
                    let having = values.contacts_by_symbol(&rows.contacts).into_iter();
                    let others = having.filter(|(status, _)| Some(*status) != first.map(Symbol::from));
                    others.for_each(|(_, contacts)| found.add_all(&contacts));
                }
            }
            _ => {}
        }
    }
    found
}
