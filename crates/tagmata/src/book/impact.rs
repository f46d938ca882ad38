//! Whose membership of which segments facts may change.

use super::moved::Moved;
use super::outcome::Effects;
use crate::change::Fact;
use crate::model::{Field, SchemaEdit};
use crate::state::State;
use crate::table::Rows;
use crate::time::Timestamp;
use crate::value::{FieldId, MemberSet, SegmentId};
use std::collections::{BTreeMap, BTreeSet};

/// What has to be looked at before and after some facts, to see who entered and who left.
#[derive(Debug, Default)]
pub(super) struct Impact {
    /// Segments whose definition is another one, and all that use them: everybody is looked at.
    redefined: Vec<SegmentId>,
    /// Dynamic segments that look at what changes: those are looked at whose values change.
    affected: Vec<SegmentId>,
    contacts: MemberSet,
    /// Who is put into static segments and taken out of them.
    by_hand: Effects,
}

/// Members by segment; `None` where a segment is broken, since that never means empty.
pub(super) type Memberships = BTreeMap<SegmentId, Option<MemberSet>>;

impl Impact {
    pub(super) fn of(facts: &[Fact], state: &State) -> Self {
        let mut impact = Self::default();
        let (mut fields, mut interactions, mut rows) = (BTreeSet::<FieldId>::new(), false, false);
        let mut redefined = BTreeSet::new();
        let mut by_hand = Vec::new();
        for fact in facts {
            match fact {
                Fact::Created(all) | Fact::Deleted(all) => {
                    rows = true;
                    impact.contacts.add_all(&all.contacts);
                    by_hand
                        .extend(static_members(all).map(|(segment, contacts)| {
                            (segment, contacts, matches!(fact, Fact::Created(_)))
                        }));
                }
                Fact::Set { field, contacts, .. } => {
                    fields.insert(*field);
                    if [Field::FIRST_NAME, Field::LAST_NAME].contains(field) {
                        fields.insert(Field::NAME);
                    }
                    impact.contacts.add_all(contacts);
                }
                Fact::Linked { field, symbol, contacts } | Fact::Unlinked { field, symbol, contacts } => {
                    fields.insert(*field);
                    impact.contacts.add_all(contacts);
                    if *field == Field::SEGMENTS {
                        let added = matches!(fact, Fact::Linked { .. });
                        by_hand.push((SegmentId::new(symbol.get()), contacts.clone(), added));
                    }
                }
                Fact::Recorded(all) | Fact::Erased(all) => {
                    interactions = true;
                    impact.contacts.add_all(&all.members());
                }
                Fact::Segment { segment, .. } => {
                    redefined.insert(*segment);
                }
                // Filters are read anew where a setting changes, but the hour may be another one for all.
                Fact::Schema(SchemaEdit::Settings { .. }) => {
                    redefined.extend(state.segments.iter().map(|(segment, _)| segment));
                }
                Fact::Schema(_) | Fact::Alias { .. } | Fact::Merged { .. } | Fact::Automation(_) => {}
            }
        }
        impact.redefined = state.segments.users_of(redefined).into_iter().collect();
        impact.affected = state.segments.affected(|_, definition| {
            let uses = definition.uses();
            rows || interactions && uses.interactions || !uses.fields.is_disjoint(&fields)
        });
        impact.affected.retain(|segment| impact.redefined.binary_search(segment).is_err());
        for (segment, contacts, added) in by_hand {
            if impact.redefined.binary_search(&segment).is_err() {
                let nobody = MemberSet::new();
                let (entered, left) = if added { (&contacts, &nobody) } else { (&nobody, &contacts) };
                impact.by_hand.add(segment, entered, left);
            }
        }
        impact
    }

    /// Who is in the segments that are looked at.
    pub(super) fn memberships(&self, state: &State, now: Timestamp) -> Memberships {
        let redefined = self.redefined.iter().filter(|segment| state.schema.has_segment(**segment));
        let mut all: Memberships =
            redefined.map(|segment| (*segment, state.members(*segment, now).ok())).collect();
        let is_sound = |segment: &SegmentId| state.segments.refuse_broken([*segment], &state.schema).is_ok();
        let affected: Vec<SegmentId> = self.affected.iter().copied().filter(is_sound).collect();
        if !affected.is_empty() {
            let members = state.membership_of(&affected, &self.contacts, now);
            all.extend(affected.iter().copied().zip(members.into_iter().map(Some)));
        }
        all
    }

    /// Who entered and who left between two looks. Nobody enters or leaves a segment by its being broken or mended.
    pub(super) fn moved(self, before: &Memberships, after: &Memberships) -> Moved {
        let mut moved = Moved { effects: self.by_hand, ..Moved::default() };
        let nobody = Some(MemberSet::new());
        let segments: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        for segment in segments {
            let of = |all: &Memberships| all.get(segment).unwrap_or(&nobody).clone();
            match (of(before), of(after)) {
                (Some(before), Some(after)) => moved.effects.compare(*segment, &before, &after),
                (Some(before), None) => drop(moved.broken.insert(*segment, before)),
                (None, Some(after)) => drop(moved.mended.insert(*segment, after)),
                (None, None) => {}
            }
        }
        moved
    }
}

/// The static segments of whole contacts.
fn static_members(rows: &Rows) -> impl Iterator<Item = (SegmentId, MemberSet)> {
    let column = rows.columns.iter().find(|(field, _)| *field == Field::SEGMENTS);
    let members = column.map(|(_, values)| values.contacts_by_symbol(&rows.contacts)).unwrap_or_default();
    members.into_iter().map(|(symbol, members)| (SegmentId::new(symbol.get()), members))
}
