//! Interactions are recorded many at once, late and ahead of time, and deleted.

use tagmata::{
    Book, Code, ContactId, Draft, Error, Fact, Interaction, InteractionParts, InteractionQuery,
    NewInteractions, NewSegment, Result, Timestamp,
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-24T09:00:00Z")
}

fn id(number: u32) -> ContactId {
    ContactId::new(number)
}

fn book() -> Book {
    let mut book = Book::builder().build(now());
    // Commits are to hold what was recorded, and nothing that follows from it.
    book.set_automation(Some(false), [], now()).unwrap();
    for name in ["Ana", "Ben", "Cleo"] {
        book.create_contact(Draft::new().set("first_name", name), now()).unwrap();
    }
    book
}

/// Of each: whose, kind, time, amount, label.
type Row = (u32, &'static str, &'static str, Option<&'static str>, Option<&'static str>);

const ROWS: [Row; 7] = [
    (1, "payment", "2026-11-20T10:00:00Z", Some("10"), Some("Plan A")),
    (0, "payment", "2026-10-01T10:00:00Z", Some("20.5"), None),
    (0, "message", "2026-11-23T10:00:00Z", None, None),
    (0, "payment", "2026-12-01T10:00:00Z", Some("1"), Some("plan a")),
    (0, "email_sent", "2026-12-02T10:00:00Z", None, None),
    (1, "payment", "2026-11-20T10:00:00Z", Some("10"), Some("Plan A")),
    (0, "payment", "2026-09-01T10:00:00Z", None, Some(" ")),
];

fn new(rows: &[Row]) -> NewInteractions {
    let mut new = NewInteractions::new();
    for (contact, kind, time, amount, label) in rows {
        new.push(id(*contact), kind, at(time), amount.map(|amount| amount.parse().unwrap()), *label);
    }
    new
}

/// The interactions of a contact, in their order: kind, day, amount, label.
fn seen(book: &Book, contact: u32) -> Vec<String> {
    let line = |one: &Interaction| {
        let day = one.at.to_string().chars().skip(5).take(5).collect::<String>();
        let amount = one.amount.map(|amount| format!(" {amount}")).unwrap_or_default();
        let label = one.label.as_ref().map(|label| format!(" {}", label.as_str())).unwrap_or_default();
        format!("{} {day}{amount}{label}", book.schema().kind_key(one.kind))
    };
    book.contact(id(contact)).unwrap().interactions().iter().map(line).collect()
}

const OF_ANA: [&str; 5] =
    ["payment 09-01", "payment 10-01 20.5", "message 11-23", "payment 12-01 1 plan a", "email_sent 12-02"];
const OF_BEN: [&str; 2] = ["payment 11-20 10 Plan A", "payment 11-20 10 Plan A"];

#[test]
fn many_are_one_commit_in_the_order_of_time() {
    let mut book = book();
    let outcome = book.record_many(new(&ROWS), now()).unwrap();
    assert!(matches!(outcome.commit.facts(), [Fact::Recorded(all)] if all.len() == 7));
    assert_eq!(
        (seen(&book, 0), seen(&book, 1), seen(&book, 2).len()),
        (OF_ANA.map(str::to_owned).to_vec(), OF_BEN.map(str::to_owned).to_vec(), 0)
    );
    let answers = [
        ("count(payment) = 3", &[0][..]),
        ("count(payment in last 90 days) = 2", &[0, 1]),
        ("count(payment in last 30 days) = 2", &[1]),
        ("count(payment labelled \"PLAN A\") >= 1", &[0, 1]),
        ("sum(payment) > 20", &[0]),
        ("sum(payment) = 20", &[1]),
        ("min(payment) = 1", &[0]),
        ("avg(payment) = 10.75", &[0]),
        ("last(payment) > now", &[0]),
        ("first(message) is empty", &[1, 2]),
        // What is outgoing is not heard of; what is ahead of time counts.
        ("last_interaction on 2026-12-01", &[0]),
        ("last_interaction is empty", &[2]),
    ];
    for (filter, expected) in answers {
        assert_eq!(book.select(filter).unwrap().to_numbers(), expected, "{filter}");
    }
    book.undo(&outcome.commit, now()).unwrap();
    assert_eq!(book.count("count(payment) = 0 and last_interaction is empty").unwrap(), 3);
    assert_eq!(book.check(), [""; 0]);
}

