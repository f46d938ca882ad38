//! What an undo takes back, what it leaves, and when it is refused: one case each.

use tagmata::{
    Book, Change, Code, Command, Commit, ContactId, Draft, Field, Limits, NewField, NewRule, NewSegment,
    Outcome, Patch, Result, SegmentPatch, Settings, Timestamp, Value, ValueType,
};
use tagmata_testkit::dump::BookDump;

const NOW: &str = "2026-11-24T09:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn hours_later(hours: i64) -> Timestamp {
    Timestamp::from_micros(now().as_micros() + hours * 3_600_000_000).unwrap()
}

fn book() -> Book {
    Book::builder().build(now())
}

fn contact(book: &mut Book, draft: Draft) -> ContactId {
    book.create_contact(draft, book.now()).unwrap().id
}

fn dynamic(book: &mut Book, name: &str, filter: &str) -> Outcome {
    book.create_segment(NewSegment::dynamic(name, filter), book.now()).unwrap().outcome
}

/// Undoes a commit and the undo, and wants each to bring back exactly what was there.
fn goes_back_and_forth(book: &mut Book, before: &BookDump, commit: &Commit) {
    let after = BookDump::of(book);
    let undo = book.undo(commit, book.now()).unwrap();
    assert_eq!(BookDump::of(book).difference(before), [""; 0]);
    book.undo(&undo.commit, book.now()).unwrap();
    assert_eq!(BookDump::of(book).difference(&after), [""; 0]);
    assert_eq!(book.check(), [""; 0]);
}

/// A change that is the last one, so that its undo must be exact.
type Last = fn(&mut Book) -> Result<Outcome>;

/// Two contacts with a bit of everything.
fn furnished() -> Book {
    let mut book = book();
    let field = NewField::new("plan", ValueType::Select).option("gold").option("iron");
    book.define_field(field, now()).unwrap();
    let field = NewField::new("tools", ValueType::MultiSelect).option("saw").option("axe");
    book.define_field(field, now()).unwrap();
    book.define_status("paused", None, now()).unwrap();
    let zoe = Draft::new().set("external_id", "X1").set("plan", "gold").set("tools", ["saw", "axe"]);
    contact(&mut book, zoe.set("tags", ["vip"]).set("status", "paused").set("email", "zoe@example.com"));
    let leo = Draft::new().set("external_id", "X2").set("email", "leo@example.com").set("tags", ["vip"]);
    contact(&mut book, leo.interaction("payment", now(), None, None));
    book.create_segment(NewSegment::fixed("Nord"), now()).unwrap();
    dynamic(&mut book, "Users", "tags has vip or plan = gold or tools has saw or status = paused");
    dynamic(&mut book, "Users of users", "not segments has Users");
    book
}

#[test]
fn the_undo_of_the_last_change_is_exact() {
    let cases: [(&str, Last); 14] = [
        ("a tag that is named twice", |book| book.add_tags("everyone", ["new", "NEW"], now())),
        ("a tag that is taken twice", |book| book.remove_tags("everyone", ["vip", "VIP"], now())),
        ("a tag that contacts have and filters use", |book| book.delete_tag("vip", true, now())),
        ("an option that a contact has", |book| book.delete_option("plan", "gold", true, now())),
        ("an option of a set that a contact has", |book| book.delete_option("tools", "saw", true, now())),
        ("a field with values", |book| book.delete_field("tools", true, now())),
        ("a status that a contact has", |book| {
            book.delete_status("paused", Some("active".into()), true, now())
        }),
        ("a segment that is made static", |book| book.freeze_segment("Users", now())),
        ("a merge into one with an id of the other", |book| {
            let third = contact(book, Draft::new());
            book.merge_contacts(third, [ContactId::new(0), ContactId::new(1)], now())
        }),
        ("contacts that are made and merged at once", |book| {
            let merge = |book: &mut Book| {
                let [one, other] = ["a@example.com", "b@example.com"]
                    .map(|email| contact(book, Draft::new().set("email", email)));
                book.merge_contacts(one, [other], now())
            };
            book.batch(now(), merge).map(|(_, outcome)| outcome)
        }),
        ("a contact that is made with interactions out of order", |book| {
            let draft = Draft::new().interaction("payment", hours_later(2), None, None);
            let draft = draft.interaction("payment", hours_later(1), None, None);
            book.create_contact(draft, now()).map(|created| created.outcome)
        }),
        ("an interaction among others of the same instant", |book| {
            book.record(ContactId::new(1), "appointment", now(), None, None, now())
        }),
        ("a change that is done again and undone again at once", |book| {
            let active = book.set_status("everyone", "active", now())?;
            let undo = book.undo(&active.commit, now())?;
            let both = |book: &mut Book| {
                book.undo(&undo.commit, now())?;
                book.undo(&active.commit, now())
            };
            book.batch(now(), both).map(|(_, outcome)| outcome)
        }),
        ("a patch that gives a field twice", |book| {
            let patch = Patch::new().set("source", "web").set("source", "fair").set("tags", ["a"]);
            book.update_contacts("everyone", patch.set("tags", ["b"]), now())
        }),
    ];
    for (what, change) in cases {
        let mut book = furnished();
        let before = match what {
            // It makes its own contact first.
            "a merge into one with an id of the other" => {
                let mut with_third = book.clone();
                contact(&mut with_third, Draft::new());
                BookDump::of(&with_third)
            }
            _ => BookDump::of(&book),
        };
        let outcome = change(&mut book).unwrap_or_else(|error| panic!("{what}: {error}"));
        println!("{what}");
        goes_back_and_forth(&mut book, &before, &outcome.commit);
    }
}

