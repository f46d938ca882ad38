//! `docs/commit-format.md` describes every byte of every commit.

use crate::book_walk::{Done, new_book, walk, walks};
use crate::commit_page;
use crate::random::budget;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use tagmata::{Commit, ContactId, Date, ImportOptions, NewField, Patch, Timestamp, ValueType};

/// The tags of a table of the page, by the heading of its second column.
fn listed(heading: &str) -> BTreeSet<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/commit-format.md");
    let page = std::fs::read_to_string(path).unwrap();
    let table = page.split(&format!("\n| tag | {heading} |")).nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let first = rows.filter_map(|row| row.trim_matches('|').split('|').next());
    first.flat_map(str::split_whitespace).map(|tag| tag.parse().unwrap()).collect()
}

type Met = BTreeMap<&'static str, BTreeSet<u8>>;

fn read(commit: &Commit, met: &mut Met) {
    for (table, tags) in commit_page::commit(&commit.to_bytes()) {
        met.entry(table).or_default().extend(tags);
    }
}

/// What many walks come to. They are always the same ones, so that what is met is.
fn read_walks(met: &mut Met) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..budget(24) {
        let steps = walks().new_tree(&mut runner).unwrap().current();
        let done = walk(&steps, |turn| {
            let passed = match turn.done {
                Done::Passed(advance) => advance.commits.as_slice(),
                _ => &[],
            };
            let changed = turn.changed().map(|outcome| &outcome.commit);
            passed.iter().chain(changed).for_each(|commit| read(commit, met));
            Ok(())
        });
        done.unwrap();
    }
}

/// So many different values that each column has a form of its own.
fn read_imports(met: &mut Met) {
    let now: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let mut book = new_book();
    let plans = (0..300)
        .fold(NewField::new("plan", ValueType::Select), |plan, number| plan.option(format!("p{number}")));
    book.define_field(plans, now).unwrap();
    book.define_field(NewField::new("billed", ValueType::Number), now).unwrap();
    book.define_field(NewField::new("born", ValueType::Date), now).unwrap();
    let mut file = "country,first name,last name,mobile,tags,created_at,billed,born,plan\n".to_owned();
    for number in 0..300 {
        let day = Date::from_days_since_epoch(4_000 + number).unwrap();
        file += &format!(
            "FR,A{number},B,06{number:08},a{number}; b{number},{day}T10:00:00Z,{number}.5,{day},p{number}\n"
        );
    }
    let report = book.import(Cursor::new(file), &ImportOptions::new(), now).unwrap();
    assert_eq!((report.created, report.rejected), (300, 0), "{:?}", report.problems.first());
    read(&report.outcome.commit, met);
    let born = book.update_contacts("everyone", Patch::new().set("born", "2000-02-29"), now).unwrap();
    read(&born.commit, met);
    let paid = book.record(ContactId::new(7), "payment", now, None, None, now).unwrap();
    read(&book.undo(&paid.commit, now).unwrap().commit, met);
}

#[test]
fn a_reader_written_from_the_page_reads_every_commit() {
    let mut met = Met::new();
    read_walks(&mut met);
    read_imports(&mut met);
    // What a book never or rarely comes to; `wire/held.rs` has its bytes.
    let rare: Met = [("form", [7].into()), ("value", [8].into()), ("place", [2, 3, 4].into())].into();
    let tables =
        ["cause", "fact", "form", "value", "change", "list of names", "trigger", "change of rules", "place"];
    for table in tables {
        let (listed, rare) = (listed(table), rare.get(table).cloned().unwrap_or_default());
        let met = met.remove(table).unwrap_or_default();
        assert!(met.is_subset(&listed), "{table}: {met:?} is not in {listed:?}");
        assert_eq!(&met | &rare, listed, "{table}");
    }
    assert!(met.is_empty(), "{met:?}");
}
