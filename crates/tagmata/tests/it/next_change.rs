//! Time alone: it changes nothing before it is said to, and one long step does what many short ones do.

use crate::book_laws::without_rules;
use crate::book_walk::{Held, Turn, same, walk, walks};
use crate::random::budget;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use tagmata::{
    Advance, Book, ContactId, Draft, Effects, MemberSet, NewField, NewRule, NewSegment, Patch, Timestamp,
    ValueType,
};
use tagmata_testkit::commands::filter;
use tagmata_testkit::dump::BookDump;

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn later(at: Timestamp, micros: i64) -> Timestamp {
    Timestamp::from_micros(at.as_micros() + micros).unwrap()
}

fn advanced(book: &Book, at: Timestamp) -> (Book, Advance) {
    let mut book = book.clone();
    let advance = book.advance(at).unwrap();
    (book, advance)
}

fn is_nothing(advance: &Advance) -> bool {
    advance.effects.is_empty() && advance.commits.is_empty()
}

/// Nothing happens before the next change, and something at it.
fn next_change(turn: &Turn<'_>) -> Held {
    let (book, now) = (turn.after, turn.after.now());
    let next = book.next_change();
    if let Some(next) = next {
        prop_assert!(next > now);
        let (_, advance) = advanced(book, next);
        prop_assert!(!is_nothing(&advance), "nothing happens at {}", next);
    }
    let end = next.map_or(later(now, 20 * 366 * DAY), |next| later(next, -1));
    for share in [1, 2, 3] {
        let (between, advance) = advanced(book, later(now, (end.as_micros() - now.as_micros()) / 3 * share));
        prop_assert!(is_nothing(&advance), "{:?}, and the next change is {:?}", advance, next);
        prop_assert_eq!(between.next_change(), next);
    }
    Ok(())
}

/// Adds up what happened in one step after the other.
fn then(effects: &mut Effects, later: &Effects) {
    for (entered, members) in [(true, &later.entered), (false, &later.left)] {
        for (segment, moved) in members {
            let (to, from) = match entered {
                true => (&mut effects.entered, &mut effects.left),
                false => (&mut effects.left, &mut effects.entered),
            };
            let back = from.entry(*segment).or_default();
            let returned = &*back & moved;
            *back = &*back - &returned;
            let new = moved - &returned;
            let known = to.entry(*segment).or_default();
            *known = &*known | &new;
        }
    }
    effects.entered.retain(|_, members| !members.is_empty());
    effects.left.retain(|_, members| !members.is_empty());
}

/// One long step gives the commits of many short ones, and all in all the same effects and the same book.
fn long_and_short_steps(turn: &Turn<'_>) -> Held {
    let end = later(turn.after.now(), 45 * DAY);
    let (long, at_once) = advanced(turn.after, end);
    let mut by_changes = turn.after.clone();
    let mut all = Advance::default();
    let mut note = |advance: Advance| {
        then(&mut all.effects, &advance.effects);
        all.commits.extend(advance.commits);
    };
    // Rules that follow each other make a change after the other for ever.
    for _ in 0..60 {
        match by_changes.next_change().filter(|next| *next <= end) {
            Some(next) => note(by_changes.advance(next).unwrap()),
            None => break,
        }
    }
    note(by_changes.advance(end).unwrap());
    prop_assert_eq!(&all.commits, &at_once.commits);
    prop_assert_eq!(&all.effects, &at_once.effects);
    same(&BookDump::of(&by_changes), &BookDump::of(&long), turn.commands)?;
    let mut by_days = turn.after.clone();
    let mut commits = Vec::new();
    while by_days.now() < end {
        let next = later(by_days.now(), 5 * DAY + 12_345_678_901).min(end);
        commits.extend(by_days.advance(next).unwrap().commits);
    }
    prop_assert_eq!(&commits, &at_once.commits);
    let wrong = long.check();
    prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A replica takes from the commits what rules did.
    let mut replica = turn.after.clone();
    for commit in &at_once.commits {
        replica.replay(commit).unwrap();
    }
    prop_assert!(replica.advance(end).unwrap().commits.is_empty());
    same(&BookDump::of(&replica), &BookDump::of(&long), turn.commands)
}

/// Whether a filter becomes true of a contact up to an instant, looked up from one answer to the next.
fn becomes_true(book: &Book, contact: ContactId, filter: &str, end: Timestamp) -> bool {
    let mut book = book.clone();
    let mut did_match = book.matches(contact, filter).unwrap();
    while let Some(until) = book.explain(contact, filter).unwrap().valid_until().filter(|until| *until <= end)
    {
        book.advance(until).unwrap();
        let matches = book.matches(contact, filter).unwrap();
        if matches && !did_match {
            return true;
        }
        did_match = matches;
    }
    false
}

