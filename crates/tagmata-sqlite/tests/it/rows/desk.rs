//! A book, and the tables of its file as another program reads them.

use rusqlite::Connection;
use rusqlite::types::Value;
use tagmata::{ContactId, Draft, NewField, Timestamp, ValueType};
use tagmata_sqlite::{OpenOptions, StoredBook, Synchronous};
use tempfile::TempDir;

/// A book that begins one second after 1970 does, so that instants are easy to read.
pub(super) struct Desk {
    pub(super) book: StoredBook,
    reader: Connection,
    _folder: TempDir,
}

/// So many seconds after 1970.
pub(super) fn second(seconds: i64) -> Timestamp {
    Timestamp::from_micros(seconds * 1_000_000).unwrap()
}

impl Desk {
    /// With a field of each type that the standard fields do not have: 18 `note`, 19 `billed`, 20 `member`, 21 `born`, 22 `seen`,
    /// 23 `client_type`, 24 `software`.
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("crm.db");
        let options = OpenOptions::new().synchronous(Synchronous::Normal);
        let mut book = options.open(&path, second(1)).unwrap();
        for field in [
            NewField::new("note", ValueType::Text),
            NewField::new("billed", ValueType::Number),
            NewField::new("member", ValueType::Bool),
            NewField::new("born", ValueType::Date),
            NewField::new("seen", ValueType::DateTime),
            NewField::new("client_type", ValueType::Select).option("person").labelled_option("co", "Company"),
            NewField::new("software", ValueType::MultiSelect).option("Xero").option("MYOB").option("Sage"),
        ] {
            book.define_field(field, second(1)).unwrap();
        }
        Self { book, reader: Connection::open(path).unwrap(), _folder: folder }
    }

    pub(super) fn create(&mut self, draft: Draft) -> ContactId {
        let now = self.book.now();
        self.book.create_contact(draft, now).unwrap().id
    }

    /// What a query finds, a line for each row.
    pub(super) fn rows(&self, sql: &str) -> Vec<String> {
        let mut statement = self.reader.prepare(sql).unwrap();
        let columns = statement.column_count();
        let cells = |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get(at).map(written)).collect();
        let rows = statement.query_map([], cells).unwrap();
        rows.map(|row: rusqlite::Result<Vec<String>>| row.unwrap().join(" ")).collect()
    }
}

fn written(value: Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => format!("{number:?}"),
        Value::Text(text) => format!("{text:?}"),
        Value::Blob(bytes) => format!("{} bytes", bytes.len()),
    }
}
