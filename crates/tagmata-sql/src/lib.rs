//! Filters and segments of tagmata as SQL, for hosts that keep contacts in a database of their own.
//!
//! A [`Mapping`] says where the host keeps what filters ask for; a [`Compiler`] writes statements for a [`Dialect`], which find whom the
//! filter matches as it does in memory. Values are always bound, names come from the mapping only and are quoted.
//!
//! ```
//! use tagmata::{Book, Timestamp};
//! use tagmata_sql::{Compiler, Dialect, FieldMapping, Mapping};
//!
//! let now: Timestamp = "2026-11-22T09:30:00Z".parse()?;
//! let book = Book::builder().build(now);
//! let mapping = Mapping::new("contacts", "id")
//!     .field("status", FieldMapping::column("status").not_null())
//!     .field("email", FieldMapping::column("email").folded("email_folded"));
//! let compiler = Compiler::new(Dialect::Postgres, &mapping, &book);
//!
//! let sql = compiler.select(&book.filter("status = lead and email is not empty")?)?;
//! assert_eq!(
//!     sql.text,
//!     r#"SELECT c."id" FROM "contacts" AS c WHERE (c."status" COLLATE "C" = CAST($1 AS text) AND (c."email_folded" IS NOT NULL AND c."email_folded" <> ''))"#
//! );
//! assert_eq!(sql.params, [tagmata_sql::Param::Text("lead".into())]);
//! # Ok::<(), tagmata::Error>(())
//! ```
//!
//! The guide is `docs/sql.md`.

mod error;
mod param;
mod fragment;
mod mapping;
mod dialect;
mod translate;
mod statement;

pub use dialect::Dialect;
pub use mapping::{
    ContactsTable, FieldMapping, Folding, Format, InteractionsTable, LinkTable, Lists, Literal, Mapping,
    MembersTable, Names, NamesTable, TableName,
};
pub use param::Param;
pub use statement::{Compiler, Difference, Output, Placeholders, SegmentsFrom, Sql};

/// The programs of the guide are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/sql.md")]
struct Guide;
