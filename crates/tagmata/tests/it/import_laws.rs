//! Laws of imports: what was exported comes back, a file is its rows one after the other, and nothing is half done.

use crate::csv_laws::{Person, TAGS, draft, hostile, person, text};
use crate::import_books::{book, everything, id, now};
use crate::random::budget;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use proptest::sample::select;
use std::io::Cursor;
use tagmata::{
    Book, Code, CsvOptions, Draft, ExportNames, ExportOptions, ImportOptions, ImportReport, InvalidValues,
    MatchKey, NewSegment, UnknownSegments, Update,
};

/// A book with tags and segments whose names files are easily wrong about.
fn adversarial() -> Book {
    let mut book = book();
    for tag in TAGS {
        book.define_tag(tag, now()).unwrap();
        book.create_segment(NewSegment::fixed(format!("S {tag}")), now()).unwrap();
    }
    book
}

fn exported(book: &Book, options: ExportOptions) -> Vec<u8> {
    let mut file = Vec::new();
    book.export(&mut file, "everyone", None, options).unwrap();
    file
}

fn import(book: &mut Book, file: &[u8], options: &ImportOptions) -> ImportReport {
    book.import(Cursor::new(file), options, now()).unwrap()
}

const KEYS: &[&[MatchKey]] = &[
    &MatchKey::DEFAULT,
    &[MatchKey::ExternalId],
    &[MatchKey::Email],
    &[MatchKey::AccountNumber, MatchKey::Email],
    &[MatchKey::Mobile, MatchKey::AccountNumber, MatchKey::ExternalId],
    &[],
];

