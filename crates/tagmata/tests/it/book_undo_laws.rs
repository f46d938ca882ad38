//! What holds for the undo of every commit.

use crate::book_walk::{Held, Turn, same, walk, walks};
use crate::random::budget;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use std::collections::BTreeSet;
use tagmata::{Code, Field};
use tagmata_testkit::dump::{BookDump, next_ids};

/// The last commit can be undone and done again; ids stay used up.
fn undo_and_redo(turn: &Turn<'_>) -> Held {
    let Some(outcome) = turn.changed().filter(|_| !turn.is_first) else { return Ok(()) };
    let (before, after) = (BookDump::of(&turn.just_before()), BookDump::of(turn.after));
    let mut book = turn.after.clone();
    let undo = book.undo(&outcome.commit, turn.at);
    prop_assert!(undo.is_ok(), "{:?}\nafter {:#?}", undo, turn.commands);
    same(&BookDump::of(&book), &before, turn.commands)?;
    prop_assert_eq!(next_ids(&book), next_ids(turn.after));
    let redo = book.undo(&undo.unwrap().commit, turn.at);
    prop_assert!(redo.is_ok(), "{:?}\nafter {:#?}", redo, turn.commands);
    same(&BookDump::of(&book), &after, turn.commands)?;
    let again = book.undo(&redo.unwrap().commit, turn.at);
    prop_assert!(again.is_ok(), "{:?}\nafter {:#?}", again, turn.commands);
    same(&BookDump::of(&book), &before, turn.commands)?;
    let wrong = book.check();
    prop_assert!(wrong.is_empty(), "{}\nafter {:#?}", wrong.join("\n"), turn.commands);
    Ok(())
}

/// What an undo comes to, for everything that can be seen of the book: what it was before the commit, what the commit made
/// of it, what it is when the commit is undone, and what it is afterwards.
#[derive(Debug)]
struct Seen<'a> {
    key: &'a str,
    old: Option<&'a str>,
    made: Option<&'a str>,
    now: Option<&'a str>,
    undone: Option<&'a str>,
}

fn seen<'a>(all: [&'a BookDump; 4]) -> Vec<Seen<'a>> {
    let keys: BTreeSet<&str> = all.iter().flat_map(|dump| dump.facts.keys()).map(String::as_str).collect();
    let of = |dump: &'a BookDump, key: &str| dump.facts.get(key).map(String::as_str);
    keys.into_iter()
        .map(|key| {
            let [old, made, now, undone] = all.map(|dump| of(dump, key));
            Seen { key, old, made, now, undone }
        })
        .collect()
}

impl Seen<'_> {
    /// Times that follow from changes, where a later change has its own.
    fn is_following(&self) -> bool {
        let following = [Field::STATUS_CHANGED_AT, Field::UPDATED_AT];
        following.iter().any(|field| self.key.ends_with(&format!(" / {field:?}")))
    }

    /// Whether it is one of those of which a contact can have several, also from contacts that were merged into it.
    fn is_count(&self) -> bool {
        [" / interaction / ", " / history / "].iter().any(|what| self.key.contains(what))
    }

    /// Whether it is the order of the rules, into which an undo puts those that the commit took out, and from which it takes those that
    /// the commit put in.
    fn is_order(&self) -> bool {
        self.key == "rules"
    }

    /// Whether rules that came later stay, in their order.
    fn keeps_later_rules(&self) -> bool {
        let [old, made, now, undone] = [self.old, self.made, self.now, self.undone].map(rules);
        let in_both = |one: &[&str], other: &[&str]| -> Vec<String> {
            one.iter().filter(|rule| other.contains(rule)).map(|rule| (*rule).to_owned()).collect()
        };
        in_both(&now, &undone) == in_both(&undone, &now)
            && now.iter().all(|rule| undone.contains(rule) || made.contains(rule) && !old.contains(rule))
            && undone.iter().all(|rule| now.contains(rule) || old.contains(rule) && !made.contains(rule))
    }

    /// The contact that it is of.
    fn contact(&self) -> Option<&str> {
        self.key.strip_prefix("contact ").map(|rest| rest.split(" / ").next().unwrap())
    }

    /// Whether nothing that came later is overwritten: it stays as it is, unless it is what the commit made, which becomes
    /// what it was before.
    fn keeps_what_is_later(&self) -> bool {
        let count = |value: Option<&str>| value.map_or(0, |count| count.parse::<i64>().unwrap());
        match () {
            () if self.is_count() => {
                let (own, gone) = (count(self.made) - count(self.old), count(self.now) - count(self.undone));
                if own >= 0 { (0..=own).contains(&gone) } else { (own..=0).contains(&gone) }
            }
            () => {
                self.undone == self.now
                    || self.undone == self.old && self.now == self.made
                    || self.is_order() && self.keeps_later_rules()
            }
        }
    }

    /// Whether all that the commit made is undone.
    fn is_undone(&self) -> bool {
        let count = |value: Option<&str>| value.map_or(0, |count| count.parse::<i64>().unwrap());
        match () {
            () if self.is_count() => {
                count(self.now) - count(self.undone) == count(self.made) - count(self.old)
            }
            () => {
                self.old == self.made
                    || self.undone == self.old
                    || self.is_following() && self.undone == self.now
            }
        }
    }
}

