//! Every call of a book that takes a filter, in one table: a new one is one line.

use crate::import_books::now;
use tagmata::{
    AudienceQuery, Book, BreakdownQuery, Channel, ContactId, Draft, Error, ExportOptions, FilterSource,
    InteractionQuery, NewField, NewRule, NewSegment, PageQuery, Patch, SegmentPatch, ValueType,
};

/// A call that takes a filter.
pub(crate) type Door = fn(&mut Book, FilterSource) -> Result<(), Error>;

/// A call, and whether it changes the book if the filter is right and finds somebody.
pub(crate) const DOORS: &[(&str, bool, Door)] = &[
    ("filter", false, |book, filter| book.filter(filter).map(drop)),
    ("select", false, |book, filter| book.select(filter).map(drop)),
    ("count", false, |book, filter| book.count(filter).map(drop)),
    ("matches", false, |book, filter| book.matches(ZOE, filter).map(drop)),
    ("explain", false, |book, filter| book.explain(ZOE, filter).map(drop)),
    ("page", false, |book, filter| book.page(&PageQuery::new().filter(filter)).map(drop)),
    ("export", false, |book, filter| book.export(Vec::new(), filter, None, ExportOptions::new()).map(drop)),
    ("breakdown", false, |book, filter| {
        book.breakdown(&BreakdownQuery::by("status").filter(filter)).map(drop)
    }),
    ("audience", false, |book, filter| {
        book.audience(&AudienceQuery::new().include(filter).channel(Channel::Email)).map(drop)
    }),
    ("audience without", false, |book, filter| {
        book.audience(&AudienceQuery::new().include("everyone").exclude(filter)).map(drop)
    }),
    ("selected", false, |book, filter| book.selected(filter).map(drop)),
    ("batches", false, |book, filter| book.batches(filter, 2).map(drop)),
    ("add_tags", true, |book, filter| book.add_tags(filter, ["new"], now()).map(drop)),
    ("remove_tags", true, |book, filter| book.remove_tags(filter, ["old"], now()).map(drop)),
    ("set_status", true, |book, filter| book.set_status(filter, "inactive", now()).map(drop)),
    ("add_to_segment", true, |book, filter| book.add_to_segment(filter, "List", now()).map(drop)),
    ("remove_from_segment", true, |book, filter| book.remove_from_segment(filter, "Full", now()).map(drop)),
    ("update_contacts", true, |book, filter| {
        book.update_contacts(filter, Patch::new().set("source", "changed"), now()).map(drop)
    }),
    ("delete_contacts", true, |book, filter| book.delete_contacts(filter, now()).map(drop)),
    ("delete_interactions", true, |book, filter| {
        book.delete_interactions(filter, InteractionQuery::default(), now()).map(drop)
    }),
    ("create_segment", true, |book, filter| {
        book.create_segment(NewSegment::dynamic("Made", filter), now()).map(drop)
    }),
    ("create_segment with members", true, |book, filter| {
        book.create_segment(NewSegment::with_members("Made", filter), now()).map(drop)
    }),
    ("update_segment", true, |book, filter| {
        book.update_segment("Rich", SegmentPatch::new().filter(filter), now()).map(drop)
    }),
    ("preview_segment", false, |book, filter| {
        book.preview_segment("Rich", SegmentPatch::new().filter(filter)).map(drop)
    }),
    ("add_rule when", true, |book, filter| {
        book.add_rule(NewRule::when("made", filter).add_tags(["new"]).apply_to_existing(true), now())
            .map(drop)
    }),
    ("add_rule if", true, |book, filter| {
        book.add_rule(NewRule::on("made", "payment").condition(filter).add_tags(["new"]), now()).map(drop)
    }),
];

/// The first contact of the book.
pub(crate) const ZOE: ContactId = ContactId::new(0);

/// A book whose contacts can lose something by any of these calls.
pub(crate) fn book() -> Book {
    let mut book = Book::builder().build(now());
    book.define_field(NewField::new("billed", ValueType::Number), now()).unwrap();
    book.define_field(NewField::new("note", ValueType::Text), now()).unwrap();
    let plan = NewField::new("plan", ValueType::Select).option("gold").option("silver");
    book.define_field(plan, now()).unwrap();
    for tag in ["old", "new", "vip"] {
        book.define_tag(tag, now()).unwrap();
    }
    for (name, billed) in [("Zoé", 300.0), ("Léo", 20.0), ("Ana", -5.0)] {
        let draft = Draft::new().set("first_name", name).set("billed", billed).set("tags", ["old"]);
        let draft = draft.set("email", format!("{billed}@example.com")).set("plan", "gold");
        book.create_contact(
            draft.interaction("payment", now(), Some("10".parse().unwrap()), None::<&str>),
            now(),
        )
        .unwrap();
    }
    book.create_segment(NewSegment::fixed("List"), now()).unwrap();
    book.create_segment(NewSegment::with_members("Full", "everyone"), now()).unwrap();
    book.create_segment(NewSegment::dynamic("Rich", "billed > 100"), now()).unwrap();
    book
}

/// All of these calls do what they are named for, when the filter is right.
#[test]
fn doors_open_for_right_filters() {
    for (name, changes, door) in DOORS {
        let mut book = book();
        let before = book.clone();
        door(&mut book, "everyone".into()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(!book.differences(&before).is_empty(), *changes, "{name}");
    }
}
