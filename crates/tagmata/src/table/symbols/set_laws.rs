//! A column of sets says what a map of rows to sets says.

use super::super::few::Few;
use super::sets::Sets;
use crate::random::{cases, steps};
use crate::value::{ContactId, MemberSet, Symbol, SymbolSet};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use std::collections::{BTreeMap, BTreeSet};

type Numbers = BTreeSet<u32>;
type Model = BTreeMap<u32, Numbers>;

#[derive(Debug, Clone)]
enum Act {
    Set(u32, Numbers),
    SetEach(BTreeMap<u32, Numbers>),
    ClearAll(Numbers),
    Link(u32, Numbers, bool),
    /// So many rows are left out.
    Append(u32, Vec<Numbers>),
    Truncate(u32),
}

fn symbol() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0..6_u32, 2 => 0..40_u32, 1 => 32_766..32_770_u32]
}

fn act() -> impl Strategy<Value = Act> {
    let set = || prop_oneof![btree_set(symbol(), 0..2), btree_set(symbol(), 0..6)];
    prop_oneof![
        8 => (0..120_u32, set()).prop_map(|(row, set)| Act::Set(row, set)),
        2 => btree_map(0..140_u32, set(), 0..30).prop_map(Act::SetEach),
        1 => btree_set(0..140_u32, 0..100).prop_map(Act::ClearAll),
        6 => (symbol(), btree_set(0..140_u32, 0..100), any::<bool>())
            .prop_map(|(symbol, rows, added)| Act::Link(symbol, rows, added)),
        3 => (0..10_u32, vec(set(), 0..6)).prop_map(|(gap, sets)| Act::Append(gap, sets)),
        1 => (0..10_u32, vec(set(), 60..100)).prop_map(|(gap, sets)| Act::Append(gap, sets)),
        1 => (0..140_u32).prop_map(Act::Truncate),
    ]
}

fn apply(act: Act, column: &mut Sets, model: &mut Model) {
    match act {
        Act::Set(row, set) => {
            column.set(row, symbols(&set).as_slice());
            model.insert(row, set);
        }
        Act::SetEach(sets) => {
            let all: Vec<SymbolSet> = sets.values().map(symbols).collect();
            column.set_each(&members(sets.keys().copied()), all.iter().map(SymbolSet::as_slice));
            model.extend(sets);
        }
        Act::ClearAll(rows) => {
            column.clear_all(&members(rows.iter().copied()));
            model.retain(|row, _| !rows.contains(row));
        }
        Act::Link(symbol, rows, added) => {
            column.link(Symbol::new(symbol), &members(rows.iter().copied()), added);
            for row in rows {
                let set = model.entry(row).or_default();
                let _ = if added { set.insert(symbol) } else { set.remove(&symbol) };
            }
        }
        Act::Append(gap, sets) => {
            let first = column.len() + gap;
            let all: Vec<SymbolSet> = sets.iter().map(symbols).collect();
            column.append(first, all.iter().map(|set| Some(set.as_slice())));
            model.extend((first..).zip(sets));
        }
        Act::Truncate(rows) => {
            let before = column.len();
            column.truncate(rows);
            assert_eq!(column.len(), before.min(rows));
            model.retain(|row, _| *row < rows);
        }
    }
    model.retain(|_, set| !set.is_empty());
}

fn compare(column: &Sets, model: &Model, asked: &[Numbers]) {
    assert_eq!(column.violations(), Vec::<String>::new());
    for row in 0..column.len() + 2 {
        let expected = model.get(&row).map(symbols).unwrap_or_default();
        assert_eq!(column.set_at(row), expected.as_slice(), "row {row}");
        assert_eq!(column.has(row), !expected.is_empty());
        assert!(column.holds(row, expected.as_slice()) && !column.holds(row, &[Symbol::new(99)]));
    }
    assert_eq!(*column.present(), members(model.keys().copied()));
    let all = members(0..column.len() + 2);
    let values = column.values_at(&all);
    assert_eq!(values.len() as u64, all.len());
    for (set, row) in values.sets().zip(all.numbers()) {
        assert_eq!(set, column.set_at(row));
    }
    let mut rows: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (row, symbol) in model.iter().flat_map(|(row, set)| set.iter().map(move |symbol| (*row, *symbol))) {
        rows.entry(symbol).or_default().push(row);
    }
    for (symbol, rows) in &rows {
        assert_eq!(column.by_symbol().get(Symbol::new(*symbol)), Some(&members(rows.iter().copied())));
    }
    assert_eq!(column.by_symbol().get(Symbol::new(99)), None);
    let by_symbol = rows.iter().map(|(symbol, rows)| (Symbol::new(*symbol), members(rows.iter().copied())));
    assert!(values.contacts_by_symbol(&all).into_iter().eq(by_symbol));
    assert!(
        column
            .by_symbol()
            .iter()
            .eq(values.contacts_by_symbol(&all).iter().map(|(symbol, rows)| (*symbol, rows)))
    );
    let counts = rows.iter().map(|(symbol, rows)| (Symbol::new(*symbol), rows.len() as u64));
    assert_eq!(column.by_symbol().counts().collect::<Vec<_>>(), counts.collect::<Vec<_>>());
    let those = |test: &dyn Fn(&Numbers) -> bool| {
        members(model.iter().filter(|(_, set)| test(set)).map(|(row, _)| *row))
    };
    for size in 0..5 {
        assert_eq!(column.rows_with_size(|len| len == size), those(&|set| set.len() == size));
        assert_eq!(column.rows_with_size(|len| len < size), those(&|set| set.len() < size));
    }
    for asked in asked {
        assert_eq!(column.subset_of(symbols(asked).as_slice()), those(&|set| set.is_subset(asked)));
    }
}

