//! Automata over decimal digits, as tables: a step costs one look-up.

/// Where nothing can match any more: the first state of every automaton.
pub(super) const DEAD: u16 = 0;

/// One state: where each digit leads, and whether a match ends here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub(super) next: [u16; 10],
    /// A match that ends here although digits follow.
    pub(super) inside: Option<Match>,
    /// A match that ends here with the digits.
    pub(super) at_end: Option<Match>,
}

/// What is known of a match beside its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Match {
    /// Whether it went through a group of the pattern.
    pub(super) grouped: bool,
}

/// A deterministic automaton. Digits are numbers from 0 to 9.
#[derive(Debug)]
pub(super) struct Automaton {
    states: Vec<State>,
    start: u16,
}

impl Automaton {
    pub(super) fn new(states: Vec<State>, start: u16) -> Self {
        Self { states, start }
    }

    pub(super) fn start(&self) -> u16 {
        self.start
    }

    pub(super) fn step(&self, from: u16, digit: u8) -> u16 {
        let state = self.states.get(usize::from(from));
        state.and_then(|state| state.next.get(usize::from(digit))).copied().unwrap_or(DEAD)
    }

    /// Whether the digits that led to a state match.
    pub(super) fn ends(&self, at: u16) -> bool {
        self.states.get(usize::from(at)).is_some_and(|state| state.at_end.is_some())
    }

    /// Whether all digits together match.
    pub(super) fn accepts(&self, digits: &[u8]) -> bool {
        let mut at = self.start;
        for digit in digits {
            at = self.step(at, *digit);
            if at == DEAD {
                return false;
            }
        }
        self.ends(at)
    }

    /// How many digits from the first one on match, and how.
    pub(super) fn find(&self, digits: &[u8]) -> Option<(usize, Match)> {
        let (mut at, mut best) = (self.start, None);
        for (position, digit) in digits.iter().enumerate() {
            let inside = self.states.get(usize::from(at)).and_then(|state| state.inside);
            best = inside.map(|found| (position, found)).or(best);
            at = self.step(at, *digit);
            if at == DEAD {
                return best;
            }
        }
        let last = self.states.get(usize::from(at)).and_then(|state| state.at_end);
        last.map(|found| (digits.len(), found)).or(best)
    }
}
