//! What single changes come to where it is not obvious.

use tagmata::{
    Book, Change, Code, ContactId, Draft, Field, NewSegment, Outcome, Patch, SegmentPatch, StatusId,
    Timestamp, Value,
};

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn book() -> Book {
    Book::builder().build(now())
}

fn contact(book: &mut Book, draft: Draft) -> ContactId {
    book.create_contact(draft, now()).unwrap().id
}

#[test]
fn of_a_field_that_is_given_twice_the_last_value_counts() {
    let mut book = book();
    let zoe = contact(&mut book, Draft::new().set("source", "web").set("tags", ["a"]));
    let patch = Patch::new().set("source", "fair").set("source", "web");
    let patch = patch.set("tags", ["b"]).set("tags", ["c"]);
    let patch = patch.set("country", "US").set("country", "FR").set("mobile", "06 12 34 56 78");
    book.update_contacts(zoe, patch, now()).unwrap();
    assert_eq!(book.count("source = web and tags has only (c)").unwrap(), 1);
    let found = book.contact(zoe).unwrap();
    assert!(matches!(found.get(Field::MOBILE), Some(Value::Phone(phone)) if phone.e164() == "+33612345678"));
    assert_eq!(book.check(), [""; 0]);
}

#[test]
fn a_merge_of_nobody_changes_nothing() {
    let mut book = book();
    let zoe = contact(&mut book, Draft::new());
    assert!(book.merge_contacts(zoe, [], now()).unwrap().commit.is_empty());
    assert_eq!(book.last_commit(), 1);
}

#[test]
fn a_common_history_tells_first_of_whoever_was_merged_first() {
    let mut book = book();
    let [kept, lead, vip] =
        ["lead", "lead", "vip"].map(|status| contact(&mut book, Draft::new().set("status", status)));
    // One fact, and two entries.
    book.set_status([lead, vip], "inactive", now()).unwrap();
    let left = |book: &Book, contact| -> Vec<StatusId> {
        let history = book.history(contact).unwrap();
        let statuses = history.iter().filter_map(|entry| match entry.change {
            Change::Status { from, .. } => Some(from),
            _ => None,
        });
        statuses.collect()
    };
    let (of_lead, of_vip) = (left(&book, lead), left(&book, vip));
    assert_eq!((of_lead.len(), of_vip.len(), of_lead == of_vip), (1, 1, false));
    for (others, expected) in
        [([lead, vip], [&*of_lead, &*of_vip].concat()), ([vip, lead], [&*of_vip, &*of_lead].concat())]
    {
        let mut book = book.clone();
        for other in others {
            book.merge_contacts(kept, [other], now()).unwrap();
        }
        assert_eq!(left(&book, kept), expected);
    }
}

#[test]
fn the_pins_that_a_segment_shows_can_be_given_back() {
    let mut book = book();
    let [zoe, leo] = ["Zoé", "Léo"].map(|name| contact(&mut book, Draft::new().set("first_name", name)));
    let pinned = NewSegment::dynamic("Pinned", "nobody").always_in([zoe, leo]).always_out([leo]);
    let pinned = book.create_segment(pinned, now()).unwrap().id;
    let deleted = book.delete_contacts(leo, now()).unwrap();
    let shown = &book.segments()[0];
    assert_eq!((shown.always_in.to_numbers(), shown.always_out.to_numbers()), (vec![0], vec![]));
    let patch = SegmentPatch::new().always_in(shown.always_in.iter());
    assert!(book.update_segment(pinned, patch.clone(), now()).is_ok());
    assert!(book.update_segment(pinned, patch.always_out([leo]), now()).is_err());

    book.undo(&deleted.commit, now()).unwrap();
    assert_eq!(
        book.segments()[0].always_out.to_numbers(),
        [1],
        "a contact that comes back is pinned as before"
    );
}

#[test]
fn filters_of_segments_keep_their_meaning_when_a_name_goes_to_another() {
    let mut book = book();
    let zoe = contact(&mut book, Draft::new().set("tags", ["vip"]).set("segments", [""; 0]));
    book.create_segment(NewSegment::fixed("Nord"), now()).unwrap();
    book.add_to_segment(zoe, "Nord", now()).unwrap();
    let filter = "tags has any (vip) and segments has nord and not tags has only (vip)";
    let users = book.create_segment(NewSegment::dynamic("Users", filter), now()).unwrap().id;
    book.rename_tag("vip", "gold", now()).unwrap();
    book.rename_segment("Nord", "Sud", now()).unwrap();
    book.define_tag("vip", now()).unwrap();
    book.create_segment(NewSegment::fixed("Nord"), now()).unwrap();

    let shown = |book: &Book| book.segments().into_iter().find(|segment| segment.id == users).unwrap();
    let expected = r#"tags has any ("gold") and segments has "Sud" and not tags has only ("gold")"#;
    assert_eq!(shown(&book).filter.as_deref(), Some(expected));
    // A change of the zone reads the filter again.
    let mut settings = *book.schema().settings();
    settings.calendar.zone = "Europe/Paris".parse().unwrap();
    book.change_settings(settings, now()).unwrap();
    book.add_tags(zoe, ["other"], now()).unwrap();
    assert_eq!(book.members(users).unwrap().to_numbers(), [zoe.get()]);
    // A filter that is kept outside can be written down with the names of now.
    let filter = book.filter("tags has gold").unwrap();
    book.rename_tag("gold", "platinum", now()).unwrap();
    assert_eq!(
        filter.to_json(book.schema()),
        book.filter("tags has platinum").unwrap().to_json(book.schema())
    );
    let error = book.delete_tag("platinum", true, now()).map(|_| shown(&book).error);
    assert_eq!(error.unwrap().unwrap().code(), Code::BrokenSegment);
    assert!(shown(&book).filter.unwrap().contains("platinum"));
}