#[test]
fn all_problems_are_told_in_their_places_and_nothing_is_recorded() {
    let mut book = book();
    let rows: [Row; 4] = [
        (0, "payment", "2026-11-20T10:00:00Z", None, None),
        (7, "paymnt", "2026-11-20T10:00:00Z", None, None),
        (1, "call", "2026-11-20T10:00:00Z", None, None),
        (9, "payment", "2026-11-20T10:00:00Z", None, None),
    ];
    let error = book.record_many(new(&rows), now()).unwrap_err();
    let told: Vec<(&str, Code)> =
        error.diagnostics().iter().map(|one| (one.place().pointer().unwrap(), one.code())).collect();
    let expected = [
        ("/1/contact", Code::NotFound),
        ("/1/kind", Code::UnknownKind),
        ("/2/kind", Code::UnknownKind),
        ("/3/contact", Code::NotFound),
    ];
    assert_eq!(told, expected);
    assert_eq!(error.contacts(), [7, 9]);
    assert_eq!(error.diagnostics()[1].help_text(), Some("did you mean `payment`?"));
    assert_eq!((book.count("count(payment) > 0").unwrap(), book.last_commit()), (0, 4));
}

/// What a host cannot read is told along with what the book does not have, part by part.
#[test]
fn problems_of_values_are_told_with_the_others() {
    let wrong = |what: &str| Error::wrong_type(what, "text", "a number");
    let mut rows: [InteractionParts; 4] = std::array::from_fn(|_| InteractionParts::new());
    let [row, bare, strange, good] = &mut rows;
    row.label(Err(wrong("label")));
    row.amount("1,5".parse());
    row.at("2026-11-31T10:00:00Z".parse());
    row.kind(Ok("paymnt".to_owned()));
    row.contact(Ok(ContactId::new(7)));
    bare.refuse_key("a/b", Error::unknown_option("record_many", "a/b", &["contact", "kind"]));
    strange.refuse(Error::wrong_type("record_many", "interactions", "text"));
    good.contact(Ok(ContactId::new(0)));
    good.kind(Ok("payment".to_owned()));
    let mut new = NewInteractions::new();
    rows.into_iter().for_each(|parts| new.push_parts(parts, now()));
    let mut book = book();
    let error = book.record_many(new, now()).unwrap_err();
    let told: Vec<(&str, &str)> =
        error.diagnostics().iter().map(|one| (one.place().pointer().unwrap(), one.message())).collect();
    let expected = [
        ("/0/contact", "there is no contact 7"),
        ("/0/kind", "there is no kind of interaction `paymnt`"),
        ("/0/at", "`2026-11-31T10:00:00Z` is not a datetime"),
        ("/0/amount", "`1,5` is not a number"),
        ("/0/label", "`label` takes text, not a number"),
        ("/1/contact", "`contact` takes the id of a contact, not nothing"),
        ("/1/kind", "`kind` takes the key of a kind, not nothing"),
        ("/1/a~1b", "`record_many` has no option `a/b`"),
        ("/2", "`record_many` takes interactions, not text"),
    ];
    assert_eq!(told, expected);
    assert_eq!(book.count("last_interaction is empty").unwrap(), 3);
}

#[test]
fn nothing_to_record_or_to_delete_is_no_change() {
    let mut book = book();
    assert!(book.record_many(NewInteractions::new(), now()).unwrap().commit.is_empty());
    assert!(book.delete_interactions("everyone", InteractionQuery::new(), now()).unwrap().commit.is_empty());
}

