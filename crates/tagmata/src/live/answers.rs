//! The answers to questions about up to 32 contacts side by side, a bit for each.

use super::flips::MISSING;
use super::predicates::{Asked, Predicates};
use super::programs::{Ask, Link, Membership, Program, Programs, Target};
use super::short_form::ShortForm;
use crate::filter::Quantifier;
use crate::model::Field;
use crate::state::State;
use crate::time::Timestamp;
use crate::value::{ContactId, SegmentId, Symbol};

/// How many contacts are looked at side by side.
pub(super) const LANES: usize = 32;

/// A bit for each of the contacts.
pub(super) type Bits = u32;

/// Some contacts, side by side, as they are in a state at an instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lanes<'a> {
    pub(super) state: &'a State,
    pub(super) now: Timestamp,
    /// At most [`LANES`].
    pub(super) contacts: &'a [ContactId],
}

/// A bit for each contact: how it was before a change, and how it is after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sides {
    pub(super) before: Bits,
    pub(super) after: Bits,
}

/// What is known about some contacts. It is kept from one question to the next for its room only.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    /// What is marked otherwise is not known.
    epoch: u32,
    values: Vec<Known>,
    members: Vec<(u32, Sides)>,
    forms: Vec<Option<ShortForm>>,
    /// Who waits at later steps of the program that is run; nobody between two runs.
    waiting: Vec<Sides>,
    open: Vec<SegmentId>,
}

/// The answers to a question about values.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    epoch: u32,
    known: Bits,
    after: Bits,
    /// Whose answer is another one than before.
    flipped: Bits,
}

impl Lanes<'_> {
    /// All bits that stand for a contact.
    pub(super) fn all(&self) -> Bits {
        Bits::MAX >> (LANES - self.contacts.len().clamp(1, LANES))
    }

    /// Which of the contacts are in a static segment.
    pub(super) fn in_static(&self, segment: SegmentId) -> Bits {
        let symbol = Symbol::from(segment);
        self.each(self.all(), |contact| self.state.set_of(contact, Field::SEGMENTS).contains(&symbol))
    }

    /// Some of the contacts.
    pub(super) fn those(&self, whom: Bits) -> impl Iterator<Item = ContactId> {
        lanes(whom).filter_map(|lane| self.contacts.get(lane as usize).copied())
    }

    fn each(&self, whom: Bits, holds: impl Fn(ContactId) -> bool) -> Bits {
        let is_one = |lane: &u32| self.contacts.get(*lane as usize).is_some_and(|contact| holds(*contact));
        lanes(whom).filter(is_one).fold(0, |found, lane| found | 1 << lane)
    }
}

/// The places of the bits that are set, ascending.
fn lanes(mut bits: Bits) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let lane = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(lane)
    })
}

impl Sides {
    pub(super) fn is_nobody(self) -> bool {
        self.before | self.after == 0
    }

    pub(super) fn has_moved(self) -> bool {
        self.before != self.after
    }

    fn map(self, other: Self, both: impl Fn(Bits, Bits) -> Bits) -> Self {
        Self { before: both(self.before, other.before), after: both(self.after, other.after) }
    }
}

impl Answers {
    /// Forgets all answers. There are so many questions and segments.
    pub(super) fn begin(&mut self, questions: usize, segments: usize) {
        self.epoch = self.epoch.wrapping_add(1);
        if self.epoch == 0 {
            // What was marked by an epoch of the same number, long ago, is not known.
            (self.values, self.members) = Default::default();
            self.epoch = 1;
        }
        if self.values.len() < questions {
            self.values.resize(questions, Known::default());
        }
        if self.members.len() < segments {
            self.members.resize(segments, (0, Sides::default()));
        }
    }

    /// For which of some contacts the answer to a question is yes.
    pub(super) fn ask(
        &mut self,
        asked: Asked,
        whom: Bits,
        predicates: &Predicates,
        lanes: Lanes<'_>,
    ) -> Bits {
        let state = lanes.state;
        match self.short_form(asked, predicates, lanes) {
            ShortForm::Within(field, span) | ShortForm::WithinAt(field, span, _) => {
                let is_within =
                    |contact| state.order(contact, field).is_some_and(|order| span.contains(order));
                lanes.each(whom, is_within)
            }
            ShortForm::Is(field, symbol) => {
                lanes.each(whom, |contact| state.symbol(contact, field) == Some(symbol))
            }
            ShortForm::Has(field, symbol) => {
                lanes.each(whom, |contact| state.set_of(contact, field).contains(&symbol))
            }
            ShortForm::Other => {
                let Some(predicate) = predicates.get(asked) else { return 0 };
                let bound = predicate.at(lanes.now, &state.schema.settings().calendar);
                lanes.each(whom, |contact| state.holds(&bound, contact))
            }
        }
    }

