//! A column of texts answers as a plain map from row to text does, whatever is done to it, and stays sound.

use super::super::cells::Cells;
use super::super::dictionary::{Spelled, TextCells, Written};
use super::super::few::Few;
use super::column::Texts;
use crate::filter::Matching;
use crate::random::steps;
use crate::value::{ContactId, MemberSet, Phone, Text, Value};
use memchr::memmem::Finder;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use proptest::sample::select;
use std::collections::{BTreeMap, BTreeSet};

/// A text as it is written, and as it is folded: some fold to the same, some are parts of others or of two behind one another.
const TEXTS: [(&str, &str); 14] = [
    ("ACME", "acme"),
    ("Acme", "acme"),
    ("acme", "acme"),
    ("Straße", "strasse"),
    ("STRASSE", "strasse"),
    ("Zoé", "zoé"),
    ("ZOÉ", "zoé"),
    ("é", "é"),
    ("日本", "日本"),
    ("aa", "aa"),
    ("a", "a"),
    ("ea", "ea"),
    (".", "."),
    ("a\u{a0}b", "a\u{a0}b"),
];

const NEEDLES: [&str; 12] = ["", "a", "aa", "aaa", "e", "ea", "eac", "é", "éa", "本", "strasse", "acmeacme"];

type Model = BTreeMap<u32, usize>;

#[derive(Debug, Clone)]
enum Act {
    Set(u32, Option<usize>),
    SetEach(BTreeMap<u32, Option<usize>>),
    /// Values for the rows behind the last one and a gap.
    Append {
        gap: u32,
        values: Vec<Option<usize>>,
        gathered: bool,
    },
    Truncate(u32),
    Compact,
}

fn act() -> impl Strategy<Value = Act> {
    let text = || proptest::option::weighted(0.8, 0..TEXTS.len());
    // One text for many rows, so that lists become sets and lists again.
    let alike = (0..TEXTS.len(), 0..150_usize).prop_map(|(text, count)| vec![Some(text); count]);
    let mixed = proptest::collection::vec(text(), 0..20);
    prop_oneof![
        6 => (0..200_u32, text()).prop_map(|(row, text)| Act::Set(row, text)),
        2 => proptest::collection::btree_map(0..200_u32, text(), 0..80).prop_map(Act::SetEach),
        2 => (0..5_u32, prop_oneof![alike, mixed], any::<bool>())
            .prop_map(|(gap, values, gathered)| Act::Append { gap, values, gathered }),
        1 => (0..200_u32).prop_map(Act::Truncate),
        1 => Just(Act::Compact),
    ]
}

fn text(index: usize) -> Text {
    Text::new(TEXTS[index].0).unwrap()
}

fn spelled<T: Written>(values: &[Option<T>]) -> impl Iterator<Item = Option<Spelled<'_>>> {
    values.iter().map(|value| value.as_ref().map(Written::spelled))
}

fn done(act: &Act, column: &mut Texts<Text>, model: &mut Model) {
    match act {
        Act::Set(row, value) => {
            column.set(*row, value.map(text).as_ref().map(Written::spelled));
            match value {
                Some(value) => model.insert(*row, *value),
                None => model.remove(row),
            };
        }
        Act::SetEach(values) => {
            let rows = MemberSet::from_ascending(values.keys().copied());
            let written: Vec<_> = values.values().map(|value| value.map(text)).collect();
            column.set_each(&rows, spelled(&written));
            model.retain(|row, _| !values.contains_key(row));
            model.extend(values.iter().filter_map(|(row, value)| Some((*row, (*value)?))));
        }
        Act::Append { gap, values, gathered } => {
            let first = u32::try_from(column.len()).unwrap() + gap;
            let written: Vec<_> = values.iter().map(|value| value.map(text)).collect();
            if *gathered {
                let mut cells = TextCells::new();
                spelled(&written).enumerate().for_each(|(at, value)| cells.set(at, value));
                column.append_cells(first, &cells.finish());
            } else {
                column.append(first, spelled(&written));
            }
            let new = (first..).zip(values).filter_map(|(row, value)| Some((row, (*value)?)));
            model.extend(new);
        }
        Act::Truncate(rows) => {
            column.truncate(*rows);
            model.retain(|row, _| row < rows);
        }
        Act::Compact => column.compact(),
    }
}

