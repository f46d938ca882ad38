//! Rows of `contacts`.

use super::desk::{Desk, second};
use tagmata::{Draft, Input, Patch};

#[test]
fn values_of_all_types() {
    let text = |text: &str| Input::from(text);
    let cases = [
        ("note", text("Zoé STRASSE"), "note, note_fold", r#""Zoé STRASSE" "zoé strasse""#),
        ("note", text("zoé"), "note, note_fold", r#""zoé" "zoé""#),
        ("note", text("  "), "note, note_fold", "- -"),
        ("note", text(r#"'; DROP TABLE "contacts"--"#), "note", r#""'; DROP TABLE \"contacts\"--""#),
        ("note", text("a\0B"), "note, note_fold", r#""a\0B" "a\0b""#),
        ("note", text("👩‍👧 ß"), "note, note_fold", r#""👩\u{200d}👧 ß" "👩\u{200d}👧 ss""#),
        ("email", text("Zoe@Example.ORG"), "email, email_fold", r#""Zoe@Example.ORG" "zoe@example.org""#),
        ("mobile", text("+33 6 12 34 56 78"), "mobile, mobile_unassigned", r#""+33612345678" -"#),
        ("mobile", text("+376 180012348"), "mobile, mobile_unassigned", r#""+376180012348" 1"#),
        ("billed", Input::from(1250.5), "billed", "1250.5"),
        ("billed", Input::from(-0.0), "billed", "0.0"),
        ("billed", Input::from(3.0), "billed", "3.0"),
        ("billed", Input::from(-5e-324), "billed", "-5e-324"),
        ("billed", Input::from(f64::MAX), "billed", "1.7976931348623157e308"),
        ("billed", Input::from(9_007_199_254_740_993.0), "billed", "9007199254740992.0"),
        ("member", Input::from(true), "member", "1"),
        ("member", Input::from(false), "member", "0"),
        ("born", text("0001-01-01"), "born", r#""0001-01-01""#),
        ("born", text("9999-12-31"), "born", r#""9999-12-31""#),
        ("seen", text("0001-01-01T00:00:00Z"), "seen", "-62135596800000000"),
        ("seen", text("9999-12-31T23:59:59.999999Z"), "seen", "253402300799999999"),
        ("client_type", text("Company"), "client_type", r#""co""#),
        ("status", text("VIP"), "status", r#""vip""#),
        ("country", text("fr"), "country", r#""FR""#),
    ];
    let mut desk = Desk::new();
    for (field, input, columns, expected) in cases {
        let id = desk.create(Draft::new().set(field, input.clone()));
        let found = desk.rows(&format!("SELECT {columns} FROM contacts WHERE id = {}", id.get()));
        assert_eq!(found, [expected], "{field} = {input:?}");
    }
}

#[test]
fn what_a_new_contact_has_anyway_and_what_it_has_not() {
    let mut desk = Desk::new();
    desk.book.advance(second(2)).unwrap();
    desk.create(Draft::new());
    let standard = "id, external_id, email_fold, mobile, mobile_unassigned, country, status, status_changed_at, created_at, updated_at";
    assert_eq!(
        desk.rows(&format!("SELECT {standard} FROM contacts")),
        [r#"0 - - - - - "lead" 2000000 2000000 2000000"#]
    );
    let own = "note, note_fold, billed, member, born, seen, client_type, last_interaction";
    assert_eq!(desk.rows(&format!("SELECT {own} FROM contacts")), ["- - - - - - - -"]);
}

/// Facts about some of the contacts are written together with those about others.
#[test]
fn an_update_changes_what_is_another_value() {
    let mut desk = Desk::new();
    for (note, billed, member) in [
        ("one", Some(5.0), Some(true)),
        ("Two", Some(7.0), Some(false)),
        ("three", None, None),
        ("four", Some(5.0), Some(false)),
    ] {
        let mut draft = Draft::new().set("note", note).set("mobile", "+376180012348");
        if let Some(billed) = billed {
            draft = draft.set("billed", billed);
        }
        if let Some(member) = member {
            draft = draft.set("member", member);
        }
        desk.create(draft);
    }
    let rows = |desk: &Desk| {
        desk.rows(
            "SELECT id, note, note_fold, billed, member, mobile, mobile_unassigned, updated_at FROM contacts",
        )
    };
    let before = [
        r#"0 "one" "one" 5.0 1 "+376180012348" 1 1000000"#,
        r#"1 "Two" "two" 7.0 0 "+376180012348" 1 1000000"#,
        r#"2 "three" "three" - - "+376180012348" 1 1000000"#,
        r#"3 "four" "four" 5.0 0 "+376180012348" 1 1000000"#,
    ];
    assert_eq!(rows(&desk), before);
    let patch = Patch::new().set("billed", 5.0).set("member", false);
    let both = desk.book.update_contacts("everyone", patch, second(2)).unwrap();
    assert_eq!(
        rows(&desk),
        [
            r#"0 "one" "one" 5.0 0 "+376180012348" 1 2000000"#,
            r#"1 "Two" "two" 5.0 0 "+376180012348" 1 2000000"#,
            r#"2 "three" "three" 5.0 0 "+376180012348" 1 2000000"#,
            r#"3 "four" "four" 5.0 0 "+376180012348" 1 1000000"#,
        ]
    );
    desk.book.undo(&both.commit, second(3)).unwrap();
    let undone = rows(&desk);
    let values = |row: &str| row.rsplit_once(' ').unwrap().0.to_owned();
    assert_eq!(undone.iter().map(|row| values(row)).collect::<Vec<_>>(), before.map(values));
    // A text goes with its fold, and a number with what is said of its range.
    let patch = Patch::new().set("note", "").set("mobile", "+33612345678");
    desk.book.update_contacts("note = two or note = four", patch, second(4)).unwrap();
    assert_eq!(
        desk.rows("SELECT id, note, note_fold, mobile, mobile_unassigned, updated_at FROM contacts WHERE id IN (1, 3)"),
        [r#"1 - - "+33612345678" - 4000000"#, r#"3 - - "+33612345678" - 4000000"#]
    );
}

#[test]
fn contacts_go_and_come_back() {
    let mut desk = Desk::new();
    for name in ["Zoé", "Léo", "Mia"] {
        desk.create(Draft::new().set("first_name", name).set("client_type", "co"));
    }
    let rows = |desk: &Desk| desk.rows("SELECT id, first_name, client_type FROM contacts");
    let gone = |desk: &Desk| desk.rows("SELECT * FROM deleted_contacts");
    let deleted = desk.book.delete_contacts("first_name in (zoé, mia)", second(2)).unwrap();
    assert_eq!(
        (rows(&desk), gone(&desk)),
        (vec![r#"1 "Léo" "co""#.to_owned()], vec!["0 11 0".into(), "2 11 0".into()])
    );
    let undone = desk.book.undo(&deleted.commit, second(3)).unwrap();
    assert_eq!(rows(&desk), [r#"0 "Zoé" "co""#, r#"1 "Léo" "co""#, r#"2 "Mia" "co""#]);
    assert!(gone(&desk).is_empty());
    // Once more they are gone by the fact that deleted them first.
    desk.book.undo(&undone.commit, second(4)).unwrap();
    assert_eq!(
        (rows(&desk), gone(&desk)),
        (vec![r#"1 "Léo" "co""#.to_owned()], vec!["0 11 0".into(), "2 11 0".into()])
    );
}
