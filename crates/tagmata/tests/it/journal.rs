//! A book with a journal: what is written, when, and what happens where that fails.

use crate::notebook::{Notebook, full, look};
use std::io::Cursor;
use std::ops::ControlFlow;
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use tagmata::{
    Access, Book, Clock, Code, Command, Commit, ContactId, Draft, Effects, ImportOptions, InteractionOptions,
    Journal, MemberSet, NewField, NewRule, NewSegment, Patch, Prune, Result, Run, SegmentId, SegmentPatch,
    SharedBook, Stamp, Timestamp, ValueType, WhenBusy,
};
use tagmata_testkit::dump::{BookDump, next_ids};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-24T09:00:00Z")
}

/// Two days later, behind the appointment.
fn later() -> Timestamp {
    at("2026-11-26T00:00:00Z")
}

const ZOE: ContactId = ContactId::new(0);

/// A lead who is in a segment for a day, and becomes active tomorrow by an appointment: commits 1 to 4, the last of which gave her a tag.
fn world() -> (Book, Commit) {
    let mut book = Book::builder().build(now());
    let zoe = Draft::new().set("first_name", "Zoé").set("external_id", "Z");
    book.create_contact(zoe, now()).unwrap();
    book.record(ZOE, "appointment", at("2026-11-25T10:00:00Z"), None, None, now()).unwrap();
    book.create_segment(NewSegment::dynamic("New", "created_at > now - 24 hours"), now()).unwrap();
    let tagged = book.add_tags(ZOE, ["old"], now()).unwrap();
    (book, tagged.commit)
}

/// The numbers of the commits of each write, and the instant.
fn written(notebook: &Mutex<Notebook>) -> Vec<(Vec<u64>, Timestamp)> {
    let writes = &look(notebook).writes;
    writes.iter().map(|(commits, now)| (commits.iter().map(Commit::number).collect(), *now)).collect()
}