fn rows_where(model: &Model, test: impl Fn(&str) -> bool) -> Vec<u32> {
    model.iter().filter(|(_, value)| test(TEXTS[**value].1)).map(|(row, _)| *row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_column_is_a_map(acts in proptest::collection::vec(act(), 1..steps(30)), needle in select(&NEEDLES[..])) {
        let (mut column, mut model) = (Texts::new(), Model::new());
        for act in &acts {
            done(act, &mut column, &mut model);
            prop_assert_eq!(column.violations(), Vec::<String>::new(), "after {:?}", act);
        }
        for row in 0..u32::try_from(column.len()).unwrap() + 2 {
            let value = model.get(&row).copied();
            prop_assert_eq!(column.get(row), value.map(text));
            prop_assert_eq!(column.has(row), value.is_some());
            let shown = column.get(row);
            prop_assert_eq!(shown.as_ref().map(Text::as_str), value.map(|value| TEXTS[value].0));
            prop_assert_eq!(column.key(row), value.map(|value| TEXTS[value].1));
            for (index, _) in TEXTS.iter().enumerate() {
                prop_assert_eq!(column.holds(row, text(index).spelled()), value == Some(index));
            }
        }
        prop_assert!(model.keys().all(|row| (*row as usize) < column.len()));
        prop_assert_eq!(column.present().to_numbers(), model.keys().copied().collect::<Vec<_>>());
        for (_, fold) in TEXTS {
            let expected = rows_where(&model, |other| other == fold);
            let found = column.rows_of_key(fold);
            prop_assert_eq!(found.len(), expected.len());
            prop_assert_eq!(found.collect::<Vec<_>>(), &expected[..]);
            prop_assert_eq!(column.count_of_key(fold), expected.len() as u64);
            let of_fold = column.distinct_folds().filter(|(other, _)| *other == fold);
            prop_assert_eq!(of_fold.map(|(_, rows)| rows).sum::<u64>(), expected.len() as u64);
        }
        prop_assert_eq!(column.rows_of_key("nowhere").len(), 0);
        for some in [MemberSet::between(0, 250), MemberSet::between(20, 90)] {
            let mut met = BTreeSet::new();
            let values = model.iter().filter(|(row, _)| some.contains(ContactId::new(**row)));
            let again = values.filter(|(_, value)| !met.insert(TEXTS[**value].1));
            let again = MemberSet::from_ascending(again.map(|(row, _)| *row));
            prop_assert_eq!(&column.repeated_keys(&some), &again);
            prop_assert_eq!(&column.repeated_by_key(&some), &again);
            let values = column.values_at(&some, Value::Text, Cells::Text);
            let expected = some.numbers().map(|row| model.get(&row).map(|value| Value::Text(text(*value))));
            prop_assert!(values.iter().eq(expected));
        }
        let mut values: Vec<usize> = model.values().copied().collect();
        values.sort_unstable();
        values.dedup();
        prop_assert_eq!(column.distinct(), values.len());
        prop_assert_eq!(
            column.found(&Finder::new(needle), Matching::Contains).to_numbers(),
            rows_where(&model, |fold| fold.contains(needle))
        );
        prop_assert_eq!(
            column.found(&Finder::new(needle), Matching::StartsWith).to_numbers(),
            rows_where(&model, |fold| fold.starts_with(needle))
        );
        prop_assert_eq!(
            column.found(&Finder::new(needle), Matching::EndsWith).to_numbers(),
            rows_where(&model, |fold| fold.ends_with(needle))
        );
        prop_assert_eq!(
            column.matching(|fold| fold.starts_with(needle)).to_numbers(),
            rows_where(&model, |fold| fold.starts_with(needle))
        );
    }
}

#[test]
#[cfg_attr(miri, ignore = "very many rows")]
fn values_that_are_left_over_go_in_time() {
    let mut column = Texts::<Text>::new();
    let numbered: Vec<_> = (0..1000).map(|n| Text::new(&format!("Nr {n}"))).collect();
    column.append(0, spelled(&numbered));
    let before = column.size_in_bytes();
    // The same rows get new texts again and again.
    for n in 1000..50_000_u32 {
        column.set(n % 1000, Text::new(&format!("Nr {n}")).as_ref().map(Written::spelled));
    }
    assert_eq!(column.violations(), Vec::<String>::new());
    assert_eq!((column.distinct(), column.present().len()), (1000, 1000));
    assert_eq!(column.get(7), Text::new("Nr 49007"));
    assert!(column.size_in_bytes() < before + (512 << 10));
    let last: MemberSet = [ContactId::new(999)].into_iter().collect();
    assert_eq!(column.found(&Finder::new("nr 49999"), Matching::Contains), last);
    assert_eq!(column.rows_of_key("nr 999").len(), 0);
}

/// So few that Miri reads them in seconds.
#[test]
fn a_short_column_is_found_by_parts_and_by_keys() {
    let mut column = Texts::<Text>::new();
    let texts =
        ["Zoé", "Yann", "ZOÉ", "a name that is longer than what is compared at once, and Zoé", "Yann"]
            .map(Text::new);
    column.append(0, spelled(&texts));
    column.set(4, Text::new("Ana").as_ref().map(Written::spelled));
    column.set(1, None);
    column.compact();
    for (part, matching, rows) in [
        ("zoé", Matching::Contains, &[0, 2, 3][..]),
        ("zoé", Matching::StartsWith, &[0, 2]),
        ("zoé", Matching::EndsWith, &[0, 2, 3]),
        ("an", Matching::Contains, &[3, 4]),
        ("yann", Matching::Contains, &[]),
    ] {
        assert_eq!(column.found(&Finder::new(part), matching).to_numbers(), rows, "{part} {matching:?}");
    }
    assert_eq!(column.rows_of_key("zoé").collect::<Vec<_>>(), [0, 2]);
    assert_eq!(column.rows_of_key("ana").collect::<Vec<_>>(), [4]);
    assert_eq!(column.rows_of_key("yann").len(), 0);
    assert_eq!(column.violations(), Vec::<String>::new());
}

#[test]
#[cfg_attr(miri, ignore = "the patterns of phone numbers take minutes to read")]
fn phones_keep_whether_they_are_assigned() {
    let mut column = Texts::<Phone>::new();
    let phones = ["+33 6 12 34 56 78", "+1 555 555 5555", "+33 6 12 34 56 78"];
    let phones = phones.map(|phone| Phone::parse(phone, None).unwrap());
    column.append(0, phones.iter().map(|phone| Some(phone.spelled())));
    assert_eq!([0, 1, 2].map(|row| column.get(row).unwrap()), phones);
    assert_eq!(
        [0, 1, 2, 3].map(|row| column.get(row).is_some_and(|phone| phone.is_assigned())),
        [true, false, true, false]
    );
    assert_eq!(column.key(1), Some("15555555555"));
    assert_eq!(column.rows_of_key("33612345678").collect::<Vec<_>>(), [0, 2]);
    assert_eq!(column.distinct(), 2);
    assert_eq!(column.violations(), Vec::<String>::new());
}

#[test]
#[cfg_attr(miri, ignore = "very many rows")]
fn few_different_texts_come_to_the_same_as_one_after_the_other() {
    let texts = ["Zoé", "zoé", "Yann", "never"].map(|name| Text::new(name).unwrap());
    let mut values: Vec<_> = texts.iter().map(|text| Some(text.spelled())).collect();
    values.push(None);
    for (gap, rows) in [(0, 5), (0, 100), (3, 300), (1, 3000)] {
        // Most of one, some of others, and one that nobody has.
        let codes: Vec<u8> = (0..rows)
            .map(|row| match (row % 50, row % 3) {
                (7, _) => 4,
                (_, 1) => 2,
                _ => u8::from(row / 250 % 2 == 1),
            })
            .collect();
        let (mut once, mut singly) = (Texts::<Text>::new(), Texts::new());
        for column in [&mut once, &mut singly] {
            column.append(0, [&texts[0], &texts[3], &texts[2]].map(|text| Some(text.spelled())).into_iter());
            column.set(1, None);
        }
        let few = Few::new(values.clone(), &codes);
        for _ in 0..2 {
            let first = u32::try_from(singly.len()).unwrap() + gap;
            once.append_few(first, &few);
            singly.append(first, few.iter());
        }
        assert_eq!(once.violations(), Vec::<String>::new());
        assert_eq!((once.len(), once.present()), (singly.len(), singly.present()));
        assert!((0..8000).all(|row| once.get(row) == singly.get(row)));
        for key in ["zoé", "yann", "never"] {
            let of = |column: &Texts<Text>| column.rows_of_key(key).collect::<Vec<_>>();
            assert_eq!(of(&once), of(&singly), "{key}");
        }
    }
}