    /// Whether the answer to a question about times is another one for one value than for another.
    pub(super) fn differs(
        &mut self,
        asked: Asked,
        predicates: &Predicates,
        lanes: Lanes<'_>,
        (old, new): (i64, i64),
    ) -> bool {
        match self.short_form(asked, predicates, lanes) {
            ShortForm::WithinAt(_, span, _) => {
                let holds = |value: i64| value != MISSING && span.contains(value);
                holds(old) != holds(new)
            }
            _ => true,
        }
    }

    /// The short form of a question. It is found once for an instant, and once for ever where it does not depend on it.
    fn short_form(&mut self, asked: Asked, predicates: &Predicates, lanes: Lanes<'_>) -> ShortForm {
        let place = asked as usize;
        if let Some(Some(form)) = self.forms.get(place)
            && form.is_of(lanes.now)
        {
            return *form;
        }
        let Some(predicate) = predicates.get(asked) else { return ShortForm::Other };
        let form = ShortForm::of(predicate, lanes.now, &lanes.state.schema.settings().calendar);
        if self.forms.len() <= place {
            self.forms.resize(place + 1, None);
        }
        if let Some(place) = self.forms.get_mut(place) {
            *place = Some(form);
        }
        form
    }

    /// Forgets a question whose number may stand for another one.
    pub(super) fn forget(&mut self, asked: Asked) {
        if let Some(place) = self.forms.get_mut(asked as usize) {
            *place = None;
        }
    }

    /// Notes the answers to a question by now, and whose are other ones than before; of all contacts.
    pub(super) fn note(&mut self, asked: Asked, after: Bits, flipped: Bits) {
        if let Some(known) = self.values.get_mut(asked as usize) {
            *known = Known { epoch: self.epoch, known: Bits::MAX, after, flipped };
        }
    }

    /// Notes whose answer to a question is another one than before, beside others; whether it is the first that is noted about it.
    pub(super) fn flip(&mut self, asked: Asked, whose: Bits) -> bool {
        let epoch = self.epoch;
        let Some(known) = self.values.get_mut(asked as usize) else { return false };
        let is_first = known.epoch != epoch;
        if is_first {
            *known = Known { epoch, ..Known::default() };
        }
        known.flipped |= whose;
        is_first
    }

    /// Notes who was and is in a segment.
    pub(super) fn note_members(&mut self, segment: SegmentId, sides: Sides) {
        if let Some(members) = self.members.get_mut(segment.get() as usize) {
            *members = (self.epoch, sides);
        }
    }

    /// Who was and is in a segment.
    pub(super) fn members(
        &mut self,
        segment: SegmentId,
        programs: &Programs,
        predicates: &Predicates,
        lanes: Lanes<'_>,
    ) -> Sides {
        match programs.get(segment) {
            Some(program) if program.memberships.is_empty() => self.run(program, predicates, lanes),
            _ => self.members_by_others(segment, programs, predicates, lanes),
        }
    }

    /// The same for a segment that may ask about others.
    fn members_by_others(
        &mut self,
        segment: SegmentId,
        programs: &Programs,
        predicates: &Predicates,
        lanes: Lanes<'_>,
    ) -> Sides {
        // A segment waits until those are known that it asks about; that no segment uses itself makes it end.
        let mut open = std::mem::take(&mut self.open);
        open.push(segment);
        while let Some(segment) = open.last().copied() {
            let program = programs.get(segment);
            let unknown = match program {
                Some(program) if self.known_members(segment).is_none() => {
                    program.segments().find(|used| self.known_members(*used).is_none())
                }
                _ => None,
            };
            if let Some(used) = unknown {
                open.push(used);
                continue;
            }
            open.pop();
            if self.known_members(segment).is_none() {
                let sides = match program {
                    Some(program) => self.run(program, predicates, lanes),
                    None => {
                        let members = lanes.in_static(segment);
                        Sides { before: members, after: members }
                    }
                };
                self.note_members(segment, sides);
            }
        }
        self.open = open;
        self.known_members(segment).unwrap_or_default()
    }

    fn known_members(&self, segment: SegmentId) -> Option<Sides> {
        let (epoch, sides) = self.members.get(segment.get() as usize)?;
        (*epoch == self.epoch).then_some(*sides)
    }

