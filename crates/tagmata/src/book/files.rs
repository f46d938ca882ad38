//! Files: CSV into the book and out of it.

use super::book::Book;
use super::file_import::FileImport;
use super::import_report::{ImportPlan, ImportReport};
use crate::change::{FilterSource, Stamp};
use crate::csv::{CsvWriter, ExportOptions, Progress, default_export_fields};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};

use crate::state::Needs;
use crate::value::FieldId;
use std::io::{Read, Seek, Write};
use std::ops::ControlFlow;

/// How far an export has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive] // more may be told one day
pub struct ExportProgress {
    /// Rows that are written.
    pub rows: u64,
    /// Rows that there will be.
    pub total_rows: u64,
}

impl Book {
    /// Imports a file of contacts: rows change the contacts that they match, and make those that nobody is yet; or, with
    /// [`InteractionOptions`](crate::InteractionOptions), a file of interactions: rows are recorded of the contacts that they match.
    ///
    /// A row is imported or rejected with all that is wrong with it; the others are not held up. All of the file is one
    /// commit. `docs/import.md` says how columns are recognised, values read and contacts matched.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{Book, ImportOptions, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let file = "Country code,First name,Last name,Mobile,Email,Tags\nFR,Zoé,Martin,06 12 34 56 78,zoe@example.com,vip\n";
    /// assert_eq!(book.import(Cursor::new(file), &ImportOptions::new(), now)?.created, 1);
    /// // The same person, by the mobile number.
    /// let file = "country,mobile,tags,organization\nFR,+33612345678,loyal,Coop\n";
    /// assert_eq!(book.import(Cursor::new(file), &ImportOptions::new(), now)?.updated, 1);
    /// assert_eq!(book.count("tags has all (vip, loyal) and organization = coop")?, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong with the file as a whole, as [`CsvReader::open`](crate::CsvReader::open) says it;
    /// [`Code::ClockBackwards`]; those of [`Book::apply`]. Nothing has changed then.
    pub fn import(
        &mut self,
        reader: impl Read + Seek,
        options: &impl FileImport,
        stamp: impl Into<Stamp>,
    ) -> Result<ImportReport> {
        self.import_watched(reader, options, stamp, |_| ControlFlow::Continue(()))
    }

