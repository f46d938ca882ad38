//! Whichever way members are found in, they are those that the filter matches contact by contact.

use crate::book_walk::{Held, walk, walks};
use crate::random::budget;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, TestCaseError, prop_assert_eq, proptest};
use tagmata::{
    Book, ContactId, Draft, FilterSource, Limits, NewField, NewSegment, PageQuery, Paths, Timestamp,
    ValueType,
};
use tagmata_testkit::commands::filter;
use tagmata_testkit::conformance::book;
use tagmata_testkit::generate::{Aged, Deed, aged, case};
use tagmata_testkit::oracle::Oracle;
use tagmata_testkit::past::{Past, as_kept, contacts_of};

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

/// Holds lists, which are asked among those whom another filter left, to the members that are expected.
fn check_lists(book: &Book, filter: impl Into<FilterSource> + Clone, expected: &[u32]) -> Held {
    for preset in book.presets() {
        let whole = PageQuery::new().preset(preset.key.clone()).limit(1);
        let within = book.select(preset.filter.clone()).unwrap();
        prop_assert_eq!(book.page(&whole).unwrap().total, within.len(), "{}", preset.key);
        let both = expected.iter().filter(|id| within.contains(ContactId::new(**id))).count();
        let total = book.page(&whole.filter(filter.clone())).unwrap().total;
        prop_assert_eq!(total, both as u64, "{}", preset.key);
    }
    Ok(())
}

/// Holds the members of segments, and their counts, to what is found contact by contact.
fn check_segments(book: &Book) -> Held {
    for info in book.segments().into_iter().filter(|info| info.error.is_none()) {
        let members = book.members(info.id).unwrap();
        let has = |contact: &ContactId| book.segments_of(*contact).unwrap().contains(&info.id);
        let everybody = book.select("everyone").unwrap();
        let expected: Vec<u32> = everybody.iter().filter(has).map(ContactId::get).collect();
        prop_assert_eq!(members.to_numbers(), expected, "{}", info.name);
        prop_assert_eq!(info.count, Some(members.len()), "{}", info.name);
    }
    Ok(())
}

/// The answers to a filter on the stack of a worker of a small server.
fn check_on_a_small_stack(book: Book, filter: String, expected: Vec<u32>) {
    let check = move || {
        check_paths(&book, filter.as_str(), &expected).unwrap();
        check_segments(&book).unwrap();
        for id in book.select("everyone").unwrap().iter() {
            let matches = book.matches(id, filter.as_str()).unwrap();
            assert_eq!(matches, expected.binary_search(&id.get()).is_ok(), "{id:?}");
        }
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(check).unwrap().join().unwrap();
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

/// Holds all paths, and the matcher, to the oracle.
fn check_questions(past: &Past, aged: &Aged) -> Held {
    let (book, now) = (&past.book, past.book.now());
    let oracle = Oracle::new(&aged.case.schema, &aged.case.settings);
    let contacts = contacts_of(book);
    let everybody = book.select("everyone").unwrap().to_numbers();
    for question in aged.filters.iter().chain([&aged.case.filter]) {
        let filter = tagmata_testkit::conformance::read_filter(question, book.schema()).unwrap();
        let matches = |id: &u32| oracle.matches(question, &contacts, *id as usize, aged.case.now);
        let expected: Vec<u32> = everybody.iter().copied().filter(matches).collect();
        let matches = |id: &u32| book.matches(ContactId::new(*id), filter.clone()).unwrap();
        let evaluated: Vec<u32> = everybody.iter().copied().filter(matches).collect();
        prop_assert_eq!(&evaluated, &expected, "{} as of {}", filter, now);
        check_paths(book, filter.clone(), &expected)
            .and_then(|()| check_lists(book, filter.clone(), &expected))
            .map_err(|error| TestCaseError::fail(format!("{filter}: {error}")))?;
    }
    check_segments(book)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(30), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_path_finds_what_the_oracle_does_in_books_with_a_past(aged in aged(2)) {
        let now = Timestamp::from_micros(aged.case.now.timestamp_micros()).unwrap();
        let case = as_kept(aged.case.clone(), now);
        let mut past = Past::of(book(&case.settings, &case.schema, &case.contacts, now));
        for deed in &aged.deeds {
            past.perform(deed);
            if matches!(deed, Deed::Ask) {
                check_questions(&past, &aged)?;
            }
        }
        check_questions(&past, &aged)?;
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
            check_segments(turn.after)
        })?;
    }
}

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// Zoé is a lead, Léo is active; there are twenty others, who are leads without a name.
fn small_book(limits: Limits) -> Book {
    let mut book = Book::builder().limits(limits).build(now());
    for (name, status) in [("Zoé", "lead"), ("Léo", "active")].into_iter().chain([("", "lead"); 20]) {
        book.create_contact(Draft::new().set("first_name", name).set("status", status), now()).unwrap();
    }
    book
}

