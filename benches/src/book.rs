//! The book that the contacts go into.

use std::env;
use std::io::{Cursor, Read, Seek};

use tagmata::{
    Book, ContactId, ImportOptions, NewField, NewInteractions, Timestamp, UnknownSegments, ValueType,
};

use crate::data::{interactions, write_contacts};

/// The instant of all questions.
///
/// # Panics
///
/// Never.
pub fn now() -> Timestamp {
    "2026-11-01T00:00:00Z".parse().expect("an instant")
}

/// How many contacts to measure with: what `TAGMATA_CONTACTS` says, or 100,000.
///
/// # Panics
///
/// When the variable is not a number.
pub fn size() -> u64 {
    env::var("TAGMATA_CONTACTS").map_or(100_000, |size| size.parse().expect("TAGMATA_CONTACTS is a number"))
}

/// A book of so many contacts.
///
/// # Panics
///
/// When the contacts cannot be imported.
pub fn book(count: u64) -> Book {
    let mut file = Vec::new();
    write_contacts(&mut file, count).expect("contacts in memory");
    let book = import(Cursor::new(file));
    assert_eq!(book.count("everyone").ok(), Some(count), "all contacts are imported");
    book
}

/// The same book, with what happened with the contacts.
///
/// # Panics
///
/// When the contacts cannot be imported, or the interactions not recorded.
pub fn book_with_interactions(count: u64) -> Book {
    let mut book = book(count);
    book.record_many(new_interactions(count), now()).expect("interactions that can be recorded");
    book
}

/// What happened with so many contacts, whose ids are their numbers.
///
/// # Panics
///
/// When there are too many contacts.
pub fn new_interactions(count: u64) -> NewInteractions {
    let mut new = NewInteractions::new();
    for one in interactions(count) {
        let contact = ContactId::new(u32::try_from(one.contact).expect("not so many contacts"));
        let amount = one.amount.map(|amount| amount.parse().expect("an amount"));
        new.push(contact, one.kind, one.at, amount, one.label);
    }
    new
}

fn import(file: impl Read + Seek) -> Book {
    let mut book = Book::builder().build(now());
    define(&mut book);
    book.import(file, &import_options(), now()).expect("contacts that can be imported");
    book
}

/// How the contacts are imported.
pub fn import_options() -> ImportOptions {
    ImportOptions::new().unknown_segments(UnknownSegments::Create)
}

/// Defines the custom fields of the contacts.
///
/// # Panics
///
/// When the book has such fields already.
pub fn define(book: &mut Book) {
    let with =
        |field: NewField, options: &[&str]| options.iter().fold(field, |field, option| field.option(*option));
    let client_types = ["Individual", "Company", "Trust", "Partnership", "Charity"];
    let software = ["Xero", "MYOB", "QuickBooks", "Sage", "Odoo", "Pennylane", "Holded", "Zoho"];
    for field in [
        NewField::new("billed", ValueType::Number),
        NewField::new("employees", ValueType::Number),
        with(NewField::new("client_type", ValueType::Select), &client_types),
        NewField::new("newsletter", ValueType::Bool),
        with(NewField::new("software", ValueType::MultiSelect), &software),
        NewField::new("birthday", ValueType::Date),
    ] {
        book.define_field(field, now()).expect("a new field");
    }
}