    /// [`import`](Self::import) that calls back about every 64 KiB, and can be stopped.
    ///
    /// ```
    /// use std::{io::Cursor, ops::ControlFlow};
    /// use tagmata::{Book, Code, ImportOptions, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let file = Cursor::new("country,first name,last name,email\nFR,Zoé,Martin,zoe@example.com\n");
    /// let stopped = book.import_watched(file, &ImportOptions::new(), now, |progress| match progress.rows {
    ///     0 => ControlFlow::Continue(()),
    ///     _ => ControlFlow::Break(()),
    /// });
    /// assert_eq!(stopped.unwrap_err().code(), Code::Cancelled);
    /// assert_eq!(book.count("everyone")?, 0);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`import`](Self::import); [`Code::Cancelled`] once the callback said `Break`. Nothing has changed then.
    pub fn import_watched(
        &mut self,
        reader: impl Read + Seek,
        options: &impl FileImport,
        stamp: impl Into<Stamp>,
        callback: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<ImportReport> {
        let stamp = self.stamped(stamp.into())?;
        let ahead = self.catch_up(stamp.at());
        let plan = self.plan_import(reader, options, stamp, callback);
        let (decision, summary) = self.or_go_back(&ahead, plan)?.into_parts();
        let outcome = self.apply_behind(ahead, decision)?;
        Ok(ImportReport::new(summary, outcome))
    }

    /// What an import would come to: the same report as that of [`import`](Self::import), and nothing has changed.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{Book, ImportOptions, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let (file, options) = ("country,first name,last name,email\nFR,Zoé,Martin,zoe@example.com\n", ImportOptions::new());
    /// let preview = book.preview_import(Cursor::new(file), &options, now)?;
    /// assert_eq!((preview.created, book.count("everyone")?), (1, 0));
    /// assert_eq!(book.import(Cursor::new(file), &options, now)?, preview);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`import`](Self::import); [`Code::BatchOpen`] in a batch.
    pub fn preview_import(
        &mut self,
        reader: impl Read + Seek,
        options: &impl FileImport,
        stamp: impl Into<Stamp>,
    ) -> Result<ImportReport> {
        let stamp = self.stamped(stamp.into())?;
        let ahead = self.catch_up(stamp.at());
        let plan = self.plan_import(reader, options, stamp, |_| ControlFlow::Continue(()));
        let mut report = plan.and_then(|plan| self.preview_import_plan(plan));
        self.tell_and_go_back(ahead, report.as_mut().ok().map(|report| &mut report.outcome));
        report
    }

    /// Reads a file and decides what its import comes to: the long part of an import, which only reads the book.
    ///
    /// # Errors
    /// Those of [`import_watched`](Self::import_watched).
    pub fn plan_import(
        &self,
        reader: impl Read + Seek,
        options: &impl FileImport,
        stamp: impl Into<Stamp>,
        callback: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<ImportPlan> {
        options.plan(self, reader, stamp.into(), callback)
    }

    /// Whether the book is still as it was when a plan was made.
    #[must_use]
    pub fn is_as_planned(&self, plan: &ImportPlan) -> bool {
        plan.decision.after == self.revision && !self.has_due(plan.decision.stamp.at())
    }

    /// Makes a plan true: the short part of an import.
    ///
    /// # Errors
    /// Those of [`Book::apply`]. Nothing has changed then.
    pub fn apply_import(&mut self, plan: ImportPlan) -> Result<ImportReport> {
        let outcome = self.apply(plan.decision)?;
        Ok(ImportReport::new(plan.summary, outcome))
    }

    /// Makes a plan true, says what it came to, and takes it back.
    ///
    /// # Errors
    /// [`Code::OutOfOrder`] if the book has changed since it was made; [`Code::BatchOpen`] in a batch.
    pub fn preview_import_plan(&mut self, plan: ImportPlan) -> Result<ImportReport> {
        let outcome = self.preview_decision(plan.decision)?;
        Ok(ImportReport::new(plan.summary, outcome))
    }

    /// Writes the contacts that match a filter as a CSV file, ascending by id, and counts them. In the column `segments`
    /// are the static ones: dynamic ones follow from the rest.
    ///
    /// Without `fields` these are the [`default_export_fields`]. Contacts are written one by one, however many there are.
    ///
    /// ```
    /// use tagmata::{Book, Draft, ExportOptions, Field, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let zoe = Draft::new().set("first_name", "Zoé").set("tags", ["vip", "loyal"]);
    /// book.create_contact(zoe.set("organization", "=SUM(A1)"), now)?;
    /// let (mut file, fields) = (Vec::new(), [Field::FIRST_NAME, Field::ORGANIZATION, Field::TAGS]);
    /// assert_eq!(book.export(&mut file, "status = lead", Some(&fields), ExportOptions::new())?, 1);
    /// assert_eq!(String::from_utf8_lossy(&file), "first_name,organization,tags\nZoé,'=SUM(A1),vip; loyal\n");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Book::select`]; [`Code::UnknownField`] for an id that is no field's; [`Code::Unwritable`] if the sink
    /// refuses.
    pub fn export(
        &self,
        sink: impl Write,
        filter: impl Into<FilterSource>,
        fields: Option<&[FieldId]>,
        options: ExportOptions,
    ) -> Result<u64> {
        self.export_watched(sink, filter, fields, options, |_| ControlFlow::Continue(()))
    }

    /// [`export`](Self::export) that calls back every 1,000 rows, and can be stopped.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use tagmata::{Book, Code, Draft, ExportOptions, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// let mut told = Vec::new();
    /// book.export_watched(Vec::new(), "everyone", None, ExportOptions::new(), |progress| {
    ///     told.push((progress.rows, progress.total_rows));
    ///     ControlFlow::Continue(())
    /// })?;
    /// assert_eq!(told, [(0, 1), (1, 1)]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`export`](Self::export); [`Code::Cancelled`] once the callback said `Break`.
    pub fn export_watched(
        &self,
        sink: impl Write,
        filter: impl Into<FilterSource>,
        fields: Option<&[FieldId]>,
        options: ExportOptions,
        mut callback: impl FnMut(ExportProgress) -> ControlFlow<()>,
    ) -> Result<u64> {
        const OFTEN: usize = 1_000;
        let (schema, contacts) = (&self.state.schema, self.select(filter)?);
        let fields = fields.map_or_else(|| default_export_fields(schema), <[FieldId]>::to_vec);
        let mut writer = CsvWriter::new(sink, schema, &fields, options)?;
        let needs = Needs::fields(fields);
        let total_rows = contacts.len();
        let mut tell = |rows| match callback(ExportProgress { rows, total_rows }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => {
                let stopped = Diagnostic::new(Code::Cancelled, "writing the file was stopped on request");
                Err(Error::new(ErrorKind::Csv, stopped))
            }
        };
        for (rows, contact) in (0_u64..).zip(contacts.iter()) {
            if rows % OFTEN as u64 == 0 {
                tell(rows)?;
            }
            writer.write(&self.state.view(contact, &needs))?;
        }
        let rows = writer.finish()?;
        tell(rows)?;
        Ok(rows)
    }
}
