//! What holds for every book, whatever it goes through.

use crate::book_walk::{Done, Held, Turn, same, walk, walks};
use crate::random::budget;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use tagmata::{
    Advance, Book, Cause, Change, Code, Command, Comparison, ContactId, DefaultRule, Effects, MemberSet,
    NewRule, SegmentId, Selection, Timestamp,
};
use tagmata_testkit::commands::{Chosen, Whom, chosen, filter, make};
use tagmata_testkit::dump::{BookDump, next_ids};

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

/// A book without rules: those fire once for a contact in a batch, and once in each of the commands that it is made of.
pub(crate) fn without_rules(book: &Book, at: Timestamp) -> Book {
    let mut book = book.clone();
    book.advance(at).unwrap();
    for rule in book.rules() {
        book.delete_rule(rule.id, at).unwrap();
    }
    book.set_automation(Some(false), [], at).unwrap();
    book
}

/// A batch is its commands one by one.
fn batch(turn: &Turn<'_>) -> Held {
    let is_about_rules = |command: &&Command| {
        matches!(
            command,
            Command::AddRule(_)
                | Command::UpdateRule { .. }
                | Command::SetAutomation { .. }
                | Command::Undo { .. }
        )
    };
    let commands: Vec<&Command> = turn.commands.iter().filter(|command| !is_about_rules(command)).collect();
    if commands.len() < 2 {
        return Ok(());
    }
    let before = without_rules(turn.before, turn.at);
    let mut one_by_one = before.clone();
    let mut accepted: Vec<Command> = Vec::new();
    let mut effects = Net::default();
    let mut broken = broken_of(&one_by_one);
    for command in commands.iter().copied() {
        if let Ok(outcome) = one_by_one.run(command, turn.at) {
            accepted.push(command.clone());
            effects.then(&outcome.effects);
            broken.extend(broken_of(&one_by_one));
        }
    }
    let all = before
        .clone()
        .batch(turn.at, |book| commands.iter().try_for_each(|command| book.run(command, turn.at).map(drop)));
    prop_assert_eq!(accepted.len() == commands.len(), all.is_ok());
    if accepted.is_empty() {
        return Ok(());
    }
    let mut together = before.clone();
    let run = |book: &mut Book| accepted.iter().try_for_each(|command| book.run(command, turn.at).map(drop));
    let outcome = together.batch(turn.at, run);
    prop_assert!(outcome.is_ok(), "{:?}\nafter {:#?}", outcome, accepted);
    let (_, outcome) = outcome.unwrap();
    let last = before.last_commit();
    let numbered = |book: &Book| BookDump::numbered(book, |commit| commit.min(last + 1));
    same(&numbered(&together), &numbered(&one_by_one), &accepted)?;
    prop_assert_eq!(next_ids(&together), next_ids(&one_by_one));
    // What is told of a segment that was broken for a while is another law's subject.
    prop_assert_eq!(Net::of(&outcome.effects).without(&broken), effects.without(&broken));
    prop_assert_eq!(outcome.effects, moved(&before, &together));
    Ok(())
}

