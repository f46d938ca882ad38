//! Laws of the whole table.

use super::interactions::Interactions;
use super::rows::Rows;
use super::table::Table;
use super::values::Values;
use crate::model::Field;
use crate::value::{ContactId, FieldId, MemberSet, Symbol, SymbolSet, Text, Value, ValueType};

const TYPES: [(FieldId, ValueType); 4] = [
    (Field::EMAIL, ValueType::Email),
    (Field::FIRST_NAME, ValueType::Text),
    (Field::STATUS, ValueType::Status),
    (Field::TAGS, ValueType::Tags),
];

fn type_of(field: FieldId) -> ValueType {
    TYPES.into_iter().find(|(other, _)| *other == field).unwrap().1
}

/// The value of a field of a row; some rows have none.
fn value(field: FieldId, row: u32) -> Option<Value> {
    let text = |text: &str| Text::new(text).map(Value::Text);
    match field {
        Field::EMAIL => (row % 7 != 3).then(|| text(&format!("Nr{row}@example.org"))).flatten(),
        Field::FIRST_NAME => text(["Zoé", "Yann", "zoé"][row as usize % 3]),
        Field::STATUS => Some(Value::One(Symbol::new(1))),
        _ => {
            let set: SymbolSet = [row % 5, row % 11].map(Symbol::new).into_iter().collect();
            (!row.is_multiple_of(4)).then_some(Value::Many(set))
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "very many rows")]
fn many_new_rows_are_what_they_are_one_by_one() {
    let (mut at_once, mut singly) = (Table::default(), Table::default());
    for (first, end) in [(0, 10), (10, 2000), (2000, 2001), (2001, 3000)] {
        let rows = |first, end| Rows {
            contacts: MemberSet::between(first, end),
            columns: TYPES
                .map(|(field, of)| (field, Values::collect(of, (first..end).map(|row| value(field, row)))))
                .to_vec(),
            interactions: Interactions::new(),
        };
        at_once.insert(&rows(first, end), type_of, |_| false);
        (first..end).for_each(|row| singly.insert(&rows(row, row + 1), type_of, |_| false));
    }
    assert_eq!((at_once.next_row(), at_once.live()), (3000, singly.live()));
    for table in [&at_once, &singly] {
        assert_eq!(table.violations(|field| Some(type_of(field))), Vec::<String>::new());
    }
    for (field, _) in TYPES {
        for contact in (0..3001).map(ContactId::new) {
            let expected = if contact.get() < 3000 { value(field, contact.get()) } else { None };
            assert_eq!(at_once.get(contact, field), expected);
            assert_eq!(singly.get(contact, field), expected);
        }
    }
}
