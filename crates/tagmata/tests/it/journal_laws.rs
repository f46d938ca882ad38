//! What a journal is told is the book, and what it refuses has not happened.

use crate::book_walk::{Held, new_book, same, walks};
use crate::notebook::{Notebook, full, look};
use crate::random::budget;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use std::collections::{BTreeMap, BTreeSet};
use tagmata::{
    Advance, Book, Change, Command, Commit, ContactId, HistoryEdit, MemberSet, Origin, Outcome, Result,
    Timestamp,
};
use tagmata_testkit::commands::{Step, make};
use tagmata_testkit::dump::{BookDump, next_ids};

/// What a step comes to: a change, or that time passes.
fn take(book: &mut Book, commands: &[Command], at: Timestamp) -> Result<(Option<Outcome>, Advance)> {
    match commands {
        [] => book.advance(at).map(|advance| (None, advance)),
        commands => make(book, commands, at).map(|outcome| (Some(outcome.clone()), outcome.advance)),
    }
}

/// Takes steps with a book that has a notebook, which is full the first time or not, and with one that has none. After each a law looks
/// at the book and at what was written.
fn walk(
    (first, then): &(Vec<Step>, Vec<Step>),
    is_full_first: bool,
    mut law: impl FnMut(&Book, &Notebook, &[Command]) -> Held,
) -> Held {
    let (mut book, mut plain) = (new_book(), new_book());
    let notebook = Notebook::of(&mut book);
    let mut commits: Vec<Commit> = Vec::new();
    for step in first.iter().chain(then) {
        let at = step.at(book.now());
        let commands: Vec<Command> = step.acts.iter().filter_map(|act| act.command(&commits)).collect();
        let written = look(&notebook).writes.len();
        let (mut refused, mut done) = (false, None);
        if is_full_first {
            let (before, ids, last) = (BookDump::of(&book), next_ids(&book), book.last_commit());
            look(&notebook).is_full = true;
            let told = take(&mut book, &commands, at);
            look(&notebook).is_full = false;
            refused = told.as_ref().is_err_and(|error| *error == full());
            if refused {
                same(&BookDump::of(&book), &before, &commands)?;
                prop_assert_eq!((next_ids(&book), book.last_commit()), (ids, last));
                prop_assert!(!book.is_in_batch());
                let wrong = book.check();
                prop_assert!(wrong.is_empty(), "{}\nafter {:#?}", wrong.join("\n"), commands);
            }
            prop_assert_eq!(look(&notebook).writes.len(), written);
            done = Some(told).filter(|_| !refused);
        }
        let expected = take(&mut plain, &commands, at);
        let done = done.unwrap_or_else(|| take(&mut book, &commands, at));
        prop_assert_eq!(&done, &expected);
        let changed = expected.as_ref().is_ok_and(|(outcome, advance)| {
            let is_empty = |outcome: &Outcome| outcome.commit.is_empty();
            !advance.commits.is_empty()
                || !advance.effects.is_empty()
                || !outcome.as_ref().is_none_or(is_empty)
        });
        prop_assert_eq!(look(&notebook).writes.len() - written, usize::from(changed));
        prop_assert!(!is_full_first || refused == changed);
        commits.extend(look(&notebook).writes.iter().skip(written).flat_map(|(commits, _)| commits.clone()));
        same(&BookDump::of(&book), &BookDump::of(&plain), &commands)?;
        law(&book, &look(&notebook), &commands)?;
    }
    Ok(())
}

/// A book that is made of what was written, step by step.
struct Replica {
    book: Book,
    read: usize,
}

impl Replica {
    fn follows(&mut self, book: &Book, notebook: &Notebook, commands: &[Command]) -> Held {
        for (commits, now) in notebook.writes.iter().skip(self.read) {
            for commit in commits {
                self.book.replay(commit).unwrap();
            }
            let advance = self.book.advance(*now).unwrap();
            prop_assert!(advance.commits.is_empty(), "rules fire again: {:?}", advance);
            prop_assert_eq!(self.book.now(), *now);
        }
        self.read = notebook.writes.len();
        // What was not written is nothing but an instant.
        prop_assert_eq!(self.book.advance(book.now()).unwrap(), Advance::default());
        prop_assert_eq!(self.book.last_commit(), book.last_commit());
        same(&BookDump::of(&self.book), &BookDump::of(book), commands)
    }
}

