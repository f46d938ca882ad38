//! Columns of numbers against a map of their values: each way to an answer gives the same one, after any changes.

use super::column::Numbers;
use super::ordered::Ordered;
use crate::random;
use crate::time::{Date, Timestamp};
use crate::value::{ContactId, MemberSet};
use proptest::prelude::{BoxedStrategy, Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::{Bound, RangeBounds};

/// What can happen to a column.
#[derive(Debug, Clone)]
enum Step<T> {
    Set(u32, Option<T>),
    SetEach(BTreeMap<u32, Option<T>>),
    Append(Vec<Option<T>>),
    /// Keeps so many hundredths of the rows.
    Truncate(usize),
    Ask(Range<T>, Vec<u32>),
}

type Range<T> = (Bound<T>, Bound<T>);

fn steps<T: Debug + Clone + 'static>(value: BoxedStrategy<T>) -> impl Strategy<Value = Vec<Step<T>>> {
    let cell = proptest::option::weighted(0.8, value.clone());
    let set = (0..150_u32, cell.clone()).prop_map(|(row, value)| Step::Set(row, value));
    let each = proptest::collection::btree_map(0..150_u32, cell.clone(), 1..40).prop_map(Step::SetEach);
    let few = proptest::collection::vec(cell.clone(), 0..4).prop_map(Step::Append);
    let many = proptest::collection::vec(cell, 0..80).prop_map(Step::Append);
    let truncate = prop_oneof![Just(100_usize), 0..=100_usize, 95..=100_usize].prop_map(Step::Truncate);
    let bound = prop_oneof![
        2 => value.clone().prop_map(Bound::Included),
        2 => value.prop_map(Bound::Excluded),
        1 => Just(Bound::Unbounded),
    ];
    let among = proptest::collection::vec(0..200_u32, 0..40);
    let ask = ((bound.clone(), bound), among).prop_map(|(range, among)| Step::Ask(range, among));
    let step = prop_oneof![12 => set, 2 => each, 2 => few, 1 => many, 1 => truncate, 6 => ask];
    proptest::collection::vec(step, 0..random::steps(80))
}

fn run<T: Ordered + PartialOrd + Debug>(steps: Vec<Step<T>>) {
    let (mut column, mut model, mut reach) = (Numbers::<T>::new(), BTreeMap::new(), 0_u32);
    for step in steps {
        match step {
            Step::Set(row, value) => {
                column.set(row, value);
                reach = if value.is_some() { reach.max(row + 1) } else { reach };
                let _ = match value {
                    Some(value) => model.insert(row, value),
                    None => model.remove(&row),
                };
            }
            Step::SetEach(values) => {
                column.set_each(&rows(values.keys().copied()), values.values().copied());
                reach = values.keys().last().map_or(reach, |last| reach.max(last + 1));
                model.retain(|row, _| !values.contains_key(row));
                model.extend(values.into_iter().filter_map(|(row, value)| Some((row, value?))));
            }
            Step::Append(values) => {
                let values_by_row = (reach..).zip(&values).filter_map(|(row, value)| Some((row, (*value)?)));
                model.extend(values_by_row);
                let first = reach;
                reach += u32::try_from(values.len()).unwrap();
                column.append(first, values);
            }
            Step::Truncate(hundredths) => {
                reach = u32::try_from(reach as usize * hundredths / 100).unwrap();
                model.retain(|row, _| *row < reach);
                column.truncate(reach);
            }
            Step::Ask(range, among) => agree(&column, &model, range, &among),
        }
        assert_eq!(column.len(), reach as usize);
    }
    assert_eq!(column.violations(), [""; 0]);
    let everything = (Bound::Unbounded, Bound::Unbounded);
    agree(&column, &model, everything, &[]);
    assert_eq!(column.clone().violations(), [""; 0]);
    let mut again = Numbers::new();
    again.append(0, (0..reach).map(|row| model.get(&row).copied()));
    assert_eq!(again, column);
}

