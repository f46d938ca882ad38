//! Definitions of a book that change under the filters that use them.

use tagmata::{Book, Code, Draft, NewField, NewSegment, SegmentPatch, Settings, Timestamp, ValueType};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn book() -> Book {
    Book::builder().build(now())
}

fn filter_of(book: &Book, segment: &str) -> String {
    let all = book.segments();
    all.into_iter().find(|info| info.name == segment).and_then(|info| info.filter).unwrap()
}

#[test]
fn filters_of_segments_follow_a_renamed_tag_or_segment() {
    let (mut book, now) = (book(), now());
    book.define_tag("vip", now).unwrap();
    book.create_segment(NewSegment::fixed("Nord"), now).unwrap();
    let filter = "tags has any (vip) and not segments has Nord";
    book.create_segment(NewSegment::dynamic("Rest", filter), now).unwrap();

    let tag = book.rename_tag("vip", "Key account", now).unwrap();
    let segment = book.rename_segment("Nord", "North", now).unwrap();
    assert_eq!(
        filter_of(&book, "Rest"),
        r#"tags has any ("Key account") and not segments has "North""#,
        "what the filter says is what there is"
    );
    assert!(tag.effects.is_empty() && segment.effects.is_empty());

    book.undo(&segment.commit, now).unwrap();
    book.undo(&tag.commit, now).unwrap();
    assert_eq!(filter_of(&book, "Rest"), r#"tags has any ("vip") and not segments has "Nord""#);
}

#[test]
fn a_filter_keeps_its_tag_when_another_takes_the_old_name() {
    let (mut book, now) = (book(), now());
    let ana = book.create_contact(Draft::new().set("first_name", "Ana"), now).unwrap().id;
    book.add_tags(ana, ["gold"], now).unwrap();
    book.define_tag("silver", now).unwrap();
    let golden = book.create_segment(NewSegment::dynamic("Golden", "tags has gold"), now).unwrap().id;
    book.rename_tag("gold", "platinum", now).unwrap();
    book.rename_tag("silver", "gold", now).unwrap();
    // Filters are read again where the settings change.
    let mut settings = Settings::default();
    settings.calendar.zone = "Europe/Paris".parse().unwrap();
    book.change_settings(settings, now).unwrap();
    assert_eq!(filter_of(&book, "Golden"), r#"tags has "platinum""#);
    assert_eq!(book.members(golden).unwrap().to_numbers(), [ana.get()]);
}

#[test]
fn a_filter_that_was_made_after_a_rename_follows_its_undo() {
    let (mut book, now) = (book(), now());
    book.define_tag("gold", now).unwrap();
    let renamed = book.rename_tag("gold", "platinum", now).unwrap();
    book.create_segment(NewSegment::dynamic("Best", "tags has platinum"), now).unwrap();
    book.undo(&renamed.commit, now).unwrap();
    assert_eq!(filter_of(&book, "Best"), r#"tags has "gold""#);
}

#[test]
fn a_rename_is_undone_although_a_filter_that_followed_it_has_changed() {
    let (mut book, now) = (book(), now());
    book.define_tag("gold", now).unwrap();
    book.create_segment(NewSegment::dynamic("Best", "tags has gold"), now).unwrap();
    let renamed = book.rename_tag("gold", "platinum", now).unwrap();
    book.update_segment("Best", SegmentPatch::new().filter("tags has platinum or status = vip"), now)
        .unwrap();
    book.undo(&renamed.commit, now).unwrap();
    assert_eq!(filter_of(&book, "Best"), r#"tags has "gold" or status = "vip""#);
}

#[test]
fn a_commit_that_changes_a_segment_twice_is_undone() {
    let (mut book, now) = (book(), now());
    book.create_segment(NewSegment::dynamic("A", "status = vip"), now).unwrap();
    let (_, outcome) = book
        .batch(now, |book| {
            book.update_segment("A", SegmentPatch::new().filter("status = lead"), now)?;
            book.update_segment("A", SegmentPatch::new().filter("status = active"), now)?;
            book.create_segment(NewSegment::dynamic("B", "nobody"), now)?;
            book.update_segment("B", SegmentPatch::new().filter("segments has A"), now)
        })
        .unwrap();
    book.undo(&outcome.commit, now).unwrap();
    assert_eq!(filter_of(&book, "A"), r#"status = "vip""#);
    assert_eq!(book.schema().segment("B"), None);
}

#[test]
fn uses_that_were_turned_round_are_turned_back() {
    let (mut book, now) = (book(), now());
    book.create_segment(NewSegment::dynamic("A", "nobody"), now).unwrap();
    book.create_segment(NewSegment::dynamic("B", "segments has A"), now).unwrap();
    let (_, outcome) = book
        .batch(now, |book| {
            book.update_segment("B", SegmentPatch::new().filter("everyone"), now)?;
            book.update_segment("A", SegmentPatch::new().filter("segments has B"), now)
        })
        .unwrap();
    book.undo(&outcome.commit, now).unwrap();
    assert_eq!([filter_of(&book, "A"), filter_of(&book, "B")], ["nobody", r#"segments has "A""#]);
}

#[test]
fn contacts_get_back_what_they_lost_by_a_deletion_that_is_undone() {
    type Delete = fn(&mut Book) -> tagmata::Result<tagmata::Outcome>;
    let table: [(&str, Delete); 5] = [
        ("plan = pro", |book| book.delete_field("plan", false, now())),
        ("plan = pro", |book| book.delete_option("plan", "pro", false, now())),
        ("tags has vip", |book| book.delete_tag("vip", false, now())),
        ("segments has Nord", |book| book.delete_segment("Nord", false, now())),
        ("status = vip", |book| book.delete_status("vip", Some("lead".into()), false, now())),
    ];
    for (filter, delete) in table {
        let (mut book, now) = (book(), now());
        book.define_field(NewField::new("plan", ValueType::Select).option("pro"), now).unwrap();
        book.create_segment(NewSegment::fixed("Nord"), now).unwrap();
        let ana = Draft::new().set("plan", "pro").set("status", "vip").set("tags", vec!["vip".to_owned()]);
        let ana = book.create_contact(ana, now).unwrap().id;
        book.add_to_segment(ana, "Nord", now).unwrap();
        let deleted = delete(&mut book).unwrap();
        assert!(book.count(filter).map_or(true, |count| count == 0), "{filter}");
        book.undo(&deleted.commit, now).unwrap_or_else(|error| panic!("{filter}: {error}"));
        assert_eq!(book.count(filter).unwrap(), 1, "{filter}");
    }
}

#[test]
fn the_only_status_stays() {
    let (mut book, now) = (book(), now());
    for status in ["lead", "active", "vip"] {
        book.delete_status(status, None, false, now).unwrap();
    }
    let error = book.delete_status("inactive", None, true, now).unwrap_err();
    assert_eq!(
        error.to_string(),
        "error[E0807]: `inactive` is the only status; help: every contact has one: define another status first"
    );
}

#[test]
fn a_kind_of_interaction_stays_while_anything_uses_it() {
    let (mut book, now) = (book(), now());
    let ana = book.create_contact(Draft::new().set("first_name", "Ana"), now).unwrap().id;
    book.define_kind("demo", false, now).unwrap();
    book.define_kind("visit", false, now).unwrap();
    book.record(ana, "visit", now, None, None, now).unwrap();
    book.create_segment(NewSegment::dynamic("Seen", "count(demo) > 0"), now).unwrap();

    let refused =
        |book: &mut Book, kind: &str, force| book.delete_kind(kind, force, now).unwrap_err().to_string();
    assert_eq!(
        refused(&mut book, "payment", true),
        "error[E0806]: the kind of interaction `payment` cannot be deleted; help: it is built in, and every book has it; only kinds that were defined can be deleted"
    );
    assert_eq!(
        refused(&mut book, "demoo", true),
        "error[E0206]: there is no kind of interaction `demoo`; help: did you mean `demo`?"
    );
    assert_eq!(
        refused(&mut book, "demo", false),
        "error[E0807]: the kind of interaction `demo` is used by 1 segment: `Seen`; help: change their filters first, or delete it by `force`, which breaks them"
    );
    assert_eq!(
        refused(&mut book, "visit", true),
        "error[E0807]: 1 interaction is of the kind `visit`; help: a kind stays as long as interactions are of it"
    );

    let deleted = book.delete_kind("demo", true, now).unwrap();
    assert_eq!(book.members("Seen").unwrap_err().code(), Code::BrokenSegment);
    assert!(book.schema().kind("demo").is_none());
    book.undo(&deleted.commit, now).unwrap();
    assert_eq!(filter_of(&book, "Seen"), "count(demo) > 0");
}
