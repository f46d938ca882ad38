//! Time alone: it changes nothing before it is said to, and one long step does what many short ones do.

use crate::book_laws::without_rules;
use crate::book_walk::{Held, Turn, same, walk, walks};
use crate::random::budget;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use tagmata::{Advance, Book, ContactId, Effects, MemberSet, NewRule, Timestamp};
use tagmata_testkit::commands::filter;
use tagmata_testkit::dump::BookDump;

const DAY: i64 = 24 * 60 * 60 * 1_000_000;

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
    let everybody = control.select("everyone").unwrap();
    let expected: MemberSet =
        everybody.iter().filter(|contact| becomes_true(&control, *contact, filter, end)).collect();
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
