//! What it costs that a change is in a file before it is answered, beside the same rows written by statements that a program has ready.
//!
//! `book_in_file` writes a commit and makes it true, `book_in_memory` only makes it true: the difference is what writing costs.
//! `by_hand` writes the rows that the book wrote, which it has in memory as SQLite takes them, in the order of the tables.
#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up stops")]

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::LazyLock;

use divan::Bencher;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use tagmata::{Book, Commit, ContactId, Draft, Patch};
use tagmata_benches::{define, import_options, now, size, write_contacts};
use tagmata_sqlite::{OpenOptions, StoredBook, Synchronous};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const NORMAL: Synchronous = Synchronous::Normal;

/// The tables with rows for each contact.
const TABLES: [&str; 7] =
    ["contacts", "contact_tags", "contact_segments", "contact_options", "changes", "history", "commits"];

/// What an update of all contacts changes in the table of contacts.
const UPDATED: [&str; 5] = ["billed", "newsletter", "organization", "organization_fold", "updated_at"];

/// A book in a file of its own.
struct Stored {
    book: StoredBook,
    folder: TempDir,
}

impl Stored {
    /// With the fields of the contacts, and without contacts.
    fn new(synchronous: Synchronous) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut book =
            OpenOptions::new().synchronous(synchronous).open(path(&folder), now()).expect("a book");
        define(&mut book);
        Self { book, folder }
    }

    fn with_contacts(synchronous: Synchronous) -> Self {
        let mut stored = Self::new(synchronous);
        stored.book.replay(&WORK.creation).expect("contacts");
        stored
    }

    /// The file alone, with the settings of a book's own connection.
    fn into_file(self, synchronous: Synchronous) -> (Connection, TempDir) {
        self.book.close().expect("a closed book");
        let connection = Connection::open(path(&self.folder)).expect("a file");
        let settings = "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536";
        connection
            .execute_batch(&format!("PRAGMA synchronous = {synchronous:?}; {settings}"))
            .expect("settings");
        (connection, self.folder)
    }
}

fn path(folder: &TempDir) -> PathBuf {
    folder.path().join("crm.db")
}

fn in_memory() -> Book {
    let mut book = Book::builder().build(now());
    define(&mut book);
    book
}

/// The rows of a table, and the statement that writes one.
struct Rows {
    sql: String,
    rows: Vec<Vec<Value>>,
}

impl Rows {
    fn of(connection: &Connection, select: &str, sql: impl Fn(&[String]) -> String) -> Self {
        let mut statement = connection.prepare(select).expect("a table");
        let names: Vec<String> = statement.column_names().map(|name| format!("\"{name}\"")).collect();
        let rows = statement.query_map([], |row| (0..names.len()).map(|at| row.get(at)).collect());
        Self { sql: sql(&names), rows: rows.expect("rows").collect::<Result<_, _>>().expect("values") }
    }

    fn write(&self, connection: &Connection) {
        let mut statement = connection.prepare_cached(&self.sql).expect("a statement");
        for row in &self.rows {
            statement.execute(params_from_iter(row)).expect("a row");
        }
    }
}

/// The commits that make the contacts and change all of them, and the rows that they come to.
struct Work {
    creation: Commit,
    update: Commit,
    inserted: Vec<Rows>,
    updated: Vec<Rows>,
}

static WORK: LazyLock<Work> = LazyLock::new(|| {
    let mut file = Vec::new();
    write_contacts(&mut file, size()).expect("contacts in memory");
    let mut stored = Stored::new(NORMAL);
    let report = stored.book.import(Cursor::new(file), &import_options(), now()).expect("contacts");
    let creation = report.outcome.commit;
    let reader = Connection::open(path(&stored.folder)).expect("a file");
    let since = creation.number();
    let inserted = TABLES.map(|table| {
        let of_commit = if table == "commits" { format!("WHERE number = {since}") } else { String::new() };
        let select = format!("SELECT * FROM {table} {of_commit}");
        Rows::of(&reader, &select, |names| insert(table, names))
    });
    let patch = Patch::new().set("billed", 12.5).set("newsletter", true).set("organization", "Ferme");
    let update = stored.book.update_contacts("everyone", patch, now()).expect("an update").commit;
    let contacts = Rows::of(&reader, &format!("SELECT id, {} FROM contacts", UPDATED.join(", ")), |names| {
        let set = names.iter().zip(1_usize..).skip(1).map(|(name, at)| format!("{name} = ?{at}"));
        format!("UPDATE contacts SET {} WHERE id = ?1", set.collect::<Vec<_>>().join(", "))
    });
    let commits = Rows::of(&reader, &format!("SELECT * FROM commits WHERE number > {since}"), |names| {
        insert("commits", names)
    });
    Work { creation, update, inserted: inserted.into(), updated: vec![contacts, commits] }
});