#[test]
fn just_those_are_deleted_that_are_asked_for() {
    let query = InteractionQuery::new;
    let table = [
        // All of a contact, of a kind, with a label in any case, of some contacts, of a time.
        (query(), "first_name = ana", 0, 2),
        (query().kind("payment"), "everyone", 2, 0),
        (query().labelled("plan A"), "everyone", 4, 0),
        (query().labelled("no such"), "everyone", 5, 2),
        (query().kind("payment"), "first_name = ben", 5, 0),
        (query().since(at("2026-11-23T10:00:00Z")), "everyone", 2, 2),
        (query().until(at("2026-11-20T10:00:00Z")), "everyone", 3, 2),
        (query().since(at("2026-11-20T10:00:00Z")).until(at("2026-11-20T10:00:01Z")), "everyone", 5, 0),
        (query().kind("payment").since(at("2026-11-01T00:00:00Z")), "everyone", 4, 0),
    ];
    for (query, whom, of_ana, of_ben) in table {
        let mut book = book();
        book.record_many(new(&ROWS), now()).unwrap();
        let outcome = book.delete_interactions(whom, query.clone(), now()).unwrap();
        assert_eq!((seen(&book, 0).len(), seen(&book, 1).len()), (of_ana, of_ben), "{query:?}");
        assert_eq!(book.check(), [""; 0]);
        if !outcome.commit.is_empty() {
            book.undo(&outcome.commit, now()).unwrap();
        }
        assert_eq!(
            (seen(&book, 0), seen(&book, 1)),
            (OF_ANA.map(str::to_owned).to_vec(), OF_BEN.map(str::to_owned).to_vec())
        );
    }
}

#[test]
fn what_cannot_be_deleted_says_why() {
    let backwards = InteractionQuery::new().since(now()).until(at("2026-11-01T00:00:00Z"));
    let table: [(InteractionQuery, &str); 2] = [
        (
            backwards,
            "error[E0407]: nothing is since 2026-11-24T09:00:00Z and until 2026-11-01T00:00:00Z; help: `since` is the earlier one; what happens at `until` is not meant any more",
        ),
        (
            InteractionQuery::new().kind("paiement"),
            "error[E0206]: there is no kind of interaction `paiement`; help: did you mean `payment`?",
        ),
    ];
    for (query, expected) in table {
        let error: Error = book().delete_interactions("everyone", query, now()).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_deletion_cannot_be_undone_for_a_contact_that_is_gone() -> Result<()> {
    let mut book = book();
    let recorded = book.record_many(new(&ROWS), now())?.commit;
    book.delete_contacts(id(1), now())?;
    let error = book.undo(&recorded, now()).unwrap_err();
    assert_eq!((error.code(), error.contacts()), (Code::ChangedSince, &[1][..]));
    // Ana's go all the same by force; of what is deleted twice, nothing is left to undo.
    book.undo_by_force(&recorded, now())?;
    assert_eq!(seen(&book, 0), [""; 0]);
    let error = book.undo(&recorded, now()).unwrap_err();
    assert_eq!(error.contacts(), [0, 1]);
    Ok(())
}

#[test]
fn effects_tell_who_entered_by_many_interactions() -> Result<()> {
    let mut book = book();
    let payers = book.create_segment(NewSegment::dynamic("Payers", "count(payment) >= 2"), now())?.id;
    let recorded = book.record_many(new(&ROWS), now())?;
    assert_eq!(recorded.effects.entered[&payers].to_numbers(), [0, 1]);
    let deleted = book.delete_interactions(id(1), InteractionQuery::new(), now())?;
    assert_eq!(deleted.effects.left[&payers].to_numbers(), [1]);
    Ok(())
}

/// 32 bytes for each without a label, whether they came at once or one by one.
#[test]
fn interactions_take_little_room() {
    const MOST: usize = 32;
    let mut book = Book::builder().build(now());
    for _ in 0..1000 {
        book.create_contact(Draft::new(), now()).unwrap();
    }
    let before = book.size_in_bytes();
    let mut many = NewInteractions::new();
    for number in 0..200_000_u32 {
        many.push(id(number * 7919 % 1000), ["payment", "message"][number as usize % 2], now(), None, None);
    }
    book.record_many(many, now()).unwrap();
    // When each contact was last heard of takes a few bytes more.
    let heard = 1000 * 16;
    assert!(book.size_in_bytes() - before < 200_000 * MOST + heard, "{}", book.size_in_bytes() - before);
    for number in 0..20_000_u32 {
        book.record(id(number * 7919 % 1000), "payment", at("2026-01-01T00:00:00Z"), None, None, now())
            .unwrap();
    }
    assert!(book.size_in_bytes() - before < 220_000 * MOST + heard, "{}", book.size_in_bytes() - before);
}
