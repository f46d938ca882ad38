//! Worlds with a past: contacts come, change and go before a question is asked.

use crate::generate::cases::{Case, case_from};
use crate::generate::contacts::contact;
use crate::generate::filters::filter_from;
use crate::generate::pool::Pool;
use crate::generate::vocabulary::Vocabulary;
use proptest::bool::ANY;
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use serde_json::Value;

/// Something that happens to a book. Contacts are chosen among those who are there by then.
#[derive(Clone, Debug)]
pub enum Deed {
    /// A contact is made, and so many others with the same values.
    Create(Value, usize),
    /// A contact gets the values of another one; what that one lacks is taken away.
    Update(Index, Value),
    /// Everybody whom a filter matches gets the values of one field.
    UpdateAll(Value, Value, Index),
    /// Contacts go.
    Delete(Vec<Index>),
    /// Contacts are merged into one.
    Merge(Index, Vec<Index>),
    /// A tag or static segment is given to all whom a filter matches, or taken from them.
    Link(Linked, Value, bool),
    /// Another contact's interactions are recorded of a contact.
    Record(Index, Value),
    /// Another contact's interactions are recorded of everybody whom a filter matches, at once.
    RecordAll(Value, Value),
    /// Everybody whom a filter matches loses the interactions of the kind of one of another contact's, from its time on.
    Unrecord(Value, Value, Index),
    /// A rule is made by which whoever begins to match a filter gets a tag.
    Rule(Value, String),
    /// A text is replaced that is so long that its column is written anew.
    Forget(Index, Index),
    /// A contact has one set of tags after the other, so that sets which nobody has any more are forgotten.
    Retag(Index, u64),
    /// A file of everybody is imported as if they were others.
    Import,
    /// A commit, counted back from the last one, is undone.
    Undo(usize, bool),
    /// All of this happens in a batch that is dropped.
    Drop(Vec<Deed>),
    /// Questions are asked, from which indexes are built.
    Ask,
}

/// What can be given to many at once.
#[derive(Clone, Debug)]
pub enum Linked {
    /// A tag, by its name.
    Tag(String),
    /// A static segment, by its name.
    Segment(String),
}

/// A world, what happens in it, and questions.
#[derive(Clone, Debug)]
pub struct Aged {
    /// The world at first, and one of the questions.
    pub case: Case,
    /// In the order in which it happens.
    pub deeds: Vec<Deed>,
    /// The other questions.
    pub filters: Vec<Value>,
}

/// Worlds with a past, with filters that are nested at most `depth` deep.
pub fn aged(depth: u32) -> BoxedStrategy<Aged> {
    case_from(depth, move |schema, pool| {
        (vec(deed(schema, pool), 4..24), vec(filter_from(schema, pool, depth), 3..7))
    })
    .prop_map(|(case, (deeds, filters))| Aged { case, deeds, filters })
    .boxed()
}

fn deed(schema: &Value, pool: &Pool) -> BoxedStrategy<Deed> {
    let single = happening(schema, pool);
    prop_oneof![
        16 => single.clone(),
        2 => vec(single, 1..4).prop_map(Deed::Drop),
        3 => Just(Deed::Ask),
    ]
    .boxed()
}

fn happening(schema: &Value, pool: &Pool) -> BoxedStrategy<Deed> {
    let names = Vocabulary::of(schema);
    let (who, some) = (any::<Index>, || vec(any::<Index>(), 1..4));
    let values = || contact(&names, pool);
    let whom = || filter_from(schema, pool, 1);
    // Enough for lists of rows to become sets, and back; now and then for blocks of rows that are put in together.
    let copies = prop_oneof![8 => 0..2_usize, 2 => 20..40_usize, 1 => 66..80_usize];
    let tag = select(names.tags.clone()).prop_map(Linked::Tag);
    let segment = select(names.static_segments.clone()).prop_map(Linked::Segment);
    prop_oneof![
        4 => (values(), copies).prop_map(|(values, copies)| Deed::Create(values, copies)),
        5 => (who(), values()).prop_map(|(who, values)| Deed::Update(who, values)),
        3 => (whom(), values(), who()).prop_map(|(whom, values, field)| Deed::UpdateAll(whom, values, field)),
        4 => some().prop_map(Deed::Delete),
        1 => (who(), some()).prop_map(|(who, others)| Deed::Merge(who, others)),
        3 => (prop_oneof![tag, segment], whom(), ANY).prop_map(|(what, whom, added)| Deed::Link(what, whom, added)),
        2 => (who(), values()).prop_map(|(who, values)| Deed::Record(who, values)),
        2 => (whom(), values()).prop_map(|(whom, values)| Deed::RecordAll(whom, values)),
        2 => (whom(), values(), who()).prop_map(|(whom, values, one)| Deed::Unrecord(whom, values, one)),
        1 => (who(), who()).prop_map(|(who, field)| Deed::Forget(who, field)),
        1 => (who(), any::<u64>()).prop_map(|(who, seed)| Deed::Retag(who, seed)),
        1 => Just(Deed::Import),
        4 => (0..4_usize, ANY).prop_map(|(back, force)| Deed::Undo(back, force)),
        2 => (whom(), select(names.tags.clone())).prop_map(|(whom, tag)| Deed::Rule(whom, tag)),
    ]
    .boxed()
}
