//! Sets of contacts.

use super::super::ContactId;
use super::iter::Numbers;
use super::numbers::numbers;
use roaring::RoaringBitmap;
use std::borrow::Cow;
use std::fmt;
use std::ops::{BitAnd, BitOr, Sub};

/// A set of contacts, in ascending order of their ids; small whether it holds one contact or every one of millions.
///
/// ```
/// use tagmata::{ContactId, MemberSet};
/// let (a, b): (MemberSet, MemberSet) =
///     ([1, 2, 3].map(ContactId::new).into_iter().collect(), [3, 4].map(ContactId::new).into_iter().collect());
/// let ids = |set: &MemberSet| set.iter().map(ContactId::get).collect::<Vec<_>>();
/// assert_eq!(ids(&(&a | &b)), [1, 2, 3, 4]);
/// assert_eq!(ids(&(&a & &b)), [3]);
/// assert_eq!(ids(&(&a - &b)), [1, 2]);
/// ```
#[derive(Clone, Default)]
pub struct MemberSet {
    /// The only contact, if there is one alone: most changes are about one, and a bitmap takes memory of its own.
    one: Option<u32>,
    /// All others; empty where there is one alone.
    many: RoaringBitmap,
}

impl MemberSet {
    /// A set of nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The contacts whose ids lie between two numbers, the second one excluded.
    pub(crate) fn between(first: u32, end: u32) -> Self {
        let mut set = Self::new();
        set.insert_between(first, end);
        set
    }

    /// The contacts with these numbers, which ascend; those behind one that does not are left out.
    ///
    /// ```
    /// use tagmata::MemberSet;
    /// assert_eq!(MemberSet::from_ascending([1, 3, 7]).to_numbers(), [1, 3, 7]);
    /// ```
    pub fn from_ascending(numbers: impl IntoIterator<Item = u32>) -> Self {
        let mut numbers = numbers.into_iter();
        let (Some(first), second) = (numbers.next(), numbers.next()) else { return Self::new() };
        let Some(second) = second else { return Self::of(first) };
        let mut set = RoaringBitmap::new();
        // It stops at a number that is out of order; none is.
        let _ = set.append([first, second].into_iter().chain(numbers));
        Self::of_many(set)
    }

    fn of(number: u32) -> Self {
        Self { one: Some(number), many: RoaringBitmap::new() }
    }

    fn of_many(many: RoaringBitmap) -> Self {
        Self { one: None, many }
    }

    /// The contacts of a bitmap.
    pub(super) fn of_bitmap(bitmap: RoaringBitmap) -> Self {
        match (bitmap.len(), bitmap.min()) {
            (1, Some(one)) => Self::of(one),
            _ => Self::of_many(bitmap),
        }
    }

