//! Automata of the patterns in the metadata: the match that a regular expression prefers, found without searching.

use super::automaton::{Automaton, DEAD, Match, State as Row};
use regex_automata::nfa::thompson::{Compiler, Config, NFA, State, WhichCaptures};
use regex_automata::util::{look::Look, primitives::StateID, syntax};
use std::collections::HashMap;

/// The automaton of a pattern that begins with `^`. `None` if the pattern has something that numbers do not need.
pub(super) fn automaton(pattern: &str) -> Option<Automaton> {
    // Texts are ASCII digits here, for which `\d` means the same without Unicode.
    let nfa = Compiler::new()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(Config::new().utf8(false).which_captures(WhichCaptures::All))
        .build(pattern)
        .ok()?;
    let mut tables =
        Tables { nfa: &nfa, known: HashMap::new(), rows: vec![Row::default()], places: Vec::new() };
    let start = tables.number(vec![Thread { at: nfa.start_anchored(), grouped: false }], true)?;
    while let Some((number, threads)) = tables.places.pop() {
        let mut next = [0; 10];
        for (digit, next) in (b'0'..=b'9').zip(&mut next) {
            let after = threads.iter().filter_map(|thread| thread.read(&nfa, digit)).collect();
            *next = tables.number(after, false)?;
        }
        tables.rows.get_mut(usize::from(number))?.next = next;
    }
    Some(Automaton::new(tables.rows, start))
}

/// A way to read the pattern so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Thread {
    at: StateID,
    /// Whether it entered a group.
    grouped: bool,
}

impl Thread {
    fn read(self, nfa: &NFA, digit: u8) -> Option<Self> {
        let next = match nfa.state(self.at) {
            State::ByteRange { trans } => trans.matches_byte(digit).then_some(trans.next),
            State::Sparse(transitions) => transitions.matches_byte(digit),
            State::Dense(transitions) => transitions.matches_byte(digit),
            _ => None,
        };
        next.map(|at| Self { at, ..self })
    }
}

/// The ways that read a digit next, in order of preference, and the match that is preferred to the ways left out.
#[derive(PartialEq, Eq, Hash)]
struct Closure {
    threads: Vec<Thread>,
    found: Option<Match>,
}

struct Tables<'a> {
    nfa: &'a NFA,
    known: HashMap<(Closure, Option<Match>), u16>,
    rows: Vec<Row>,
    /// Rows whose digits are not yet followed.
    places: Vec<(u16, Vec<Thread>)>,
}

impl Tables<'_> {
    fn number(&mut self, ways: Vec<Thread>, at_start: bool) -> Option<u16> {
        if ways.is_empty() {
            return Some(DEAD);
        }
        let inside = self.closure(&ways, at_start, false)?;
        let at_end = self.closure(&ways, at_start, true)?.found;
        let key = (inside, at_end);
        if let Some(number) = self.known.get(&key) {
            return Some(*number);
        }
        let number = u16::try_from(self.rows.len()).ok()?;
        self.rows.push(Row { next: [0; 10], inside: key.0.found, at_end });
        self.places.push((number, key.0.threads.clone()));
        self.known.insert(key, number);
        Some(number)
    }

    /// Follows what reads nothing. A match hides the ways behind it, as it does in a regular expression.
    fn closure(&self, ways: &[Thread], at_start: bool, at_end: bool) -> Option<Closure> {
        let mut seen = vec![false; self.nfa.states().len()];
        let mut threads = Vec::new();
        let mut open: Vec<Thread> = ways.iter().rev().copied().collect();
        while let Some(thread) = open.pop() {
            let seen = seen.get_mut(thread.at.as_usize())?;
            if std::mem::replace(seen, true) {
                continue;
            }
            let to = |at: StateID| Thread { at, ..thread };
            match self.nfa.state(thread.at) {
                State::Match { .. } => {
                    return Some(Closure { threads, found: Some(Match { grouped: thread.grouped }) });
                }
                State::Look { look: Look::Start, next } if at_start => open.push(to(*next)),
                State::Look { look: Look::End, next } if at_end => open.push(to(*next)),
                State::Look { look: Look::Start | Look::End, .. } | State::Fail => {}
                State::Look { .. } => return None,
                State::Union { alternates } => open.extend(alternates.iter().rev().map(|at| to(*at))),
                State::BinaryUnion { alt1, alt2 } => open.extend([to(*alt2), to(*alt1)]),
                State::Capture { next, group_index, .. } => {
                    let grouped = thread.grouped || group_index.as_usize() > 0;
                    open.push(Thread { at: *next, grouped });
                }
                State::ByteRange { .. } | State::Sparse(_) | State::Dense(_) => threads.push(thread),
            }
        }
        Some(Closure { threads, found: None })
    }
}