type Path = (&'static str, fn(&mut Book, &Commit, Timestamp) -> Result<()>);

const CONTACTS: &str = "external_id,source\nZ,web\n";
const INTERACTIONS: &str = "external_id,kind,time\nZ,message,2026-11-20\n";
const DEFINITIONS: &str = r#"{"v": 1, "tags": ["gold", "silver"]}"#;

fn change_twice(book: &mut Book, at: Timestamp) -> Result<()> {
    book.add_tags(ZOE, ["vip"], at)?;
    book.apply_definitions(DEFINITIONS, Prune::Keep, at)?;
    book.create_contact(Draft::new().set("first_name", "Léo"), at).map(drop)
}

/// The ways to change a book.
const CHANGES: [Path; 16] = [
    ("run", |book, _, at| book.run(&Command::DefineTag("gold".to_owned()), at).map(drop)),
    ("create", |book, _, at| book.create_contact(Draft::new().set("first_name", "Léo"), at).map(drop)),
    ("update", |book, _, at| book.update_contacts(ZOE, Patch::new().set("source", "web"), at).map(drop)),
    ("bulk", |book, _, at| book.set_status("everyone", "vip", at).map(drop)),
    ("delete", |book, _, at| book.delete_contacts(ZOE, at).map(drop)),
    ("record", |book, _, at| book.record(ZOE, "message", at, None, None, at).map(drop)),
    ("define", |book, _, at| book.define_field(NewField::new("billed", ValueType::Number), at).map(drop)),
    ("segment", |book, _, at| book.create_segment(NewSegment::fixed("Nord"), at).map(drop)),
    ("undo", |book, tagged, at| book.undo(tagged, at).map(drop)),
    ("rule", |book, _, at| {
        let rule = NewRule::when("all", "everyone").add_tags(["all"]).apply_to_existing(true);
        book.add_rule(rule, at).map(drop)
    }),
    ("definitions", |book, _, at| book.apply_definitions(DEFINITIONS, Prune::Keep, at).map(drop)),
    ("contacts", |book, _, at| book.import(Cursor::new(CONTACTS), &ImportOptions::new(), at).map(drop)),
    ("interactions", |book, _, at| {
        book.import(Cursor::new(INTERACTIONS), &InteractionOptions::new(), at).map(drop)
    }),
    ("import", |book, _, at| {
        let go_on = |_| ControlFlow::Continue(());
        book.import_watched(Cursor::new(CONTACTS), &ImportOptions::new(), at, go_on).map(drop)
    }),
    ("batch", |book, _, at| book.batch(at, |book| change_twice(book, at)).map(drop)),
    ("open batch", |book, _, at| {
        book.begin_batch(Stamp::new(at).by("ana"))?;
        change_twice(book, at)?;
        book.end_batch().map(drop)
    }),
];

#[test]
fn every_change_is_written_once_with_what_time_did_ahead_of_it() {
    for (name, change) in CHANGES {
        let (mut book, tagged) = world();
        let notebook = Notebook::of(&mut book);
        change(&mut book, &tagged, later()).unwrap();
        // The appointment comes, then the change.
        assert_eq!(written(&notebook), [(vec![5, 6], later())], "{name}");
        assert_eq!((book.last_commit(), book.now()), (6, later()), "{name}");
        look(&notebook).writes.clear();
        assert_eq!(book.advance(later()).unwrap(), tagmata::Advance::default());
        assert_eq!(written(&notebook), [], "{name}");
    }
}

#[test]
fn a_change_that_cannot_be_written_has_not_happened_and_can_be_made_again() {
    for (name, change) in CHANGES {
        let (mut book, tagged) = world();
        let notebook = Notebook::of(&mut book);
        let (before, ids) = (BookDump::of(&book), next_ids(&book));
        look(&notebook).is_full = true;
        for _ in 0..2 {
            assert_eq!(change(&mut book, &tagged, later()).unwrap_err(), full(), "{name}");
            assert_eq!(BookDump::of(&book).difference(&before), [""; 0], "{name}");
            assert_eq!((book.now(), book.last_commit(), next_ids(&book)), (now(), 4, ids.clone()), "{name}");
            assert_eq!(book.check(), [""; 0], "{name}");
        }
        look(&notebook).is_full = false;
        change(&mut book, &tagged, later()).unwrap();
        assert_eq!(written(&notebook), [(vec![5, 6], later())], "{name}");
    }
}

#[test]
fn an_interaction_to_come_is_awaited_after_one_like_it_could_not_be_written() {
    let (mut book, _) = world();
    let notebook = Notebook::of(&mut book);
    let appointment = at("2026-11-25T10:00:00Z");
    look(&notebook).is_full = true;
    let told = book
        .batch(later(), |book| book.record(ZOE, "appointment", appointment, None, None, later()).map(drop));
    assert_eq!(told.unwrap_err(), full());
    assert_eq!(book.check(), [""; 0]);
    look(&notebook).is_full = false;
    let advance = book.advance(later()).unwrap();
    assert_eq!(advance.commits.iter().map(Commit::at).collect::<Vec<_>>(), [appointment]);
    assert!(book.matches(ZOE, "status = active").unwrap());
}

#[test]
fn a_decision_an_advance_and_commits_of_another_book_are_written() {
    let (mut book, _) = world();
    let mut replica = book.clone();
    let (notebook, copy) = (Notebook::of(&mut book), Notebook::of(&mut replica));
    look(&notebook).is_full = true;
    assert_eq!(book.advance(later()).unwrap_err(), full());
    assert_eq!((book.now(), book.last_commit()), (now(), 4));
    look(&notebook).is_full = false;
    let advance = book.advance(later()).unwrap();
    assert_eq!(written(&notebook), [(vec![5], later())]);

    let decide = |book: &Book| book.decide(&Command::DefineTag("gold".to_owned()), later()).unwrap();
    look(&notebook).is_full = true;
    let decision = decide(&book);
    assert_eq!(book.apply(decision).unwrap_err(), full());
    look(&notebook).is_full = false;
    let decision = decide(&book);
    let outcome = book.apply(decision).unwrap();
    assert_eq!(written(&notebook), [(vec![5], later()), (vec![6], later())]);

    let [by_rule] = advance.commits.as_slice() else { panic!("{advance:?}") };
    look(&copy).is_full = true;
    assert_eq!(replica.replay(by_rule).unwrap_err(), full());
    assert_eq!((replica.now(), replica.last_commit()), (now(), 4));
    look(&copy).is_full = false;
    replica.replay(by_rule).unwrap();
    replica.replay(&outcome.commit).unwrap();
    assert_eq!(written(&copy), [(vec![5], at("2026-11-25T10:00:00Z")), (vec![6], later())]);
}

#[test]
fn what_is_only_tried_dropped_or_refused_is_not_written() {
    const TRIES: [Path; 9] = [
        ("preview", |book, _, at| book.preview(at, |book| change_twice(book, at)).map(drop)),
        ("preview of an import", |book, _, at| {
            book.preview_import(Cursor::new(CONTACTS), &ImportOptions::new(), at).map(drop)
        }),
        ("preview of a segment", |book, _, _| {
            book.preview_segment("New", SegmentPatch::new().filter("everyone")).map(drop)
        }),
        ("preview of a rule", |book, _, _| book.preview_rule("idle").map(drop)),
        ("dropped", |book, _, at| {
            book.begin_batch(at)?;
            change_twice(book, at)?;
            book.drop_batch()
        }),
        ("refused", |book, _, at| {
            assert_eq!(book.set_status(ZOE, "gone", at).unwrap_err().code(), Code::UnknownStatus);
            Ok(())
        }),
        ("refused batch", |book, _, at| {
            let both = |book: &mut Book| {
                change_twice(book, at)?;
                book.set_status(ZOE, "gone", at)
            };
            assert_eq!(book.batch(at, both).unwrap_err().code(), Code::UnknownStatus);
            Ok(())
        }),
        ("refused file", |book, _, at| {
            assert!(book.import(Cursor::new("external_id\n\"Z"), &ImportOptions::new(), at).is_err());
            Ok(())
        }),
        ("decided", |book, _, _| book.decide(&Command::DefineTag("gold".to_owned()), now()).map(drop)),
    ];
    let (mut world, tagged) = world();
    let idle = NewRule::when("idle", "first_name = zoé").add_tags(["idle"]);
    world.add_rule(idle, now()).unwrap();
    let before = BookDump::of(&world);
    for (name, attempt) in TRIES {
        let mut book = world.clone();
        let notebook = Notebook::of(&mut book);
        attempt(&mut book, &tagged, later()).unwrap();
        assert_eq!(written(&notebook), [], "{name}");
        assert_eq!(BookDump::of(&book).difference(&before), [""; 0], "{name}");
    }
}

#[test]
fn where_nothing_changes_only_who_moves_by_time_is_written() {
    const NOTHING: [Path; 5] = [
        ("advance", |book, _, at| book.advance(at).map(drop)),
        ("a tag that is there", |book, _, at| book.add_tags(ZOE, ["old"], at).map(drop)),
        ("an empty batch", |book, _, at| book.batch(at, |_| Ok(())).map(drop)),
        ("a file that says what is so", |book, _, at| {
            book.import(Cursor::new("external_id,first_name\nZ,Zoé\n"), &ImportOptions::new(), at).map(drop)
        }),
        ("an empty commit", |book, _, at| {
            let nothing = book.clone().add_tags(ZOE, ["old"], at)?.commit;
            assert!(nothing.is_empty());
            book.replay(&nothing).map(drop)
        }),
    ];
    for (name, pass) in NOTHING {
        let (mut book, tagged) = world();
        let notebook = Notebook::of(&mut book);
        // Nobody moves by an hour; after a day, before the appointment, she is new no more.
        pass(&mut book, &tagged, at("2026-11-24T10:00:00Z")).unwrap();
        assert_eq!((written(&notebook), book.now()), (vec![], at("2026-11-24T10:00:00Z")), "{name}");
        let before = BookDump::of(&book);
        let day = at("2026-11-25T09:30:00Z");
        look(&notebook).is_full = true;
        assert_eq!(pass(&mut book, &tagged, day).unwrap_err(), full(), "{name}");
        assert_eq!(BookDump::of(&book).difference(&before), [""; 0], "{name}");
        look(&notebook).is_full = false;
        pass(&mut book, &tagged, day).unwrap();
        assert_eq!((written(&notebook), book.now()), (vec![(vec![], day)], day), "{name}");
        assert_eq!(book.last_commit(), 4, "{name}");
    }
}

#[test]
fn a_clone_has_no_journal_and_a_journal_can_be_taken_away() {
    let (mut book, _) = world();
    assert!(!book.has_journal());
    let notebook = Notebook::of(&mut book);
    let mut copy = book.clone();
    assert_eq!((book.has_journal(), copy.has_journal()), (true, false));
    copy.define_tag("gold", now()).unwrap();
    book.begin_batch(now()).unwrap();
    book.define_tag("silver", now()).unwrap();
    book.clone().end_batch().unwrap();
    assert_eq!(written(&notebook), []);
    book.end_batch().unwrap();
    assert!(book.detach_journal().is_some());
    assert!(book.detach_journal().is_none());
    book.define_tag("bronze", now()).unwrap();
    assert_eq!((written(&notebook), book.last_commit()), (vec![(vec![5], now())], 6));
}

#[test]
fn segments_that_break_or_are_mended_are_told_anew() {
    let (mut book, _) = world();
    let notebook = Notebook::of(&mut book);
    let nord = book.create_segment(NewSegment::with_members("Nord", ZOE), now()).unwrap().id;
    let users = book.create_segment(NewSegment::dynamic("Users", "segments has Nord"), now()).unwrap().id;
    let just_zoe: MemberSet = std::iter::once(ZOE).collect();
    let members = |segment| look(&notebook).members.get(&segment).cloned();
    assert_eq!((members(nord), members(users)), (Some(Some(just_zoe.clone())), Some(Some(just_zoe.clone()))));
    let deleted = book.delete_segment(nord, true, now()).unwrap();
    assert_eq!((members(nord), members(users)), (Some(Some(MemberSet::new())), Some(None)));
    book.undo(&deleted.commit, now()).unwrap();
    assert_eq!((members(nord), members(users)), (Some(Some(just_zoe.clone())), Some(Some(just_zoe))));
}

/// Breaks off where it is told to.
#[derive(Debug)]
struct Fragile {
    in_write: bool,
}

impl Journal for Fragile {
    fn write(&mut self, _: &[&Commit], _: Timestamp) -> Result<()> {
        assert!(!self.in_write, "of the journal");
        Ok(())
    }

    fn moved(&mut self, _: &Effects, _: &std::collections::BTreeMap<SegmentId, Option<MemberSet>>) {
        panic!("of the journal");
    }
}

const BROKEN_OFF: &str = "error[E1501]: the journal of the book broke off, and takes no more commits; \
    help: open the book again, which shows what was written";

#[test]
fn a_journal_that_panics_is_one_that_fails_from_then_on() {
    for (name, change) in CHANGES {
        let (mut book, tagged) = world();
        let before = BookDump::of(&book);
        book.attach_journal(Arc::new(Mutex::new(Fragile { in_write: true })));
        for _ in 0..2 {
            assert_eq!(change(&mut book, &tagged, later()).unwrap_err().to_string(), BROKEN_OFF, "{name}");
            assert_eq!(BookDump::of(&book).difference(&before), [""; 0], "{name}");
        }
    }
    // What was written before it broke off has happened.
    let (mut book, _) = world();
    book.attach_journal(Arc::new(Mutex::new(Fragile { in_write: false })));
    book.create_segment(NewSegment::with_members("Nord", ZOE), now()).unwrap();
    assert_eq!(book.count("segments has Nord").unwrap(), 1);
    assert_eq!(book.define_tag("gold", now()).unwrap_err().to_string(), BROKEN_OFF);
    assert_eq!(book.last_commit(), 5);
}

/// Writes once two others have come by: one who looks at the book, and the same again when that is done.
#[derive(Debug)]
struct Slow {
    begins: Arc<Barrier>,
    ends: Arc<Barrier>,
}

impl Journal for Slow {
    fn write(&mut self, _: &[&Commit], _: Timestamp) -> Result<()> {
        self.begins.wait();
        self.ends.wait();
        Ok(())
    }
}

#[test]
fn a_shared_book_is_read_as_it_was_while_its_journal_writes() {
    type Change = fn(&SharedBook) -> Result<()>;
    let create: Change = |book| {
        let leo = Command::CreateContact(Draft::new().set("first_name", "Léo"));
        book.run(Access::Direct, &leo, None).map(drop)
    };
    let import: Change = |book| {
        let file = Cursor::new("email,country,first_name,last_name\nleo@example.com,FR,Léo,Petit\n");
        book.import(Access::Direct, file, &ImportOptions::new(), Run::Really, None, None).map(drop)
    };
    let watched: Change = |book| {
        let file = Cursor::new("email,country,first_name,last_name\nleo@example.com,FR,Léo,Petit\n");
        let mut go_on = |_| ControlFlow::Continue(());
        let options = ImportOptions::new();
        book.import(Access::Direct, file, &options, Run::Really, None, Some(&mut go_on)).map(drop)
    };
    for (name, change) in [("run", create), ("import", import), ("watched import", watched)] {
        let (mut book, _) = world();
        let (begins, ends) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
        book.attach_journal(Arc::new(Mutex::new(Slow { begins: begins.clone(), ends: ends.clone() })));
        let book = SharedBook::new(book, Clock::Fixed, WhenBusy::Wait);
        let count = || book.read(Access::Direct, |book| book.count("everyone")).unwrap();
        thread::scope(|threads| {
            let changing = threads.spawn(|| change(&book));
            begins.wait();
            assert_eq!(count(), 1, "{name}");
            ends.wait();
            changing.join().unwrap().unwrap();
        });
        assert_eq!(count(), 2, "{name}");
    }
}

#[test]
fn a_shared_book_writes_every_change_once_and_a_try_not_at_all() {
    type Change = fn(&SharedBook) -> Result<()>;
    let run: Change =
        |book| book.run(Access::Direct, &Command::DefineTag("gold".to_owned()), Some("ana")).map(drop);
    let import: Change = |book| {
        let file = Cursor::new(CONTACTS);
        book.import(Access::Direct, file, &ImportOptions::new(), Run::Really, None, None).map(drop)
    };
    let watched: Change = |book| {
        let (file, mut go_on) = (Cursor::new(CONTACTS), |_| ControlFlow::Continue(()));
        let options = ImportOptions::new();
        book.import(Access::Direct, file, &options, Run::Really, None, Some(&mut go_on)).map(drop)
    };
    let batch: Change = |book| {
        let batch = book.begin_batch(None)?;
        book.run(batch, &Command::DefineTag("gold".to_owned()), None)?;
        book.end_batch(batch).map(drop)
    };
    let change: Change =
        |book| book.change(Access::Direct, None, |book, stamp| book.define_tag("gold", stamp)).map(drop);
    let tried: Change = |book| {
        let file = Cursor::new(CONTACTS);
        book.import(Access::Direct, file, &ImportOptions::new(), Run::Dry, None, None).map(drop)
    };
    let all =
        [("run", run), ("import", import), ("watched import", watched), ("batch", batch), ("change", change)];
    for hour in ["2026-11-24T10:00:00Z", "2026-11-26T00:00:00Z"] {
        // Behind the appointment, there is a commit ahead.
        let commits = if at(hour) == later() { vec![5, 6] } else { vec![5] };
        for (name, change) in all {
            let (mut book, _) = world();
            let (notebook, before) = (Notebook::of(&mut book), BookDump::of(&book));
            let clock = Clock::Running(Arc::new(move || at(hour)));
            let book = SharedBook::new(book, clock, WhenBusy::Wait);
            look(&notebook).is_full = true;
            assert_eq!(change(&book).unwrap_err(), full(), "{name} at {hour}");
            let dump = book.read(Access::Direct, |book| Ok(BookDump::of(book))).unwrap();
            assert_eq!(dump.difference(&before), [""; 0], "{name} at {hour}");
            look(&notebook).is_full = false;
            tried(&book).unwrap();
            assert_eq!(written(&notebook), [], "{name} at {hour}");
            change(&book).unwrap();
            assert_eq!(written(&notebook), [(commits.clone(), at(hour))], "{name} at {hour}");
        }
    }
}
