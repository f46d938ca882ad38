//! Books with a past, filters, and the oracle.

use crate::dice::drawn;
use tagmata::{ContactId, Paths, Timestamp};
use tagmata_testkit::conformance::{book, read_filter};
use tagmata_testkit::generate::{Aged, aged};
use tagmata_testkit::oracle::Oracle;
use tagmata_testkit::past::{Past, as_kept, contacts_of};

/// So many things happen at most: books that grow for ever are slow, and nothing else.
const MOST: usize = 48;

/// Whatever happened to a book, its answers are those of the oracle, in whichever way they are found.
pub(crate) fn with_a_past(bytes: &[u8]) {
    let Some((Aged { case, deeds, filters }, choices)) = drawn(&aged(2), bytes) else { return };
    let now = Timestamp::from_micros(case.now.timestamp_micros()).unwrap();
    let case = as_kept(case, now);
    let mut past = Past::of(book(&case.settings, &case.schema, &case.contacts, now));
    for choice in choices.iter().take(MOST) {
        past.perform(&deeds[choice % deeds.len()]);
    }
    let book = &past.book;
    let oracle = Oracle::new(&case.schema, &case.settings);
    let contacts = contacts_of(book);
    let everybody = book.select("everyone").unwrap().to_numbers();
    for question in filters.iter().chain([&case.filter]) {
        let filter = read_filter(question, book.schema()).unwrap();
        let expected = |id: &u32| oracle.matches(question, &contacts, *id as usize, case.now);
        let expected: Vec<u32> = everybody.iter().copied().filter(expected).collect();
        let matched = |id: &u32| book.matches(ContactId::new(*id), filter.clone()).unwrap();
        let matched: Vec<u32> = everybody.iter().copied().filter(matched).collect();
        assert_eq!(matched, expected, "{filter} contact by contact");
        for paths in Paths::ALL {
            let found = book.select_by(filter.clone(), paths).unwrap().to_numbers();
            assert_eq!(found, expected, "{filter} by {paths:?}");
        }
    }
}