    /// Runs a program whose segments are known.
    fn run(&mut self, program: Program<'_>, predicates: &Predicates, lanes: Lanes<'_>) -> Sides {
        match program.chain {
            [] => self.run_steps(program, predicates, lanes),
            chain => self.run_chain(chain, predicates, lanes),
        }
    }

    /// All answers must be as they are wanted.
    fn run_chain(&mut self, chain: &[Link], predicates: &Predicates, lanes: Lanes<'_>) -> Sides {
        let all = lanes.all();
        let mut left = Sides { before: all, after: all };
        for link in chain {
            let answers = self.values(link.asked(), left.before | left.after, predicates, lanes);
            let turned = if link.is_negated() { Bits::MAX } else { 0 };
            left = left.map(answers, |left, yes| left & (yes ^ turned));
            if left.is_nobody() {
                break;
            }
        }
        left
    }

    /// Goes from step to step as the answers lead.
    fn run_steps(&mut self, program: Program<'_>, predicates: &Predicates, lanes: Lanes<'_>) -> Sides {
        let all = lanes.all();
        let (mut yes, mut here) = (Sides::default(), Sides { before: all, after: all });
        // Most filters lead from one step to the next, or to the verdict: nobody waits anywhere else.
        let mut waiting = 0;
        for (at, step) in program.steps.iter().enumerate() {
            if waiting > 0
                && let Some(those) = self.waiting.get_mut(at).map(std::mem::take)
                && !those.is_nobody()
            {
                waiting -= 1;
                here = here.map(those, |all, more| all | more);
            }
            if here.is_nobody() {
                if waiting == 0 {
                    break;
                }
                continue;
            }
            let answers = match step.question.ask() {
                Ask::Always(verdict) => {
                    let all = if verdict { Bits::MAX } else { 0 };
                    Sides { before: all, after: all }
                }
                Ask::Values(asked) => self.values(asked, here.before | here.after, predicates, lanes),
                Ask::Segments(place) => self.among(program.memberships.get(place)),
            };
            let mut next = Sides::default();
            for (target, whom) in [
                (step.when_true, here.map(answers, |whom, yes| whom & yes)),
                (step.when_false, here.map(answers, |whom, yes| whom & !yes)),
            ] {
                let place = match target {
                    Target::YES => &mut yes,
                    Target::NO => continue,
                    Target::NEXT => &mut next,
                    _ if whom.is_nobody() => continue,
                    far => {
                        let place = at + 1 + far.skipped();
                        if self.waiting.len() <= place {
                            self.waiting.resize(place + 1, Sides::default());
                        }
                        let Some(those) = self.waiting.get_mut(place) else { continue };
                        waiting += u32::from(those.is_nobody());
                        those
                    }
                };
                *place = place.map(whom, |all, more| all | more);
            }
            here = next;
        }
        if let Some(pins) = program.pins {
            let pinned_in = lanes.each(all, |contact| pins.always_in.contains(contact));
            let pinned_out = lanes.each(all, |contact| pins.always_out.contains(contact));
            let pinned = Sides { before: pinned_in, after: pinned_in };
            yes = yes.map(pinned, |members, pinned| (members | pinned) & !pinned_out);
        }
        yes
    }

    /// The answers to a question about values, as far as they are asked for.
    fn values(&mut self, asked: Asked, whom: Bits, predicates: &Predicates, lanes: Lanes<'_>) -> Sides {
        let Some(known) = self.values.get(asked as usize) else { return Sides::default() };
        let (mut after, known, flipped) = match known.epoch == self.epoch {
            true => (known.after, known.known, known.flipped),
            false => (0, 0, 0),
        };
        let unknown = whom & !known;
        if unknown != 0 {
            after |= self.ask(asked, unknown, predicates, lanes);
            if let Some(place) = self.values.get_mut(asked as usize) {
                *place = Known { epoch: self.epoch, known: known | unknown, after, flipped };
            }
        }
        Sides { before: after ^ flipped, after }
    }

    /// Who is in any of some segments that are known, or in all of them.
    fn among(&self, question: Option<&Membership>) -> Sides {
        let Some((quantifier, segments)) = question else { return Sides::default() };
        let members = segments.iter().map(|segment| self.known_members(*segment).unwrap_or_default());
        let everybody = Sides { before: Bits::MAX, after: Bits::MAX };
        match quantifier {
            Quantifier::All => members.fold(everybody, |all, more| all.map(more, |all, more| all & more)),
            _ => members.fold(Sides::default(), |all, more| all.map(more, |all, more| all | more)),
        }
    }
}
