//! Tables of programs: what is in a cell is read as it was.

use crate::csv_laws::{TAGS, text};
use crate::csv_rows::schema;
use crate::random::budget;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use proptest::sample::subsequence;
use std::io::Cursor;
use std::sync::Arc;
use tagmata::{CellValue, CsvOptions, CsvReader, CsvRow, Field, Schema, TableCell, TableWriter, Text, Value};

/// The rows of a table with some columns.
fn read(headers: &[&str], rows: &[Vec<TableCell>], schema: &Schema) -> Vec<CsvRow> {
    let mut table = TableWriter::new(headers);
    rows.iter().for_each(|row| table.write(row.iter().cloned()));
    let reader = CsvReader::open(Cursor::new(table.into_csv()), schema, &CsvOptions::of_table());
    reader.unwrap().collect::<tagmata::Result<_>>().unwrap()
}

#[test]
fn cells_are_written_by_what_they_are() {
    let table = [
        (TableCell::Blank, ""),
        (TableCell::Plain("-1".into()), "-1"),
        (TableCell::Text("-1".into()), "'-1"),
        (TableCell::Text("'=1".into()), "''=1"),
        (TableCell::Text("a,\"b\"\nc".into()), "\"a,\"\"b\"\"\nc\""),
        (TableCell::Text(" \u{a0}".into()), ""),
        (TableCell::List(vec![]), ""),
        (TableCell::List(vec!["vip".into(), "new".into()]), "vip; new"),
        (TableCell::List(vec!["a;b".into(), " c".into()]), "\"\"\"a;b\"\"; \"\" c\"\"\""),
        (TableCell::List(vec!["=a".into(), "b".into()]), "'=a; b"),
    ];
    for (cell, expected) in table {
        let mut writer = TableWriter::new(["email", "tags"]);
        writer.write([TableCell::Blank, cell.clone()]);
        let text = String::from_utf8(writer.into_csv()).unwrap();
        assert_eq!(text, format!("email,tags\n,{expected}\n"), "{cell:?}");
    }
}

#[test]
fn rows_of_nothing_are_rows() {
    let blank = ["", " ", "\t"].map(|text| vec![TableCell::Text(text.into())]);
    assert_eq!(read(&["email"], &blank, &schema()).len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: budget(300), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cells_are_read_as_they_were(texts in [text(), text()], tags in subsequence(TAGS, 0..4)) {
        let [organization, email] = texts;
        let items: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let row = vec![
            TableCell::Text(organization.clone()),
            TableCell::Text(email.clone()),
            TableCell::List(items),
        ];
        let rows = read(&["organization", "email", "tags"], &[row], &schema());
        prop_assert_eq!(rows.len(), 1);
        let text = Text::new(organization.trim()).map_or(CellValue::Blank, |text| CellValue::Value(Value::Text(text)));
        prop_assert_eq!(rows[0].get(Field::ORGANIZATION), Some(&text));
        let names: Vec<Arc<str>> = tags.into_iter().map(Arc::from).collect();
        let names = if names.is_empty() { CellValue::Blank } else { CellValue::Names(names.into()) };
        prop_assert_eq!(rows[0].get(Field::TAGS), Some(&names));
        prop_assert!(rows[0].problems().iter().all(|problem| problem.value == email));
    }
}
