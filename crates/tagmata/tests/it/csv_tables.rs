//! Tables of programs: what is in a cell is read as it was.

use crate::csv_laws::{TAGS, text};
use crate::csv_rows::schema;
use crate::random::budget;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use proptest::sample::subsequence;
use std::io::Cursor;
use std::sync::Arc;
use tagmata::{
    Book, CellValue, CsvOptions, CsvReader, CsvRow, ExportOptions, Field, ImportOptions, NewField, Schema,
    TableCell, TableText, TableWriter, Text, Timestamp, Value, ValueType,
};

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

/// A table with e-mail addresses and days in text, in parts of so many rows.
fn days(days: &[String], part: usize) -> TableText {
    let mut table = TableWriter::new(["email", "first_name", "last_name", "country", "born"]).finish();
    let numbered: Vec<_> = days.iter().enumerate().collect();
    for some in numbered.chunks(part) {
        let mut part = TableWriter::part();
        for (row, day) in some {
            part.plain(&format!("{row}@example.com"));
            ["Zoé", "Martin", "FR", day].iter().for_each(|text| part.text(text));
            part.end_row();
        }
        table.append(part.finish());
    }
    table
}

/// What an import came to, or why it came to nothing, with all contacts.
fn imported(text: TableText, options: &ImportOptions) -> String {
    let now: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let mut book = Book::builder().build(now);
    book.define_field(NewField::new("born", ValueType::Date), now).unwrap();
    let report = book.import(Cursor::new(text.into_csv()), options, now);
    let mut contacts = Vec::new();
    book.export(&mut contacts, "everyone", None, ExportOptions::new()).unwrap();
    let told = report.map(|report| (report.created, report.rejected, report.problems));
    format!("{told:?}\n{}", String::from_utf8(contacts).unwrap())
}

#[test]
fn what_is_known_of_a_table_changes_nothing() {
    let table = [
        (vec!["1990-04-03", "", "never"], "Ok((2, 1"),
        (vec!["03/04/1990"], "Err("),
        (vec!["03/04/1990", "13/04/1990"], "Ok((2, 0"),
        (vec!["04/13/1990", "03/04/1990"], "Ok((2, 0"),
        (vec!["13/04/1990", "04/13/1990"], "Err("),
    ];
    for (rows, expected) in table {
        let rows: Vec<String> = rows.into_iter().map(str::to_owned).collect();
        let all = days(&rows, 2);
        let found = imported(all.clone(), &ImportOptions::new().reading_table(&all));
        assert!(found.starts_with(expected), "{rows:?}: {found}");
        assert_eq!(found, imported(all, &ImportOptions::new().reading(CsvOptions::of_table())));
    }
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
    #[test]
    fn parts_are_one_table(cells in vec(text(), 1..8), part in 1_usize..8) {
        let text = |part| days(&cells, part).into_csv();
        prop_assert_eq!(text(part), text(cells.len()));
    }

    #[test]
    fn a_file_is_written_as_others_write_it(rows in vec([text(), text()], 1..5)) {
        let mut table = TableWriter::new(["a", "b,\"c"]);
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(["a", "b,\"c"]).unwrap();
        for row in &rows {
            row.iter().for_each(|cell| table.plain(cell));
            table.end_row();
            csv.write_record(row).unwrap();
        }
        prop_assert_eq!(table.into_csv(), csv.into_inner().unwrap());
    }
}
