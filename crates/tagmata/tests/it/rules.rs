//! Rules where calls, files, batches, threads and replicas meet time.

use insta::assert_snapshot;
use std::io::Cursor;
use std::ops::ControlFlow;
use tagmata::{
    Access, Advance, Book, Cause, Clock, Code, Command, ContactId, Draft, ImportOptions, InteractionQuery,
    JsonTree, NewRule, Run, SharedBook, Timestamp, WhenBusy,
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-24T09:00:00Z")
}

const LATER: &str = "2026-11-26T00:00:00Z";

/// A lead who becomes active tomorrow: by an appointment, or by a filter that becomes true then.
fn books() -> [Book; 2] {
    let mut book = Book::builder().build(now());
    let zoe = Draft::new().set("first_name", "Zoé").set("external_id", "Z");
    let zoe = book.create_contact(zoe, now()).unwrap().id;
    let mut waiting = book.clone();
    book.record(zoe, "appointment", at("2026-11-25T10:00:00Z"), None, None, now()).unwrap();
    let waited =
        NewRule::when("waited", "status = lead and created_at <= now - 25 hours").set_status("active");
    waiting.add_rule(waited, now()).unwrap();
    [book, waiting]
}

fn is_active(book: &Book) -> bool {
    book.matches(ContactId::new(0), "status = active").unwrap()
}

fn file() -> Cursor<&'static str> {
    Cursor::new("external_id,source\nZ,web\n")
}

#[track_caller]
fn assert_fired_once(advance: &Advance) {
    let [commit] = advance.commits.as_slice() else { panic!("{:?}", advance.commits) };
    assert_eq!((commit.at(), commit.number()), (at("2026-11-25T10:00:00Z"), 3));
    assert!(matches!(commit.cause(), Cause::Rule(_)), "{:?}", commit.cause());
}

#[test]
fn nothing_is_decided_across_an_instant_at_which_rules_may_fire() {
    for mut book in books() {
        let command = Command::DefineTag("gold".to_owned());
        let error = book.decide(&command, at(LATER)).unwrap_err();
        assert_eq!(error.code(), Code::OutOfOrder);
        assert_eq!(
            error.to_string(),
            "error[E1206]: rules may fire between 2026-11-24T09:00:00Z and 2026-11-26T00:00:00Z; help: advance the book first, then decide"
        );
        assert!(book.decide(&command, at("2026-11-25T09:59:59Z")).is_ok());
        assert_fired_once(&book.advance(at(LATER)).unwrap());
        assert!(book.decide(&command, at(LATER)).is_ok());
    }
}

#[test]
fn a_file_comes_after_what_time_does_and_a_try_changes_nothing() {
    for mut book in books() {
        let tried = book.preview_import(file(), &ImportOptions::new(), at(LATER)).unwrap();
        assert_fired_once(&tried.outcome.advance);
        assert_eq!((book.now(), book.last_commit(), is_active(&book)), (now(), 2, false));
        let refused = book.import(Cursor::new("external_id\n\"Z"), &ImportOptions::new(), at(LATER));
        assert!(refused.is_err());
        assert_eq!((book.now(), book.last_commit(), is_active(&book)), (now(), 2, false));
        let report = book.import(file(), &ImportOptions::new(), at(LATER)).unwrap();
        assert_fired_once(&report.outcome.advance);
        assert_eq!((report.outcome.commit.number(), is_active(&book)), (4, true));
        assert!(book.check().is_empty());
    }
}

#[test]
fn a_batch_that_is_dropped_takes_back_what_time_did() {
    for mut book in books() {
        book.begin_batch(at(LATER)).unwrap();
        assert!(is_active(&book));
        assert_fired_once(&book.batch_so_far().unwrap().advance);
        book.drop_batch().unwrap();
        assert_eq!((book.now(), book.last_commit(), is_active(&book)), (now(), 2, false));
        book.begin_batch(at(LATER)).unwrap();
        book.add_tags("status = active", ["client"], at(LATER)).unwrap();
        let outcome = book.end_batch().unwrap();
        assert_fired_once(&outcome.advance);
        assert_eq!((outcome.commit.number(), book.count("tags has client").unwrap()), (4, 1));
        assert!(book.check().is_empty());
    }
}