/// As deep as a filter may be: those without a name match, and of the others those whom the innermost condition matches.
fn nested(inner: &str) -> String {
    format!("{}{inner}{}", "not (name is not empty and ".repeat(32), ")".repeat(32))
}

#[test]
fn the_deepest_filters_fit_a_small_stack() {
    let everybody_else: Vec<u32> = (2..22).collect();
    let mut expected = everybody_else.clone();
    expected.insert(0, 0);
    check_on_a_small_stack(small_book(Limits::default()), nested("status = lead"), expected);
    let mut expected = everybody_else;
    expected.insert(0, 1);
    check_on_a_small_stack(small_book(Limits::default()), nested("status = active"), expected);

    let roomy = Limits { source: 1 << 20, ..Limits::default() };
    let many = vec!["first_name = \"zoé\""; 9_999].join(" or ");
    check_on_a_small_stack(small_book(roomy), many, vec![0]);
}

#[test]
fn the_longest_chain_of_segments_fits_a_small_stack() {
    let mut book = small_book(Limits::default());
    book.create_segment(NewSegment::dynamic("S0", "status = active"), now()).unwrap();
    for at in 1..16 {
        let filter = format!("not (segments has \"S{}\" or name contains \"nobody\")", at - 1);
        book.create_segment(NewSegment::dynamic(format!("S{at}"), filter), now()).unwrap();
    }
    // An odd number of complements of those who are active.
    let leads: Vec<u32> = (0..22).filter(|id| *id != 1).collect();
    assert_eq!(book.members("S15").unwrap().to_numbers(), leads);
    check_on_a_small_stack(book, "segments has S15".to_owned(), leads);
}

#[test]
fn the_longest_chain_of_the_deepest_segments_fits_a_small_stack() {
    let mut book = small_book(Limits::default());
    book.create_segment(NewSegment::dynamic("S0", nested("status = active")), now()).unwrap();
    for at in 1..16 {
        let filter = nested(&format!("segments has \"S{}\"", at - 1));
        book.create_segment(NewSegment::dynamic(format!("S{at}"), filter), now()).unwrap();
    }
    let expected: Vec<u32> = (1..22).collect();
    assert_eq!(book.members("S15").unwrap().to_numbers(), expected);
    check_on_a_small_stack(book, nested("segments has S15"), expected);
}

#[test]
fn last_interactions_as_stored_and_as_recorded() {
    let mut book = Book::builder().build(now());
    for (stored, kind, recorded) in [
        (Some("2026-11-20T12:00:00Z"), "payment", "2026-11-22T12:00:00Z"),
        (None, "email_sent", "2026-11-22T12:00:00Z"),
        (Some("2026-11-23T12:00:00Z"), "payment", "2026-11-01T12:00:00Z"),
        (Some("2026-11-20T12:00:00Z"), "email_sent", "2026-11-22T12:00:00Z"),
    ] {
        let draft = stored.map_or(Draft::new(), |stored| Draft::new().set("last_interaction", stored));
        let draft = draft.interaction(kind, recorded.parse().unwrap(), None, None);
        book.create_contact(draft, now()).unwrap();
    }
    book.create_contact(Draft::new(), now()).unwrap();
    let table: [(&str, &[u32]); 6] = [
        ("last_interaction is empty", &[1, 4]),
        ("last_interaction > 2026-11-21", &[0, 2]),
        ("last_interaction < 2026-11-21", &[3]),
        ("last_interaction = 2026-11-22", &[0]),
        ("last_interaction in last 2 days", &[0, 2]),
        ("last_interaction anniversary on 11-20", &[3]),
    ];
    for (filter, expected) in table {
        check_paths(&book, filter, expected).unwrap_or_else(|error| panic!("{filter}: {error}"));
    }
}

