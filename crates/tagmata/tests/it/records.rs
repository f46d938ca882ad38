//! Contacts handed out: in batches, and as plain data.

use insta::assert_snapshot;
use tagmata::{
    Book, ContactId, Draft, Field, Input, NewField, NewSegment, Record, Selection, Timestamp, ValueType,
};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// A book with a field of each custom type and segments of both kinds; one contact has a value of every field, one of none.
fn book() -> Book {
    let mut book = Book::builder().build(now());
    for field in [
        NewField::new("note", ValueType::Text),
        NewField::new("billed", ValueType::Number),
        NewField::new("opt_in", ValueType::Bool),
        NewField::new("birthday", ValueType::Date),
        NewField::new("renewal", ValueType::DateTime),
        NewField::new("plan", ValueType::Select).labelled_option("pro", "Professionnel"),
        NewField::new("software", ValueType::MultiSelect)
            .option("Xero")
            .labelled_option("myob", "MYOB Business"),
    ] {
        book.define_field(field, now()).unwrap();
    }
    book.create_segment(NewSegment::dynamic("VIPs", "status = vip"), now()).unwrap();
    book.create_segment(NewSegment::fixed("Sud"), now()).unwrap();
    book.create_segment(NewSegment::fixed("Nord"), now()).unwrap();
    let zoe = Draft::new()
        .set("external_id", "X-1")
        .set("account_number", "A-1")
        .set("first_name", " Zoé ")
        .set("last_name", "Martin")
        .set("email", "Zoe@Example.com")
        .set("mobile", "06 12 34 56 78")
        .set("country", "fr")
        .set("organization", "ACME")
        .set("source", "Fair")
        .set("status", "VIP")
        .set("tags", ["shop", "web"])
        .set("segments", ["nord", "sud"])
        .set("created_at", "2026-01-31T12:00:00+02:00")
        .set("last_interaction", "2026-02-01T00:00:00Z")
        .set("note", "first line\nsecond line")
        .set("billed", "-0.5")
        .set("opt_in", "false")
        .set("birthday", "1990-05-01")
        .set("renewal", "2027-01-01T00:00:00Z")
        .set("plan", "Professionnel")
        .set("software", ["MYOB Business", "xero"]);
    book.create_contact(zoe, now()).unwrap();
    book.create_contact(Draft::new().set("organization", "ACME"), now()).unwrap();
    book
}

fn record(book: &Book, contact: u32) -> Record<'_> {
    book.record_of(&book.contact(ContactId::new(contact)).unwrap())
}

#[test]
fn a_record_has_every_field_in_plain_form() {
    let book = book();
    let at = |text: &str| Input::DateTime(text.parse().unwrap());
    let expected: Vec<(&str, Input)> = vec![
        ("external_id", "X-1".into()),
        ("account_number", "A-1".into()),
        ("first_name", "Zoé".into()),
        ("last_name", "Martin".into()),
        ("name", "Zoé Martin".into()),
        ("email", "Zoe@Example.com".into()),
        ("mobile", "+33612345678".into()),
        ("country", "FR".into()),
        ("organization", "ACME".into()),
        ("source", "Fair".into()),
        ("status", "vip".into()),
        ("status_changed_at", at("2026-11-24T09:00:00Z")),
        ("tags", ["shop", "web"].into()),
        ("segments", ["VIPs", "Sud", "Nord"].into()),
        ("created_at", at("2026-01-31T10:00:00Z")),
        ("updated_at", at("2026-11-24T09:00:00Z")),
        ("last_interaction", at("2026-02-01T00:00:00Z")),
        ("note", "first line\nsecond line".into()),
        ("billed", (-0.5).into()),
        ("opt_in", false.into()),
        ("birthday", Input::Date("1990-05-01".parse().unwrap())),
        ("renewal", at("2027-01-01T00:00:00Z")),
        ("plan", "pro".into()),
        ("software", ["Xero", "myob"].into()),
    ];
    let zoe = record(&book, 0);
    assert_eq!((zoe.id, zoe.values), (ContactId::new(0), expected));
    assert_eq!(zoe.static_segments, ["Sud", "Nord"]);
}

