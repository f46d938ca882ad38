//! Who moves because time passes: those for whom edges pass values, and nobody else.

use super::comparison::Comparison;
use super::effects::{Effects, Moves};
use super::lanes::{LANES, Lanes};
use super::link::Asked;
use super::live::Live;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{ContactId, MemberSet};

impl Live {
    /// Who enters and leaves between two instants, on the same data.
    pub(crate) fn pass(&mut self, state: &State, from: Timestamp, to: Timestamp) -> Effects {
        let predicates = &self.predicates;
        let next = |asked| state.next_crossing(predicates.get(asked)?, from, None);
        let due = self.timers.due(to, next);
        let crossed = due.into_iter().filter_map(|asked| {
            let contacts = state.crossed(predicates.get(asked)?, from, to);
            (!contacts.is_empty()).then_some((asked, contacts))
        });
        let crossed: Vec<(Asked, MemberSet)> = crossed.collect();
        let mut contacts = MemberSet::new();
        crossed.iter().for_each(|(_, those)| contacts.add_all(those));
        match self.comparison(contacts.len(), state) {
            Comparison::Lanes => self.pass_lanes(&crossed, state, to),
            Comparison::Sets => {
                let questions: Vec<Asked> = crossed.iter().map(|(asked, _)| *asked).collect();
                let segments = self.affected(&questions, &[], state);
                let [before, after] = [from, to].map(|at| state.membership_of(&segments, &contacts, at));
                Effects::of_sets(&segments, &before, &after)
            }
        }
    }

    fn pass_lanes(&mut self, crossed: &[(Asked, MemberSet)], state: &State, now: Timestamp) -> Effects {
        let flips = crossed.iter().flat_map(|(asked, those)| those.iter().map(|contact| (contact, *asked)));
        let mut flips: Vec<(ContactId, Asked)> = flips.collect();
        flips.sort_unstable();
        let of_one: Vec<&[(ContactId, Asked)]> = flips.chunk_by(|one, next| one.0 == next.0).collect();
        let mut moves = Moves::default();
        let mut contacts = Vec::with_capacity(LANES);
        for chunk in of_one.chunks(LANES) {
            contacts.clear();
            contacts.extend(chunk.iter().filter_map(|flips| flips.first()).map(|(contact, _)| *contact));
            let lanes = Lanes { state, now, contacts: &contacts };
            self.begin();
            for (lane, flips) in chunk.iter().enumerate() {
                for (_, asked) in *flips {
                    self.answers.flip(*asked, 1 << lane);
                }
            }
            self.look(lanes, |segment, sides| moves.note(segment, lanes, sides));
        }
        moves.take_effects()
    }
}