#[test]
fn what_changed_nothing_can_be_undone() {
    let mut book = furnished();
    let nothing = book.add_tags("everyone", ["vip"], now()).unwrap();
    assert!(nothing.commit.is_empty());
    assert!(book.undo(&nothing.commit, now()).unwrap().commit.is_empty());
}

#[test]
fn an_undo_in_a_batch_is_replayed_and_undone_with_it() {
    let mut book = furnished();
    let mut replica = book.clone();
    let tagged = book.add_tags("everyone", ["new"], now()).unwrap();
    let before = BookDump::of(&book);
    let undo = |book: &mut Book| {
        book.undo(&tagged.commit, now())?;
        book.set_status("everyone", "active", now())
    };
    let (_, batch) = book.batch(now(), undo).unwrap();
    for commit in [&tagged.commit, &batch.commit] {
        replica.replay(commit).unwrap();
    }
    assert_eq!(BookDump::of(&replica).difference(&BookDump::of(&book)), [""; 0]);
    goes_back_and_forth(&mut book, &before, &batch.commit);
}

#[test]
fn an_entry_that_comes_back_comes_to_its_old_place() {
    let mut book = book();
    let zoe = contact(&mut book, Draft::new());
    let (_, both) = book
        .batch(now(), |book| {
            book.add_tags(zoe, ["vip"], now())?;
            book.set_status(zoe, "active", now())
        })
        .unwrap();
    book.set_status(zoe, "vip", now()).unwrap();
    let before = book.history(zoe).unwrap();
    let undo = book.undo_by_force(&both.commit, now()).unwrap();
    assert_eq!(book.history(zoe).unwrap().len(), before.len() - 1);
    book.undo(&undo.commit, now()).unwrap();
    assert_eq!(book.history(zoe).unwrap(), before);
}

/// What happens, and which of it is undone then.
type Story = fn(&mut Book) -> Result<Commit>;