/// Whether all that can be asked about a range has the answer that the model has.
fn agree<T: Ordered + PartialOrd + Debug>(
    column: &Numbers<T>,
    model: &BTreeMap<u32, T>,
    (low, high): Range<T>,
    among: &[u32],
) {
    assert_eq!(column.violations(), [""; 0]);
    let is_within = |value: T| (low, high).contains(&value);
    let range = (low.map(T::order), high.map(T::order));
    let expected: MemberSet = rows(model.iter().filter(|(_, value)| is_within(**value)).map(|(row, _)| *row));
    let among = rows(among.iter().copied());
    assert_eq!(column.rows_within_by_scan(range), expected);
    assert_eq!(column.rows_where(is_within), expected);
    assert_eq!(column.retain_within(range, &among), &expected & &among);
    assert_eq!(column.retain_where(&among, is_within), &expected & &among);
    for of in [None, Some(&among)] {
        let is_meant = |row: u32| of.is_none_or(|of: &MemberSet| of.contains(ContactId::new(row)));
        let orders = model.iter().filter(|(row, _)| is_meant(**row)).map(|(_, value)| value.order());
        let from = match range.0 {
            Bound::Included(order) | Bound::Excluded(order) => order,
            Bound::Unbounded => i64::MIN,
        };
        assert_eq!(column.least_from(from, of), orders.filter(|order| *order >= from).min());
    }
    assert_eq!(column.greatest(), model.values().map(|value| value.order()).max());
    assert!(column.estimate(range) <= column.present().len());
    assert_eq!(column.count_within(range), expected.len());
    assert_eq!(column.rows_within(range), expected);
    assert_eq!(column.estimate(range), expected.len());
    assert_eq!(*column.present(), rows(model.keys().copied()));

    for value in model.values().take(3) {
        let others = rows(among.numbers().filter(|row| model.get(row).is_none_or(|other| other != value)));
        assert_eq!(column.others_than(*value, &among), others);
    }
    let mut ascending: Vec<u32> = model.keys().copied().collect();
    let compare = |a: &u32, b: &u32| model[a].partial_cmp(&model[b]).unwrap();
    ascending.sort_by(compare);
    assert_eq!(column.ascending().collect::<Vec<_>>(), ascending);
    for (at, row) in ascending.iter().enumerate().step_by(ascending.len() / 5 + 1) {
        assert_eq!(column.ascending_behind(*row).collect::<Vec<_>>(), ascending[at + 1..]);
    }
    let equal = |a: T, b: T| a.partial_cmp(&b) == Some(std::cmp::Ordering::Equal);
    let mut descending = ascending;
    descending.sort();
    descending.sort_by(|a, b| compare(b, a));
    assert_eq!(column.descending(0).collect::<Vec<_>>(), descending);
    for (at, row) in descending.iter().enumerate().step_by(descending.len() / 5 + 1) {
        assert_eq!(column.descending_behind(*row).collect::<Vec<_>>(), descending[at + 1..]);
        assert_eq!(column.descending(at).collect::<Vec<_>>(), descending[at..]);
    }
    let nowhere = u32::try_from(column.len()).unwrap();
    assert_eq!(column.descending(descending.len() + 1).count(), 0);
    assert_eq!(column.ascending_behind(nowhere).chain(column.descending_behind(nowhere)).count(), 0);
    for row in (0..u32::try_from(column.len()).unwrap() + 2).step_by(7) {
        let value = model.get(&row).copied();
        assert!(column.has(row) == value.is_some() && value.is_none_or(|value| column.holds(row, value)));
        assert!(column.get(row).is_none_or(|value| equal(value, model[&row])));
    }
}

fn rows(numbers: impl IntoIterator<Item = u32>) -> MemberSet {
    numbers.into_iter().map(ContactId::new).collect()
}

fn numbers() -> BoxedStrategy<f64> {
    let special =
        [-0.0, 0.0, f64::MIN, f64::MAX, f64::MIN_POSITIVE, -f64::MIN_POSITIVE, 5e-324, -5e-324, 1.0];
    prop_oneof![
        3 => (-50_i32..50).prop_map(|number| f64::from(number) / 4.0),
        1 => -1e300..1e300,
        1 => proptest::sample::select(special.to_vec()),
    ]
    .boxed()
}

fn instants() -> BoxedStrategy<Timestamp> {
    let special = [i64::MIN + 1, i64::MIN + 2, -1, 0, 1, i64::MAX - 1, i64::MAX];
    prop_oneof![
        0..40_i64,
        any::<i64>().prop_map(|at| at.max(i64::MIN + 1)),
        proptest::sample::select(special.to_vec())
    ]
    .prop_map(Timestamp::at)
    .boxed()
}

