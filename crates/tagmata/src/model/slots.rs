//! Things by number, where a number is never given twice.

use std::collections::BTreeMap;

/// Things numbered from 0. What is taken away leaves a hole, so that its number stays used up.
///
/// A hole can be filled again by undoing what made it. That is counted, since [`revert`](Self::revert) has to tell it from
/// the first filling, which it wipes out together with the number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slots<T> {
    slots: Vec<Option<T>>,
    /// How often the hole of a number was filled; absent for 0.
    refilled: BTreeMap<u32, u32>,
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self { slots: Vec::new(), refilled: BTreeMap::new() }
    }
}

impl<T> Slots<T> {
    pub(crate) fn get(&self, number: u32) -> Option<&T> {
        self.slots.get(number as usize).and_then(Option::as_ref)
    }

    pub(crate) fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        self.slots.get_mut(number as usize).and_then(Option::as_mut)
    }

    /// The first number that was never given.
    pub(crate) fn next(&self) -> u32 {
        u32::try_from(self.slots.len()).unwrap_or(u32::MAX)
    }

    /// All that is there, by number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &T)> + Clone {
        (0_u32..).zip(&self.slots).filter_map(|(number, slot)| Some((number, slot.as_ref()?)))
    }

    /// Puts something at a number, or takes it away; what was there.
    pub(crate) fn set(&mut self, number: u32, thing: Option<T>) -> Option<T> {
        let is_hole = matches!(self.slots.get(number as usize), Some(None));
        if is_hole && thing.is_some() {
            *self.refilled.entry(number).or_default() += 1;
        }
        self.put(number, thing)
    }

    /// Puts back what was at a number before it was [`set`](Self::set), as if it had never been; what is there now.
    pub(crate) fn revert(&mut self, number: u32, old: Option<T>) -> Option<T> {
        let is_filling = old.is_none() && self.get(number).is_some();
        let now = self.put(number, old);
        if is_filling {
            match self.refilled.remove(&number) {
                Some(1) => {}
                Some(times) => {
                    self.refilled.insert(number, times.saturating_sub(1));
                }
                None if self.next() == number.saturating_add(1) => {
                    self.slots.pop();
                }
                None => {}
            }
        }
        now
    }

    fn put(&mut self, number: u32, thing: Option<T>) -> Option<T> {
        let index = number as usize;
        if self.slots.len() <= index && thing.is_some() {
            self.slots.resize_with(index + 1, || None);
        }
        self.slots.get_mut(index).and_then(|slot| std::mem::replace(slot, thing))
    }
}