fn broken_of(book: &Book) -> BTreeSet<SegmentId> {
    members(book).into_iter().filter(|(_, members)| members.is_none()).map(|(segment, _)| segment).collect()
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

    fn without(mut self, segments: &BTreeSet<SegmentId>) -> Self {
        self.0.retain(|(segment, _), _| !segments.contains(segment));
        self
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
    // Whatever the way in which they are found.
    let Done::Changed(done) = turn.done else { return Ok(()) };
    for comparison in [Comparison::Lanes, Comparison::Sets] {
        let mut book = turn.before.clone();
        book.force_effects(Some(comparison));
        let again = make(&mut book, turn.commands, turn.at).unwrap();
        prop_assert_eq!(&again.effects, &done.effects, "{:?} of {:#?}", comparison, turn.commands);
    }
    Ok(())
}

/// What rules did is in the histories: in one commit at most one status for a contact, each tag and segment at most once by one rule;
/// default rules make active clients of leads and nothing else.
fn rules(turn: &Turn<'_>) -> Held {
    for contact in turn.after.select("everyone").unwrap().iter() {
        let (mut seen, history) = (BTreeSet::new(), turn.after.history(contact).unwrap());
        // Whoever took others over has their histories, too.
        if history.iter().any(|entry| matches!(entry.change, Change::Merged(_))) {
            continue;
        }
        for entry in history {
            let Cause::Rule(rule) = entry.origin.cause else { continue };
            let commit = entry.origin.commit;
            if let Change::Status { from, to } = entry.change {
                let is_default = DefaultRule::of_id(rule).is_some();
                prop_assert!(!is_default || (from.get(), to.get()) == (0, 1), "{:?}", entry);
                prop_assert!(seen.insert((commit, None, String::new())), "two statuses: {:?}", entry);
            } else {
                let change = format!("{:?}", entry.change);
                prop_assert!(seen.insert((commit, Some(rule), change)), "twice: {:?}", entry);
            }
        }
    }
    Ok(())
}

/// A rule on a filter fires for exactly those who match after a change of contacts and did not before it, as two questions to a book
/// without the rule say.
fn becoming(turn: &Turn<'_>, filter: &str) -> Held {
    let is_about_contacts = |command: &Command| {
        matches!(
            command,
            Command::CreateContact(_)
                | Command::UpdateContacts { .. }
                | Command::DeleteContacts(_)
                | Command::MergeContacts { .. }
                | Command::AddTags { .. }
                | Command::RemoveTags { .. }
                | Command::SetStatus { .. }
                | Command::AddToSegment { .. }
                | Command::RemoveFromSegment { .. }
                | Command::Record { .. }
        )
    };
    let ([command], true) = (turn.commands, turn.commands.iter().all(is_about_contacts)) else {
        return Ok(());
    };
    let mut control = without_rules(turn.before, turn.at);
    // Behind the numbers by which commands name tags.
    for name in ["a", "b", "c", "d", "e", "f", "witness"] {
        control.define_tag(name, turn.at).unwrap();
    }
    let Ok(before) = control.select(filter) else { return Ok(()) };
    let mut book = control.clone();
    let rule = NewRule::when("witness", filter).add_tags(["witness"]);
    book.add_rule(rule, turn.at).unwrap();
    let (control_done, done) = (control.run(command, turn.at), book.run(command, turn.at));
    prop_assert_eq!(control_done.is_ok(), done.is_ok());
    if done.is_ok() {
        let expected = &control.select(filter).unwrap() - &before;
        prop_assert_eq!(
            book.select("tags has witness").unwrap(),
            expected,
            "{} after {:#?}",
            filter,
            command
        );
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
    #![proptest_config(ProptestConfig { cases: budget(12), failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn a_replica_that_replays_the_commits_is_the_same_book(steps in walks()) {
        let mut replica: Option<Book> = None;
        walk(&steps, |turn| {
            if turn.is_first {
                return Ok(());
            }
            let replica = replica.get_or_insert_with(|| turn.before.clone());
            if let Done::Passed(advance) = turn.done {
                for commit in &advance.commits {
                    replica.replay(commit).unwrap();
                }
            }
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
    fn rules_fire_once_for_a_contact_in_a_commit_and_default_rules_for_leads(steps in walks()) {
        walk(&steps, rules)?;
    }

    #[test]
    fn a_rule_on_a_filter_fires_for_whom_it_becomes_true(steps in walks(), filters in proptest::collection::vec(filter(), 3)) {
        walk(&steps, |turn| filters.iter().try_for_each(|filter| becoming(turn, filter)))?;
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
            // Nobody makes no tag.
            Ok(outcome) if outcome.commit.contacts().is_empty() => {
                prop_assert_eq!(Ok(MemberSet::new()), expected);
                prop_assert_eq!(book.select("tags has probe").unwrap_err().code(), Code::UnknownTag);
            }
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
    for _ in 0..160 {
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
    assert!(missing.is_empty() && done.len() == 36, "{missing:?} of {done:#?}");
}
