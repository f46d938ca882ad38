//! The answers to questions about up to 32 contacts side by side.

use super::lanes::{Bits, Lanes, Sides};
use super::link::{Ask, Asked, Link};
use super::predicates::Predicates;
use super::programs::{Membership, Program, Programs, Target};
use super::short_form::ShortForms;
use crate::filter::Quantifier;
use crate::value::{MemberSet, SegmentId};
use std::convert::Infallible;

/// What is known about some contacts. It is kept from one question to the next for its room only.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    /// What is marked otherwise is not known.
    epoch: u32,
    values: Vec<Known>,
    members: Vec<(u32, Sides)>,
    /// Questions to which somebody's answer is another one than before, until they are given.
    flipped: Vec<Asked>,
    pub(super) forms: ShortForms,
    /// Who waits at later steps of the program that is run; nobody between two runs.
    waiting: Vec<Sides>,
    open: Vec<SegmentId>,
}

/// The answers to a question about values.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    epoch: u32,
    known: Bits,
    /// Where it is not known, as if it were no after the change: what differs is known.
    answers: Sides,
}

/// A segment whose members have to be known first.
struct Unknown(SegmentId);

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

    /// Notes the answers to a question, of all contacts.
    pub(super) fn note(&mut self, asked: Asked, answers: Sides) {
        let Some(known) = self.values.get_mut(asked as usize) else { return };
        *known = Known { epoch: self.epoch, known: Bits::MAX, answers };
        if answers.moved() != 0 {
            self.flipped.push(asked);
        }
    }

    /// Notes whose answer to a question becomes another one, as often as it does; the answer is not known.
    pub(super) fn flip(&mut self, asked: Asked, whose: Bits) {
        let Some(known) = self.values.get_mut(asked as usize) else { return };
        if known.epoch != self.epoch {
            *known = Known { epoch: self.epoch, ..Known::default() };
            self.flipped.push(asked);
        }
        known.answers ^= Sides::new(whose, 0);
    }

    /// One of the questions to which somebody's answer is another one than before, until all were given.
    pub(super) fn next_flipped(&mut self) -> Option<Asked> {
        self.flipped.pop()
    }

    /// All of those that were not given.
    pub(super) fn flipped(&self) -> &[Asked] {
        &self.flipped
    }

    /// Whose answer to a question is another one than before.
    pub(super) fn moved(&self, asked: Asked) -> Bits {
        let known = self.values.get(asked as usize).filter(|known| known.epoch == self.epoch);
        known.map_or(0, |known| known.answers.moved())
    }

    /// Whether a link is met by any of some contacts, before or after.
    pub(super) fn meets(
        &mut self,
        link: Link,
        whom: Bits,
        predicates: &Predicates,
        lanes: Lanes<'_>,
    ) -> bool {
        match link.ask() {
            Ask::Values(asked) => link.met(self.values(asked, whom, predicates, lanes)).any() & whom != 0,
            Ask::Always(_) | Ask::Segments(_) => true,
        }
    }

    /// Notes who was and is in a segment.
    pub(super) fn note_members(&mut self, segment: SegmentId, sides: Sides) {
        if let Some(members) = self.members.get_mut(segment.index()) {
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
        match programs.chain(segment) {
            Some(chain) => {
                let Ok(sides) = run_chain(chain, lanes.all(), |link, whom| {
                    Ok::<_, Infallible>(self.values(link.number(), whom, predicates, lanes))
                });
                sides
            }
            None => self.members_by_others(segment, programs, predicates, lanes),
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
            let program = programs.get(segment).filter(|_| self.known_members(segment).is_none());
            match program.map(|program| self.run(program, programs, predicates, lanes)) {
                Some(Err(Unknown(used))) => {
                    open.push(used);
                    continue;
                }
                Some(Ok(sides)) => self.note_members(segment, sides),
                None => {}
            }
            open.pop();
        }
        self.open = open;
        self.known_members(segment).unwrap_or_default()
    }

    fn known_members(&self, segment: SegmentId) -> Option<Sides> {
        let (epoch, sides) = self.members.get(segment.index())?;
        (*epoch == self.epoch).then_some(*sides)
    }

    /// Runs a program, as far as the segments are known that it asks about.
    fn run(
        &mut self,
        program: Program<'_>,
        programs: &Programs,
        predicates: &Predicates,
        lanes: Lanes<'_>,
    ) -> Result<Sides, Unknown> {
        self.note_static(program, programs, lanes);
        match program.chain {
            [] => self.run_steps(program, predicates, lanes),
            chain => run_chain(chain, lanes.all(), |link, whom| match link.ask() {
                Ask::Always(verdict) => Ok(Sides::all(verdict)),
                Ask::Values(asked) => Ok(self.values(asked, whom, predicates, lanes)),
                Ask::Segments(place) => self.among(program.memberships.get(place)),
            }),
        }
    }

    /// Notes who is in the static segments that a program asks about.
    fn note_static(&mut self, program: Program<'_>, programs: &Programs, lanes: Lanes<'_>) {
        for segment in program.segments() {
            if self.known_members(segment).is_none() && !programs.has(segment) {
                self.note_members(segment, Sides::both(lanes.in_static(segment)));
            }
        }
    }

    /// Goes from step to step as the answers lead.
    fn run_steps(
        &mut self,
        program: Program<'_>,
        predicates: &Predicates,
        lanes: Lanes<'_>,
    ) -> Result<Sides, Unknown> {
        if let Some(unknown) = program.segments().find(|used| self.known_members(*used).is_none()) {
            return Err(Unknown(unknown));
        }
        let (mut yes, mut here) = (Sides::NOBODY, Sides::both(lanes.all()));
        // Most filters lead from one step to the next, or to the verdict: nobody waits anywhere else.
        let mut waiting = 0;
        for (at, step) in program.steps.iter().enumerate() {
            if waiting > 0
                && let Some(those) = self.waiting.get_mut(at).map(std::mem::take)
                && !those.is_nobody()
            {
                waiting -= 1;
                here |= those;
            }
            if here.is_nobody() {
                if waiting == 0 {
                    break;
                }
                continue;
            }
            let answers = match step.ask {
                Ask::Always(verdict) => Sides::all(verdict),
                Ask::Values(asked) => self.values(asked, here.any(), predicates, lanes),
                Ask::Segments(place) => self.among(program.memberships.get(place))?,
            };
            let mut next = Sides::NOBODY;
            for (target, whom) in [(step.when_true, here & answers), (step.when_false, here & !answers)] {
                let place = match target {
                    Target::YES => &mut yes,
                    Target::NO => continue,
                    Target::NEXT => &mut next,
                    _ if whom.is_nobody() => continue,
                    far => {
                        let place = at + 1 + far.skipped();
                        if self.waiting.len() <= place {
                            self.waiting.resize(place + 1, Sides::NOBODY);
                        }
                        let Some(those) = self.waiting.get_mut(place) else { continue };
                        waiting += u32::from(those.is_nobody());
                        those
                    }
                };
                *place |= whom;
            }
            here = next;
        }
        if let Some(pins) = program.pins {
            let pinned =
                |whom: &MemberSet| Sides::both(lanes.each(lanes.all(), |contact| whom.contains(contact)));
            yes = (yes | pinned(&pins.always_in)) & !pinned(&pins.always_out);
        }
        Ok(yes)
    }

    /// The answers to a question about values, as far as they are asked for.
    #[inline]
    fn values(&mut self, asked: Asked, whom: Bits, predicates: &Predicates, lanes: Lanes<'_>) -> Sides {
        match self.values.get(asked as usize) {
            Some(place) if place.epoch == self.epoch && whom & !place.known == 0 => place.answers,
            _ => self.ask(asked, whom, predicates, lanes),
        }
    }

    /// The same where they are not known.
    #[inline(never)]
    fn ask(&mut self, asked: Asked, whom: Bits, predicates: &Predicates, lanes: Lanes<'_>) -> Sides {
        let Some(place) = self.values.get_mut(asked as usize) else { return Sides::NOBODY };
        if place.epoch != self.epoch {
            *place = Known { epoch: self.epoch, ..Known::default() };
        }
        let unknown = whom & !place.known;
        place.known |= unknown;
        place.answers ^= Sides::both(self.forms.ask(asked, unknown, predicates, lanes));
        place.answers
    }

    /// Who is in any of some segments, or in all of them.
    fn among(&self, question: Option<&Membership>) -> Result<Sides, Unknown> {
        let Some((quantifier, segments)) = question else { return Ok(Sides::NOBODY) };
        let is_all = *quantifier == Quantifier::All;
        let mut found = Sides::all(is_all);
        for segment in segments {
            let members = self.known_members(*segment).ok_or(Unknown(*segment))?;
            found = if is_all { found & members } else { found | members };
        }
        Ok(found)
    }
}

/// Those among some contacts who meet all clauses of a chain. `yes` says of whom the question of a link is true, as far as it is asked.
#[inline]
fn run_chain<E>(
    chain: &[Link],
    all: Bits,
    mut yes: impl FnMut(Link, Bits) -> Result<Sides, E>,
) -> Result<Sides, E> {
    // Who is left, and who meets the clause so far.
    let (mut left, mut met) = (Sides::both(all), Sides::NOBODY);
    for link in chain {
        met |= link.met(yes(*link, (left & !met).any())?);
        if link.has_others() {
            continue;
        }
        left &= std::mem::take(&mut met);
        if left.is_nobody() {
            break;
        }
    }
    Ok(left)
}