fn symbols(numbers: &Numbers) -> SymbolSet {
    numbers.iter().copied().map(Symbol::new).collect()
}

fn members(rows: impl IntoIterator<Item = u32>) -> MemberSet {
    rows.into_iter().map(ContactId::new).collect()
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn a_column_of_sets_says_what_a_map_says(
        acts in vec(act(), 0..steps(60)),
        asked in vec(btree_set(symbol(), 0..8), 3),
    ) {
        let (mut column, mut model) = (Sets::new(), Model::new());
        for act in acts {
            apply(act, &mut column, &mut model);
            compare(&column, &model, &asked);
        }
    }
}

/// Blocks of bitmaps end within what is put behind; few symbols and many rows ask for the other way to find subsets.
#[test]
#[cfg_attr(miri, ignore = "very many rows")]
fn long_columns_are_as_good_as_short_ones() {
    let of_row = |row: u32| -> Numbers { (0..4).filter(|bit| row >> bit & 1 == 1).collect() };
    let first = 65_000;
    let mut column = Sets::new();
    let mut model: Model = (first..200_000).map(|row| (row, of_row(row))).collect();
    let all: Vec<SymbolSet> = model.values().map(symbols).collect();
    column.append(first, all.iter().map(|set| Some(set.as_slice())));
    model.retain(|_, set| !set.is_empty());
    let asked = [Numbers::new(), [0].into(), [1, 3, 9].into(), [0, 1, 2, 3].into()];
    compare(&column, &model, &asked);
    apply(Act::Link(9, (100_000..190_000).collect(), true), &mut column, &mut model);
    apply(Act::Link(3, (0..160_000).collect(), false), &mut column, &mut model);
    compare(&column, &model, &asked);
    apply(Act::Truncate(131_072), &mut column, &mut model);
    compare(&column, &model, &asked);
    assert!(column.size_in_bytes() < 131_072 * 8);
}

/// A row that gets a set of its own again and again leaves no more behind than is allowed.
#[test]
#[cfg_attr(miri, ignore = "very many rows")]
fn sets_that_no_row_has_are_forgotten() {
    let mut column = Sets::new();
    column.append(0, vec![Some([Symbol::new(1)].as_slice()); 100].into_iter());
    for number in 0..10_000 {
        column.set(3, &[Symbol::new(2 + number / 100), Symbol::new(200 + number % 100)]);
    }
    assert_eq!(column.violations(), Vec::<String>::new());
    assert_eq!(column.set_at(3), [101, 299].map(Symbol::new));
    assert!(column.size_in_bytes() < 20_000, "{}", column.size_in_bytes());
}

#[test]
#[cfg_attr(miri, ignore = "very many rows")]
fn few_different_sets_come_to_the_same_as_one_after_the_other() {
    let sets = [vec![1, 5], vec![5], vec![], vec![7]]
        .map(|set| set.into_iter().map(Symbol::new).collect::<Vec<_>>());
    let mut values: Vec<Option<&[Symbol]>> = sets.iter().map(|set| Some(set.as_slice())).collect();
    values.push(None);
    for rows in [5_u32, 100, 3000] {
        let codes: Vec<u8> = (0..rows).map(|row| [0, 1, 1, 2, 4][row as usize % 5]).collect();
        let few = Few::new(values.clone(), &codes);
        let (mut once, mut singly) = (Sets::new(), Sets::new());
        for first in [2, 2 + rows + 1] {
            once.append_few(first, &few);
            singly.append(first, few.iter());
        }
        assert_eq!(once.violations(), Vec::<String>::new());
        assert_eq!((once.len(), once.present()), (singly.len(), singly.present()));
        assert!((0..7000).all(|row| once.set_at(row) == singly.set_at(row)));
        assert!(
            [1, 5, 7]
                .map(Symbol::new)
                .iter()
                .all(|symbol| once.by_symbol().get(*symbol) == singly.by_symbol().get(*symbol))
        );
    }
}
