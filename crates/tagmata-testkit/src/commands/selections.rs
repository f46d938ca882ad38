//! Whom a command is about.

use super::filters::{filter, sound_filter};
use super::names::{contact, contacts, segment};
use proptest::option::weighted;
use proptest::prelude::{BoxedStrategy, Strategy, prop_oneof};
use tagmata::{ContactId, Ref, SegmentId, Selection};

/// A selection in its parts, so that a model can say what it comes to.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Whom.
    pub whom: Whom,
    /// Without these.
    pub except: Vec<ContactId>,
    /// How many there must be.
    pub expected: Option<u64>,
}

/// The three ways to name contacts.
#[derive(Debug, Clone)]
pub enum Whom {
    /// By their ids.
    Contacts(Vec<ContactId>),
    /// By a filter.
    Filter(String),
    /// By a segment.
    Segment(Ref<SegmentId>),
}

impl Chosen {
    /// As commands take it.
    pub fn selection(&self) -> Selection {
        let whom = match self.whom.clone() {
            Whom::Contacts(contacts) => Selection::contacts(contacts),
            Whom::Filter(filter) => Selection::filter(filter),
            Whom::Segment(segment) => Selection::segment(segment),
        };
        let selection = whom.except(self.except.iter().copied());
        match self.expected {
            Some(count) => selection.expect(count),
            None => selection,
        }
    }
}

fn whom() -> BoxedStrategy<Whom> {
    prop_oneof![
        5 => contact().prop_map(|contact| Whom::Contacts(vec![contact])),
        2 => contacts().prop_map(Whom::Contacts),
        3 => sound_filter().prop_map(Whom::Filter),
        2 => filter().prop_map(Whom::Filter),
        1 => segment().prop_map(Whom::Segment),
    ]
    .boxed()
}

/// Selections, some with exclusions and some with an expected count.
pub fn chosen(how_often_expected: f64) -> BoxedStrategy<Chosen> {
    let except = prop_oneof![3 => proptest::strategy::Just(Vec::new()), 1 => contacts()];
    (whom(), except, weighted(how_often_expected, 0..5_u64))
        .prop_map(|(whom, except, expected)| Chosen { whom, except, expected })
        .boxed()
}

pub(super) fn selection() -> BoxedStrategy<Selection> {
    chosen(0.05).prop_map(|chosen| chosen.selection()).boxed()
}
