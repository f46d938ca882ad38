//! The relative questions that segments and rules ask, each once.

use crate::filter::{Filter, Moving, Predicate};
use std::collections::HashMap;

/// Different questions, and who asks them.
#[derive(Debug)]
pub(super) struct Questions<'p, A> {
    all: Vec<Question<'p, A>>,
    /// Places by what moves in them: only those with the same edges can be the same.
    places: HashMap<Moving<'p>, Vec<usize>>,
}

/// A question, and who asks it.
#[derive(Debug)]
pub(super) struct Question<'p, A> {
    pub(super) predicate: &'p Predicate,
    pub(super) askers: Vec<A>,
}

impl<'p, A: Copy + PartialEq> Questions<'p, A> {
    pub(super) fn new() -> Self {
        Self { all: Vec::new(), places: HashMap::new() }
    }

    /// Adds the relative questions of a filter, those about segments left aside.
    pub(super) fn add(&mut self, filter: &'p Filter, asker: A) {
        for predicate in filter.plan().conditions() {
            let Some(moving) = predicate.moving().next() else { continue };
            let same_edges = self.places.entry(moving).or_default();
            let place = |at: &usize| self.all.get(*at).is_some_and(|other| other.predicate == predicate);
            let known = same_edges.iter().copied().find(place);
            match known.and_then(|at| self.all.get_mut(at)) {
                Some(question) if question.askers.last() != Some(&asker) => question.askers.push(asker),
                Some(_) => {}
                None => {
                    same_edges.push(self.all.len());
                    self.all.push(Question { predicate, askers: vec![asker] });
                }
            }
        }
    }

    pub(super) fn into_all(self) -> Vec<Question<'p, A>> {
        self.all
    }
}