#[test]
fn who_stands_on_a_segment_that_is_dynamic_again_enters_and_leaves_with_it() {
    let mut book = book();
    let zoe = contact(&mut book, Draft::new());
    let vips = book.create_segment(NewSegment::dynamic("VIPs", "status = vip"), now()).unwrap().id;
    let others =
        book.create_segment(NewSegment::dynamic("Others", "not segments has VIPs"), now()).unwrap().id;
    let frozen = book.freeze_segment(vips, now()).unwrap();
    book.set_status(zoe, "vip", now()).unwrap();
    let effects = book.undo(&frozen.commit, now()).unwrap().effects;
    assert_eq!(effects.entered.keys().collect::<Vec<_>>(), [&vips]);
    assert_eq!(effects.left.keys().collect::<Vec<_>>(), [&others]);
    assert!(effects.left[&others].contains(zoe));
}

#[test]
fn interactions_of_one_instant_have_an_order_of_their_own() {
    let kinds = |draft: Draft| {
        let mut book = book();
        let zoe = contact(&mut book, draft);
        let zoe = book.contact(zoe).unwrap();
        zoe.interactions().iter().map(|one| book.schema().kind_key(one.kind).to_owned()).collect::<Vec<_>>()
    };
    let of = |names: [&str; 3]| {
        names.iter().fold(Draft::new(), |draft, kind| draft.interaction(*kind, now(), None, None))
    };
    let expected = ["appointment", "payment", "message"];
    assert_eq!(kinds(of(["payment", "message", "appointment"])), expected);
    assert_eq!(kinds(of(["message", "appointment", "payment"])), expected);
}

#[test]
fn an_outcome_names_the_segments_that_it_moved_somebody_in() {
    let mut book = book();
    let zoe = contact(&mut book, Draft::new().set("first_name", "Zoé"));
    let names = |outcome: &Outcome, book: &Book| {
        let effects = &outcome.effects;
        let segments = effects.entered.keys().chain(effects.left.keys());
        segments.map(|id| outcome.segment_name(*id, book.schema()).to_owned()).collect::<Vec<_>>()
    };
    let made = book.create_segment(NewSegment::with_members("Nord", zoe), now()).unwrap();
    let north = made.id;
    assert_eq!(names(&made.outcome, &book), ["Nord"]);
    // One that is still there has the name that it has now.
    book.rename_segment(north, "Sud", now()).unwrap();
    assert_eq!(names(&made.outcome, &book), ["Sud"]);
    // One that was only tried has the name that it would have.
    let new = NewSegment::with_members("Est", zoe);
    let (_, tried) = book.preview(now(), |book| book.create_segment(new, now())).unwrap();
    assert_eq!(names(&tried, &book), ["Est"]);
    // One that the change deleted has the name that it had before the change.
    let delete = |book: &mut Book| {
        book.rename_segment(north, "Ouest", now())?;
        book.delete_segment(north, false, now())
    };
    let (_, deleted) = book.batch(now(), delete).unwrap();
    assert_eq!(names(&deleted, &book), ["Sud"]);
    // A later outcome does not know it, nor does an earlier one know how it was called in between.
    let nothing = book.add_tags(zoe, ["vip"], now()).unwrap();
    assert_eq!(nothing.segment_name(north, book.schema()), "");
    assert_eq!(names(&made.outcome, &book), ["Nord"]);
}

/// Pins that a static segment would forget are refused, with its members or without.
#[test]
fn a_static_segment_has_no_pins() {
    let mut book = book();
    let zoe = contact(&mut book, Draft::new().set("first_name", "Zoé"));
    for segment in [
        NewSegment::fixed("Nord").always_in([zoe]),
        NewSegment::fixed("Nord").always_out([]),
        NewSegment::with_members("Nord", "everyone").always_in([zoe]),
        NewSegment::with_members("Nord", "everyone").always_out([zoe]),
    ] {
        let error = book.create_segment(segment, now()).unwrap_err();
        let expected = "error[E0809]: the segment `Nord` has pins but no filter; help: pins belong to a dynamic segment, \
                        which has a filter";
        assert_eq!(error.to_string(), expected);
    }
    assert_eq!(book.segments().len(), 0);
    let twice = NewSegment::dynamic("VIP", "status = vip").always_in([zoe]).always_in([]);
    book.create_segment(twice, now()).unwrap();
    assert_eq!(book.members("VIP").unwrap().to_numbers(), [0]);
}