#[test]
fn numbers_at_the_ends_of_ranges() {
    let mut book = Book::builder().build(now());
    book.define_field(NewField::new("billed", ValueType::Number), now()).unwrap();
    for number in [Some(-1.0), Some(-0.0), Some(0.0), Some(5e-324), Some(1.0), None, Some(f64::MAX)] {
        let draft = number.map_or(Draft::new(), |number| Draft::new().set("billed", number));
        book.create_contact(draft, now()).unwrap();
    }
    let table: [(&str, &[u32]); 13] = [
        ("billed > 0", &[3, 4, 6]),
        ("billed >= 0", &[1, 2, 3, 4, 6]),
        ("billed < 0", &[0]),
        ("billed <= 0", &[0, 1, 2]),
        ("billed = 0", &[1, 2]),
        ("billed != 0", &[0, 3, 4, 5, 6]),
        ("billed > 1", &[6]),
        ("billed < 1", &[0, 1, 2, 3]),
        ("billed >= 1.7976931348623157e308", &[6]),
        ("billed < 1.7976931348623157e308", &[0, 1, 2, 3, 4]),
        ("billed between 0 and 1", &[1, 2, 3, 4]),
        ("not (billed between -1 and 1)", &[5, 6]),
        ("billed in (0, 1)", &[1, 2, 4]),
    ];
    for (filter, expected) in table {
        check_paths(&book, filter, expected).unwrap_or_else(|error| panic!("{filter}: {error}"));
    }
}

#[test]
fn texts_in_names_across_their_parts() {
    let mut book = Book::builder().build(now());
    for (first, last) in [
        ("Anna Maria", "de la Cruz"),
        ("Anna", "Maria de la Cruz"),
        ("", "Anna Maria"),
        ("Anna Maria", ""),
        ("Maria", "Anna"),
        ("Zo\u{308}e\u{301}", "\u{301}tienne"),
    ] {
        let draft = Draft::new().set("first_name", first).set("last_name", last);
        book.create_contact(draft, now()).unwrap();
    }
    book.create_contact(Draft::new().set("email", "jos\u{e9}@example.com"), now()).unwrap();
    let table: [(&str, &[u32]); 24] = [
        ("name contains \"a m\"", &[0, 1, 2, 3]),
        ("name contains \"a d\"", &[0, 1]),
        ("name contains \"maria de la\"", &[0, 1]),
        ("name contains \"a \"", &[0, 1, 2, 3, 4]),
        ("name contains \" \"", &[0, 1, 2, 3, 4, 5]),
        ("name starts with \"anna m\"", &[0, 1, 2, 3]),
        ("name starts with \"anna maria \"", &[0, 1]),
        ("name starts with \"anna maria d\"", &[0, 1]),
        ("name ends with \"a anna\"", &[4]),
        ("name ends with \"anna maria\"", &[2, 3]),
        ("name ends with \"maria de la cruz\"", &[0, 1]),
        ("name starts with \"anna\"", &[0, 1, 2, 3]),
        ("name ends with \"maria\"", &[2, 3]),
        ("name = \"ANNA MARIA\"", &[2, 3]),
        ("name in (\"maria anna\", \"anna\", \"anna maria de la cruz\")", &[0, 1, 4]),
        ("search \"maria de\"", &[0, 1]),
        ("search \"zoe ti\"", &[5]),
        ("search \"ZÖÉ T\"", &[5]),
        ("name is empty", &[6]),
        ("name is not empty", &[0, 1, 2, 3, 4, 5]),
        ("search \"jose@\"", &[6]),
        // Where one text is stored behind the other, nothing lies across them; and what ends a text is in it.
        ("first_name contains \"am\"", &[]),
        ("first_name contains \"aa\"", &[]),
        ("first_name contains \"na\"", &[0, 1, 3]),
    ];
    for (filter, expected) in table {
        check_paths(&book, filter, expected).unwrap_or_else(|error| panic!("{filter}: {error}"));
    }
}
