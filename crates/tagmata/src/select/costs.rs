//! What it is expected to cost to find members, so that the cheapest way is taken and the most selective one first.
//!
//! Costs are in picoseconds on a machine of 2025. Only how they compare matters: a wrong guess costs time, never members.

/// A bitmap operation, for each contact of the book: an eighth of a byte goes through it.
pub(super) const BITMAP: u64 = 10;
/// Putting a contact from an index that is not in the order of ids into a bitmap.
pub(super) const GATHERED: u64 = 5_000;
/// Making the bitmap of a wide range from those of a sorted index, for each contact of the book.
pub(super) const RANGE: u64 = 60;
/// Finding a key.
pub(super) const KEY: u64 = 100_000;
/// Finding the place of an edge in a sorted index.
pub(super) const EDGE: u64 = 1_000_000;
/// Looking for a text in the text of each contact, one after the other in memory; more where many have it.
pub(super) const TEXT_SCANNED: u64 = 2_500;
/// Finding the text of one contact somewhere in memory, and testing it.
pub(super) const TEXT_FETCHED: u64 = 70_000;
/// Testing a text that differs from others.
pub(super) const TEXT_TESTED: u64 = 20_000;
/// Looking whether a text has accents, and testing it without them where it has.
pub(super) const ACCENTS_TESTED: u64 = 5_000;
/// Looking at a number, a symbol or a set of a contact, from one column.
pub(super) const VALUE_TESTED: u64 = 5_000;
/// Finding the day of an instant in a time zone, or the anniversary of a day.
pub(super) const DAY_TESTED: u64 = 50_000;
/// Looking at an interaction, one after the other in memory.
pub(super) const INTERACTION_PASSED: u64 = 2_000;
/// Finding the interactions of one kind of a contact, and going through them.
pub(super) const INTERACTIONS_TESTED: u64 = 150_000;
/// Gathering what is needed of a contact into a record, and evaluating a filter on it.
pub(super) const RECORD_TESTED: u64 = 1_500_000;
/// Evaluating the filter of one more segment on a record.
pub(super) const SEGMENT_TESTED: u64 = 200_000;

/// So few contacts are looked at one by one: an evaluation by indexes costs more to prepare.
pub(super) const FEW_CONTACTS: u64 = 8;

/// What is expected of a condition, or of several together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Estimate {
    /// How many members there are.
    pub(super) rows: u64,
    /// What it costs to find all members.
    pub(super) whole: u64,
    /// What it costs to ask one contact.
    pub(super) each: u64,
    /// Whether the members come as those of a bitmap's complement.
    pub(super) is_complement: bool,
}

impl Estimate {
    /// What it costs to ask so many contacts.
    pub(super) fn asking(&self, contacts: u64) -> u64 {
        self.each.saturating_mul(contacts)
    }

    /// The estimate of the complement, among so many contacts.
    pub(super) fn turned(self, negated: bool, everybody: u64) -> Self {
        match negated {
            true => {
                Self { rows: everybody.saturating_sub(self.rows), is_complement: !self.is_complement, ..self }
            }
            false => self,
        }
    }

    /// The estimate of those to whom all of these apply.
    pub(super) fn all(parts: impl Iterator<Item = Self>, everybody: u64) -> Self {
        let start = Self { rows: everybody, whole: 0, each: 0, is_complement: true };
        parts.fold(start, |all, part| Self {
            rows: all.rows.min(part.rows),
            whole: all.whole.saturating_add(part.whole),
            each: all.each.saturating_add(part.each),
            is_complement: all.is_complement && part.is_complement,
        })
    }

    /// What goes first: bitmaps, the smallest one before the others, then complements, which are only subtracted, then
    /// what has to look at contacts, the cheapest first.
    pub(super) fn order(&self, everybody: u64) -> (bool, bool, u64) {
        let looks = self.whole > (VALUE_TESTED / 10).saturating_mul(everybody).saturating_add(KEY + EDGE);
        (looks, self.is_complement, if looks { self.whole } else { self.rows })
    }
}