#[test]
fn an_appointment_that_a_dropped_batch_deleted_behind_its_time_is_still_to_come() {
    let [mut book, _] = books();
    let appointment = at("2026-11-25T10:00:00Z");
    for whole in [true, false] {
        book.begin_batch(at(LATER)).unwrap();
        match whole {
            true => drop(book.delete_contacts(ContactId::new(0), at(LATER)).unwrap()),
            false => {
                drop(
                    book.delete_interactions(ContactId::new(0), InteractionQuery::new(), at(LATER)).unwrap(),
                );
            }
        }
        book.drop_batch().unwrap();
        assert_eq!((book.check(), book.now(), book.next_change()), (vec![], now(), Some(appointment)));
    }
    assert_fired_once(&book.advance(at(LATER)).unwrap());
    assert!(is_active(&book));
}

#[test]
fn a_replica_takes_what_time_did_from_the_commits() {
    for mut book in books() {
        let mut replica = book.clone();
        let outcome = book.add_tags("status = active", ["client"], at(LATER)).unwrap();
        for commit in outcome.advance.commits.iter().chain([&outcome.commit]) {
            assert!(replica.replay(commit).unwrap().advance.commits.is_empty());
        }
        assert_eq!((replica.last_commit(), replica.count("tags has client").unwrap()), (4, 1));
        assert!(replica.advance(at("2026-12-01T00:00:00Z")).unwrap().commits.is_empty());
        assert_eq!(replica.last_commit(), 4);
    }
}

/// Shared books whose clock stands behind that.
fn shared() -> [SharedBook; 2] {
    let clock = || Clock::Running(std::sync::Arc::new(|| at(LATER)));
    books().map(|book| SharedBook::new(book, clock(), WhenBusy::Wait))
}

#[test]
fn a_shared_book_moves_on_before_it_decides() {
    for shared in shared() {
        let command = Command::AddTags { selection: "status = active".into(), tags: vec!["client".into()] };
        let unknown = Command::SetStatus { selection: "everyone".into(), status: "gone".into() };
        assert!(shared.run(Access::Direct, &unknown, None).is_err());
        assert_eq!(
            shared.read(Access::Direct, |book| Ok((book.now(), is_active(book)))).unwrap(),
            (now(), false)
        );
        let done = shared.run(Access::Direct, &command, None).unwrap();
        assert_fired_once(&done.outcome.advance);
        assert_eq!(shared.read(Access::Direct, |book| book.count("tags has client")).unwrap(), 1);
    }
}

#[test]
fn a_shared_book_moves_on_before_a_file_is_planned() {
    let all = || shared().into_iter();
    for (shared, is_watched) in all().map(|book| (book, false)).chain(all().map(|book| (book, true))) {
        let mut watch = |_| ControlFlow::Continue(());
        let import =
            |shared: &SharedBook, run, watch: &mut dyn FnMut(tagmata::Progress) -> ControlFlow<()>| {
                let callback = if is_watched { Some(watch) } else { None };
                shared.import(Access::Direct, file(), &ImportOptions::new(), run, None, callback).unwrap()
            };
        let tried = import(&shared, Run::Dry, &mut watch);
        assert_fired_once(&tried.outcome.advance);
        assert_eq!(
            shared.read(Access::Direct, |book| Ok((book.now(), is_active(book)))).unwrap(),
            (now(), false)
        );
        let report = import(&shared, Run::Really, &mut watch);
        assert_fired_once(&report.outcome.advance);
        assert_eq!((report.updated, report.outcome.commit.number()), (1, 4));
        assert!(shared.read(Access::Direct, |book| Ok(is_active(book))).unwrap());
    }
}

