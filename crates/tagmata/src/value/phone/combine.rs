//! One automaton that gives the verdict of many.

use super::automaton::{Automaton, DEAD, Match, State};
use std::collections::HashMap;

/// A state of all parts after so many digits.
type Place = (usize, Vec<u16>);

/// The smallest automaton of the digits, at most `longest` of them, that `accepts` takes: it is told how many digits
/// were read, and which parts match them. `None` if it would need too many states.
pub(super) fn combine(
    parts: &[&Automaton],
    longest: usize,
    accepts: &dyn Fn(usize, &[bool]) -> bool,
) -> Option<Automaton> {
    let mut combination = Combination {
        parts,
        longest,
        accepts,
        known: HashMap::new(),
        numbers: HashMap::new(),
        states: Vec::new(),
    };
    combination.number(State::default())?;
    let start = combination.reach((0, parts.iter().map(|part| part.start()).collect()))?;
    Some(Automaton::new(combination.states, start))
}

struct Combination<'a> {
    parts: &'a [&'a Automaton],
    longest: usize,
    accepts: &'a dyn Fn(usize, &[bool]) -> bool,
    known: HashMap<Place, u16>,
    numbers: HashMap<State, u16>,
    states: Vec<State>,
}

impl Combination<'_> {
    /// The state for a place. Its recursion ends with the longest number.
    fn reach(&mut self, place: Place) -> Option<u16> {
        let (len, at) = &place;
        if *len > self.longest || at.iter().all(|state| *state == DEAD) {
            return Some(DEAD);
        }
        if let Some(state) = self.known.get(&place) {
            return Some(*state);
        }
        let ends: Vec<bool> = self.parts.iter().zip(at).map(|(part, at)| part.ends(*at)).collect();
        let accepted = (self.accepts)(*len, &ends);
        let mut state = State { at_end: accepted.then_some(Match { grouped: false }), ..State::default() };
        for (digit, next) in (0..).zip(&mut state.next) {
            let at = self.parts.iter().zip(at).map(|(part, at)| part.step(*at, digit)).collect();
            *next = self.reach((len + 1, at))?;
        }
        let number = self.number(state)?;
        self.known.insert(place, number);
        Some(number)
    }

    /// The number of a state; states that do the same are one.
    fn number(&mut self, state: State) -> Option<u16> {
        if let Some(number) = self.numbers.get(&state) {
            return Some(*number);
        }
        let number = u16::try_from(self.states.len()).ok()?;
        self.states.push(state.clone());
        self.numbers.insert(state, number);
        Some(number)
    }
}
