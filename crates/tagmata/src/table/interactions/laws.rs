//! The logs of interactions against a plain list: what is recorded late, ahead of time, twice, and taken out again.

use super::list::Interactions;
use super::scan::Wanted;
use super::store::InteractionStore;
use crate::model::Interaction;
use crate::random;
use crate::time::Timestamp;
use crate::value::{Amount, ContactId, KindId, MemberSet, Text};
use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_oneof, proptest};
use std::collections::{BTreeMap, BTreeSet};

type One = (ContactId, Interaction);

const OUTGOING: KindId = KindId::new(1);
const LABELS: [Option<&str>; 5] = [None, Some("Plan A"), Some("PLAN a"), Some("été"), Some("b")];

/// What can happen to the logs.
#[derive(Debug, Clone)]
enum Step {
    Record(Vec<One>),
    /// Takes out those at such places of all that are there, and one that need not be there.
    Erase(Vec<usize>, One),
}

/// So few different ones that some are there several times.
fn one() -> impl Strategy<Value = One> {
    let amount = prop_oneof![2 => (0..1_i64).prop_map(|_| None), 3 => (-2..3_i64).prop_map(Some)];
    (0..9_u32, 0..3_u32, 0..12_i64, amount, 0..LABELS.len()).prop_map(|(contact, kind, at, amount, label)| {
        let interaction = Interaction {
            kind: KindId::new(kind),
            at: Timestamp::at(at),
            amount: amount.map(Amount::from_micros),
            label: LABELS[label].and_then(Text::new),
        };
        (ContactId::new(contact), interaction)
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let record = prop_oneof![4 => vec(one(), 1..4), 1 => vec(one(), 0..120)].prop_map(Step::Record);
    let places = prop_oneof![4 => vec(0..500_usize, 0..4), 1 => vec(0..500_usize, 0..80)];
    let erase = (places, one()).prop_map(|(places, other)| Step::Erase(places, other));
    vec(prop_oneof![2 => record, 1 => erase], 0..random::steps(40))
}

fn list(all: impl IntoIterator<Item = One>) -> Interactions {
    all.into_iter().collect()
}

/// Everything in the order of the logs.
fn sorted(mut all: Vec<One>) -> Vec<One> {
    all.sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| a.order().cmp(&b.order())));
    all
}

fn of(all: &[One], contact: ContactId) -> Vec<Interaction> {
    let own = all.iter().filter(|(other, _)| *other == contact).cloned().collect();
    sorted(own).into_iter().map(|(_, interaction)| interaction).collect()
}

fn run(steps: Vec<Step>) {
    let (mut store, mut model): (_, Vec<One>) = (InteractionStore::default(), Vec::new());
    for step in steps {
        match step {
            Step::Record(all) => {
                model.extend(all.iter().cloned());
                store.record(&list(all), |kind| kind == OUTGOING);
            }
            Step::Erase(places, other) => {
                let places: BTreeSet<usize> = places.into_iter().filter(|at| *at < model.len()).collect();
                let mut erased: Vec<One> = places.iter().map(|at| model[*at].clone()).collect();
                erased.push(other.clone());
                let is_there: Vec<One> = model.clone();
                for at in places.into_iter().rev() {
                    model.remove(at);
                }
                let expected: Vec<bool> = erased
                    .iter()
                    .enumerate()
                    .map(|(at, one)| {
                        let before = erased[..at].iter().filter(|other| *other == one).count();
                        before < is_there.iter().filter(|other| *other == one).count()
                    })
                    .collect();
                assert_eq!(count_of(&store.present(&list(erased.clone()))), count_of(&expected));
                if let Some(at) = model.iter().position(|one| *one == other) {
                    model.remove(at);
                }
                store.erase(&list(erased));
            }
        }
        assert_eq!(store.violations(), [""; 0]);
        assert_eq!(store.len(), model.len());
        // The order of time stands from the first step on, and follows.
        (0..3).map(KindId::new).for_each(|kind| agree_on_times(&store, &model, kind));
    }
    agree(&store, &model);
}

fn count_of(flags: &[bool]) -> usize {
    flags.iter().filter(|flag| **flag).count()
}