#[test]
fn missing_values_are_there_and_missing() {
    let book = book();
    let acme = record(&book, 1);
    let present: Vec<_> =
        acme.values.iter().filter(|(_, value)| !value.is_missing()).map(|(key, _)| *key).collect();
    assert_eq!(present, ["organization", "status", "status_changed_at", "created_at", "updated_at"]);
    assert!(acme.values.iter().all(|(_, value)| !value.is_missing() || *value == Input::Missing));
    assert_eq!(acme.values.len(), book.schema().fields().count() - 1);
    assert_eq!(
        (acme.get("segments"), acme.get("id"), acme.get("colour")),
        (Some(&Input::Missing), None, None)
    );
    assert!(acme.static_segments.is_empty());
}

#[test]
fn a_contact_made_of_a_record_has_the_same_values() {
    let mut book = book();
    // What the book makes itself cannot be set; what a dynamic segment holds follows from the rest.
    let made = ["name", "status_changed_at", "updated_at", "external_id"];
    for number in [0, 1] {
        let record = record(&book, number);
        let mut draft = Draft::new().set(
            "segments",
            record.static_segments.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(),
        );
        for (key, value) in &record.values {
            if !made.contains(key) && *key != "segments" {
                draft = draft.set(*key, value.clone());
            }
        }
        let copy = book.create_contact(draft, now()).unwrap().id;
        let (old, new) = (book.contact(ContactId::new(number)).unwrap(), book.contact(copy).unwrap());
        for field in book.schema().fields().map(Field::id) {
            if ![Field::ID, Field::EXTERNAL_ID].contains(&field) {
                assert_eq!(new.get(field), old.get(field), "{}", book.schema().field_key(field));
            }
        }
    }
}

#[test]
fn records_together_are_records_one_by_one_and_leave_broken_segments_out() {
    let mut book = book();
    book.create_segment(NewSegment::dynamic("Northerners", "segments has Nord"), now()).unwrap();
    assert_eq!(record(&book, 0).get("segments"), Some(&["VIPs", "Sud", "Nord", "Northerners"].into()));
    book.delete_segment("Nord", true, now()).unwrap();
    assert_eq!(record(&book, 0).get("segments"), Some(&["VIPs", "Sud"].into()));
    let contacts: Vec<_> = book.batches("everyone", 10).unwrap().flatten().collect();
    let one_by_one: Vec<_> = contacts.iter().map(|contact| book.record_of(contact)).collect();
    assert_eq!(book.records(&contacts), one_by_one);
}

#[test]
fn batches_are_the_selection_in_order() {
    let mut book = Book::builder().build(now());
    for number in 0..7 {
        let draft = Draft::new().set("first_name", if number == 3 { "Zoé" } else { "Ana" });
        book.create_contact(draft, now()).unwrap();
    }
    let numbers = |selection: Selection, size: u64| -> Vec<Vec<u32>> {
        let batches = book.batches(selection, size).unwrap();
        let count = batches.len();
        let batches: Vec<Vec<u32>> =
            batches.map(|batch| batch.iter().map(|contact| contact.id().get()).collect()).collect();
        assert_eq!(batches.len(), count, "the number is known ahead");
        batches
    };
    let anas = || Selection::filter("first_name = Ana");
    assert_eq!(numbers(anas(), 4), [vec![0, 1, 2, 4], vec![5, 6]]);
    assert_eq!(numbers(anas(), 3), [[0, 1, 2], [4, 5, 6]]);
    assert_eq!(numbers(anas().except([ContactId::new(0)]), 100_000), [[1, 2, 4, 5, 6]]);
    assert_eq!(numbers([6, 0].map(ContactId::new).into(), 1), [[0], [6]]);
    assert_eq!(numbers(Selection::filter("nobody"), 1), Vec::<Vec<u32>>::new());
    let whole = book.batches("first_name = Zoé", 1).unwrap().next().unwrap();
    assert_eq!(whole, [book.contact(ContactId::new(3)).unwrap()]);
}

#[test]
fn what_a_batch_cannot_be() {
    let book = book();
    let refused = |selection: Selection, size| book.batches(selection, size).unwrap_err().render();
    let everyone = || Selection::filter("everyone");
    assert_snapshot!(refused(everyone(), 0), @"error[E1401]: a batch has 1 to 100,000 contacts, not 0");
    assert_snapshot!(refused(everyone(), 100_001), @"error[E1401]: a batch has 1 to 100,000 contacts, not 100001");
    assert_snapshot!(refused(everyone().expect(3), 10), @r"
    error[E1201]: the selection has 2 contacts, not 3
     |
     = help: look at it again, then repeat the action with the new count; nothing has changed
    ");
}
