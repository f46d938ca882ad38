//! Files come into a shared book and out of it.

use super::relay::Relay;
use super::shared_book::SharedBook;
use super::turn::Access;
use crate::book::{Ahead, Book, FileImport, ImportPlan, ImportReport};
use crate::change::Stamp;
use crate::csv::{Progress, cancelled, unreadable};
use crate::error::Result;
use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::thread;

/// Whether an import is done, or only tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Run {
    /// It is done.
    #[default]
    Really,
    /// It says what it would do, and changes nothing.
    Dry,
}

impl SharedBook {
    /// Imports a file. It is read and decided while others read the book; only applying it stops them.
    ///
    /// A callback is called on this thread, at most ten times a second, while another thread works; nothing is held
    /// meanwhile. Where it breaks, nothing has changed. Where a file has to be read once more, because the book was changed
    /// in between, the callback is asked again with what it was told last.
    ///
    /// It waits for its turn whatever [`WhenBusy`](super::WhenBusy) says: nobody imports where waiting is not allowed.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use std::ops::ControlFlow;
    /// use tagmata::{Access, Book, Clock, Code, ImportOptions, Run, SharedBook, Timestamp, WhenBusy};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Wait);
    /// let file = || Cursor::new("Country,First name,Last name,E-mail\nFR,Zoé,Martin,zoe@example.com\n");
    /// let import = |run, flow| book.import(Access::Direct, file(), &ImportOptions::new(), run, None, Some(&mut |_| flow));
    /// assert_eq!(import(Run::Really, ControlFlow::Break(())).unwrap_err().code(), Code::Cancelled);
    /// assert_eq!(import(Run::Dry, ControlFlow::Continue(()))?.created, 1);
    /// assert_eq!(book.read(Access::Direct, |book| book.count("everyone"))?, 0);
    /// assert_eq!(import(Run::Really, ControlFlow::Continue(()))?.created, 1);
    /// assert_eq!(book.read(Access::Direct, |book| book.count("everyone"))?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::import`]; [`Code::BookBusy`](crate::Code::BookBusy) inside a callback of the book, and
    /// [`Code::BatchOpen`](crate::Code::BatchOpen).
    pub fn import<R: Read + Seek + Send>(
        &self,
        access: Access,
        source: R,
        options: &impl FileImport,
        run: Run,
        actor: Option<&str>,
        callback: Option<&mut dyn FnMut(Progress) -> ControlFlow<()>>,
    ) -> Result<ImportReport> {
        self.import_then(access, source, options, run, actor, callback, |_, report| report)
    }

    /// As [`import`](Self::import), with a look at the book as the import left it, before anybody else changes it. After
    /// one that was only tried, this is the book as it was.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{Access, Book, Clock, ImportOptions, Run, SharedBook, Timestamp, UnknownSegments, WhenBusy};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let book = SharedBook::new(Book::builder().build(now), Clock::Fixed, WhenBusy::Wait);
    /// let file = Cursor::new("Country,First name,Last name,E-mail,Segments\nFR,Zoé,Martin,zoe@example.com,Nord\n");
    /// let options = ImportOptions::new().unknown_segments(UnknownSegments::Create);
    /// let entered = book.import_then(Access::Direct, file, &options, Run::Dry, None, None, |book, report| {
    ///     let outcome = report.outcome;
    ///     outcome.effects.entered.keys().map(|id| outcome.segment_name(*id, book.schema()).to_owned()).collect::<Vec<_>>()
    /// })?;
    /// assert_eq!(entered, ["Nord"]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`import`](Self::import).
    #[expect(clippy::too_many_arguments, reason = "those of an import, and what is to be seen of it")]
    pub fn import_then<R: Read + Seek + Send, T: Send>(
        &self,
        access: Access,
        mut source: R,
        options: &impl FileImport,
        run: Run,
        actor: Option<&str>,
        callback: Option<&mut dyn FnMut(Progress) -> ControlFlow<()>>,
        then: impl FnOnce(&Book, ImportReport) -> T + Send,
    ) -> Result<T> {
        let turn = self.turn().take_patiently(access)?;
        let stamp = self.stamp(access, actor);
        let Some(callback) = callback else {
            let go_on = || ControlFlow::Continue(());
            let report = self.import_now(&mut source, options, stamp, run, go_on, || Ok(()))?;
            return Ok(then(&self.reading(), report));
        };
        let start = source.stream_position().map_err(|error| unreadable(&error))?;
        let relay = Relay::default();
        thread::scope(|threads| {
            let work = threads.spawn(|| {
                let _ending = relay.ending();
                let plan =
                    self.reading().plan_import(&mut source, options, stamp.clone(), |at| relay.tell(at));
                // The callback may wait for somebody who waits for the turn: while it is waited for, nobody has it.
                drop(turn);
                let is_kept = relay.settle().is_continue();
                let plan = plan?;
                if !is_kept {
                    return Err(cancelled());
                }
                let _turn = self.turn().take_patiently(access)?;
                let keep = || if relay.end().is_break() { Err(cancelled()) } else { Ok(()) };
                let is_as_planned = self.reading().is_as_planned(&plan);
                let report = if is_as_planned {
                    keep()?;
                    let ahead = self.reading().here();
                    self.finish(ahead, plan, run)?
                } else {
                    // Somebody has changed the book in between, or rules fire first: the file is read once more. The turn keeps
                    // others from changing the book again; they may read it meanwhile.
                    source.seek(SeekFrom::Start(start)).map_err(|error| unreadable(&error))?;
                    let stamp = Stamp { at: stamp.at.max(self.reading().now()), ..stamp };
                    self.import_now(&mut source, options, stamp, run, || relay.flow(), keep)?
                };
                Ok(then(&self.reading(), report))
            });
            relay.hand_on(|progress| {
                let _inside = self.inside_callback();
                callback(progress)
            });
            work.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    /// Plans an import and carries it out, while nobody else has the turn. `flow` says whether to go on, `keep` at the end of planning.
    fn import_now(
        &self,
        source: impl Read + Seek,
        options: &impl FileImport,
        stamp: Stamp,
        run: Run,
        flow: impl Fn() -> ControlFlow<()>,
        keep: impl FnOnce() -> Result<()>,
    ) -> Result<ImportReport> {
        let ahead = self.writing().catch_up(stamp.at());
        let plan = self.reading().plan_import(source, options, stamp, |_| flow());
        let plan = plan.and_then(|plan| keep().map(|()| plan));
        let plan = self.writing().or_go_back(&ahead, plan)?;
        self.finish(ahead, plan, run)
    }

    /// Carries an import out behind what time did ahead of it, or tries it and takes both back.
    fn finish(&self, ahead: Ahead, plan: ImportPlan, run: Run) -> Result<ImportReport> {
        match run {
            Run::Really => {
                let (decision, summary) = plan.into_parts();
                Ok(ImportReport::new(summary, self.apply(ahead, decision)?))
            }
            Run::Dry => {
                let mut book = self.writing();
                let mut report = book.preview_import_plan(plan);
                book.tell_and_go_back(ahead, report.as_mut().ok().map(|report| &mut report.outcome));
                report
            }
        }
    }
}