fn agree(store: &InteractionStore, model: &[One]) {
    let everybody = MemberSet::between(0, 10);
    let heard = store.all_last_heard(10);
    for contact in everybody.iter() {
        let own = of(model, contact);
        assert_eq!(store.of(contact), own);
        let last = own.iter().filter(|one| one.kind != OUTGOING).map(|one| one.at).max();
        assert_eq!(store.last_heard(contact), last);
        assert_eq!(heard[contact.get() as usize], last.map_or(i64::MIN, Timestamp::as_micros));
    }
    assert_eq!(store.contacts(), model.iter().map(|(contact, _)| *contact).collect());
    assert_eq!(sorted(store.of_all(&everybody).iter().collect()), sorted(model.to_vec()));
    for kind in (0..3).map(KindId::new) {
        for labelled in [None, Some("plan a"), Some("nobody has it")] {
            for during in [None, Some(3..8), Some(20..30)] {
                agree_on(store, model, &Wanted { kind, labelled, during: during.as_ref() });
            }
        }
    }
}

/// Whether the order of time is that of the model.
fn agree_on_times(store: &InteractionStore, model: &[One], kind: KindId) {
    let of_kind =
        || model.iter().filter(|(_, one)| one.kind == kind).map(|(id, one)| (*id, one.at.as_micros()));
    for range in [0..12, 3..5, 4..4, 7..30, i64::MIN..i64::MAX] {
        let expected = of_kind().filter(|(_, at)| range.contains(at)).map(|(id, _)| id).collect();
        assert_eq!(store.contacts_within(kind, &range), expected);
    }
    let some: MemberSet = [1, 4, 5].map(ContactId::new).into_iter().collect();
    for low in [i64::MIN, 0, 3, 11, 12] {
        let least = |of: Option<&MemberSet>| {
            let meant = of_kind().filter(|(id, at)| *at >= low && of.is_none_or(|of| of.contains(*id)));
            meant.map(|(_, at)| at).min()
        };
        assert_eq!(store.least_from(kind, low, None), least(None));
        assert_eq!(store.least_from(kind, low, Some(&some)), least(Some(&some)));
    }
    assert_eq!(store.greatest(kind), of_kind().map(|(_, at)| at).max());
}

/// Whether all that finds the interactions that are wanted finds those of the model.
fn agree_on(store: &InteractionStore, model: &[One], wanted: &Wanted<'_>) {
    type Seen = Vec<(i64, Option<i64>)>;
    let is_wanted = |(_, one): &&One| {
        one.kind == wanted.kind
            && wanted.labelled.is_none_or(|label| one.label.as_ref().is_some_and(|has| has.folded() == label))
            && wanted.during.is_none_or(|range| range.contains(&one.at.as_micros()))
    };
    let mut expected: BTreeMap<u32, Seen> = BTreeMap::new();
    for (contact, one) in sorted(model.iter().filter(is_wanted).cloned().collect()) {
        let seen = (one.at.as_micros(), one.amount.map(Amount::micros));
        expected.entry(contact.get()).or_default().push(seen);
    }
    let add = |seen: &mut Seen, at, amount| seen.push((at, amount));
    let mut found = Vec::new();
    store.each_contact(wanted, add, |row, seen: Seen| found.push((row, seen)));
    assert_eq!(found, expected.clone().into_iter().collect::<Vec<_>>());
    for contact in (0..10).map(ContactId::new) {
        let seen: Seen = store.of_contact(contact, wanted, add);
        assert_eq!(seen, expected.remove(&contact.get()).unwrap_or_default());
    }
    let some: MemberSet = [1, 4, 5].map(ContactId::new).into_iter().collect();
    let during = wanted.during.cloned().unwrap_or(i64::MIN..i64::MAX);
    let among = store.among(&some, Some(wanted.kind), wanted.labelled, &during);
    let own = model.iter().filter(is_wanted).filter(|(contact, _)| some.contains(*contact));
    assert_eq!(sorted(among.iter().collect()), sorted(own.cloned().collect()));
}

proptest! {
    #![proptest_config(random::cases(200))]

    #[test]
    fn logs_hold_what_a_list_holds(steps in steps()) {
        run(steps);
    }
}

#[test]
fn equal_ones_are_each_there() {
    let paid = Interaction { kind: KindId::new(2), at: Timestamp::at(5), amount: None, label: None };
    let same = || list(vec![(ContactId::new(3), paid.clone()); 40]);
    let mut store = InteractionStore::default();
    store.record(&same(), |_| false);
    assert_eq!((store.len(), store.violations()), (40, Vec::new()));
    let few = list(vec![(ContactId::new(3), paid.clone()); 3]);
    store.erase(&few);
    assert_eq!((store.len(), store.present(&same()).iter().filter(|there| **there).count()), (37, 37));
    store.erase(&same());
    assert!(store.is_empty());
}
