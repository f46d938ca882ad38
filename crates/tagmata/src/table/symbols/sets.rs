//! A column with a set of symbols for each row: tags, static segments, several options.

use super::super::ascending::AscendingRows;
use super::super::bits::Bits;
use super::super::cells::Cells;
use super::super::few::Few;
use super::super::set_cells::SetCells;
use super::super::values::Values;
use super::interned_sets::{Changed, EMPTY, InternedSets};
use super::rows::{GatheredRows, SymbolRows};
use crate::value::{ContactId, MemberSet, Symbol, Value};

/// The set of each row, and the rows of each symbol.
///
/// Most sets are those of many rows: each row has the code of its set. Invariants: a symbol is in the set of a row exactly if
/// the row is among its rows; a row is present exactly if its set is not empty.
#[derive(Debug, Clone)]
pub(crate) struct Sets {
    codes: Vec<u32>,
    sets: InternedSets,
    rows: SymbolRows<Symbol>,
    present: MemberSet,
}

impl Sets {
    pub(crate) fn new() -> Self {
        let (codes, sets) = (Vec::new(), InternedSets::new());
        Self { codes, sets, rows: SymbolRows::new(), present: MemberSet::new() }
    }

    /// How many rows it reaches.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.codes.len()).unwrap_or(u32::MAX)
    }

    /// The set of a row, ascending; empty where it has none.
    pub(crate) fn set_at(&self, row: u32) -> &[Symbol] {
        self.sets.get(self.code(row))
    }

    fn code(&self, row: u32) -> u32 {
        self.codes.get(row as usize).copied().unwrap_or(EMPTY)
    }

    /// Whether the set of a row is not empty.
    pub(crate) fn has(&self, row: u32) -> bool {
        self.code(row) != EMPTY
    }

    /// Whether a row has just this set, which ascends.
    pub(crate) fn holds(&self, row: u32, set: &[Symbol]) -> bool {
        self.set_at(row) == set
    }

    /// For each symbol, the rows whose set has it.
    pub(crate) fn by_symbol(&self) -> &SymbolRows<Symbol> {
        &self.rows
    }

    /// The rows whose set is not empty.
    pub(crate) fn present(&self) -> &MemberSet {
        &self.present
    }

    /// The rows whose set is of such a size; those without one are never among them.
    pub(crate) fn rows_with_size(&self, test: impl Fn(usize) -> bool) -> MemberSet {
        let is_meant: Vec<bool> = self.sets.iter().map(|set| !set.is_empty() && test(set.len())).collect();
        Bits::where_cell(&self.codes, |code| is_meant.get(code as usize).is_some_and(|meant| *meant))
            .to_members()
    }

    /// The rows whose set has no other symbols than these; those without a set are never among them.
    pub(crate) fn subset_of(&self, symbols: &[Symbol]) -> MemberSet {
        // What it costs, about, to look at the set of a row, and to take a block of a bitmap from another.
        const ROW: u64 = 8;
        const BLOCK: u64 = 200;
        let mut candidates = MemberSet::new();
        for rows in symbols.iter().filter_map(|symbol| self.rows.get(*symbol)) {
            candidates.add_all(rows);
        }
        let blocks = u64::from(self.len() / (1 << 16) + 1);
        if candidates.len() * ROW < self.rows.len() as u64 * blocks * BLOCK {
            let is_subset = |row: &u32| self.set_at(*row).iter().all(|symbol| symbols.contains(symbol));
            let rows = candidates.iter().map(ContactId::get).filter(is_subset);
            return MemberSet::from_ascending(rows);
        }
        for (_, others) in self.rows.iter().filter(|(symbol, _)| !symbols.contains(symbol)) {
            candidates.remove_all(others);
        }
        candidates
    }

    /// The sets of rows, in their order.
    pub(crate) fn values_at(&self, rows: &MemberSet) -> Values {
        let value = |code| match self.sets.get(code) {
            [] => None,
            set => Some(Value::Many(set.into())),
        };
        Values::of_codes(
            || rows.numbers().map(|row| self.code(row)),
            value,
            |codes| Cells::Many(SetCells::of(codes.map(|code| self.sets.get(code)))),
        )
    }

    /// Gives a row a set, which ascends. The column grows to the row.
    pub(crate) fn set(&mut self, row: u32, set: &[Symbol]) {
        self.put(row, set);
        self.tidy(Changed::Few);
    }

    /// Gives rows a set each, in their order; each set ascends.
    pub(crate) fn set_each<'s>(&mut self, rows: &MemberSet, sets: impl Iterator<Item = &'s [Symbol]>) {
        rows.numbers().zip(sets).for_each(|(row, set)| self.put(row, set));
        self.tidy(Changed::rows(rows.len()));
    }

    /// Takes the sets of rows from them.
    pub(crate) fn clear_all(&mut self, rows: &MemberSet) {
        self.rows.remove_from_others(None, rows);
        self.present.remove_all(rows);
        let reach = self.len();
        rows.numbers().take_while(|row| *row < reach).for_each(|row| self.replace(row, EMPTY));
        self.tidy(Changed::rows(rows.len()));
    }

    fn put(&mut self, row: u32, set: &[Symbol]) {
        let before = self.code(row);
        if self.sets.get(before) == set {
            return;
        }
        self.reach(row.saturating_add(1));
        let old = self.sets.get(before);
        for symbol in old.iter().filter(|symbol| set.binary_search(symbol).is_err()) {
            if let Some(slot) = self.rows.slot(*symbol) {
                self.rows.remove(slot, row);
            }
        }
        for symbol in set.iter().filter(|symbol| old.binary_search(symbol).is_err()) {
            let slot = self.rows.open(*symbol);
            self.rows.insert(slot, row);
        }
        let after = self.sets.intern(set.iter().copied());
        let _ = match after {
            EMPTY => self.present.remove(ContactId::new(row)),
            _ => self.present.insert(ContactId::new(row)),
        };
        self.replace(row, after);
    }

    /// Puts a symbol into the sets of rows, or takes it out of them. The column grows to the rows.
    pub(crate) fn link(&mut self, symbol: Symbol, rows: &MemberSet, added: bool) {
        let changed = match (self.rows.get(symbol), added) {
            (Some(linked), true) => rows - linked,
            (Some(linked), false) => rows & linked,
            (None, true) => rows.clone(),
            (None, false) => return,
        };
        let Some(last) = changed.last() else { return };
        self.reach(last.get().saturating_add(1));
        let slot = self.rows.open(symbol);
        let emptied = self.recode(symbol, &changed, added);
        if added {
            self.rows.add_all(slot, &changed);
            self.present.add_all(&changed);
        } else {
            self.rows.remove_all(slot, &changed);
            self.present.remove_all(&emptied);
        }
        self.tidy(Changed::rows(rows.len()));
    }

    /// Gives rows, which are there, the codes of their sets with a symbol or without it; which of them are empty now.
    fn recode(&mut self, symbol: Symbol, rows: &MemberSet, added: bool) -> MemberSet {
        /// Not known yet.
        const UNKNOWN: u32 = u32::MAX;
        // To remember the new codes of sets is worth it only where rows are not far fewer than sets.
        let known = self.sets.len();
        let mut memo = if rows.len() * 8 < known as u64 { Vec::new() } else { vec![UNKNOWN; known] };
        let mut emptied = Vec::new();
        for row in rows.iter().map(ContactId::get) {
            let before = self.code(row);
            let after = match memo.get(before as usize) {
                Some(after) if *after != UNKNOWN => *after,
                _ => {
                    let after = match added {
                        true => self.sets.with(before, symbol),
                        false => self.sets.without(before, symbol),
                    };
                    if let Some(known) = memo.get_mut(before as usize) {
                        *known = after;
                    }
                    after
                }
            };
            self.replace(row, after);
            if after == EMPTY {
                emptied.push(row);
            }
        }
        MemberSet::from_ascending(emptied)
    }

    fn replace(&mut self, row: u32, after: u32) {
        if let Some(code) = self.codes.get_mut(row as usize) {
            let before = std::mem::replace(code, after);
            self.sets.add_uses(after, 1);
            self.sets.drop_use(before);
        }
    }

    /// Puts rows behind all others, the first of which becomes row `first`; rows before it that were not there have an empty
    /// set. Each set ascends.
    pub(crate) fn append<'s>(
        &mut self,
        first: u32,
        sets: impl ExactSizeIterator<Item = Option<&'s [Symbol]>>,
    ) {
        let sets = sets.map(Option::unwrap_or_default);
        if sets.len() < GatheredRows::WORTH {
            (first..u32::MAX).zip(sets).for_each(|(row, set)| self.set(row, set));
            return;
        }
        self.append_coded(first, sets, |all, set| (all.intern(set.iter().copied()), set));
        self.sets.trim();
    }

    /// The same with few different sets.
    pub(crate) fn append_few(&mut self, first: u32, sets: &Few<'_, &[Symbol]>) {
        if sets.len() < GatheredRows::WORTH {
            self.append(first, sets.iter());
            return;
        }
        let mut known: Vec<Option<u32>> = vec![None; sets.values().len()];
        self.append_coded(first, sets.codes(), |all, place| {
            let set = sets.values().get(place).copied().flatten().unwrap_or_default();
            let Some(known) = known.get_mut(place) else { return (EMPTY, &[]) };
            (*known.get_or_insert_with(|| all.intern(set.iter().copied())), set)
        });
    }

    /// Puts rows behind all others; `code` gives the set that is meant by an item, and its code.
    fn append_coded<'s, I>(
        &mut self,
        first: u32,
        items: impl ExactSizeIterator<Item = I>,
        mut code: impl FnMut(&mut InternedSets, I) -> (u32, &'s [Symbol]),
    ) {
        self.reach(first);
        self.codes.reserve(items.len());
        let (mut gathered, mut present) = (GatheredRows::default(), AscendingRows::default());
        for (row, item) in (first..u32::MAX).zip(items) {
            let (code, set) = code(&mut self.sets, item);
            self.sets.add_uses(code, 1);
            self.codes.push(code);
            for symbol in set {
                gathered.push(self.rows.open(*symbol), row);
            }
            if code != EMPTY {
                present.push(row);
            }
            if GatheredRows::ends_block(row) {
                self.rows.take(&mut gathered);
            }
        }
        self.rows.take(&mut gathered);
        self.present.add_all(&present.finish());
    }

    /// Forgets the rows from a number on.
    pub(crate) fn truncate(&mut self, rows: u32) {
        if self.len() <= rows {
            return;
        }
        for code in self.codes.drain(rows as usize..) {
            self.sets.drop_use(code);
        }
        if self.present.last().is_some_and(|last| last.get() >= rows) {
            self.rows.truncate(rows);
            self.present.remove_from(rows);
        }
        self.tidy(Changed::Many);
    }

    fn reach(&mut self, rows: u32) {
        if let Some(more) = rows.checked_sub(self.len()) {
            self.codes.resize(rows as usize, EMPTY);
            self.sets.add_uses(EMPTY, more);
        }
    }

    /// Renumbers the sets where many of them are not used any more.
    fn tidy(&mut self, changed: Changed) {
        if self.sets.is_wasteful(self.codes.len(), changed) {
            let moved = self.sets.compact();
            for code in &mut self.codes {
                *code = moved.get(*code as usize).copied().unwrap_or(EMPTY);
            }
        }
    }

    /// About how many bytes the column takes.
    pub(crate) fn size_in_bytes(&self) -> usize {
        size_of::<u32>() * self.codes.capacity()
            + self.sets.size_in_bytes()
            + self.rows.size_in_bytes()
            + self.present.size_in_bytes()
    }

    /// What does not hold that should, one line each.
    pub(crate) fn violations(&self) -> Vec<String> {
        let mut found = self.sets.violations(&self.codes);
        found.extend(self.rows.violations());
        let (mut filled, mut links) = (Vec::new(), 0);
        for row in 0..self.len() {
            let set = self.set_at(row);
            links += set.len() as u64;
            if !set.is_empty() {
                filled.push(row);
            }
            let is_linked = |symbol: &Symbol| {
                self.rows.get(*symbol).is_some_and(|rows| rows.contains(ContactId::new(row)))
            };
            for symbol in set.iter().filter(|symbol| !is_linked(symbol)) {
                found.push(format!("row {row} is not among the rows of symbol {}", symbol.get()));
            }
        }
        let listed: u64 = self.rows.counts().map(|(_, rows)| rows).sum();
        if listed != links {
            found.push(format!("{links} symbols are in sets, and {listed} in bitmaps"));
        }
        if self.present != MemberSet::from_ascending(filled) {
            found.push("the rows with a set are not just those that are present".to_owned());
        }
        if self.sets.is_wasteful(self.codes.len(), Changed::Few) {
            found.push("too many sets are not used".to_owned());
        }
        found
    }
}
