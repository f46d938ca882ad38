//! What holds for every book, whatever it goes through.

use crate::book_walk::{Done, Held, Turn, make, same, walk, walks};
use crate::random::budget;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use tagmata::{Advance, Book, Code, Command, ContactId, Effects, MemberSet, SegmentId, Selection};
use tagmata_testkit::commands::{Chosen, Whom, chosen};
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

/// What is refused has changed nothing.
fn refusal(turn: &Turn<'_>) -> Held {
    if let (Done::Refused(_), false) = (turn.done, turn.is_first) {
        same(&BookDump::of(turn.after), &BookDump::of(turn.before), turn.commands)?;
        prop_assert_eq!(next_ids(turn.after), next_ids(turn.before));
        prop_assert_eq!(turn.after.last_commit(), turn.before.last_commit());
    }
    Ok(())
}

/// A preview changes nothing, and tells what really happens.
fn preview(turn: &Turn<'_>) -> Held {
    if turn.commands.is_empty() || turn.is_first {
        return Ok(());
    }
    let mut book = turn.before.clone();
    let run =
        |book: &mut Book| turn.commands.iter().try_for_each(|command| book.run(command, turn.at).map(drop));
    let previewed = book.preview(turn.at, run);
    same(&BookDump::of(&book), &BookDump::of(turn.before), turn.commands)?;
    prop_assert_eq!(next_ids(&book), next_ids(turn.before));
    let wrong = book.check();
    prop_assert!(wrong.is_empty(), "{}\nafter {:#?}", wrong.join("\n"), turn.commands);
    match (previewed, turn.done) {
        (Ok((_, previewed)), Done::Changed(done)) => {
            prop_assert_eq!(previewed.commit.facts(), done.commit.facts());
            prop_assert_eq!(&previewed.effects, &done.effects);
            prop_assert_eq!(&previewed.advance, &done.advance);
        }
        (Err(previewed), Done::Refused(error)) => prop_assert_eq!(&previewed, error),
        (previewed, done) => prop_assert!(false, "{:?}\n{:?}", previewed, done),
    }
    // What is made after a preview is what would have been made without it.
    let again = make(&mut book, turn.commands, turn.at);
    prop_assert_eq!(again.is_ok(), !matches!(turn.done, Done::Refused(_)));
    same(&BookDump::of(&book), &BookDump::of(turn.after), turn.commands)
}

/// A batch is its commands one by one.
fn batch(turn: &Turn<'_>) -> Held {
    if turn.commands.len() < 2 {
        return Ok(());
    }
    let mut one_by_one = turn.before.clone();
    let mut accepted: Vec<Command> = Vec::new();
    let mut effects = Net::default();
    for command in turn.commands {
        if let Ok(outcome) = one_by_one.run(command, turn.at) {
            accepted.push(command.clone());
            effects.then(&outcome.effects);
        }
    }
    prop_assert_eq!(accepted.len() == turn.commands.len(), matches!(turn.done, Done::Changed(_)));
    if accepted.is_empty() {
        return Ok(());
    }
    let mut together = turn.before.clone();
    let run = |book: &mut Book| accepted.iter().try_for_each(|command| book.run(command, turn.at).map(drop));
    let outcome = together.batch(turn.at, run);
    prop_assert!(outcome.is_ok(), "{:?}\nafter {:#?}", outcome, accepted);
    let (_, outcome) = outcome.unwrap();
    let last = turn.before.last_commit();
    let numbered = |book: &Book| BookDump::numbered(book, |commit| commit.min(last + 1));
    same(&numbered(&together), &numbered(&one_by_one), &accepted)?;
    prop_assert_eq!(next_ids(&together), next_ids(&one_by_one));
    prop_assert_eq!(Net::of(&outcome.effects), effects);
    Ok(())
}

/// Who entered and left what, one by one: entered is true.
#[derive(Debug, Default, PartialEq)]
struct Net(BTreeMap<(SegmentId, ContactId), bool>);

impl Net {
    fn of(effects: &Effects) -> Self {
        let mut net = Self::default();
        net.then(effects);
        net
    }

    fn then(&mut self, effects: &Effects) {
        for (moved, entered) in [(&effects.left, false), (&effects.entered, true)] {
            for (segment, contacts) in moved {
                for contact in contacts.iter() {
                    let key = (*segment, contact);
                    match self.0.get(&key) {
                        Some(before) => {
                            assert_ne!(*before, entered, "nobody enters twice");
                            self.0.remove(&key);
                        }
                        None => {
                            self.0.insert(key, entered);
                        }
                    }
                }
            }
        }
    }
}

/// The members of all segments; nobody is in one that is broken or not there.
/// Who is in which segment; of a broken one nothing is known.
fn members(book: &Book) -> BTreeMap<SegmentId, Option<MemberSet>> {
    book.segments().into_iter().map(|segment| (segment.id, book.members(segment.id).ok())).collect()
}

/// Who entered and who left between two looks. A segment that breaks, or is mended, is left by nobody and entered by nobody.
fn moved(before: &Book, after: &Book) -> Effects {
    let (before, after) = (members(before), members(after));
    let mut effects = Effects::default();
    let missing = Some(MemberSet::new());
    for segment in before.keys().chain(after.keys()).copied().collect::<BTreeSet<_>>() {
        let of = |all: &BTreeMap<SegmentId, Option<MemberSet>>| {
            all.get(&segment).cloned().unwrap_or(missing.clone())
        };
        let (Some(old), Some(new)) = (of(&before), of(&after)) else { continue };
        for (moved, contacts) in [(&mut effects.entered, &new - &old), (&mut effects.left, &old - &new)] {
            if !contacts.is_empty() {
                moved.insert(segment, contacts);
            }
        }
    }
    effects
}