/// As time passes, a rule on a filter fires for exactly those for whom it becomes true.
fn becoming(turn: &Turn<'_>, filter: &str) -> Held {
    let (now, end) = (turn.after.now(), later(turn.after.now(), 20 * DAY));
    let mut control = without_rules(turn.after, now);
    control.define_tag("witness", now).unwrap();
    if control.select(filter).is_err() {
        return Ok(());
    }
    let mut book = control.clone();
    book.add_rule(NewRule::when("witness", filter).add_tags(["witness"]), now).unwrap();
    let (everybody, undecided) = (control.select("everyone").unwrap(), control.undecided(filter).unwrap());
    let expected: MemberSet =
        everybody.iter().filter(|contact| becomes_true(&control, *contact, filter, end)).collect();
    prop_assert!((&expected - &undecided).is_empty(), "{}: {:?} and {:?}", filter, expected, undecided);
    book.advance(end).unwrap();
    prop_assert_eq!(book.select("tags has witness").unwrap(), expected, "{} until {}", filter, end);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(8), failure_persistence: None, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_happens_before_the_next_change_and_something_at_it(steps in walks()) {
        walk(&steps, |turn| if turn.is_first { Ok(()) } else { next_change(turn) })?;
    }

    #[test]
    fn a_rule_fires_for_whom_its_filter_becomes_true_as_time_passes(steps in walks(), filters in vec(filter(), 3)) {
        let mut turns = 0;
        walk(&steps, |turn| {
            turns += 1;
            if turn.is_first || turns % 5 != 0 { return Ok(()) }
            filters.iter().try_for_each(|filter| becoming(turn, filter))
        })?;
    }

    #[test]
    fn one_long_step_does_what_many_short_ones_do(steps in walks()) {
        let mut turns = 0;
        walk(&steps, |turn| {
            turns += 1;
            if turn.is_first || turns % 4 != 0 { Ok(()) } else { long_and_short_steps(turn) }
        })?;
    }
}

/// Contacts that were created minute by minute.
fn crowd(start: Timestamp) -> Book {
    let mut book = Book::builder().build(start);
    book.define_field(NewField::new("call_at", ValueType::DateTime), start).unwrap();
    for minutes in 0..200 {
        let created = later(start, minutes * MINUTE).to_string();
        book.create_contact(Draft::new().set("created_at", created), start).unwrap();
    }
    book.advance(later(start, 200 * MINUTE)).unwrap();
    book
}

#[test]
fn where_many_pass_an_edge_for_nothing_the_few_are_found() {
    let start: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let mut book = crowd(start);
    let now = book.now();
    book.create_segment(NewSegment::dynamic("New VIPs", "status = vip and created_at in last 1 day"), now)
        .unwrap();
    assert_eq!(book.next_change(), None);
    book.set_status(ContactId::new(150), "vip", now).unwrap();
    assert_eq!(book.next_change(), Some(later(start, DAY + 150 * MINUTE)));
    book.create_segment(
        NewSegment::dynamic("Never", "created_at in next 1 day and created_at in last 1 day"),
        now,
    )
    .unwrap();
    assert_eq!(book.next_change(), Some(later(start, DAY + 150 * MINUTE)));
}

#[test]
fn who_can_be_moved_by_time_only_since_a_rule_fired_is_found() {
    let start: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let mut book = crowd(start);
    let now = book.now();
    let call = Patch::new().set("call_at", later(start, DAY + 100 * MINUTE).to_string());
    book.update_contacts(ContactId::new(180), call, now).unwrap();
    book.set_status(ContactId::new(150), "vip", now).unwrap();
    book.add_rule(NewRule::when("promote", "call_at <= now").set_status("vip"), now).unwrap();
    let old = NewRule::when("old", "status = vip and created_at <= now - 1 day").add_tags(["old"]);
    book.add_rule(old, now).unwrap();
    let advance = book.advance(later(start, 2 * DAY)).unwrap();
    let instants: Vec<Timestamp> = advance.commits.iter().map(tagmata::Commit::at).collect();
    assert_eq!(instants, [100, 150, 180].map(|minutes| later(start, DAY + minutes * MINUTE)));
    assert_eq!(book.select("tags has old").unwrap().to_numbers(), [150, 180]);
}

#[test]
fn where_only_anniversaries_are_left_that_change_nothing_the_walk_ends() {
    let now: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let mut book = Book::builder().build(now);
    book.define_field(NewField::new("birthday", ValueType::Date), now).unwrap();
    book.create_contact(Draft::new().set("birthday", "1980-02-29"), now).unwrap();
    let never = "birthday anniversary today and birthday anniversary tomorrow";
    book.create_segment(NewSegment::dynamic("Never", never), now).unwrap();
    assert_eq!(book.next_change(), None);
    let often = "birthday anniversary in next week and not birthday anniversary in next month";
    book.create_segment(NewSegment::dynamic("Sometimes", often), now).unwrap();
    // 28 February lies in a week that begins in February: in 2027 that Monday is the 22nd, and February is next month until the 31st of
    // January. On Monday the 15th it is in next week, and February is this month.
    assert_eq!(book.next_change(), Some("2027-02-15T00:00:00Z".parse().unwrap()));
}
