//! A change of many contacts is that of each of them, its undo is that of none, and both leave the book sound.

use proptest::prelude::{ProptestConfig, any, proptest};
use tagmata::{
    Book, Change, Contact, ContactId, Draft, Effects, NewField, NewSegment, Number, Outcome, Patch, Result,
    Timestamp, ValueType,
};

/// So many that they are changed in other ways than a few.
const CONTACTS: u32 = 1500;

const STATUSES: [&str; 3] = ["lead", "active", "vip"];
const TAGS: [&[&str]; 4] = [&[], &["a"], &["a", "b"], &["b", "c", "d"]];

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn pick<T: Copy>(from: &[T], number: u32) -> T {
    from[number as usize % from.len()]
}

/// Contacts of all kinds, each value in a rhythm of its own; in one batch, so that it does not take long.
fn book() -> Book {
    let mut book = Book::builder().build(now());
    book.define_field(NewField::new("billed", ValueType::Number), now()).unwrap();
    book.define_field(NewField::new("newsletter", ValueType::Bool), now()).unwrap();
    book.define_tag("d", now()).unwrap();
    book.create_segments(["Nord", "Sud"].map(NewSegment::fixed), now()).unwrap();
    book.create_segment(NewSegment::dynamic("VIPs", "status = vip or tags has d"), now()).unwrap();
    book.create_segment(NewSegment::dynamic("Empty", "organization is empty"), now()).unwrap();
    let made = book.batch(now(), |book| (0..CONTACTS).try_for_each(|number| create(book, number)));
    made.unwrap();
    book
}

fn create(book: &mut Book, number: u32) -> Result<()> {
    let mut draft = Draft::new()
        .set("status", pick(&STATUSES, number))
        .set("tags", pick(&TAGS, number / 2).iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>());
    if !number.is_multiple_of(3) {
        draft = draft.set("billed", f64::from(number) / 100.0).set("newsletter", number.is_multiple_of(2));
    }
    if !number.is_multiple_of(7) {
        let organization = format!("{} {}", pick(&["ferme", "Ferme", "FERME"], number), number % 40);
        draft = draft.set("organization", organization).set("segments", ["Nord"]);
    }
    book.create_contact(draft.set("email", format!("c{number}@example.org")), now()).map(|_| ())
}

fn contacts(book: &Book) -> Vec<Contact> {
    (0..CONTACTS).filter_map(|number| book.contact(ContactId::new(number)).ok()).collect()
}

/// The effects of a change, and the values of everybody after it.
type Seen = (Effects, Vec<Contact>);

fn undone(act: impl Fn(&mut Book) -> Result<Outcome>, of_some: &str) -> Seen {
    let mut book = book();
    let before = contacts(&book);
    let outcome = act(&mut book).unwrap();
    assert_eq!(book.check(), [""; 0], "after {of_some}");
    let after = contacts(&book);
    let back = book.undo(&outcome.commit, now()).unwrap();
    assert_eq!(contacts(&book), before, "after the undo of {of_some}");
    assert_eq!(book.check(), [""; 0], "after the undo of {of_some}");
    assert_eq!(
        (&back.effects.left, &back.effects.entered),
        (&outcome.effects.entered, &outcome.effects.left)
    );
    (outcome.effects, after)
}

#[test]
fn many_get_a_status_each_from_its_own() {
    let (_, after) = undone(|book| book.set_status("everyone", "vip", now()), "a status");
    assert!(after.len() == CONTACTS as usize);
    let mut book = book();
    book.set_status("everyone", "vip", now()).unwrap();
    assert_eq!(book.count("status = vip").unwrap(), u64::from(CONTACTS));
    for (number, entries) in [(0, 1), (1, 1), (2, 0)] {
        let history = book.history(ContactId::new(number)).unwrap();
        let changes = history.iter().filter(|entry| matches!(entry.change, Change::Status { .. }));
        assert_eq!(changes.count(), entries, "{number} was {}", pick(&STATUSES, number));
    }
}

#[test]
fn many_get_the_same_values() {
    let patch = || {
        let texts = Patch::new().set("organization", "Ferme 1").set("email", "one@example.org");
        texts.set("billed", 12.5).set("newsletter", true).clear("source").set("tags", ["d", "e"])
    };
    let (_, after) = undone(|book| book.update_contacts("everyone", patch(), now()), "an update");
    assert_eq!(after.len(), CONTACTS as usize);
    let mut book = book();
    book.update_contacts("everyone", patch(), now()).unwrap();
    let all = r#"organization = "Ferme 1" and email = "one@example.org" and billed = 12.5 and newsletter is true
        and tags has all (d, e) and tags has only (d, e)"#;
    assert_eq!(book.count(all).unwrap(), u64::from(CONTACTS));
    book.update_contacts("everyone", Patch::new().clear("organization").clear("tags"), now()).unwrap();
    assert_eq!(book.count("organization is empty and tags is empty").unwrap(), u64::from(CONTACTS));
    assert_eq!(book.check(), [""; 0]);
}

#[test]
fn many_are_deleted_and_come_back() {
    let (effects, after) = undone(|book| book.delete_contacts("billed is not empty", now()), "a deletion");
    assert_eq!(after.len(), CONTACTS as usize / 3);
    let mut book = book();
    let nord = book.schema().segment("Nord").unwrap();
    let left = book.select(r#"segments has Nord and billed is not empty"#).unwrap();
    assert_eq!(effects.left[&nord], left);
    book.delete_contacts("everyone", now()).unwrap();
    assert_eq!((book.count("everyone").unwrap(), book.check()), (0, Vec::new()));
}

#[test]
fn an_undo_of_several_tags_looks_at_each() {
    undone(|book| book.add_tags("everyone", ["a", "c", "new"], now()), "tags");
    let mut book = book();
    let outcome = book.add_tags("everyone", ["a", "new"], now()).unwrap();
    book.remove_tags(ContactId::new(0), ["new"], now()).unwrap();
    let forced = book.undo_by_force(&outcome.commit, now()).unwrap();
    assert_eq!(
        (book.schema().tag("new"), book.count("tags has a").unwrap()),
        (None, u64::from(CONTACTS / 2))
    );
    assert!(!forced.commit.is_empty());
    assert_eq!(book.check(), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    /// The amount of a double is that of its shortest numeral, however it is found.
    #[test]
    fn doubles_are_the_amounts_that_they_are_written_as(bits in any::<u64>(), micros in any::<i64>(), shift in 0..60_u32) {
        let amounts = [micros, micros >> shift, (micros >> shift).saturating_mul(10_000)].map(|micros| Number::new(micros as f64 / 1e6));
        let any = [f64::from_bits(bits), f64::from_bits(bits >> 12 | 0x3ff0 << 48)].map(Number::new);
        for number in amounts.into_iter().chain(any).flatten() {
            let written: Number = format!("{:e}", number.value()).parse().unwrap();
            assert_eq!(number, written);
        }
    }
}