fn insert(table: &str, names: &[String]) -> String {
    let marks = vec!["?"; names.len()].join(", ");
    format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(", "))
}

fn write_by_hand(connection: &mut Connection, tables: &[Rows]) {
    let transaction = connection.transaction().expect("a transaction");
    tables.iter().for_each(|table| table.write(&transaction));
    transaction.commit().expect("a commit");
}

/// All contacts in one commit.
#[divan::bench_group(sample_count = 5, sample_size = 1)]
mod create_all {
    use super::{Bencher, NORMAL, Stored, WORK, in_memory, write_by_hand};

    #[divan::bench]
    fn book_in_memory(bencher: Bencher<'_, '_>) {
        bencher
            .with_inputs(in_memory)
            .bench_local_refs(|book| book.replay(&WORK.creation).expect("a commit"));
    }

    #[divan::bench]
    fn book_in_file(bencher: Bencher<'_, '_>) {
        let replay = |stored: &mut Stored| stored.book.replay(&WORK.creation).expect("a commit");
        bencher.with_inputs(|| Stored::new(NORMAL)).bench_local_refs(replay);
    }

    #[divan::bench]
    fn by_hand(bencher: Bencher<'_, '_>) {
        let file = || Stored::new(NORMAL).into_file(NORMAL);
        bencher.with_inputs(file).bench_local_refs(|(file, _)| write_by_hand(file, &WORK.inserted));
    }
}

/// Other values for all contacts in one commit.
#[divan::bench_group(sample_count = 5, sample_size = 1)]
mod update_all {
    use super::{Bencher, NORMAL, Stored, WORK, in_memory, write_by_hand};

    #[divan::bench]
    fn book_in_memory(bencher: Bencher<'_, '_>) {
        let book = || {
            let mut book = in_memory();
            book.replay(&WORK.creation).expect("contacts");
            book
        };
        bencher.with_inputs(book).bench_local_refs(|book| book.replay(&WORK.update).expect("a commit"));
    }

    #[divan::bench]
    fn book_in_file(bencher: Bencher<'_, '_>) {
        let replay = |stored: &mut Stored| stored.book.replay(&WORK.update).expect("a commit");
        bencher.with_inputs(|| Stored::with_contacts(NORMAL)).bench_local_refs(replay);
    }

    #[divan::bench]
    fn by_hand(bencher: Bencher<'_, '_>) {
        let file = || Stored::with_contacts(NORMAL).into_file(NORMAL);
        bencher.with_inputs(file).bench_local_refs(|(file, _)| write_by_hand(file, &WORK.updated));
    }
}

/// A file of all contacts is imported, and the book is opened again.
#[divan::bench_group(sample_count = 3, sample_size = 1)]
mod whole {
    use super::{
        Bencher, Cursor, NORMAL, OpenOptions, Stored, import_options, in_memory, now, path, size,
        write_contacts,
    };

    fn file() -> Vec<u8> {
        let mut file = Vec::new();
        write_contacts(&mut file, size()).expect("contacts in memory");
        file
    }

    #[divan::bench]
    fn import_in_memory(bencher: Bencher<'_, '_>) {
        let file = file();
        bencher.with_inputs(in_memory).bench_local_refs(|book| {
            book.import(Cursor::new(&file), &import_options(), now()).expect("an import")
        });
    }

    #[divan::bench]
    fn import_in_file(bencher: Bencher<'_, '_>) {
        let file = file();
        let import = |stored: &mut Stored| {
            stored.book.import(Cursor::new(&file), &import_options(), now()).expect("an import")
        };
        bencher.with_inputs(|| Stored::new(NORMAL)).bench_local_refs(import);
    }

    #[divan::bench]
    fn open(bencher: Bencher<'_, '_>) {
        let Stored { book, folder } = Stored::with_contacts(NORMAL);
        book.close().expect("a closed book");
        bencher.bench_local(|| OpenOptions::new().open(path(&folder), now()).expect("the book"));
    }
}