#[test]
fn problems_are_drawn_over_the_text_of_their_part() {
    let [mut book, _] = books();
    let rule = NewRule::when("late", "biled > 10").condition("name is empty and status = \"lé\"");
    let error = book.add_rule(rule.add_to_segments(["Nord"]), now()).unwrap_err();
    assert_eq!(error.source_text(), None);
    let told = error.diagnostics().iter().map(|problem| (problem.place().pointer(), problem.place().span()));
    let expected =
        [(Some("/when"), Some(0..5)), (Some("/condition"), Some(27..32)), (Some("/add_to_segments/0"), None)];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert_snapshot!(error.render(), @r##"
        error[E0201]: there is no field `biled`
         --> /when:1:1
          |
        1 | biled > 10
          | ^^^^^

        error[E0202]: there is no status `lé`
         --> /condition:1:28
          |
        1 | name is empty and status = "lé"
          |                            ^^^^
          |
          = note: allowed here: `lead`, `active`, `vip` or `inactive`

        error[E0205]: there is no segment `Nord`
        --> /add_to_segments/0
         = help: a rule puts into static segments that are there: create it first
    "##);
    assert_snapshot!(error, @r##"
        error[E0201]: there is no field `biled` (at /when 0..5)
        error[E0202]: there is no status `lé` (at /condition 27..32)
        error[E0205]: there is no segment `Nord` (at /add_to_segments/0); help: a rule puts into static segments that are there: create it first
    "##);
}

#[test]
fn problems_in_trees_are_told_in_their_part() {
    let [mut book, _] = books();
    let tree = r#"{"v": 1, "filter": {"op": "=", "field": "status", "value": "laed", "id": "n1"}}"#;
    let tree = JsonTree::parse(tree, &book.schema().settings().limits).unwrap();
    let rule = NewRule::on("late", "payment").condition(tree.clone()).set_status("laed");
    let error = book.add_rule(rule, now()).unwrap_err();
    let told = error.diagnostics().iter().map(|problem| (problem.place().pointer(), problem.node()));
    let expected = [(Some("/condition/filter/value"), Some("n1")), (Some("/set_status"), None)];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    book.define_status("laed", None, now()).unwrap();
    book.add_rule(NewRule::when("late", tree).add_tags(["late"]), now()).unwrap();
    assert_eq!(book.rules()[0].text.when.as_deref(), Some("status = \"laed\""));
}

#[test]
fn many_contacts_are_looked_at_together_and_one_by_one_alike() {
    let filters = [
        "status = active and billed > 10",
        "billed > 10 or source = web",
        "not status = lead",
        "name contains \"a1\"",
    ];
    let run = |copies: usize| {
        let mut book = Book::builder().build(now());
        book.define_field(tagmata::NewField::new("billed", tagmata::ValueType::Number), now()).unwrap();
        for (at, filter) in filters.iter().enumerate() {
            book.add_rule(NewRule::when(format!("r{at}"), *filter).add_tags([format!("t{at}")]), now())
                .unwrap();
        }
        for copy in 0..copies {
            for number in 0..30 {
                let draft =
                    Draft::new().set("first_name", format!("A{number}")).set("last_name", format!("{copy}"));
                book.create_contact(draft.set("billed", f64::from(number)), now()).unwrap();
            }
        }
        book.set_status("billed < 20", "active", now()).unwrap();
        (0..filters.len()).map(|at| book.count(format!("tags has t{at}")).unwrap()).collect::<Vec<_>>()
    };
    // Of 30 contacts, 9 are active and have more than 10; 19 have more than 10; 20 are active; A1, A10 to A19 are named so.
    assert_eq!(run(1), [9, 19, 20, 11]);
    assert_eq!(run(7), [63, 133, 140, 77]);
}
