//! A column of symbols says what a map of rows says.

use super::column::Symbols;
use super::rows::Coded;
use crate::random::{cases, steps};
use crate::value::{ContactId, MemberSet, Symbol};
use proptest::collection::{btree_set, vec};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
enum Act<T> {
    Set(u32, Option<T>),
    SetAll(BTreeSet<u32>, Option<T>),
    /// So many rows are left out.
    Append(u32, Vec<Option<T>>),
    Truncate(u32),
}

fn act<T: Coded + 'static>(symbol: impl Strategy<Value = T> + 'static) -> impl Strategy<Value = Act<T>> {
    let symbol = prop_oneof![1 => Just(None), 4 => symbol.prop_map(Some)].boxed();
    prop_oneof![
        6 => (0..300_u32, symbol.clone()).prop_map(|(row, symbol)| Act::Set(row, symbol)),
        3 => (btree_set(0..300_u32, 0..100), symbol.clone()).prop_map(|(rows, one)| Act::SetAll(rows, one)),
        2 => (0..20_u32, vec(symbol.clone(), 0..10)).prop_map(|(gap, symbols)| Act::Append(gap, symbols)),
        1 => (0..20_u32, vec(symbol, 60..100)).prop_map(|(gap, symbols)| Act::Append(gap, symbols)),
        1 => (0..300_u32).prop_map(Act::Truncate),
    ]
}

/// Small numbers, many of them, those of countries, and any.
fn symbol() -> impl Strategy<Value = Symbol> {
    prop_oneof![0..6_u32, 0..400_u32, 16_705..16_708_u32, 32_766..32_770_u32, Just(u32::MAX - 1)]
        .prop_map(Symbol::new)
}

fn check<T: Coded>(acts: Vec<Act<T>>, others: &[T]) {
    let (mut column, mut model) = (Symbols::<T>::new(), BTreeMap::<u32, T>::new());
    for act in acts {
        match act {
            Act::Set(row, symbol) => {
                column.set(row, symbol);
                put(&mut model, row, symbol);
            }
            Act::SetAll(rows, symbol) => {
                column.set_all(&members(rows.iter().copied()), symbol);
                rows.iter().for_each(|row| put(&mut model, *row, symbol));
            }
            Act::Append(gap, symbols) => {
                let first = column.len() + gap;
                column.append(first, symbols.iter().copied());
                (first..).zip(symbols).for_each(|(row, symbol)| put(&mut model, row, symbol));
            }
            Act::Truncate(rows) => {
                let before = column.len();
                column.truncate(rows);
                model.retain(|row, _| *row < rows);
                assert_eq!(column.len(), before.min(rows));
            }
        }
        compare(&column, &model, others);
    }
}

fn compare<T: Coded>(column: &Symbols<T>, model: &BTreeMap<u32, T>, others: &[T]) {
    assert_eq!(column.violations(), Vec::<String>::new());
    for row in 0..column.len() + 2 {
        let expected = model.get(&row).copied();
        assert_eq!((column.get(row), column.has(row)), (expected, expected.is_some()), "row {row}");
        assert!(column.holds(row, expected));
        assert!(others.iter().all(|other| column.holds(row, Some(*other)) == (expected == Some(*other))));
    }
    assert_eq!(*column.present(), members(model.keys().copied()));
    let mut rows: BTreeMap<T, Vec<u32>> = others.iter().map(|symbol| (*symbol, Vec::new())).collect();
    model.iter().for_each(|(row, symbol)| rows.entry(*symbol).or_default().push(*row));
    for (symbol, rows) in &rows {
        let expected = (!rows.is_empty()).then(|| members(rows.iter().copied()));
        assert_eq!(column.by_symbol().get(*symbol).cloned(), expected, "{symbol:?}");
    }
    let counts = rows.iter().map(|(symbol, rows)| (*symbol, rows.len() as u64)).filter(|(_, rows)| *rows > 0);
    assert_eq!(column.by_symbol().counts().collect::<Vec<_>>(), counts.collect::<Vec<_>>());
}

fn put<T>(model: &mut BTreeMap<u32, T>, row: u32, symbol: Option<T>) {
    match symbol {
        Some(symbol) => model.insert(row, symbol),
        None => model.remove(&row),
    };
}

fn members(rows: impl IntoIterator<Item = u32>) -> MemberSet {
    rows.into_iter().map(ContactId::new).collect()
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn a_column_of_symbols_says_what_a_map_says(acts in vec(act(symbol()), 0..steps(40))) {
        check(acts, &[Symbol::new(0), Symbol::new(7), Symbol::new(40_000)]);
    }

    #[test]
    fn a_column_of_flags_says_what_a_map_says(acts in vec(act(any::<bool>()), 0..steps(40))) {
        check(acts, &[false, true]);
    }
}

/// Blocks of bitmaps end within what is put behind, and there are more symbols than fit into a byte.
#[test]
#[cfg_attr(miri, ignore = "very many rows")]
fn long_columns_are_as_good_as_short_ones() {
    let of_row = |row: u32| (!row.is_multiple_of(7)).then(|| Symbol::new(row % 1_000));
    let (mut column, first) = (Symbols::new(), 65_000);
    column.append(first, (first..150_000).map(of_row).collect::<Vec<_>>().into_iter());
    let model = |end: u32| (first..end).filter_map(|row| Some((row, of_row(row)?))).collect();
    compare(&column, &model(150_000), &[Symbol::new(5_000)]);
    column.append(150_000, (150_000..200_000).map(of_row).collect::<Vec<_>>().into_iter());
    compare(&column, &model(200_000), &[]);
    column.truncate(131_072);
    compare(&column, &model(131_072), &[]);
    assert!(column.size_in_bytes() < 131_072 * 10);
}