/// Effects are exactly who entered and who left: by the hour first, then by the change.
fn effects(turn: &Turn<'_>) -> Held {
    let just_before = turn.just_before();
    let (advance, effects): (&Advance, _) = match turn.done {
        Done::Passed(advance) => (advance, Effects::default()),
        Done::Changed(outcome) => (&outcome.advance, outcome.effects.clone()),
        Done::Refused(_) => return Ok(()),
    };
    prop_assert_eq!(&advance.effects, &moved(turn.before, &just_before));
    prop_assert_eq!(effects, moved(&just_before, turn.after), "{:#?}", turn.commands);
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
        let following = [tagmata::Field::STATUS_CHANGED_AT, tagmata::Field::UPDATED_AT];
        following.iter().any(|field| self.key.ends_with(&format!(" / {field:?}")))
    }

    /// Whether it is one of those of which a contact can have several, also from contacts that were merged into it.
    fn is_count(&self) -> bool {
        [" / interaction / ", " / history / "].iter().any(|what| self.key.contains(what))
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
            () => self.undone == self.now || self.undone == self.old && self.now == self.made,
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
                let is_kept = seen.keeps_what_is_later() || goes_with_it && seen.undone.is_none();
                prop_assert!(is_kept, "overwritten: {seen:#?}\nby {what}");
                let is_undone = force || seen.is_undone() || goes_with_it;
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

/// What a selection comes to, said by other questions.
fn expected(chosen: &Chosen, book: &Book) -> Result<MemberSet, Code> {
    let mut members = match &chosen.whom {
        Whom::Contacts(contacts) => {
            let there = |contact: &ContactId| book.contact(*contact).is_ok();
            match contacts.iter().all(there) {
                true => contacts.iter().copied().collect(),
                false => return Err(Code::NotFound),
            }
        }
        Whom::Filter(filter) => book.select(filter.as_str()).map_err(|error| error.code())?,
        Whom::Segment(segment) => book.members(segment.clone()).map_err(|error| error.code())?,
    };
    for contact in &chosen.except {
        members.remove(*contact);
    }
    match chosen.expected {
        Some(count) if count != members.len() => Err(Code::SelectionDrifted),
        _ => Ok(members),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(30), failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() })]

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

    #[test]
    fn a_replica_that_replays_the_commits_is_the_same_book(steps in walks()) {
        let mut replica: Option<Book> = None;
        walk(&steps, |turn| {
            if turn.is_first {
                return Ok(());
            }
            let replica = replica.get_or_insert_with(|| turn.before.clone());
            if let Some(outcome) = turn.changed() {
                let replayed = replica.replay(&outcome.commit);
                prop_assert!(replayed.is_ok(), "{:?}", replayed);
                prop_assert_eq!(&replayed.unwrap().effects, &outcome.effects);
            }
            replica.advance(turn.after.now()).unwrap();
            same(&BookDump::of(replica), &BookDump::of(turn.after), turn.commands)?;
            prop_assert_eq!(next_ids(replica), next_ids(turn.after));
            Ok(())
        })?;
    }

    #[test]
    fn a_preview_changes_nothing_and_tells_what_happens(steps in walks()) {
        walk(&steps, |turn| preview(turn).and_then(|()| refusal(turn)))?;
    }

    #[test]
    fn a_batch_is_its_commands_one_by_one_or_nothing(steps in walks()) {
        walk(&steps, |turn| batch(turn).and_then(|()| refusal(turn)))?;
    }

    #[test]
    fn effects_are_exactly_who_entered_and_who_left(steps in walks()) {
        walk(&steps, effects)?;
    }

    #[test]
    fn a_selection_is_whom_it_names_or_refused(steps in walks(), chosen in chosen(0.5)) {
        let mut last: Option<Book> = None;
        walk(&steps, |turn| {
            last = Some(turn.after.clone());
            Ok(())
        })?;
        let mut book = last.unwrap();
        let (before, expected) = (BookDump::of(&book), expected(&chosen, &book));
        let now = book.now();
        match book.add_tags(chosen.selection(), ["probe"], now) {
            Ok(_) => prop_assert_eq!(book.select("tags has probe").map_err(|error| error.code()), expected),
            Err(error) => {
                prop_assert_eq!(Err(error.code()), expected);
                same(&BookDump::of(&book), &before, &[])?;
            }
        }
        let by_all = Selection::filter("everyone").expect(book.count("everyone").unwrap() + 1);
        prop_assert_eq!(book.set_status(by_all, "lead", now).map(drop).map_err(|error| error.code()).is_err(), true);
    }
}

/// The word by which a command is known: the name of its variant.
fn word(command: &Command) -> String {
    format!("{command:?}").split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned()
}

#[test]
fn random_steps_do_all_there_is_to_do() {
    let mut runner = TestRunner::deterministic();
    let mut done: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for _ in 0..120 {
        let steps = walks().new_tree(&mut runner).unwrap().current();
        let note = |turn: &Turn<'_>| {
            if let [command] = turn.commands {
                let outcome = match turn.done {
                    Done::Refused(_) => "refused",
                    _ => "done",
                };
                done.entry(word(command)).or_default().insert(outcome);
            }
            Ok(())
        };
        walk(&steps, note).unwrap();
    }
    let both = BTreeSet::from(["done", "refused"]);
    let missing: Vec<_> =
        done.iter().filter(|(word, outcomes)| **outcomes != both && *word != "DefineTag").collect();
    assert!(missing.is_empty() && done.len() == 29, "{missing:?} of {done:#?}");
}