/// The keys of a person, some of which others have too.
type Keys = (bool, Option<u8>, Option<&'static str>);

fn keys() -> impl Strategy<Value = Keys> {
    (any::<bool>(), option::of(0..6_u8), option::of(select(&["+33612345678", "+15555555555"][..])))
}

/// A person with keys: an external id of its own with any text in it, an address, a phone number.
fn with_keys(person: &Person, mark: &str, number: usize, (has_id, email, mobile): Keys) -> Draft {
    let mut draft = draft(person);
    if has_id {
        draft = draft.set("external_id", format!("{mark}|{number}"));
    }
    if let Some(email) = email {
        draft = draft.set("email", format!("Shared{email}@example.com"));
    }
    match mobile {
        Some(mobile) => draft.set("mobile", mobile),
        None => draft,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(80), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_export_that_is_imported_into_its_own_book_changes_nothing(
        people in vec((person(), text(), keys()), 1..8),
        labels in any::<bool>(),
        replace_segments in any::<bool>(),
        update in select(&[Update::Always, Update::FillEmpty, Update::Never][..]),
        by in select(KEYS),
    ) {
        let mut book = adversarial();
        for (number, (person, mark, keys)) in people.iter().enumerate() {
            book.create_contact(with_keys(person, mark, number, *keys), now()).unwrap();
        }
        book.record(id(0), "payment", "2026-05-01T00:00:00Z".parse().unwrap(), None, None, now()).unwrap();
        let (before, commits) = (everything(&book), book.last_commit());
        let names = if labels { ExportNames::Labels } else { ExportNames::Keys };
        let file = exported(&book, ExportOptions::new().names(names));
        // Who has no key that leads to one contact is nobody's row: it may not become another contact.
        let options = ImportOptions::new().match_by(by.iter().copied()).create(false).update(update);
        let report = import(&mut book, &file, &options.replace_segments(replace_segments));
        let shown = String::from_utf8_lossy(&file);
        prop_assert_eq!((report.created, report.updated), (0, 0), "{}", shown);
        prop_assert!(report.outcome.commit.is_empty(), "{:?}\n{}", report.outcome.commit.facts(), shown);
        prop_assert_eq!((everything(&book), book.last_commit()), (before, commits));
        // No value is refused, only rows that are nobody's or everybody's.
        let matching = [Code::NobodyMatches, Code::SeveralContacts];
        prop_assert!(report.problems.iter().all(|p| p.is_warning() || matching.contains(&p.code)), "{:#?}", report.problems);
    }

    #[test]
    fn an_export_makes_the_same_book_again(
        people in vec((person(), text(), keys()), 1..8),
        labels in any::<bool>(),
        create in any::<bool>(),
    ) {
        let mut book = adversarial();
        for (number, (person, mark, keys)) in people.iter().enumerate() {
            // What a file needs for a new contact.
            let name = |text: &str| if text.trim().is_empty() { "=x".to_owned() } else { text.to_owned() };
            let needed = with_keys(person, mark, number, *keys)
                .set("first_name", name(&person.texts[0]))
                .set("last_name", name(&person.texts[1]))
                .set("country", "FR")
                .set("email", format!("own{number}@example.com"));
            book.create_contact(needed, now()).unwrap();
        }
        let names = if labels { ExportNames::Labels } else { ExportNames::Keys };
        let file = exported(&book, ExportOptions::new().names(names));
        let mut other = adversarial();
        let policy = if create { UnknownSegments::Create } else { UnknownSegments::Reject };
        let options = ImportOptions::new().match_by([MatchKey::ExternalId, MatchKey::Email]).unknown_segments(policy);
        let report = import(&mut other, &file, &options);
        let shown = String::from_utf8_lossy(&file);
        prop_assert_eq!(report.created, people.len() as u64, "{:#?}\n{}", report.problems, shown);
        prop_assert!(exported(&other, ExportOptions::new().names(names)) == file, "{}", shown);
        // Both ways of making a contact come to the same.
        prop_assert_eq!(everything(&other), everything(&book));
    }
}

/// A row of a file in which contacts meet in every way.
#[derive(Debug, Clone)]
struct Line([&'static str; 11]);

const HEADER: &str = "external_id,email,mobile,account_number,country,first_name,last_name,status,tags,segments,last_interaction";

fn line() -> impl Strategy<Value = Line> {
    let mostly = |value: &'static str, other: &'static str| prop_oneof![5 => Just(value), 1 => Just(other)];
    let keys = (
        select(&["", "", "A", "a", "B", "C", "OLD", "D"][..]),
        select(
            &[
                "",
                "a@example.com",
                "A@example.com",
                "b@example.com",
                "c@example.com",
                "old@example.com",
                "bad@",
            ][..],
        ),
        select(&["", "", "+33600000001", "0600000002", "12"][..]),
        select(&["", "", "1", "2"][..]),
    );
    let names = (mostly("FR", ""), select(&["Zoé", "ZOÉ", "Léo", ""][..]), mostly("M", ""));
    let rest = (
        select(&["", "", "lead", "vip", "asleep"][..]),
        select(&["", "x", "X; y", "z; neu"][..]),
        select(&["", "Nord", "NORD; Sud", "Sud", "VIPs; Nord", "West", "VIPs", "WEST; Ost"][..]),
        select(&["", "", "2026-01-01", "2026-06-01", "2026-06-01 00:00"][..]),
    );
    (keys, names, rest).prop_map(
        |((external, email, mobile, account), (country, first, last), (a, b, c, d))| {
            Line([external, email, mobile, account, country, first, last, a, b, c, d])
        },
    )
}

fn file(lines: &[Line]) -> String {
    let rows: String = lines.iter().map(|Line(cells)| cells.join(",") + "\n").collect();
    format!("{HEADER}\n{rows}")
}

fn options() -> impl Strategy<Value = ImportOptions> {
    let unknown = select(&[UnknownSegments::Skip, UnknownSegments::Reject, UnknownSegments::Create][..]);
    let update =
        prop_oneof![2 => Just(Update::Always), 1 => Just(Update::FillEmpty), 1 => Just(Update::Never)];
    (select(KEYS), unknown, update, any::<[bool; 3]>()).prop_map(
        |(keys, unknown, update, [replace, create, skip])| {
            let invalid = if skip { InvalidValues::Skip } else { InvalidValues::Reject };
            ImportOptions::new()
                .match_by(keys.iter().copied())
                .unknown_segments(unknown)
                .update(update)
                .replace_segments(replace)
                .create(create)
                .reading(CsvOptions::new().invalid_values(invalid))
        },
    )
}

/// Contacts of which one has taken over another, one has a recorded interaction, and two share an address.
fn few() -> Book {
    let mut book = book();
    book.create_segment(NewSegment::fixed("Nord"), now()).unwrap();
    book.create_segment(NewSegment::dynamic("VIPs", "status = vip and not segments has Nord"), now())
        .unwrap();
    let people: [(&str, &str, &str, &str); 4] = [
        ("A", "a@example.com", "+33600000001", ""),
        ("", "b@example.com", "", "1"),
        ("B", "b@example.com", "", "1"),
        ("OLD", "old@example.com", "", "2"),
    ];
    for (external, email, mobile, account) in people {
        let draft = Draft::new().set("external_id", external).set("email", email).set("mobile", mobile);
        let draft = draft.set("account_number", account).set("tags", ["x"]).set("segments", ["Nord"]);
        book.create_contact(draft.set("first_name", "Zoé"), now()).unwrap();
    }
    book.merge_contacts(id(0), [id(3)], now()).unwrap();
    book.record(id(1), "payment", "2026-06-01T00:00:00Z".parse().unwrap(), None, None, now()).unwrap();
    book
}

/// The codes of each row, but for what only a file says of its own rows.
fn codes(report: &ImportReport, first_row: u64) -> Vec<(u64, Code)> {
    let problems = report.problems.iter().filter(|problem| problem.code != Code::ContactTwice);
    problems.map(|problem| (first_row + problem.row, problem.code)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_comes_to_the_same_as_its_rows_one_after_the_other(lines in vec(line(), 1..12), options in options()) {
        let (mut at_once, mut one_by_one) = (few(), few());
        let whole = import(&mut at_once, file(&lines).as_bytes(), &options);
        let (mut created, mut rejected, mut told) = (0, 0, Vec::new());
        for (row, line) in (0_u64..).zip(&lines) {
            let report = import(&mut one_by_one, file(std::slice::from_ref(line)).as_bytes(), &options);
            created += report.created;
            rejected += report.rejected;
            told.extend(codes(&report, row));
        }
        prop_assert_eq!(everything(&at_once), everything(&one_by_one), "{}", file(&lines));
        prop_assert_eq!((whole.created, whole.rejected), (created, rejected));
        prop_assert_eq!(codes(&whole, 0), told);
        let names = |book: &Book| -> Vec<String> {
            book.schema().tags().chain(book.schema().segments()).map(str::to_owned).collect()
        };
        prop_assert_eq!(names(&at_once), names(&one_by_one));
    }

    #[test]
    fn the_number_of_threads_changes_nothing(lines in vec(line(), 1..40), options in options()) {
        let text = file(&lines);
        let (mut alone, before) = (few(), few());
        let expected = import(&mut alone, text.as_bytes(), &options.clone().threads(0));
        let default = (None, None);
        for (threads, rows) in [(Some(0), Some(1)), (Some(1), Some(1)), (Some(3), Some(2)), (Some(5), Some(1)), default] {
            let options = threads.into_iter().fold(options.clone(), ImportOptions::threads);
            let options = rows.into_iter().fold(options, ImportOptions::rows_at_once);
            let mut book = before.clone();
            prop_assert_eq!(&import(&mut book, text.as_bytes(), &options), &expected, "{:?}", (threads, rows));
            prop_assert_eq!(everything(&book), everything(&alone));
        }
    }

    #[test]
    fn imports_are_counted_tried_replayed_and_undone(lines in vec(line(), 1..12), options in options()) {
        let mut book = few();
        let (before, mut replica) = (everything(&book), book.clone());
        let text = file(&lines);
        let preview = book.preview_import(Cursor::new(&text), &options, now()).unwrap();
        prop_assert_eq!(&everything(&book), &before);
        let report = import(&mut book, text.as_bytes(), &options);
        prop_assert_eq!(&report, &preview);

        // Each row is the first one for its contact, one more for it, or rejected.
        let twice = report.problems.iter().filter(|problem| problem.code == Code::ContactTwice).count();
        let contacts = report.created + report.updated + report.unchanged;
        prop_assert_eq!(contacts + report.rejected + twice as u64, lines.len() as u64);
        prop_assert_eq!(book.count("everyone").unwrap(), 3 + report.created);
        prop_assert_eq!(report.rejected_csv.lines().count() as u64, 1 + report.rejected);
        prop_assert_eq!(report.outcome.commit.is_empty(), report.created + report.updated == 0);

        let after = everything(&book);
        replica.replay(&report.outcome.commit).unwrap();
        prop_assert_eq!(everything(&replica), after.clone());
        let undone = book.undo(&report.outcome.commit, now()).unwrap();
        prop_assert_eq!(everything(&book), before);
        book.undo(&undone.commit, now()).unwrap();
        prop_assert_eq!(everything(&book), after);
    }

    #[test]
    fn any_bytes_are_imported_or_change_nothing(bytes in hostile(), options in options()) {
        let mut book = few();
        let before = everything(&book);
        let rows = match book.import(Cursor::new(&bytes), &options, now()) {
            Ok(report) => {
                let twice = report.problems.iter().filter(|problem| problem.code == Code::ContactTwice).count();
                let rows = report.created + report.updated + report.unchanged + report.rejected + twice as u64;
                book.undo(&report.outcome.commit, now()).unwrap();
                Some(rows)
            }
            Err(error) => {
                prop_assert!(!error.to_string().is_empty());
                None
            }
        };
        prop_assert_eq!(everything(&book), before);
        let plain = CsvOptions::new();
        let read = tagmata::CsvReader::open(Cursor::new(bytes), book.schema(), &plain).ok();
        prop_assert_eq!(read.map(|reader| reader.row_count()), rows);
    }
}
