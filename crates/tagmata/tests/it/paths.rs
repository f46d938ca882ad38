//! Whichever way members are found in, they are those that the filter matches contact by contact.

use crate::book_walk::{Held, walk, walks};
use crate::random::budget;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, TestCaseError, prop_assert_eq, proptest};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tagmata::{Book, ContactId, FilterSource, Paths, Timestamp, fold};
use tagmata_testkit::commands::filter;
use tagmata_testkit::conformance::book;
use tagmata_testkit::generate::{Case, case};
use tagmata_testkit::oracle::Oracle;

/// Holds every way of finding members, and of counting them, to the members that are expected.
fn check_paths(book: &Book, filter: impl Into<FilterSource> + Clone, expected: &[u32]) -> Held {
    for paths in Paths::ALL {
        let found = book.select_by(filter.clone(), paths).unwrap().to_numbers();
        prop_assert_eq!(found.as_slice(), expected, "{:?}", paths);
        let count = book.count_by(filter.clone(), paths).unwrap();
        prop_assert_eq!(count, expected.len() as u64, "count, {:?}", paths);
    }
    Ok(())
}

/// A drawn world as a book keeps it: every contact has a status and is dated, and no two have one external id.
fn as_kept(mut case: Case, now: Timestamp) -> Case {
    let status = case.schema["statuses"][0]["key"].as_str().unwrap_or("lead").to_owned();
    let mut external_ids = BTreeSet::new();
    for (_, contact) in &mut case.contacts {
        for (key, value) in [
            ("status", json!(status)),
            ("status_changed_at", json!(now.to_string())),
            ("created_at", json!(now.to_string())),
            ("updated_at", json!(now.to_string())),
        ] {
            if contact.get(key).and_then(Value::as_str).is_none_or(|text| text.trim().is_empty()) {
                contact[key] = value;
            }
        }
        if let Some(id) = contact.get("external_id").and_then(Value::as_str)
            && !external_ids.insert(fold(id).into_owned())
        {
            contact["external_id"] = Value::Null;
        }
    }
    case
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_path_finds_what_the_oracle_does(case in case(3)) {
        let now = Timestamp::from_micros(case.now.timestamp_micros()).unwrap();
        let case = as_kept(case, now);
        let book = book(&case.settings, &case.schema, &case.contacts, now);
        let filter = tagmata_testkit::conformance::read_filter(&case.filter, book.schema()).unwrap();
        let oracle = Oracle::new(&case.schema, &case.settings);
        let expected: Vec<u32> = (0..case.contacts.len())
            .filter(|at| oracle.matches(&case.filter, &case.contacts, *at, case.now))
            .map(|at| u32::try_from(at).unwrap())
            .collect();
        check_paths(&book, filter.clone(), &expected)
            .map_err(|error| TestCaseError::fail(format!("{filter}: {error}")))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(40), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_path_finds_the_same_after_changes(steps in walks(), filters in vec(filter(), 8)) {
        walk(&steps, |turn| {
            for filter in &filters {
                // What the filter names may be gone by now, or broken.
                let Ok(filter) = turn.after.filter(filter.as_str()) else { continue };
                let matches = |id: &u32| turn.after.matches(ContactId::new(*id), filter.clone()).unwrap();
                let everybody = turn.after.select("everyone").unwrap().to_numbers();
                let expected: Vec<u32> = everybody.into_iter().filter(matches).collect();
                check_paths(turn.after, filter.clone(), &expected)
                    .map_err(|error| TestCaseError::fail(format!("{filter}: {error}")))?;
            }
            Ok(())
        })?;
    }
}
