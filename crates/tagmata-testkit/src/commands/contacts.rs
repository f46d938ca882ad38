//! Commands about contacts.

use super::names::{KINDS, contact, contacts, name, static_segment, status, tag};
use super::selections::selection;
use super::values::{instant, values};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::{BoxedStrategy, Strategy, prop_oneof};
use proptest::sample::select;
use tagmata::{Amount, Command, Draft, InteractionQuery, NewInteractions, Patch, Timestamp};

const AMOUNTS: &[&str] = &["10", "49.90", "120"];

fn amount() -> BoxedStrategy<Option<Amount>> {
    of(select(AMOUNTS)).prop_map(|amount| amount.map(|text| text.parse().unwrap())).boxed()
}

type Happened = (String, Timestamp, Option<Amount>, Option<String>);

fn happened() -> BoxedStrategy<Happened> {
    let label = of(select(&["Invoice 7", "call"][..])).prop_map(|label| label.map(str::to_owned));
    (name(KINDS), instant(), amount(), label).boxed()
}

fn draft() -> BoxedStrategy<Draft> {
    let interactions = prop_oneof![3 => vec(happened(), 0..1), 1 => vec(happened(), 0..4)];
    (values(), interactions)
        .prop_map(|(values, interactions)| {
            let draft = values.into_iter().fold(Draft::new(), |draft, (key, value)| draft.set(key, value));
            interactions.into_iter().fold(draft, |draft, (kind, at, amount, label)| {
                draft.interaction(kind, at, amount, label.as_deref())
            })
        })
        .boxed()
}

fn patch() -> BoxedStrategy<Patch> {
    values()
        .prop_map(|values| values.into_iter().fold(Patch::new(), |patch, (key, value)| patch.set(key, value)))
        .boxed()
}

/// Several interactions at once, those of a contact not beside each other.
fn new_interactions() -> BoxedStrategy<NewInteractions> {
    let all = prop_oneof![3 => vec((contact(), happened()), 0..5), 1 => vec((contact(), happened()), 20..40)];
    all.prop_map(|all| {
        let mut new = NewInteractions::new();
        for (contact, (kind, at, amount, label)) in all {
            new.push(contact, &kind, at, amount, label.as_deref());
        }
        new
    })
    .boxed()
}

fn query() -> BoxedStrategy<InteractionQuery> {
    let label = of(select(&["INVOICE 7", "call", "none has it"][..]));
    (of(name(KINDS)), label, of(instant()), of(instant()))
        .prop_map(|(kind, label, since, until)| {
            let mut query = InteractionQuery::new();
            query = kind.into_iter().fold(query, InteractionQuery::kind);
            query = label.into_iter().fold(query, InteractionQuery::labelled);
            query = since.into_iter().fold(query, InteractionQuery::since);
            until.into_iter().fold(query, InteractionQuery::until)
        })
        .boxed()
}

/// Contacts made, changed, tagged, merged, deleted.
pub(super) fn command() -> BoxedStrategy<Command> {
    let tags = || prop_oneof![4 => vec(tag(), 1), 1 => vec(tag(), 0..4)];
    prop_oneof![
        6 => draft().prop_map(Command::CreateContact),
        6 => (selection(), patch()).prop_map(|(selection, patch)| Command::UpdateContacts { selection, patch }),
        2 => selection().prop_map(Command::DeleteContacts),
        3 => (contact(), contacts()).prop_map(|(keep, others)| Command::MergeContacts { keep, others }),
        3 => (selection(), tags()).prop_map(|(selection, tags)| Command::AddTags { selection, tags }),
        2 => (selection(), tags()).prop_map(|(selection, tags)| Command::RemoveTags { selection, tags }),
        3 => (selection(), status()).prop_map(|(selection, status)| Command::SetStatus { selection, status }),
        3 => (selection(), static_segment())
            .prop_map(|(selection, segment)| Command::AddToSegment { selection, segment }),
        2 => (selection(), static_segment())
            .prop_map(|(selection, segment)| Command::RemoveFromSegment { selection, segment }),
        4 => (contact(), happened()).prop_map(|(contact, (kind, at, amount, label))| {
            Command::Record { contact, kind, at, amount, label }
        }),
        2 => new_interactions().prop_map(|new| Command::RecordMany(Box::new(new))),
        2 => (selection(), query())
            .prop_map(|(selection, query)| Command::DeleteInteractions { selection, query }),
    ]
    .boxed()
}