#[test]
fn an_undo_is_refused_where_something_later_stands_on_it() {
    let zoe = ContactId::new(0);
    let cases: [(&str, Story, &str); 19] = [
        (
            "a static segment was dynamic, and got members since",
            |book| {
                let frozen = book.freeze_segment("Users", now())?.commit;
                let third = contact(book, Draft::new());
                book.add_to_segment(third, "Users", now())?;
                Ok(frozen)
            },
            "the segment `Users` has changed since then",
        ),
        (
            "a key is a kind of interaction by now",
            |book| {
                let deleted = book.delete_field("plan", true, now())?.commit;
                book.define_kind("plan", false, now())?;
                Ok(deleted)
            },
            "the name `plan` was given to something else since then",
        ),
        (
            "a key is another field's label by now",
            |book| {
                let deleted = book.delete_field("plan", true, now())?.commit;
                book.update_field("tools", Some("Plan"), [], now())?;
                Ok(deleted)
            },
            "the name `plan` was given to something else since then",
        ),
        (
            "a name is another tag's old name by now",
            |book| {
                let deleted = book.delete_tag("vip", true, now())?.commit;
                book.define_tag("VIP", now())?;
                book.rename_tag("VIP", "Other", now())?;
                Ok(deleted)
            },
            "the name `vip` was given to something else since then",
        ),
        (
            "an old name is another tag's name by now",
            |book| {
                book.rename_tag("vip", "gold", now())?;
                let deleted = book.delete_tag("gold", true, now())?.commit;
                book.define_tag("VIP", now())?;
                Ok(deleted)
            },
            "the name `vip` was given to something else since then",
        ),
        (
            "a name was another one and is the same again",
            |book| {
                let defined = book.define_tag("new", now())?.outcome.commit;
                book.rename_tag("new", "newer", now())?;
                book.rename_tag("new", "new", now())?;
                Ok(defined)
            },
            "the tag `new` has changed since then",
        ),
        (
            "a filter is beyond the limits that there would be",
            |book| {
                let deleted = book.delete_segment("Users of users", false, now())?.commit;
                let users = book.delete_segment("Users", false, now())?.commit;
                let settings = *book.schema().settings();
                let limits = Limits { nodes: 1, ..settings.limits };
                book.change_settings(Settings { limits, ..settings }, now())?;
                book.undo_by_force(&deleted, now())?;
                Ok(users)
            },
            "the segment `Users` cannot be what it was: the filter has more than 1 conditions, `not`s and groups",
        ),
        (
            "another segment uses what would use it",
            |book| {
                let changed =
                    book.update_segment("Users of users", SegmentPatch::new().filter("nobody"), now())?;
                let filter = "segments has `Users of users`".replace('`', "\"");
                book.update_segment("Users", SegmentPatch::new().filter(filter), now())?;
                Ok(changed.commit)
            },
            "the segment `Users of users` cannot be what it was: the segment `Users of users` would be made from itself",
        ),
        (
            "a field got options since",
            |book| {
                let field = NewField::new("size", ValueType::Select).option("S");
                let defined = book.define_field(field, now())?.outcome.commit;
                book.update_field("size", None, [("M", "M")], now())?;
                Ok(defined)
            },
            "the field `size` is in use since then",
        ),
        (
            "the field of an option is gone",
            |book| {
                let deleted = book.delete_option("tools", "axe", true, now())?.commit;
                book.delete_field("tools", true, now())?;
                Ok(deleted)
            },
            "the option `axe` has changed since then",
        ),
        (
            "an external id led to a contact, and is another's by now",
            |book| {
                let (zoe, leo) = (ContactId::new(0), ContactId::new(1));
                book.merge_contacts(zoe, [leo], now())?;
                let deleted = book.delete_contacts(zoe, now())?.commit;
                contact(book, Draft::new().set("external_id", "X2"));
                Ok(deleted)
            },
            "1 contact has changed since commit 10: 0",
        ),
        (
            "the kind of an interaction that is recorded again is gone",
            |book| {
                let kind = book.define_kind("demo", false, now())?.outcome.commit;
                let recorded = book.record(ContactId::new(0), "demo", now(), None, None, now())?.commit;
                let undo = book.undo(&recorded, now())?.commit;
                book.undo(&kind, now())?;
                Ok(undo)
            },
            "1 contact has changed since commit 11: 0",
        ),
        (
            "a contact comes back into what is a dynamic segment again",
            |book| {
                let frozen = book.freeze_segment("Users", now())?.commit;
                let deleted = book.delete_contacts(ContactId::new(0), now())?.commit;
                book.undo_by_force(&frozen, now())?;
                Ok(deleted)
            },
            "1 contact has changed since commit 10: 0",
        ),
        (
            "a segment that was made static is gone",
            |book| {
                let frozen = book.freeze_segment("Users of users", now())?.commit;
                book.delete_segment("Users of users", false, now())?;
                Ok(frozen)
            },
            "a segment that it made static was deleted since then",
        ),
        (
            "a tag was taken and given again since",
            |book| {
                book.define_tag("new", now())?;
                let given = book.add_tags(ContactId::new(0), ["new"], now())?.commit;
                book.remove_tags(ContactId::new(0), ["new"], now())?;
                book.add_tags(ContactId::new(0), ["new"], now())?;
                Ok(given)
            },
            "1 contact has changed since commit 10: 0",
        ),
        (
            "a status was another one and is the same again",
            |book| {
                let set = book.set_status(ContactId::new(0), "vip", now())?.commit;
                book.set_status(ContactId::new(0), "active", now())?;
                book.set_status(ContactId::new(0), "vip", now())?;
                Ok(set)
            },
            "1 contact has changed since commit 9: 0",
        ),
        (
            "a contact that came back was deleted again since",
            |book| {
                let deleted = book.delete_contacts(ContactId::new(0), now())?.commit;
                book.undo(&deleted, now())?;
                book.set_status(ContactId::new(0), "vip", now())?;
                book.delete_contacts(ContactId::new(0), now())?;
                Ok(deleted)
            },
            "1 contact has changed since commit 9: 0",
        ),
        (
            "the one of two merged contacts that stayed is gone",
            |book| {
                let pair = [contact(book, Draft::new()), contact(book, Draft::new())];
                let merged = book.merge_contacts(pair[0], [pair[1]], now())?.commit;
                book.delete_contacts(pair[0], now())?;
                Ok(merged)
            },
            "1 contact has changed since commit 11: 2",
        ),
        (
            "it is undone already, and the contact deleted since",
            |book| {
                let made = book.create_contact(Draft::new(), now())?;
                let undo = book.undo(&made.outcome.commit, now())?.commit;
                book.undo(&undo, now())?;
                book.delete_contacts(made.id, now())?;
                Ok(undo)
            },
            "1 contact has changed since commit 10: 2",
        ),
    ];
    for (what, story, message) in cases {
        let mut book = furnished();
        let commit = story(&mut book).unwrap_or_else(|error| panic!("{what}: {error}"));
        let before = BookDump::of(&book);
        let error = book.undo(&commit, now()).expect_err(what);
        assert_eq!((error.code(), error.diagnostics()[0].message()), (Code::ChangedSince, message), "{what}");
        assert_eq!(BookDump::of(&book).difference(&before), [""; 0], "{what}");
        book.undo_by_force(&commit, now()).unwrap();
        assert_eq!(book.check(), [""; 0], "{what}");
    }
    assert!(book().contact(zoe).is_err());
}