    /// The bitmap of all contacts.
    pub(super) fn bitmap(&self) -> Cow<'_, RoaringBitmap> {
        match self.one {
            Some(one) => Cow::Owned(std::iter::once(one).collect()),
            None => Cow::Borrowed(&self.many),
        }
    }

    /// The same, to be changed.
    fn bitmap_mut(&mut self) -> &mut RoaringBitmap {
        if let Some(one) = self.one.take() {
            self.many.insert(one);
        }
        &mut self.many
    }

    /// The contacts with these numbers, which ascend.
    pub(crate) fn from_sorted(numbers: &[u32]) -> Self {
        /// Where more than one contact in so many is there, setting bits is faster than putting one behind the other.
        const DENSE: usize = 64;
        let end = numbers.last().map_or(0, |last| *last as usize + 1);
        if numbers.len().saturating_mul(DENSE) < end {
            return Self::from_ascending(numbers.iter().copied());
        }
        let mut bytes = vec![0_u8; end.div_ceil(8)];
        for number in numbers {
            if let Some(byte) = bytes.get_mut(*number as usize / 8) {
                *byte |= 1 << (number % 8);
            }
        }
        Self::from_bit_bytes(&bytes)
    }

    /// The contacts whose bits are set; the lowest bit of the first byte is contact 0.
    pub(crate) fn from_bit_bytes(bytes: &[u8]) -> Self {
        /// A block of so many contacts is written by roaring as bits here and as numbers everywhere else, and then these
        /// are not the same to it.
        const AMBIGUOUS: u32 = 4096;
        const BYTES_OF_BLOCK: usize = 1 << 13;
        let mut set = RoaringBitmap::from_lsb0_bytes(0, bytes);
        for (block, bytes) in (0_u32..).zip(bytes.chunks(BYTES_OF_BLOCK)) {
            let start = block << 16;
            if bytes.iter().map(|byte| byte.count_ones()).sum::<u32>() == AMBIGUOUS
                && let Some(first) = set.range(start..).next()
            {
                // To change it and back makes it numbers.
                set.remove(first);
                set.insert(first);
            }
        }
        Self::of_many(set)
    }

    /// How many contacts are in both.
    pub(crate) fn common_len(&self, other: &Self) -> u64 {
        match (self.one, other.one) {
            (Some(one), _) => u64::from(other.contains(ContactId::new(one))),
            (_, Some(one)) => u64::from(self.contains(ContactId::new(one))),
            _ => self.many.intersection_len(&other.many),
        }
    }

    /// How many contacts there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        if self.one.is_some() { 1 } else { self.many.len() }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.one.is_none() && self.many.is_empty()
    }

    /// Whether a contact is in the set.
    #[must_use]
    pub fn contains(&self, contact: ContactId) -> bool {
        match self.one {
            Some(one) => one == contact.get(),
            None => self.many.contains(contact.get()),
        }
    }

    /// Puts a contact in; whether it was not there yet.
    ///
    /// ```
    /// use tagmata::{ContactId, MemberSet};
    /// let mut set = MemberSet::new();
    /// assert!(set.insert(ContactId::new(7)) && !set.insert(ContactId::new(7)));
    /// assert!(set.remove(ContactId::new(7)) && set.is_empty());
    /// ```
    pub fn insert(&mut self, contact: ContactId) -> bool {
        match self.one {
            Some(one) if one == contact.get() => false,
            None if self.many.is_empty() => {
                self.one = Some(contact.get());
                true
            }
            _ => self.bitmap_mut().insert(contact.get()),
        }
    }

    /// Takes a contact out; whether it was there.
    pub fn remove(&mut self, contact: ContactId) -> bool {
        match self.one {
            Some(one) => one == contact.get() && self.one.take().is_some(),
            None => self.many.remove(contact.get()),
        }
    }

    /// The contacts, ascending.
    pub fn iter(&self) -> impl Iterator<Item = ContactId> + '_ {
        self.numbers().map(ContactId::new)
    }

    /// The numbers of the contacts, ascending.
    ///
    /// ```
    /// use tagmata::{ContactId, MemberSet};
    /// let set: MemberSet = [9, 4].map(ContactId::new).into_iter().collect();
    /// assert_eq!(set.to_numbers(), [4, 9]);
    /// ```
    #[must_use]
    pub fn to_numbers(&self) -> Vec<u32> {
        self.one.map_or_else(|| numbers(&self.many), |one| vec![one])
    }

    /// The numbers of the contacts, ascending, one by one.
    pub(crate) fn numbers(&self) -> Numbers<'_> {
        Numbers::new(self.one, self.many.iter())
    }

    /// Puts the contacts in whose ids lie between two numbers, the second one excluded.
    pub(crate) fn insert_between(&mut self, first: u32, end: u32) {
        self.bitmap_mut().insert_range(first..end);
    }

    /// Takes the contacts out whose ids are a number or greater.
    pub(crate) fn remove_from(&mut self, first: u32) {
        self.bitmap_mut().remove_range(first..);
    }

    /// The contact, where it is the only one.
    pub(crate) fn only(&self) -> Option<ContactId> {
        let one = self.one.or_else(|| self.many.min().filter(|_| self.many.len() == 1));
        one.map(ContactId::new)
    }

    /// The contact with the smallest id.
    #[must_use]
    pub fn first(&self) -> Option<ContactId> {
        self.one.or_else(|| self.many.min()).map(ContactId::new)
    }

    /// The contact with the greatest id.
    #[must_use]
    pub fn last(&self) -> Option<ContactId> {
        self.one.or_else(|| self.many.max()).map(ContactId::new)
    }

    /// How many contacts of the set come before one that is in it.
    pub(crate) fn position(&self, contact: ContactId) -> Option<usize> {
        let rank = self.contains(contact).then(|| self.count_up_to(contact))?;
        usize::try_from(rank).ok()?.checked_sub(1)
    }

    /// How many contacts of the set come before another one, which may be in it or not, or are that one.
    pub(crate) fn count_up_to(&self, contact: ContactId) -> u64 {
        self.one.map_or_else(|| self.many.rank(contact.get()), |one| u64::from(one <= contact.get()))
    }

    /// The numbers of the contacts without so many of the smallest, ascending.
    pub(crate) fn numbers_from_place(&self, place: u64) -> Numbers<'_> {
        let rest = match self.at_place(place) {
            Some(first) => self.many.range(first..),
            None => self.many.range(0..0),
        };
        Numbers::new(self.one.filter(|_| place == 0), rest)
    }

    /// The numbers of the contacts without so many of the greatest, descending.
    pub(crate) fn numbers_down_from_place(&self, place: u64) -> impl Iterator<Item = u32> + '_ {
        let last = self.many.len().checked_sub(place).and_then(|left| left.checked_sub(1));
        let rest = match last.and_then(|last| self.at_place(last)) {
            Some(last) => self.many.range(..=last),
            None => self.many.range(0..0),
        };
        Numbers::new(self.one.filter(|_| place == 0), rest).rev()
    }

    /// The contact at a place of those that are not alone.
    fn at_place(&self, place: u64) -> Option<u32> {
        self.many.select(u32::try_from(place).ok()?)
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        match other.one {
            Some(one) => drop(self.insert(ContactId::new(one))),
            None if other.many.is_empty() => {}
            None => *self.bitmap_mut() |= &other.many,
        }
    }

    pub(crate) fn remove_all(&mut self, other: &Self) {
        match (self.one, other.one) {
            (Some(one), _) => self.one = (!other.contains(ContactId::new(one))).then_some(one),
            (None, Some(one)) => drop(self.many.remove(one)),
            (None, None) => self.many -= &other.many,
        }
    }

    pub(crate) fn keep_all(&mut self, other: &Self) {
        match (self.one, other.one) {
            (Some(one), _) => self.one = other.contains(ContactId::new(one)).then_some(one),
            (None, Some(one)) => *self = if self.many.contains(one) { Self::of(one) } else { Self::new() },
            (None, None) => self.many &= &other.many,
        }
    }

    /// Whether no contact is in both.
    pub(crate) fn is_disjoint(&self, other: &Self) -> bool {
        match (self.one, other.one) {
            (None, None) => self.many.is_disjoint(&other.many),
            _ => self.common_len(other) == 0,
        }
    }

    /// How many bytes the set takes when it is stored.
    pub(crate) fn size_in_bytes(&self) -> usize {
        self.bitmap().serialized_size()
    }

    /// Rows of contacts without gaps between them take almost no place this way.
    pub(crate) fn compact(&mut self) {
        self.many.optimize();
    }
}

