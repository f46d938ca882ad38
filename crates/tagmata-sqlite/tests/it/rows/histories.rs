//! Rows of `commits`, `changes`, `history` and `key_aliases`.

use super::desk::{Desk, second};
use tagmata::{Draft, Patch, Stamp};

fn history(desk: &Desk) -> Vec<String> {
    desk.rows(
        "SELECT contact_id, commit_number, place, change, before, what FROM history
         JOIN changes ON changes.id = change_id ORDER BY contact_id, commit_number, place",
    )
}

/// How many entries there are, whoever has them.
fn changes(desk: &Desk) -> usize {
    desk.rows("SELECT id FROM changes").len()
}

#[test]
fn entries_say_who_did_what_and_when() {
    let mut desk = Desk::new();
    let zoe = desk.create(Draft::new());
    desk.book.set_status(zoe, "vip", Stamp::new(second(2)).by("ana 'quoted'")).unwrap();
    let of = "SELECT commit_number, place, change, before, what, at, actor, cause, cause_id FROM changes ORDER BY id";
    assert_eq!(
        desk.rows(of),
        [r#"8 0 "created" -1 -1 1000000 - "call" -"#, r#"9 0 "status" 0 2 2000000 "ana 'quoted'" "call" -"#,]
    );
    assert_eq!(
        desk.rows(
            r#"SELECT contact_id, at, "before", "after", actor, cause, commit_number FROM status_history"#
        ),
        [r#"0 2000000 "lead" "vip" "ana 'quoted'" "call" 9"#]
    );
}

#[test]
fn an_entry_that_is_undone_for_some_stays_for_others() {
    let mut desk = Desk::new();
    let zoe = desk.create(Draft::new());
    let leo = desk.create(Draft::new());
    let vip = desk.book.set_status("everyone", "vip", second(2)).unwrap();
    let created = ["0 8 0 \"created\" -1 -1", "1 9 0 \"created\" -1 -1"];
    let both = [created[0], "0 10 0 \"status\" 0 2", created[1], "1 10 0 \"status\" 0 2"];
    assert_eq!((history(&desk), changes(&desk)), (both.map(String::from).to_vec(), 3));
    desk.book.set_status(leo, "active", second(3)).unwrap();
    let undone = desk.book.undo_by_force(&vip.commit, second(4)).unwrap();
    let of_leo = "1 11 0 \"status\" 2 1";
    assert_eq!(history(&desk), [created[0], created[1], both[3], of_leo]);
    assert_eq!(changes(&desk), 4);
    desk.book.undo(&undone.commit, second(5)).unwrap();
    assert_eq!(history(&desk), [created[0], both[1], created[1], both[3], of_leo]);
    assert_eq!(changes(&desk), 4);
    assert_eq!(desk.book.history(zoe).unwrap().len(), 2);
}

#[test]
fn an_entry_that_nobody_has_any_more_goes_and_comes_back() {
    let mut desk = Desk::new();
    let zoe = desk.create(Draft::new());
    let tagged = desk.book.add_tags(zoe, ["vip"], second(2)).unwrap();
    let all = ["0 8 0 \"created\" -1 -1", "0 9 1 \"tag_added\" -1 0"];
    assert_eq!((history(&desk), changes(&desk)), (all.map(String::from).to_vec(), 2));
    let undone = desk.book.undo(&tagged.commit, second(3)).unwrap();
    assert_eq!((history(&desk), changes(&desk)), (vec![all[0].to_owned()], 1));
    desk.book.undo(&undone.commit, second(4)).unwrap();
    assert_eq!((history(&desk), changes(&desk)), (all.map(String::from).to_vec(), 2));
}

#[test]
fn a_merger_is_an_entry_and_leaves_keys() {
    let mut desk = Desk::new();
    let zoe = desk.create(Draft::new().set("email", "zoe@example.org"));
    let twin = desk.create(Draft::new().set("email", "Twin@example.org").set("external_id", "T'1"));
    let merged = desk.book.merge_contacts(zoe, [twin], second(2)).unwrap();
    let aliases = "SELECT field_id, key, contact_id FROM key_aliases ORDER BY field_id";
    assert_eq!(desk.rows(aliases), [r#"6 "twin@example.org" 0"#]);
    assert_eq!(desk.rows("SELECT contact_id, change, what FROM history JOIN changes ON id = change_id WHERE change = 'merged'"), [r#"0 "merged" 1"#]);
    assert_eq!(desk.rows("SELECT contact_id, commit_number FROM deleted_contacts"), ["1 10"]);
    assert_eq!(desk.rows("SELECT id, external_id FROM contacts"), [r#"0 "T'1""#]);
    desk.book.undo(&merged.commit, second(3)).unwrap();
    assert!(desk.rows(aliases).is_empty());
    assert!(desk.rows("SELECT * FROM deleted_contacts").is_empty());
    assert_eq!(desk.rows("SELECT id, external_id FROM contacts"), ["0 -", r#"1 "T'1""#]);
}

#[test]
fn commits_have_rows() {
    let mut desk = Desk::new();
    let zoe = desk.create(Draft::new());
    desk.create(Draft::new());
    let named = Patch::new().set("first_name", "Zoé");
    let named = desk.book.update_contacts("everyone", named, Stamp::new(second(2)).by("ana")).unwrap();
    let undone = desk.book.undo(&named.commit, second(3)).unwrap();
    let columns = "number, at, actor, cause, cause_id, contacts";
    assert_eq!(
        desk.rows(&format!("SELECT {columns} FROM commits WHERE number > 8")),
        [r#"9 1000000 - "call" - 1"#, r#"10 2000000 "ana" "call" - 2"#, r#"11 3000000 - "undo" 10 2"#]
    );
    for commit in [named.commit, undone.commit] {
        assert_eq!(desk.book.file().commit(commit.number()).unwrap(), commit);
    }
    // The frame of LZ4, as other programs know it.
    assert_eq!(desk.rows("SELECT DISTINCT hex(substr(body, 1, 4)) FROM commits"), [r#""04224D18""#]);
    assert_eq!(desk.book.history(zoe).unwrap().len(), 1);
}