#[test]
fn an_undo_by_force_overwrites_nothing_that_came_later() {
    let mut book = book();
    let zoe = contact(&mut book, Draft::new().set("source", "x"));
    let source = |book: &Book| match book.contact(zoe).unwrap().get(Field::SOURCE) {
        Some(Value::Text(text)) => text.as_str().to_owned(),
        _ => String::new(),
    };
    let set = |book: &mut Book, to: &str| book.update_contacts(zoe, Patch::new().set("source", to), now());
    let (_, twice) = book.batch(now(), |book| set(book, "y").and_then(|_| set(book, "z"))).unwrap();
    set(&mut book, "y").unwrap();
    book.undo_by_force(&twice.commit, now()).unwrap();
    assert_eq!(source(&book), "y", "a later commit made it so");

    let there_and_back = |book: &mut Book| {
        book.add_tags(zoe, ["vip"], now())?;
        book.remove_tags(zoe, ["vip"], now())
    };
    let (_, nothing) = book.batch(now(), there_and_back).unwrap();
    book.add_tags(zoe, ["vip"], now()).unwrap();
    book.undo_by_force(&nothing.commit, now()).unwrap();
    assert_eq!(book.count("tags has vip").unwrap(), 1, "a later commit gave it");
}

#[test]
fn a_contact_that_got_again_what_a_rule_took_at_its_creation_stays() {
    let mut book = book();
    book.define_tag("lead", now()).unwrap();
    book.add_rule(NewRule::on("no leads", "status").remove_tags(["lead"]), now()).unwrap();
    let created = book.create_contact(Draft::new().set("tags", ["lead"]), now()).unwrap();
    assert_eq!(book.count("tags has lead").unwrap(), 0);
    book.add_tags(created.id, ["lead"], now()).unwrap();
    assert_eq!(book.undo(&created.outcome.commit, now()).unwrap_err().code(), Code::ChangedSince);
    book.undo_by_force(&created.outcome.commit, now()).unwrap();
    assert_eq!(book.select("tags has lead").unwrap(), [created.id].into_iter().collect());
}

#[test]
fn a_field_that_is_gone_gets_no_column_again() {
    let mut book = furnished();
    let deleted = book.delete_contacts("everyone", now()).unwrap();
    let undo = book.undo(&deleted.commit, now()).unwrap();
    book.delete_field("plan", true, now()).unwrap();
    // Zoé has lost a value since, Léo has not.
    book.undo_by_force(&undo.commit, now()).unwrap();
    assert_eq!((book.count("everyone").unwrap(), book.check()), (1, vec![]));
}

#[test]
fn the_instant_of_a_status_stays_with_the_status() {
    let mut book = book();
    let zoe = contact(&mut book, Draft::new());
    let active = book.set_status(zoe, "active", hours_later(1)).unwrap();
    book.set_status(zoe, "vip", hours_later(1)).unwrap();
    book.undo_by_force(&active.commit, hours_later(2)).unwrap();
    let expected = Some(Value::DateTime(hours_later(1)));
    let zoe = book.contact(zoe).unwrap();
    assert_eq!(book.count("status = vip").unwrap(), 1);
    assert_eq!(zoe.get(Field::STATUS_CHANGED_AT).cloned(), expected);
}

