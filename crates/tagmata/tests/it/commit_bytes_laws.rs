//! What holds for the bytes of every commit and every definition.

use crate::book_walk::{Done, Held, same, walk, walks};
use crate::random::{Drawn, budget};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;
use tagmata::{AutomationEdit, Book, Code, Commit, DynamicSegment, Fact, Rule};
use tagmata_testkit::dump::{BookDump, next_ids};
use tagmata_testkit::generate::case;

/// The commit that is read from the bytes of a commit, which is the same.
fn again(commit: &Commit) -> Commit {
    let read = Commit::from_bytes(&commit.to_bytes()).unwrap_or_else(|error| panic!("{error}\n{commit:#?}"));
    assert_eq!(&read, commit);
    read
}

/// The definitions in a commit are the same when they are read by themselves, errors and warnings included.
fn definitions(commit: &Commit) -> Held {
    for fact in commit.facts() {
        match fact {
            Fact::Segment { old, new, .. } => {
                for segment in old.iter().chain(new) {
                    let read = DynamicSegment::from_bytes(&segment.to_bytes()).unwrap();
                    prop_assert_eq!(&read, &**segment);
                    let lints =
                        |segment: &DynamicSegment| segment.filter().map(|filter| filter.lints().to_vec());
                    prop_assert_eq!(lints(&read), lints(segment));
                }
            }
            Fact::Automation(AutomationEdit::Rule { old, new, .. }) => {
                for rule in old.iter().chain(new) {
                    prop_assert_eq!(&Rule::from_bytes(&rule.to_bytes()).unwrap(), &**rule);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whatever is read has bytes of its own and takes little more room than they do; whatever is refused is damaged or of a later format.
fn whatever(bytes: &[u8]) -> Held {
    fn is_refusal(error: &tagmata::Error) -> bool {
        matches!(error.code(), Code::StoreDamaged | Code::NewerFormat)
    }
    match Commit::from_bytes(bytes) {
        Ok(commit) => {
            // A bit may stand for a number that is missing, and what is least takes the room of its structure.
            prop_assert!(
                commit.size_in_bytes() <= 80 * bytes.len() + 1024,
                "{} bytes",
                commit.size_in_bytes()
            );
            prop_assert_eq!(Commit::from_bytes(&commit.to_bytes()), Ok(commit));
        }
        Err(error) => prop_assert!(is_refusal(&error), "{:?}", error),
    }
    match DynamicSegment::from_bytes(bytes) {
        Ok(segment) => prop_assert_eq!(DynamicSegment::from_bytes(&segment.to_bytes()), Ok(segment)),
        Err(error) => prop_assert!(is_refusal(&error), "{:?}", error),
    }
    match Rule::from_bytes(bytes) {
        Ok(rule) => prop_assert_eq!(Rule::from_bytes(&rule.to_bytes()), Ok(rule)),
        Err(error) => prop_assert!(is_refusal(&error), "{:?}", error),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(12), failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn a_replica_that_replays_what_is_read_is_the_same_book(steps in walks()) {
        let mut replica: Option<Book> = None;
        walk(&steps, |turn| {
            let replica = replica.get_or_insert_with(|| turn.before.clone());
            let passed = match turn.done {
                Done::Passed(advance) => advance.commits.as_slice(),
                _ => &[],
            };
            for commit in passed.iter().chain(turn.changed().map(|outcome| &outcome.commit)) {
                definitions(commit)?;
                let json = commit.to_json(turn.after.schema(), 3);
                prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
                replica.replay(&again(commit)).unwrap();
            }
            if turn.is_first {
                return Ok(());
            }
            replica.advance(turn.after.now()).unwrap();
            same(&BookDump::of(replica), &BookDump::of(turn.after), turn.commands)?;
            prop_assert_eq!(next_ids(replica), next_ids(turn.after));
            Ok(())
        })?;
    }

    #[test]
    fn bytes_that_were_changed_or_cut_are_read_or_refused(
        steps in walks(),
        changes in proptest::collection::vec((any::<Index>(), any::<Index>(), 1..=u8::MAX), 64),
    ) {
        let mut all: Vec<Vec<u8>> = Vec::new();
        walk(&steps, |turn| {
            for fact in turn.changed().iter().flat_map(|outcome| outcome.commit.facts()) {
                match fact {
                    Fact::Segment { new: Some(segment), .. } => all.push(segment.to_bytes()),
                    Fact::Automation(AutomationEdit::Rule { new: Some(rule), .. }) => all.push(rule.to_bytes()),
                    _ => {}
                }
            }
            all.extend(turn.changed().map(|outcome| outcome.commit.to_bytes()));
            Ok(())
        })?;
        for (which, place, change) in changes {
            let mut bytes = all[which.index(all.len())].clone();
            let place = place.index(bytes.len());
            bytes[place] ^= change;
            whatever(&bytes)?;
            bytes[place] ^= change;
            bytes.truncate(place);
            prop_assert!(Commit::from_bytes(&bytes).is_err());
            prop_assert!(DynamicSegment::from_bytes(&bytes).is_err());
            prop_assert!(Rule::from_bytes(&bytes).is_err());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(512), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_filter_comes_back_from_the_bytes_of_its_segment(case in case(4)) {
        let segment = DynamicSegment::new(Drawn::new(&case).filter);
        let read = DynamicSegment::from_bytes(&segment.to_bytes());
        prop_assert_eq!(read.as_ref(), Ok(&segment));
        let lints = |segment: &DynamicSegment| segment.filter().unwrap().lints().to_vec();
        prop_assert_eq!(lints(&read.unwrap()), lints(&segment));
    }

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in arbitrary_bytes()) {
        whatever(&bytes)?;
    }
}

/// Bytes of the present format, most of them small, as numbers of kinds and lengths are.
fn arbitrary_bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = proptest::prop_oneof![6 => 0..4_u8, 3 => 0..16_u8, 1 => any::<u8>()];
    proptest::collection::vec(byte, 0..256).prop_map(|mut bytes| {
        bytes.insert(0, 1);
        bytes
    })
}