impl fmt::Debug for MemberSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 32;
        let mut set = f.debug_set();
        set.entries(self.numbers().take(MOST));
        if self.len() > MOST as u64 {
            return set.finish_non_exhaustive();
        }
        set.finish()
    }
}

impl PartialEq for MemberSet {
    /// Sets are equal if they have the same contacts, however they are kept.
    fn eq(&self, other: &Self) -> bool {
        match (self.one, other.one) {
            (None, None) => self.many == other.many,
            (Some(one), _) => other.len() == 1 && other.contains(ContactId::new(one)),
            (_, Some(one)) => self.len() == 1 && self.contains(ContactId::new(one)),
        }
    }
}

impl FromIterator<ContactId> for MemberSet {
    fn from_iter<T: IntoIterator<Item = ContactId>>(contacts: T) -> Self {
        let mut set = Self::new();
        set.extend(contacts);
        set
    }
}

impl Extend<ContactId> for MemberSet {
    fn extend<T: IntoIterator<Item = ContactId>>(&mut self, contacts: T) {
        let mut contacts = contacts.into_iter();
        while self.many.is_empty()
            && let Some(contact) = contacts.next()
        {
            self.insert(contact);
        }
        let mut contacts = contacts.peekable();
        if contacts.peek().is_some() {
            self.bitmap_mut().extend(contacts.map(ContactId::get));
        }
    }
}

impl BitOr for &MemberSet {
    type Output = MemberSet;

    fn bitor(self, other: Self) -> MemberSet {
        match (self.one, other.one) {
            (None, None) => MemberSet::of_many(&self.many | &other.many),
            (_, Some(_)) => {
                let mut all = self.clone();
                all.add_all(other);
                all
            }
            (Some(_), None) => other | self,
        }
    }
}

impl BitAnd for &MemberSet {
    type Output = MemberSet;

    fn bitand(self, other: Self) -> MemberSet {
        match (self.one, other.one) {
            (None, None) => MemberSet::of_many(&self.many & &other.many),
            (Some(_), _) => {
                let mut both = self.clone();
                both.keep_all(other);
                both
            }
            (None, Some(_)) => other & self,
        }
    }
}

impl Sub for &MemberSet {
    type Output = MemberSet;

    fn sub(self, other: Self) -> MemberSet {
        match (self.one, other.one) {
            (None, None) => MemberSet::of_many(&self.many - &other.many),
            _ => {
                let mut rest = self.clone();
                rest.remove_all(other);
                rest
            }
        }
    }
}