#[test]
fn a_segment_that_stays_static_keeps_its_members() {
    let mut book = furnished();
    let frozen = book.freeze_segment("Users", now()).unwrap();
    let members = book.members("Users").unwrap();
    let third = contact(&mut book, Draft::new());
    book.add_to_segment(third, "Users", now()).unwrap();
    book.undo_by_force(&frozen.commit, now()).unwrap();
    assert!(members.iter().all(|member| book.members("Users").unwrap().contains(member)));
}

#[test]
fn contacts_that_stay_merged_keep_what_came_from_each_other() {
    let (zoe, leo) = (ContactId::new(0), ContactId::new(1));
    let mut book = furnished();
    let merge = book.merge_contacts(zoe, [leo], now()).unwrap();
    // Now Léo cannot come back: his external id is another's.
    book.update_contacts(zoe, Patch::new().set("external_id", "X2"), now()).unwrap();
    assert_eq!(book.undo(&merge.commit, now()).unwrap_err().contacts(), [1]);
    book.undo_by_force(&merge.commit, now()).unwrap();
    assert_eq!(book.count("count(payment) = 1").unwrap(), 1);
    assert_eq!(book.find(Field::EMAIL, "leo@example.com").unwrap(), Some(zoe));
    assert!(book.history(zoe).unwrap().iter().any(|entry| entry.change == Change::Merged(leo)));
}

#[test]
fn contacts_merged_both_ways_have_one_history() {
    let (zoe, leo) = (ContactId::new(0), ContactId::new(1));
    let mut book = furnished();
    let merge = book.merge_contacts(zoe, [leo], now()).unwrap();
    let parted = book.undo(&merge.commit, now()).unwrap();
    book.update_contacts(leo, Patch::new().set("source", "web"), now()).unwrap();
    // Léo has changed: they stay apart, and the other way round they may still become one.
    book.undo_by_force(&parted.commit, now()).unwrap();
    assert!(book.contact(leo).is_ok());
    book.merge_contacts(leo, [zoe], now()).unwrap();
    let merges = |entry: &&tagmata::HistoryEntry| matches!(entry.change, Change::Merged(_));
    assert_eq!(book.history(leo).unwrap().iter().filter(merges).count(), 1);
}

#[test]
fn a_filter_that_comes_back_reads_time_by_the_settings_of_then() {
    let (mut zones, paris) = (furnished(), "Europe/Paris".parse().unwrap());
    dynamic(&mut zones, "Today", "created_at today");
    let settings = *zones.schema().settings();
    let mut calendar = settings.calendar;
    calendar.zone = paris;
    let moved = Settings { calendar, ..settings };

    let mut book = zones.clone();
    let deleted = book.delete_segment("Today", false, now()).unwrap();
    book.change_settings(moved, now()).unwrap();
    book.undo(&deleted.commit, now()).unwrap();
    assert_eq!(book.check(), [""; 0]);

    let mut book = zones;
    let changed = book.change_settings(moved, now()).unwrap();
    dynamic(&mut book, "Today too", "created_at today");
    let before = BookDump::of(&book);
    let undo = book.undo(&changed.commit, now()).unwrap();
    assert_eq!(book.check(), [""; 0]);
    book.undo(&undo.commit, now()).unwrap();
    assert_eq!(BookDump::of(&book).difference(&before), [""; 0]);
}

#[test]
fn a_segment_that_was_changed_before_the_settings_can_still_be_changed_back() {
    let mut book = furnished();
    let changed = book.update_segment("Users", SegmentPatch::new().filter("tags has vip"), now()).unwrap();
    let mut settings = *book.schema().settings();
    settings.calendar.zone = "Europe/Paris".parse().unwrap();
    book.change_settings(settings, now()).unwrap();
    book.undo(&changed.commit, now()).unwrap();
    let users = book.segments().into_iter().find(|segment| segment.name == "Users").unwrap();
    assert!(users.filter.unwrap().ends_with("or status = \"paused\""));
}

#[test]
fn a_decision_made_before_a_batch_is_no_part_of_it() {
    let mut book = furnished();
    let decision = book.decide(&Command::DefineTag("new".to_owned()), hours_later(1)).unwrap();
    book.begin_batch(now()).unwrap();
    assert_eq!(book.apply(decision).unwrap_err().code(), Code::OutOfOrder);
    book.drop_batch().unwrap();
}
