//! Sets of contacts.

use super::super::ContactId;
use super::numbers::numbers;
use roaring::RoaringBitmap;
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
#[derive(Clone, PartialEq, Default)]
pub struct MemberSet(RoaringBitmap);

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

    /// The contacts with these numbers, which ascend.
    pub(crate) fn from_ascending(numbers: impl IntoIterator<Item = u32>) -> Self {
        let mut set = RoaringBitmap::new();
        // It stops at a number that is out of order; none is.
        let _ = set.append(numbers);
        Self(set)
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
        Self(set)
    }

    /// How many contacts are in both.
    pub(crate) fn common_len(&self, other: &Self) -> u64 {
        self.0.intersection_len(&other.0)
    }

    /// How many contacts there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a contact is in the set.
    #[must_use]
    pub fn contains(&self, contact: ContactId) -> bool {
        self.0.contains(contact.get())
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
        self.0.insert(contact.get())
    }

    /// Takes a contact out; whether it was there.
    pub fn remove(&mut self, contact: ContactId) -> bool {
        self.0.remove(contact.get())
    }

    /// The contacts, ascending.
    pub fn iter(&self) -> impl Iterator<Item = ContactId> + '_ {
        self.0.iter().map(ContactId::new)
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
        numbers(&self.0)
    }

    /// The numbers of the contacts, ascending, one by one.
    pub(crate) fn numbers(&self) -> roaring::bitmap::Iter<'_> {
        self.0.iter()
    }

    /// Puts the contacts in whose ids lie between two numbers, the second one excluded.
    pub(crate) fn insert_between(&mut self, first: u32, end: u32) {
        self.0.insert_range(first..end);
    }

    /// Takes the contacts out whose ids are a number or greater.
    pub(crate) fn remove_from(&mut self, first: u32) {
        self.0.remove_range(first..);
    }

    /// The contact with the smallest id.
    #[must_use]
    pub fn first(&self) -> Option<ContactId> {
        self.0.min().map(ContactId::new)
    }

    /// The contact with the greatest id.
    pub(crate) fn last(&self) -> Option<ContactId> {
        self.0.max().map(ContactId::new)
    }

    /// How many contacts of the set come before one that is in it.
    pub(crate) fn position(&self, contact: ContactId) -> Option<usize> {
        let rank = self.contains(contact).then(|| self.0.rank(contact.get()))?;
        usize::try_from(rank).ok()?.checked_sub(1)
    }

    /// How many contacts of the set come before another one, which may be in it or not, or are that one.
    pub(crate) fn count_up_to(&self, contact: ContactId) -> u64 {
        self.0.rank(contact.get())
    }

    /// The numbers of the contacts without so many of the smallest, ascending.
    pub(crate) fn numbers_from_place(&self, place: u64) -> roaring::bitmap::Iter<'_> {
        match self.at_place(place) {
            Some(first) => self.0.range(first..),
            None => self.0.range(0..0),
        }
    }

    /// The numbers of the contacts without so many of the greatest, descending.
    pub(crate) fn numbers_down_from_place(&self, place: u64) -> impl Iterator<Item = u32> + '_ {
        let last = self.len().checked_sub(place).and_then(|left| left.checked_sub(1));
        let numbers = match last.and_then(|last| self.at_place(last)) {
            Some(last) => self.0.range(..=last),
            None => self.0.range(0..0),
        };
        numbers.rev()
    }

    fn at_place(&self, place: u64) -> Option<u32> {
        self.0.select(u32::try_from(place).ok()?)
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        self.0 |= &other.0;
    }

    pub(crate) fn remove_all(&mut self, other: &Self) {
        self.0 -= &other.0;
    }

    pub(crate) fn keep_all(&mut self, other: &Self) {
        self.0 &= &other.0;
    }

    /// Whether no contact is in both.
    pub(crate) fn is_disjoint(&self, other: &Self) -> bool {
        self.0.is_disjoint(&other.0)
    }

    /// How many bytes the set takes when it is stored.
    pub(crate) fn size_in_bytes(&self) -> usize {
        self.0.serialized_size()
    }

    /// Rows of contacts without gaps between them take almost no place this way.
    pub(crate) fn compact(&mut self) {
        self.0.optimize();
    }
}

impl fmt::Debug for MemberSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 32;
        let mut set = f.debug_set();
        set.entries(self.0.iter().take(MOST));
        if self.len() > MOST as u64 {
            return set.finish_non_exhaustive();
        }
        set.finish()
    }
}

impl FromIterator<ContactId> for MemberSet {
    fn from_iter<T: IntoIterator<Item = ContactId>>(contacts: T) -> Self {
        Self(contacts.into_iter().map(ContactId::get).collect())
    }
}

impl Extend<ContactId> for MemberSet {
    fn extend<T: IntoIterator<Item = ContactId>>(&mut self, contacts: T) {
        self.0.extend(contacts.into_iter().map(ContactId::get));
    }
}

impl BitOr for &MemberSet {
    type Output = MemberSet;

    fn bitor(self, other: Self) -> MemberSet {
        MemberSet(&self.0 | &other.0)
    }
}

impl BitAnd for &MemberSet {
    type Output = MemberSet;

    fn bitand(self, other: Self) -> MemberSet {
        MemberSet(&self.0 & &other.0)
    }
}

impl Sub for &MemberSet {
    type Output = MemberSet;

    fn sub(self, other: Self) -> MemberSet {
        MemberSet(&self.0 - &other.0)
    }
}
