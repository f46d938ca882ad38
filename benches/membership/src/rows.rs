//! A file that is imported into a book which has half of its contacts already.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use tagmata_benches::{COLUMNS, write_contacts};

/// A file of so many rows, about half of which are contacts of a book of this size; these have another amount now.
///
/// # Panics
///
/// When there are fewer contacts than rows.
#[must_use]
pub fn rows(count: u64, contacts: u64) -> Vec<u8> {
    let new = count / 2;
    let mut all = Vec::new();
    write_contacts(&mut all, contacts + new).expect("contacts in memory");
    let billed = COLUMNS.iter().position(|column| *column == "Billed").expect("the column");
    let every = contacts / (count - new);
    let mut file = WriterBuilder::new().from_writer(Vec::new());
    file.write_record(COLUMNS).expect("a header");
    for (number, row) in (0..).zip(ReaderBuilder::new().from_reader(all.as_slice()).records()) {
        let row = row.expect("a row");
        if number >= contacts {
            file.write_record(&row).expect("a row");
        } else if number % every == 0 {
            let amount = (number % 6_000).to_string();
            let cells = row.iter().enumerate();
            let changed: StringRecord =
                cells.map(|(place, cell)| if place == billed { &amount } else { cell }).collect();
            file.write_record(&changed).expect("a row");
        }
    }
    file.into_inner().expect("a file in memory")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use tagmata_benches::{book, import_options};

    use super::rows;

    #[test]
    fn half_of_the_rows_are_new_and_the_others_change_something() {
        let mut book = book(500);
        let now = book.now();
        let report = book.import(Cursor::new(rows(40, 500)), &import_options(), now).expect("a file");
        assert_eq!((report.created, report.updated, report.unchanged, report.rejected), (20, 20, 0, 0));
    }
}