/// One contact after the other, each in a commit of its own, among all contacts.
#[divan::bench_group(max_time = 2)]
mod one {
    use super::{Bencher, ContactId, Draft, Patch, Stored, Synchronous, now, one_by_hand, size};

    #[divan::bench(args = [Synchronous::Normal, Synchronous::Full])]
    fn create_in_file(bencher: Bencher<'_, '_>, synchronous: Synchronous) {
        let (mut stored, mut number) = (Stored::with_contacts(synchronous), 0);
        bencher.bench_local(|| {
            number += 1;
            let draft = Draft::new().set("first_name", "Zoé").set("email", format!("{number}@example.org"));
            stored.book.create_contact(draft.set("billed", 12.5), now()).expect("a contact")
        });
    }

    #[divan::bench(args = [Synchronous::Normal, Synchronous::Full])]
    fn create_by_hand(bencher: Bencher<'_, '_>, synchronous: Synchronous) {
        let (mut file, _folder) = Stored::with_contacts(synchronous).into_file(synchronous);
        let mut number = i64::try_from(size()).expect("not so many contacts");
        bencher.bench_local(|| {
            number += 1;
            one_by_hand::create(&mut file, number);
        });
    }

    #[divan::bench(args = [Synchronous::Normal, Synchronous::Full])]
    fn update_in_file(bencher: Bencher<'_, '_>, synchronous: Synchronous) {
        let (mut stored, mut number) = (Stored::with_contacts(synchronous), 0_u32);
        bencher.bench_local(|| {
            number += 1;
            let contact = ContactId::new(number.wrapping_mul(7919) % u32::try_from(size()).unwrap_or(1));
            let patch = Patch::new().set("billed", f64::from(number));
            stored.book.update_contacts(contact, patch, now()).expect("a change")
        });
    }

    #[divan::bench(args = [Synchronous::Normal, Synchronous::Full])]
    fn update_by_hand(bencher: Bencher<'_, '_>, synchronous: Synchronous) {
        let (mut file, _folder) = Stored::with_contacts(synchronous).into_file(synchronous);
        let mut number = 0_u32;
        bencher.bench_local(|| {
            number += 1;
            let contact = number.wrapping_mul(7919) % u32::try_from(size()).unwrap_or(1);
            one_by_hand::update(&mut file, number, contact);
        });
    }
}

/// What a program would write for the same change of one contact: the row, its history, and a commit of about the same size.
mod one_by_hand {
    use super::{Connection, now, params};
    use rusqlite::Transaction;

    const BODY: [u8; 160] = [0; 160];

    pub(super) fn create(file: &mut Connection, number: i64) {
        let (email, at) = (format!("{number}@example.org"), now().as_micros());
        let transaction = file.transaction().expect("a transaction");
        run(
            &transaction,
            "INSERT INTO contacts (id, first_name, first_name_fold, email, email_fold, billed, status,
                                   status_changed_at, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?4, ?5, 'lead', ?6, ?6, ?6)",
            params![number, "Zoé", "zoé", email, 12.5, at],
        );
        commit(&transaction, number);
        run(
            &transaction,
            "INSERT INTO changes (commit_number, place, change, before, what, at, cause)
             VALUES (?1, 0, 'created', -1, -1, ?2, 'call')",
            params![number, at],
        );
        let change = transaction.last_insert_rowid();
        run(
            &transaction,
            "INSERT INTO history (change_id, contact_id) VALUES (?1, ?2)",
            params![change, number],
        );
        transaction.commit().expect("a commit");
    }

    pub(super) fn update(file: &mut Connection, number: u32, contact: u32) {
        let transaction = file.transaction().expect("a transaction");
        run(
            &transaction,
            "UPDATE contacts SET billed = ?2, updated_at = ?3 WHERE id = ?1",
            params![contact, f64::from(number), now().as_micros()],
        );
        commit(&transaction, i64::from(number) + 1_000);
        transaction.commit().expect("a commit");
    }

    fn commit(transaction: &Transaction<'_>, number: i64) {
        let sql = "INSERT INTO commits (number, at, cause, contacts, body) VALUES (?1, ?2, 'call', 1, ?3)";
        run(transaction, sql, params![number, now().as_micros(), BODY]);
        let sql = "UPDATE book SET last_commit = ?1, now = ?2";
        run(transaction, sql, params![number, now().as_micros()]);
    }

    fn run(transaction: &Transaction<'_>, sql: &str, values: impl rusqlite::Params) {
        transaction.prepare_cached(sql).expect("a statement").execute(values).expect("a row");
    }
}