fn days() -> BoxedStrategy<Date> {
    prop_oneof![20_000..20_060_i64, -800_000..4_000_000_i64].prop_map(Date::from_epoch_days).boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn columns_of_numbers_answer_like_their_values(steps in steps(numbers())) {
        run(steps);
    }

    #[test]
    fn columns_of_instants_answer_like_their_values(steps in steps(instants())) {
        run(steps);
    }

    #[test]
    fn columns_of_days_answer_like_their_values(steps in steps(days())) {
        run(steps);
    }

    #[test]
    fn columns_of_one_value_answer_like_their_values(steps in steps(Just(2.5).boxed())) {
        run(steps);
    }

    #[test]
    fn columns_of_two_values_answer_like_their_values(
        steps in steps(prop_oneof![Just(Timestamp::at(7)), Just(Timestamp::at(8))].boxed()),
    ) {
        run(steps);
    }
}

/// Narrow ranges take another way only in long columns.
#[test]
#[cfg_attr(miri, ignore = "very many rows")]
fn long_columns_answer_like_their_values() {
    let mut column = Numbers::new();
    let mut model: BTreeMap<u32, f64> = (0..6000).map(|row| (row, f64::from(row * 7919 % 5003))).collect();
    column.append(0, model.values().copied().map(Some));
    for (low, high) in
        [(100.0, 100.0), (0.0, 8.0), (0.0, 90.0), (400.0, 4000.0), (4900.0, 9000.0), (-5.0, 6000.0)]
    {
        agree(&column, &model, (Bound::Included(low), Bound::Excluded(high)), &[0, 100, 5999, 6000]);
        agree(&column, &model, (Bound::Included(low), Bound::Included(high)), &[]);
        for row in (0..6000).step_by(13) {
            let value = f64::from(row % 311) + low;
            column.set(row, Some(value));
            model.insert(row, value);
        }
        assert_eq!(column.violations(), [""; 0]);
    }
}

/// Ranges of whole numbers where nothing lies, or everything.
#[test]
fn ranges_at_the_ends_of_the_numbers() {
    let mut column = Numbers::new();
    for (row, at) in [i64::MIN + 1, 0, i64::MAX].into_iter().enumerate() {
        column.set(u32::try_from(row).unwrap() * 2, Some(Timestamp::at(at)));
    }
    let all = [0, 2, 4];
    let cases: [(Range<i64>, &[u32]); 8] = [
        ((Bound::Unbounded, Bound::Unbounded), &all),
        ((Bound::Included(i64::MIN), Bound::Included(i64::MAX)), &all),
        // As times are asked for: what has no end ends before the last number, which no instant of a contact reaches.
        ((Bound::Included(i64::MIN), Bound::Excluded(i64::MAX)), &[0, 2]),
        ((Bound::Excluded(i64::MAX), Bound::Unbounded), &[]),
        ((Bound::Unbounded, Bound::Excluded(i64::MIN)), &[]),
        ((Bound::Included(i64::MIN), Bound::Included(i64::MIN)), &[]),
        ((Bound::Included(5), Bound::Included(-5)), &[]),
        ((Bound::Excluded(0), Bound::Excluded(0)), &[]),
    ];
    for (range, expected) in cases {
        let expected = rows(expected.iter().copied());
        assert_eq!(column.rows_within(range), expected, "{range:?}");
        assert_eq!(column.rows_within_by_scan(range), expected, "{range:?}");
        assert_eq!(column.retain_within(range, &rows(0..9)), expected, "{range:?}");
        assert_eq!(column.count_within(range), expected.len(), "{range:?}");
    }
    let mut days = Numbers::new();
    days.set(0, Date::new(2026, 1, 1));
    for (range, count) in [(i64::MIN..i64::MAX, 1), (1 << 40..i64::MAX, 0), (i64::MIN..-(1 << 40), 0)] {
        assert_eq!(days.rows_within_by_scan(range.clone()).len(), count, "{range:?}");
        assert_eq!(days.count_within(range.clone()), count, "{range:?}");
    }
}
