//! What a file can be imported as.

use super::book::Book;
use super::import_report::ImportPlan;
use crate::change::{Decision, Stamp};
use crate::csv::Progress;
use crate::error::Result;
use crate::import::{ImportOptions, InteractionOptions, Planned};
use crate::state::{Cause, State};
use crate::time::Timestamp;
use std::io::{Read, Seek};
use std::ops::ControlFlow;

/// What a file is imported as: contacts, by [`ImportOptions`], or interactions of contacts that are there, by
/// [`InteractionOptions`].
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{Book, Draft, FileImport, ImportOptions, InteractionOptions, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// fn made(book: &mut Book, file: &'static str, options: &impl FileImport) -> tagmata::Result<u64> {
///     let now = book.now();
///     Ok(book.import(Cursor::new(file), options, now)?.created)
/// }
/// let file = "country,first name,last name,email\nFR,Zoé,Martin,zoe@example.com\n";
/// assert_eq!(made(&mut book, file, &ImportOptions::new())?, 1);
/// let file = "email,kind,time\nzoe@example.com,message,2026-11-20\nzoe@example.com,payment,2026-11-21\n";
/// assert_eq!(made(&mut book, file, &InteractionOptions::new())?, 2);
/// # Ok::<(), tagmata::Error>(())
/// ```
pub trait FileImport: sealed::Plan + Sync {}

impl FileImport for ImportOptions {}
impl FileImport for InteractionOptions {}

impl sealed::Plan for ImportOptions {
    fn plan<'b>(
        &self,
        book: &'b Book,
        source: impl Read + Seek,
        stamp: Stamp,
        callback: impl FnMut(Progress) -> ControlFlow<()> + 'b,
    ) -> Result<ImportPlan> {
        book.planned(stamp, |state, now| state.plan_import(source, self, now, callback))
    }
}

impl sealed::Plan for InteractionOptions {
    fn plan<'b>(
        &self,
        book: &'b Book,
        source: impl Read + Seek,
        stamp: Stamp,
        callback: impl FnMut(Progress) -> ControlFlow<()> + 'b,
    ) -> Result<ImportPlan> {
        book.planned(stamp, |state, now| state.plan_interactions(source, self, now, callback))
    }
}

impl Book {
    /// A plan, as a decision of the book as it is.
    fn planned<'b>(
        &'b self,
        stamp: Stamp,
        plan: impl FnOnce(&'b State, Timestamp) -> Result<Planned>,
    ) -> Result<ImportPlan> {
        let stamp = self.stamped(stamp)?;
        let Planned { facts, summary } = plan(&self.state, stamp.at())?;
        let automatic = self.state.automate(facts, None, stamp.at(), &self.automated());
        let decision = Decision { after: self.revision, ..Decision::new(automatic, Cause::Import, stamp) };
        Ok(ImportPlan { decision, summary })
    }
}

pub(super) mod sealed {
    use super::{Book, ControlFlow, ImportPlan, Progress, Read, Result, Seek, Stamp};

    pub trait Plan {
        /// What the import comes to. Nothing changes.
        ///
        /// # Errors
        /// What is wrong with the file as a whole.
        fn plan<'b>(
            &self,
            book: &'b Book,
            source: impl Read + Seek,
            stamp: Stamp,
            callback: impl FnMut(Progress) -> ControlFlow<()> + 'b,
        ) -> Result<ImportPlan>;
    }
}
