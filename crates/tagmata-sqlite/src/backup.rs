//! Copies of books that are open.

use crate::error::Result;
use crate::progress::Meter;
use crate::read;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::path::Path;
use std::time::Duration;

/// Copies a book as it is at one moment into a file of its own.
///
/// # Errors
/// What SQLite says; those of the meter. What is half a copy stays behind.
pub(crate) fn copy(connection: &mut Connection, path: &Path, meter: &Meter) -> Result<()> {
    /// So many pages are copied between two looks at whether to go on.
    const PAGES: std::ffi::c_int = 1_000;
    // As long as this lasts, whatever is written meanwhile is not seen, and does not make the copy begin again.
    let moment = connection.transaction()?;
    read::stands(&moment)?;
    let mut copy = Connection::open(path)?;
    let backup = Backup::new(&moment, &mut copy)?;
    loop {
        let step = backup.step(PAGES)?;
        let progress = backup.progress();
        let [total, left] =
            [progress.pagecount, progress.remaining].map(|pages| u64::try_from(pages).unwrap_or(0));
        meter.at(total - left, total)?;
        match step {
            StepResult::Done => break,
            StepResult::More => {}
            _ => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    drop(backup);
    copy.close().map_err(|(_, error)| error)?;
    Ok(())
}