/// The table of members that a journal can keep is that of the book.
fn members(book: &Book, notebook: &Notebook) -> Held {
    let nobody = Some(MemberSet::new());
    let segments: BTreeMap<_, _> =
        book.segments().into_iter().map(|segment| (segment.id, book.members(segment.id).ok())).collect();
    for (segment, members) in &segments {
        prop_assert_eq!(notebook.members.get(segment).unwrap_or(&nobody), members, "{:?}", segment);
    }
    let gone = notebook.members.iter().filter(|(segment, _)| !segments.contains_key(segment));
    for (segment, members) in gone {
        prop_assert_eq!(members, &nobody, "{:?} is gone", segment);
    }
    Ok(())
}

/// What a history says, by the number of the commit and the place in it.
type History = BTreeMap<(u64, u32), (Change, Origin)>;

/// Histories outside of a book, in the plainest way.
#[derive(Default)]
struct Histories {
    read: usize,
    entries: BTreeMap<ContactId, History>,
    gone: BTreeSet<ContactId>,
    heirs: BTreeMap<ContactId, ContactId>,
}

impl Histories {
    fn take_in(&mut self, commit: &Commit) {
        for edit in commit.history_edits() {
            match edit {
                HistoryEdit::Entry { contacts, change, origin, place, is_added } => {
                    for contact in contacts.iter() {
                        let (entries, key) =
                            (self.entries.entry(contact).or_default(), (origin.commit, place));
                        let entry = (change, Origin::clone(origin));
                        match is_added {
                            true => assert_eq!(entries.insert(key, entry), None),
                            false => assert_eq!(entries.remove(&key), Some(entry)),
                        }
                    }
                }
                HistoryEdit::Gone { contacts, are_gone, .. } => {
                    for contact in contacts.iter() {
                        match are_gone {
                            true => assert!(self.gone.insert(contact)),
                            // A contact that was just made was never gone.
                            false => drop(self.gone.remove(&contact)),
                        }
                    }
                }
                HistoryEdit::Heir { other, kept, is_merged } => match is_merged {
                    true => assert_eq!(self.heirs.insert(other, kept), None),
                    false => assert_eq!(self.heirs.remove(&other), Some(kept)),
                },
            }
        }
    }

    /// The history of a contact and of those that it took over.
    fn of(&self, contact: ContactId) -> Vec<((u64, u32), Change, Origin)> {
        let mut all = Vec::new();
        for (key, (change, origin)) in self.entries.get(&contact).into_iter().flatten() {
            all.push((*key, *change, origin.clone()));
            if let Change::Merged(other) = change {
                all.extend(self.of(*other));
            }
        }
        all.sort_by_key(|(key, ..)| *key);
        all
    }

    fn follow(&mut self, book: &Book, notebook: &Notebook) -> Held {
        for (commits, _) in notebook.writes.iter().skip(self.read) {
            commits.iter().for_each(|commit| self.take_in(commit));
        }
        self.read = notebook.writes.len();
        for contact in book.select("everyone").unwrap().iter() {
            let told: Vec<_> = book.history(contact).unwrap();
            let told: Vec<_> = told.iter().map(|entry| (entry.change, (*entry.origin).clone())).collect();
            let kept: Vec<_> =
                self.of(contact).into_iter().map(|(_, change, origin)| (change, origin)).collect();
            prop_assert_eq!(told, kept, "contact {}", contact.get());
            prop_assert!(!self.gone.contains(&contact));
        }
        for contact in self.gone.iter().copied() {
            let told = book.contact(contact).unwrap_err().to_string();
            let chain = std::iter::successors(self.heirs.get(&contact), |heir| self.heirs.get(heir));
            let heir = chain.copied().find(|heir| book.contact(*heir).is_ok());
            let into = heir.map(|heir| format!("it was merged into contact {};", heir.get()));
            prop_assert_eq!(
                told.contains("it was merged into contact"),
                into.is_some(),
                "{} of {:?}",
                told,
                self.heirs
            );
            prop_assert!(into.is_none_or(|into| told.contains(&into)), "{}", told);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(budget(24)))]

    #[test]
    fn what_a_journal_refuses_has_changed_nothing_and_can_be_done_again(steps in walks()) {
        walk(&steps, true, |_, _, _| Ok(()))?;
    }

    #[test]
    fn what_a_journal_was_given_makes_the_same_book_again(steps in walks()) {
        let mut replica = Replica { book: new_book(), read: 0 };
        walk(&steps, false, |book, notebook, commands| replica.follows(book, notebook, commands))?;
    }

    #[test]
    fn members_and_histories_can_be_kept_by_a_journal(steps in walks()) {
        let mut histories = Histories::default();
        walk(&steps, false, |book, notebook, _| {
            members(book, notebook)?;
            histories.follow(book, notebook)
        })?;
    }
}
