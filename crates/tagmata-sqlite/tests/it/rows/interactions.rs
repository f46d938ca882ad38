//! Rows of `interactions`.

use super::desk::{Desk, second};
use tagmata::{ContactId, Draft, InteractionQuery, NewInteractions, Outcome};

fn rows(desk: &Desk) -> Vec<String> {
    desk.rows(
        "SELECT contact_id, at, sequence, name, amount_micros, label FROM interactions
         JOIN names ON space = 'kind' AND number = kind_id ORDER BY contact_id, at, sequence",
    )
}

/// Of a contact at a second: kind, amount, label.
type New = (u32, i64, &'static str, Option<&'static str>, Option<&'static str>);

fn record(desk: &mut Desk, all: &[New]) -> Outcome {
    let mut new = NewInteractions::new();
    for (contact, at, kind, amount, label) in all {
        let amount = amount.map(|amount| amount.parse().unwrap());
        new.push(ContactId::new(*contact), kind, second(*at), amount, *label);
    }
    let now = desk.book.now();
    desk.book.record_many(new, now).unwrap()
}

const FIVE: Option<&str> = Some("5");

#[test]
fn equal_ones_are_told_apart_by_their_sequence() {
    let mut desk = Desk::new();
    desk.create(Draft::new());
    desk.create(Draft::new());
    let first = record(
        &mut desk,
        &[
            (1, -3, "payment", FIVE, Some("A")),
            (0, 1, "payment", FIVE, Some("A")),
            (0, -9, "message", None, None),
            (0, 1, "payment", FIVE, Some("A")),
        ],
    );
    let more = [
        (0, 1, "payment", FIVE, Some("a")),
        (0, 1, "payment", Some("0"), Some("A")),
        (0, 1, "payment", None, Some("A")),
        (0, 1, "payment", FIVE, None),
        (0, 1, "message", FIVE, Some("A")),
        (0, 1, "payment", FIVE, Some("A")),
    ];
    let later = record(&mut desk, &more);
    let all = [
        r#"0 -9000000 2 "message" - -"#,
        r#"0 1000000 1 "payment" 5000000 "A""#,
        r#"0 1000000 3 "payment" 5000000 "A""#,
        r#"0 1000000 4 "payment" 5000000 "a""#,
        r#"0 1000000 5 "payment" 0 "A""#,
        r#"0 1000000 6 "payment" - "A""#,
        r#"0 1000000 7 "payment" 5000000 -"#,
        r#"0 1000000 8 "message" 5000000 "A""#,
        r#"0 1000000 9 "payment" 5000000 "A""#,
        r#"1 -3000000 0 "payment" 5000000 "A""#,
    ];
    assert_eq!(rows(&desk), all);
    // Of equal ones those go that were recorded first: nobody can tell.
    desk.book.undo(&later.commit, second(1)).unwrap();
    assert_eq!(
        rows(&desk),
        [
            r#"0 -9000000 2 "message" - -"#,
            r#"0 1000000 3 "payment" 5000000 "A""#,
            r#"0 1000000 9 "payment" 5000000 "A""#,
            r#"1 -3000000 0 "payment" 5000000 "A""#,
        ]
    );
    desk.book.undo(&first.commit, second(1)).unwrap();
    assert!(rows(&desk).is_empty());
    record(&mut desk, &[(0, 1, "payment", FIVE, None)]);
    assert_eq!(rows(&desk), [r#"0 1000000 10 "payment" 5000000 -"#]);
}

#[test]
fn amounts_and_labels_are_exact() {
    let cases = [
        (Some("9223372036854.775807"), Some("it's \"5\" €"), r#"9223372036854775807 "it's \"5\" €""#),
        (Some("-9223372036854.775807"), Some("a\0b"), r#"-9223372036854775807 "a\0b""#),
        (Some("0"), Some(" "), "0 -"),
        (Some("0.000001"), Some("👩"), r#"1 "👩""#),
        (None, None, "- -"),
    ];
    for (amount, label, expected) in cases {
        let mut desk = Desk::new();
        desk.create(Draft::new());
        record(&mut desk, &[(0, 1, "payment", amount, label)]);
        assert_eq!(desk.rows("SELECT amount_micros, label FROM interactions"), [expected]);
        desk.book.delete_interactions("everyone", InteractionQuery::new(), second(2)).unwrap();
        assert!(rows(&desk).is_empty());
    }
}

#[test]
fn interactions_come_and_go_with_their_contacts() {
    let mut desk = Desk::new();
    let draft = || Draft::new().interaction("payment", second(1), None, Some("A"));
    let zoe = desk.create(draft().interaction("message", second(-1), None, None));
    desk.create(draft());
    let deleted = desk.book.delete_contacts(zoe, second(2)).unwrap();
    assert_eq!(rows(&desk), [r#"1 1000000 2 "payment" - "A""#]);
    desk.book.undo(&deleted.commit, second(2)).unwrap();
    let without_sequences = "SELECT contact_id, at, label FROM interactions ORDER BY 1, 2";
    assert_eq!(desk.rows(without_sequences), ["0 -1000000 -", r#"0 1000000 "A""#, r#"1 1000000 "A""#]);
}
