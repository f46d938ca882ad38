//! Rows of `contact_tags`, `contact_segments` and `contact_options`.

use super::desk::{Desk, second};
use tagmata::{ContactId, Draft, NewSegment, Patch};

fn tags(desk: &Desk) -> Vec<String> {
    desk.rows(
        "SELECT name, contact_id FROM contact_tags JOIN tags ON tags.id = tag_id ORDER BY tag_id, contact_id",
    )
}

fn segments(desk: &Desk) -> Vec<String> {
    desk.rows("SELECT * FROM contact_segments ORDER BY 1, 2")
}

fn options(desk: &Desk) -> Vec<String> {
    desk.rows("SELECT * FROM contact_options ORDER BY 1, 2, 3")
}

const NOTHING: [&str; 0] = [];

#[test]
fn sets_come_and_go_with_their_contacts() {
    let mut desk = Desk::new();
    for name in ["Regulars", "Others"] {
        desk.book.create_segment(NewSegment::fixed(name), second(1)).unwrap();
    }
    let zoe = Draft::new()
        .set("tags", ["vip", "late"])
        .set("segments", ["Others"])
        .set("software", ["Sage", "Xero"]);
    let zoe = desk.create(zoe);
    desk.create(Draft::new().set("tags", NOTHING).set("software", NOTHING));
    desk.create(
        Draft::new().set("tags", ["late"]).set("segments", ["Others", "Regulars"]).set("software", ["Xero"]),
    );
    let all = (
        vec![r#""vip" 0"#.to_owned(), r#""late" 0"#.into(), r#""late" 2"#.into()],
        vec!["0 2".to_owned(), "1 0".into(), "1 2".into()],
        vec!["24 0 0".to_owned(), "24 0 2".into(), "24 2 0".into()],
    );
    assert_eq!((tags(&desk), segments(&desk), options(&desk)), all);
    let deleted = desk.book.delete_contacts(zoe, second(2)).unwrap();
    assert_eq!(tags(&desk), [r#""late" 2"#]);
    assert_eq!(segments(&desk), ["0 2", "1 2"]);
    assert_eq!(options(&desk), ["24 0 2"]);
    desk.book.undo(&deleted.commit, second(3)).unwrap();
    assert_eq!((tags(&desk), segments(&desk), options(&desk)), all);
}

#[test]
fn sets_change() {
    let mut desk = Desk::new();
    desk.book.create_segment(NewSegment::fixed("Regulars"), second(1)).unwrap();
    let zoe = desk.create(Draft::new().set("tags", ["vip"]).set("software", ["Xero", "Sage"]));
    let leo = desk.create(Draft::new().set("software", ["MYOB"]));
    let both = [zoe, leo];
    desk.book.add_tags(both, ["vip", "late"], second(2)).unwrap();
    assert_eq!(tags(&desk), [r#""vip" 0"#, r#""vip" 1"#, r#""late" 0"#, r#""late" 1"#]);
    desk.book.remove_tags(zoe, ["vip"], second(2)).unwrap();
    assert_eq!(tags(&desk), [r#""vip" 1"#, r#""late" 0"#, r#""late" 1"#]);
    desk.book.update_contacts(leo, Patch::new().set("tags", ["late", "new"]), second(2)).unwrap();
    assert_eq!(tags(&desk), [r#""late" 0"#, r#""late" 1"#, r#""new" 1"#]);

    desk.book.add_to_segment(both, "Regulars", second(2)).unwrap();
    desk.book.remove_from_segment(zoe, "Regulars", second(2)).unwrap();
    assert_eq!(segments(&desk), ["0 1"]);

    let other =
        desk.book.update_contacts(both, Patch::new().set("software", ["MYOB", "Sage"]), second(3)).unwrap();
    assert_eq!(options(&desk), ["24 1 0", "24 1 1", "24 2 0", "24 2 1"]);
    desk.book.undo(&other.commit, second(3)).unwrap();
    assert_eq!(options(&desk), ["24 0 0", "24 1 1", "24 2 0"]);
    desk.book.update_contacts(both, Patch::new().set("software", NOTHING), second(4)).unwrap();
    assert_eq!(options(&desk), NOTHING);
}

/// What is deleted takes its rows with it, and an undo brings them back.
#[test]
fn definitions_go_and_come_back() {
    let mut desk = Desk::new();
    desk.book.create_segment(NewSegment::fixed("Regulars"), second(1)).unwrap();
    desk.create(
        Draft::new().set("tags", ["vip"]).set("segments", ["Regulars"]).set("software", ["Xero", "Sage"]),
    );
    let before = (tags(&desk), segments(&desk), options(&desk));
    let software = desk.book.schema().field_by_key("software").unwrap().id();
    let commits = [
        desk.book.delete_tag("vip", false, second(2)).unwrap().commit,
        desk.book.delete_segment("Regulars", false, second(2)).unwrap().commit,
        desk.book.delete_option(software, "Xero", false, second(2)).unwrap().commit,
    ];
    assert_eq!((tags(&desk), segments(&desk)), (vec![], vec![]));
    assert_eq!(options(&desk), ["24 2 0"]);
    let field = desk.book.delete_field(software, false, second(2)).unwrap().commit;
    assert_eq!(options(&desk), NOTHING);
    for commit in commits.iter().chain([&field]).rev() {
        desk.book.undo(commit, second(3)).unwrap();
    }
    assert_eq!((tags(&desk), segments(&desk), options(&desk)), before);
    assert_eq!(desk.book.contact(ContactId::new(0)).unwrap().id().get(), 0);
}
