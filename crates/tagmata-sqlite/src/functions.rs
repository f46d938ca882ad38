//! Functions that SQLite lacks for the statements of filters.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use std::borrow::Cow;
use tagmata::{accent_fold, fold};

/// What gives the text by which a text is compared.
pub(crate) const FOLD: &str = "tagmata_fold";
/// What gives the text in which is searched.
pub(crate) const ACCENT_FOLD: &str = "tagmata_accent_fold";

/// Gives a connection the functions that statements for [`BookFile::mapping`](crate::BookFile::mapping) call: `tagmata_fold` and
/// `tagmata_accent_fold`, which return what [`tagmata::fold`] and [`tagmata::accent_fold`] do, and null for null.
///
/// ```
/// let connection = rusqlite::Connection::open_in_memory()?;
/// tagmata_sqlite::add_functions(&connection)?;
/// let found = "SELECT tagmata_fold('Straße') || tagmata_accent_fold(' Zoé ')";
/// assert_eq!(connection.query_row(found, [], |row| row.get::<_, String>(0))?, "strassezoe");
/// # Ok::<(), rusqlite::Error>(())
/// ```
///
/// # Errors
/// What SQLite says.
pub fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let add = |name: &str, function: fn(&str) -> Cow<'_, str>| {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection.create_scalar_function(name, 1, flags, move |context| {
            let text: Option<String> = context.get(0)?;
            Ok(text.map(|text| function(&text).into_owned()))
        })
    };
    add(FOLD, fold)?;
    add(ACCENT_FOLD, accent_fold)
}
