//! What holds for the definitions of all books: a document says all that there is, and applying it comes to nothing else.

use crate::random::budget;
use crate::random_books::{AnyBook, any_book, now};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, prop_assume, proptest};
use serde_json::Value;
use std::collections::BTreeMap;
use tagmata::{Book, Code, MemberSet, Prune, SegmentId};

fn config(few: u32) -> ProptestConfig {
    ProptestConfig { cases: budget(few), failure_persistence: None, ..ProptestConfig::default() }
}

fn json(book: &Book) -> Value {
    serde_json::from_str(&book.definitions()).unwrap()
}

/// The definitions in an order of their own; only the order of statuses says something.
fn sorted(book: &Book) -> Value {
    let mut document = json(book);
    let sort = |list: &mut Value| list.as_array_mut().unwrap().sort_by_key(Value::to_string);
    for field in document["fields"].as_array_mut().unwrap() {
        field.get_mut("options").map(sort);
    }
    ["fields", "kinds", "tags", "segments"].into_iter().for_each(|key| sort(&mut document[key]));
    document
}

type Members = BTreeMap<SegmentId, MemberSet>;

/// The members of all segments that can be evaluated.
fn members(book: &Book) -> Members {
    let all = book.segments().into_iter().map(|info| info.id);
    all.filter_map(|id| book.members(id).ok().map(|members| (id, members))).collect()
}

/// The segments whose members nobody knows, because they are broken: nobody enters or leaves one by its being mended.
fn broken(book: &Book) -> Vec<SegmentId> {
    book.segments().into_iter().map(|info| info.id).filter(|id| book.members(*id).is_err()).collect()
}

/// Who is in segments, and was not.
fn difference(now: &Members, then: &Members) -> Members {
    let nobody = MemberSet::new();
    let new = now.iter().map(|(id, members)| (*id, members - then.get(id).unwrap_or(&nobody)));
    new.filter(|(_, members)| !members.is_empty()).collect()
}

fn is_broken(segment: &Value) -> bool {
    segment.get("broken_filter").is_some()
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn a_document_changes_nothing_in_the_book_that_it_is_from(AnyBook(mut book) in any_book()) {
        let before = book.clone();
        for prune in [Prune::Keep, Prune::Remove] {
            let outcome = book.apply_definitions(&before.definitions(), prune, now()).unwrap();
            prop_assert!(outcome.commit.is_empty(), "{:?}", outcome.commit.facts());
        }
        prop_assert_eq!(book.last_commit(), before.last_commit());
    }

    #[test]
    fn a_new_book_becomes_what_a_document_says(AnyBook(book) in any_book()) {
        let mut other = Book::builder().build(now());
        let applied = other.apply_definitions(&book.definitions(), Prune::Remove, now());
        let document = json(&book);
        let is_broken_rule = |rule: &Value| rule.get("broken").is_some();
        let is_sound = !document["segments"].as_array().unwrap().iter().any(is_broken)
            && !document["rules"].as_array().unwrap().iter().any(is_broken_rule);
        match applied {
            Ok(_) => {
                prop_assert!(is_sound);
                prop_assert_eq!(other.definitions(), book.definitions());
            }
            Err(error) => {
                prop_assert!(!is_sound, "{error}");
                prop_assert!([Code::BrokenSegment, Code::BrokenRule].contains(&error.code()), "{error}");
            }
        }
    }

    #[test]
    fn a_book_with_a_past_becomes_what_a_document_says_or_stays_as_it_is(AnyBook(wanted) in any_book(), AnyBook(mut book) in any_book()) {
        let (before, document) = (book.clone(), wanted.definitions());
        match book.apply_definitions(&document, Prune::Remove, now()) {
            Ok(outcome) => {
                prop_assert_eq!(sorted(&book), sorted(&wanted));
                let again = book.apply_definitions(&document, Prune::Remove, now()).unwrap();
                prop_assert!(again.commit.is_empty(), "{:?}", again.commit.facts());
                book.undo(&outcome.commit, now()).unwrap();
            }
            Err(error) => {
                prop_assert!(error.diagnostics().iter().all(|problem| problem.place().pointer().is_some()));
                prop_assert_eq!(book.schema(), before.schema());
            }
        }
        prop_assert_eq!(book.definitions(), before.definitions());
    }

    #[test]
    fn the_outcome_says_who_entered_and_who_left(AnyBook(wanted) in any_book(), AnyBook(mut book) in any_book()) {
        let (before, unknown) = (members(&book), broken(&book));
        let Ok(outcome) = book.apply_definitions(&wanted.definitions(), Prune::Remove, now()) else { return Ok(()) };
        let unknown = [unknown, broken(&book)].concat();
        let known = |mut members: Members| {
            members.retain(|id, _| !unknown.contains(id));
            members
        };
        prop_assert_eq!(&outcome.effects.entered, &known(difference(&members(&book), &before)));
        prop_assert_eq!(&outcome.effects.left, &known(difference(&before, &members(&book))));
        let undone = book.undo(&outcome.commit, now()).unwrap();
        prop_assert_eq!(members(&book), before);
        prop_assert_eq!((undone.effects.entered, undone.effects.left), (outcome.effects.left, outcome.effects.entered));
    }

    #[test]
    fn nothing_goes_away_that_is_to_be_kept(AnyBook(wanted) in any_book(), AnyBook(mut book) in any_book()) {
        let before = json(&book);
        prop_assume!(book.apply_definitions(&wanted.definitions(), Prune::Keep, now()).is_ok());
        let after = json(&book);
        for list in ["fields", "statuses", "kinds", "tags", "segments", "rules"] {
            let count = |document: &Value| document[list].as_array().unwrap().len();
            prop_assert!(count(&after) >= count(&before), "{list}");
        }
    }

    #[test]
    fn a_preview_says_what_would_be_and_changes_nothing(AnyBook(wanted) in any_book(), AnyBook(mut book) in any_book()) {
        let (before, document) = (book.clone(), wanted.definitions());
        let preview = book.preview(now(), |book| book.apply_definitions(&document, Prune::Remove, now()));
        prop_assert_eq!(book.definitions(), before.definitions());
        prop_assert_eq!(book.schema(), before.schema());
        let outcome = book.apply_definitions(&document, Prune::Remove, now());
        match (preview, outcome) {
            (Ok((inner, preview)), Ok(outcome)) => {
                prop_assert_eq!(preview.commit.facts(), outcome.commit.facts());
                prop_assert_eq!(inner.commit.facts(), outcome.commit.facts());
            }
            (preview, outcome) => prop_assert_eq!(preview.map(|_| ()), outcome.map(|_| ())),
        }
    }

    #[test]
    fn a_refused_document_leaves_the_open_batch_as_it_was(AnyBook(wanted) in any_book(), AnyBook(mut book) in any_book()) {
        book.begin_batch(now()).unwrap();
        book.define_tag("made in the batch", now()).unwrap();
        let before = book.definitions();
        let mut document = json(&wanted);
        document["kinds"].as_array_mut().unwrap().push(serde_json::json!({"key": "payment", "outgoing": true}));
        prop_assert!(book.apply_definitions(&document.to_string(), Prune::Remove, now()).is_err());
        prop_assert_eq!(book.definitions(), before);
        let outcome = book.end_batch().unwrap();
        prop_assert_eq!(outcome.commit.facts().len(), 1);
    }
}
