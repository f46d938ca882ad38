//! Which commits are kept.

use crate::error::{Fault, Result};
use crate::format::SettingsTable;
use crate::options::Retention;
use rusqlite::Connection;

const KEY: &str = "retention";
/// Microseconds.
const DAY: i64 = 86_400_000_000;

impl Retention {
    /// What the file says.
    ///
    /// # Errors
    /// What SQLite says; what is no retention.
    pub(crate) fn of(connection: &Connection) -> Result<Self> {
        let Some(text) = SettingsTable(connection).get(KEY)? else { return Ok(Self::All) };
        let unreadable = || Fault::Damaged(format!("the setting `{KEY}` is `{text}`"));
        match text.split_once(' ') {
            None if text == "all" => Ok(Self::All),
            Some((number, "commits")) => number.parse().map(Self::Commits).map_err(|_| unreadable()),
            Some((number, "days")) => number.parse().map(Self::Days).map_err(|_| unreadable()),
            _ => Err(unreadable()),
        }
    }

    /// Tells the file.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn remember(self, connection: &Connection) -> Result<()> {
        let text = match self {
            Self::All => "all".to_owned(),
            Self::Commits(number) => format!("{number} commits"),
            Self::Days(number) => format!("{number} days"),
        };
        SettingsTable(connection).set(KEY, &text)
    }

    /// Removes the commits that are not kept, and gives the room back. How many were removed.
    ///
    /// # Errors
    /// What SQLite says.
    pub(crate) fn apply(self, connection: &Connection) -> Result<u64> {
        let removed = match self {
            Self::All => 0,
            Self::Commits(number) => {
                let sql = "DELETE FROM commits WHERE number <= (SELECT last_commit FROM book) - ?1";
                connection.execute(sql, [i64::try_from(number).unwrap_or(i64::MAX)])?
            }
            Self::Days(number) => {
                // Commits are in the order of time, too.
                let sql = "DELETE FROM commits WHERE at < (SELECT now FROM book) - ?1";
                connection.execute(sql, [i64::from(number).saturating_mul(DAY)])?
            }
        };
        if removed > 0 {
            connection.execute_batch("PRAGMA incremental_vacuum")?;
        }
        Ok(removed as u64)
    }
}
