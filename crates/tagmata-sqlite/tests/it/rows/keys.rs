//! Keys of fields that mean something to SQLite.

use super::desk::{Desk, second};
use tagmata::{ContactId, Draft, NewField, Patch, ValueType};

#[test]
fn columns_have_the_keys_of_their_fields_where_they_can() {
    let cases = [
        ("order", "order"),
        ("GROUP", "GROUP"),
        ("table", "table"),
        // These are names of the id.
        ("RowId", "RowId_28"),
        ("_rowid_", "_rowid__29"),
        ("oid", "oid_30"),
        ("contacts", "contacts"),
        ("été", "été"),
        ("ß", "ß"),
        ("数", "数"),
        // The fold of the note is there first.
        ("note_fold", "note_fold_35"),
        ("Mobile_Unassigned", "Mobile_Unassigned_36"),
    ];
    let mut desk = Desk::new();
    let mut draft = Draft::new().set("note", "own").set("mobile", "+33612345678");
    for (key, _) in cases {
        let field = NewField::new(key, ValueType::Text).label(format!("Label of {key}"));
        desk.book.define_field(field, second(1)).unwrap();
        draft = draft.set(key, format!("Of {key}"));
    }
    desk.create(draft);
    let zoe = ContactId::new(0);
    for (key, column) in cases {
        let found = || desk.rows(&format!(r#"SELECT "{column}", "{column}_fold" FROM contacts"#));
        let folded = format!("of {key}").to_lowercase().replace('ß', "ss");
        assert_eq!(found(), [format!("{:?} {folded:?}", format!("Of {key}"))]);
    }
    for (key, column) in cases {
        desk.book.update_contacts(zoe, Patch::new().set(key, "B"), second(2)).unwrap();
        assert_eq!(
            desk.rows(&format!(r#"SELECT "{column}", "{column}_fold" FROM contacts"#)),
            [r#""B" "b""#]
        );
    }
    assert_eq!(
        desk.rows("SELECT id, note, note_fold, mobile, mobile_unassigned FROM contacts"),
        [r#"0 "own" "own" "+33612345678" -"#]
    );
}

/// To the book these are one key; to SQLite, which knows only the case of ASCII, they are two.
#[test]
fn a_key_that_comes_back_in_other_letters() {
    let mut desk = Desk::new();
    let zoe = desk.create(Draft::new());
    for key in ["été", "ÉTÉ", "été"] {
        let field = desk.book.define_field(NewField::new(key, ValueType::Text), second(1)).unwrap().id;
        desk.book.update_contacts(zoe, Patch::new().set(key, "Oui"), second(1)).unwrap();
        assert_eq!(desk.rows(&format!(r#"SELECT "{key}", "{key}_fold" FROM contacts"#)), [r#""Oui" "oui""#]);
        desk.book.delete_field(field, false, second(1)).unwrap();
    }
}
