//! The different questions that segments ask, each kept once.

use super::link::{Asked, Link};
use crate::filter::Predicate;
use crate::table::Hasher;
use crate::value::SegmentId;
use std::collections::HashMap;
use std::fmt::{self, Write};
use std::hash::{self, BuildHasher};

/// Questions by number, and the segments that ask them.
#[derive(Debug, Clone, Default)]
pub(super) struct Predicates {
    all: Vec<Option<Entry>>,
    free: Vec<Asked>,
    /// Numbers by a hash of the question; which of them it is, only the question itself says.
    by_hash: HashMap<u64, Vec<Asked>>,
    hasher: Hasher,
}

#[derive(Debug, Clone)]
struct Entry {
    predicate: Box<Predicate>,
    /// Ascending.
    users: Vec<User>,
    /// The answer for a contact without anything.
    when_empty: bool,
    /// Whether answers become other ones as time passes.
    is_relative: bool,
}

/// A segment that asks a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct User {
    /// What has to be met, too, for the answer to matter. Those that share it stand behind one another.
    pub(super) guard: Option<Link>,
    pub(super) segment: SegmentId,
}

impl Predicates {
    /// The end of the numbers.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn entry(&self, asked: Asked) -> Option<&Entry> {
        self.all.get(asked as usize)?.as_ref()
    }

    pub(super) fn get(&self, asked: Asked) -> Option<&Predicate> {
        Some(&self.entry(asked)?.predicate)
    }

    /// The segments that ask a question, by what guards it in them.
    pub(super) fn users(&self, asked: Asked) -> &[User] {
        self.entry(asked).map_or(&[], |entry| &entry.users)
    }

    /// The answer to a question for a contact without anything.
    pub(super) fn when_empty(&self, asked: Asked) -> bool {
        self.entry(asked).is_some_and(|entry| entry.when_empty)
    }

    /// Whether answers to a question become other ones as time passes.
    pub(super) fn is_relative(&self, asked: Asked) -> bool {
        self.entry(asked).is_some_and(|entry| entry.is_relative)
    }

    /// The number of a question that segments may ask, and whether nobody asked it before. `when_empty` answers it for a contact
    /// without anything.
    pub(super) fn number(
        &mut self,
        predicate: &Predicate,
        when_empty: impl FnOnce(&Predicate) -> bool,
    ) -> (Asked, bool) {
        let known = self.find(predicate);
        (known.unwrap_or_else(|| self.insert(predicate, when_empty(predicate))), known.is_none())
    }

    /// Notes that a segment asks a question.
    pub(super) fn add(&mut self, asked: Asked, user: User) {
        if let Some(Some(entry)) = self.all.get_mut(asked as usize)
            && let Err(place) = entry.users.binary_search(&user)
        {
            entry.users.insert(place, user);
        }
    }

    /// The number of a question that is asked.
    pub(super) fn find(&self, predicate: &Predicate) -> Option<Asked> {
        let same = self.by_hash.get(&self.hash_of(predicate)).into_iter().flatten();
        same.copied().find(|asked| self.get(*asked) == Some(predicate))
    }

    fn insert(&mut self, predicate: &Predicate, when_empty: bool) -> Asked {
        let hash = self.hash_of(predicate);
        let (users, is_relative) = (Vec::new(), predicate.is_relative());
        let entry = Some(Entry { predicate: Box::new(predicate.clone()), users, when_empty, is_relative });
        let asked = self.free.pop().unwrap_or_else(|| {
            self.all.push(None);
            u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(slot) = self.all.get_mut(asked as usize) {
            *slot = entry;
        }
        self.by_hash.entry(hash).or_default().push(asked);
        asked
    }

    /// Notes that a segment asks a question no more; the question, if nobody asks it any more.
    pub(super) fn remove(&mut self, asked: Asked, user: User) -> Option<Box<Predicate>> {
        let slot = self.all.get_mut(asked as usize)?;
        let entry = slot.as_mut()?;
        if let Ok(place) = entry.users.binary_search(&user) {
            entry.users.remove(place);
        }
        if !entry.users.is_empty() {
            return None;
        }
        let predicate = slot.take()?.predicate;
        let hash = self.hash_of(&predicate);
        if let Some(same) = self.by_hash.get_mut(&hash) {
            same.retain(|other| *other != asked);
            if same.is_empty() {
                self.by_hash.remove(&hash);
            }
        }
        self.free.push(asked);
        Some(predicate)
    }

    /// A hash of what a question says. Numbers in it cannot be hashed by themselves, but all of it can be written.
    fn hash_of(&self, predicate: &Predicate) -> u64 {
        struct Written<H>(H);
        impl<H: hash::Hasher> Write for Written<H> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.0.write(text.as_bytes());
                Ok(())
            }
        }
        let mut written = Written(self.hasher.build_hasher());
        // Writing into a hash cannot fail.
        let _ = write!(written, "{predicate:?}");
        hash::Hasher::finish(&written.0)
    }
}