/// The rules of an order.
fn rules(order: Option<&str>) -> Vec<&str> {
    let order = order.unwrap_or("[]").trim_matches(['[', ']']);
    order.split(", ").filter(|rule| !rule.is_empty()).collect()
}

/// How often an entry is in the histories of all contacts: those of merged contacts are one.
fn in_all_histories(dump: &BookDump, key: &str) -> Option<u32> {
    const MARK: &str = " / history / ";
    let entry = &key[key.find(MARK)?..];
    let all = dump.facts.iter().filter(|(other, _)| other.ends_with(entry));
    Some(all.map(|(_, count)| count.parse::<u32>().unwrap()).sum())
}

/// The undo of any commit so far.
fn undo_of_any(turn: &Turn<'_>, dumps: &[BookDump]) -> Held {
    let now = BookDump::of_facts(turn.after);
    for (at, commit) in turn.commits.iter().enumerate() {
        let (old, made) = (&dumps[at], &dumps[at + 1]);
        for force in [false, true] {
            let mut book = turn.after.clone();
            let undo = match force {
                false => book.undo(commit, turn.after.now()),
                true => book.undo_by_force(commit, turn.after.now()),
            };
            let what = format!("the undo of {:#?}", commit.facts());
            let undone = BookDump::of_facts(&book);
            let wrong = book.check();
            prop_assert!(wrong.is_empty(), "{}\nafter {}", wrong.join("\n"), what);
            let Ok(undo) = undo else {
                prop_assert!(!force, "{:?}\nat {}", undo, what);
                prop_assert_eq!(undo.unwrap_err().code(), Code::ChangedSince);
                same(&undone, &now, turn.commands)?;
                continue;
            };
            let all = seen([old, made, &now, &undone]);
            // Contacts that the commit made are gone with all they have.
            let gone: BTreeSet<&str> = all
                .iter()
                .filter(|seen| seen.key == format!("contact {}", seen.contact().unwrap_or_default()))
                .filter(|seen| seen.undone.is_none() && seen.now.is_some())
                .filter_map(Seen::contact)
                .collect();
            for seen in &all {
                let is_gone = seen.contact().is_some_and(|contact| gone.contains(contact));
                let goes_with_it = is_gone && (seen.is_following() || seen.key.contains(" / history / "));
                let is_moved = in_all_histories(&now, seen.key)
                    .is_some_and(|count| Some(count) == in_all_histories(&undone, seen.key));
                let is_kept = seen.keeps_what_is_later() || is_moved || goes_with_it && seen.undone.is_none();
                prop_assert!(is_kept, "overwritten: {seen:#?}\nby {what}");
                // What happened later to a contact that is merged again is told of the other one then.
                let comes_along = seen.old == seen.made && is_moved;
                let is_undone = force || seen.is_undone() || goes_with_it || comes_along;
                prop_assert!(is_undone, "not undone: {seen:#?}\nby {what}");
            }
            // The undo can itself be undone.
            if !undo.commit.is_empty() {
                let redo = book.undo(&undo.commit, turn.after.now());
                prop_assert!(redo.is_ok(), "{:?}\nafter {}", redo, what);
                same(&BookDump::of_facts(&book), &now, turn.commands)?;
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(8), failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn the_last_commit_can_be_undone_and_done_again(steps in walks()) {
        walk(&steps, undo_and_redo)?;
    }

    #[test]
    fn an_undo_takes_back_its_own_part_and_nothing_that_came_later(steps in walks()) {
        let mut dumps: Vec<BookDump> = Vec::new();
        let mut turns: usize = 0;
        walk(&steps, |turn| {
            if turn.commits.len() == dumps.len() {
                dumps.push(BookDump::of_facts(turn.before));
            }
            turns += usize::from(!turn.is_first);
            if turns % 4 == 3 { undo_of_any(turn, &dumps) } else { Ok(()) }
        })?;
    }
}
