//! Files: CSV into the book and out of it, on threads of their own.

use crate::book::{Book, Home, Memory};
use crate::convert::{Options, chosen, entries, flag, names, present, refuse, text, word};
use crate::errors::refused;
use crate::events::Happened;
use crate::filters::{FilterArg, is_document};
use crate::report::ImportReport;
use napi::bindgen_prelude::{AsyncTask, Buffer, Either, FnArgs, Function, JsValue, Uint8ArraySlice, Unknown};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Env, Result, Status, Task, ValueType};
use napi_derive::napi;
use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;
use tagmata::{
    Access, CsvOptions, Error, ExportOptions, FieldId, FileImport, FilterSource, FormulaGuard, ImportOptions,
    InteractionOptions, Language, MatchKey, Progress, Ref, Run,
};
use tagmata_whole_file::write_whole;

/// Bytes as JavaScript hands them over, or a path.
type SourceArg<'env> = Either<Uint8ArraySlice<'env>, Unknown<'env>>;

/// How far an import has come: the bytes that are done, the bytes of the file, and the rows.
type Told = FnArgs<(f64, f64, f64)>;

/// Asks JavaScript whether an import is to go on.
type Ask = ThreadsafeFunction<Told, bool, Told, Status, false>;

/// From where a file comes.
enum Source {
    Bytes(Vec<u8>),
    Path(String),
}

/// What is imported, and how.
enum What {
    Contacts(ImportOptions),
    Interactions(InteractionOptions),
}

/// An import that is still to be done.
pub struct Import {
    home: Home,
    memory: Memory,
    source: Source,
    what: What,
    run: Run,
    actor: Option<String>,
    ask: Option<Ask>,
}

impl Task for Import {
    type Output = ImportReport;
    type JsValue = ImportReport;

    fn compute(&mut self) -> Result<ImportReport> {
        let source = std::mem::replace(&mut self.source, Source::Bytes(Vec::new()));
        match source {
            Source::Bytes(bytes) => self.import(Cursor::new(bytes)),
            Source::Path(path) => {
                self.import(File::open(&path).map_err(|error| refused(Error::unreadable(&error)))?)
            }
        }
    }

    fn resolve(&mut self, _env: Env, report: ImportReport) -> Result<ImportReport> {
        Ok(report)
    }
}

impl Import {
    fn import(&self, file: impl Read + Seek + Send) -> Result<ImportReport> {
        match &self.what {
            What::Contacts(options) => self.import_as(file, options),
            What::Interactions(options) => self.import_as(file, options),
        }
    }

    fn import_as(&self, file: impl Read + Seek + Send, options: &impl FileImport) -> Result<ImportReport> {
        let Self { home, memory, run, actor, ask, .. } = self;
        let mut goes_on = ask.as_ref().map(|ask| |progress| goes_on(ask, progress));
        let callback = goes_on.as_mut().map(|callback| callback as &mut dyn FnMut(_) -> _);
        // Looked at under the turn of the import, before anybody can rename or delete what it is about.
        let then = |book: &tagmata::Book, report| {
            let report = ImportReport::new(report, book.schema(), &home.shared);
            if *run == Run::Really {
                memory.keep(report.outcome());
                home.tell(|| Happened::Change(report.outcome()));
            }
            report
        };
        let (shared, actor) = (&home.shared, actor.as_deref());
        let report = shared.import_then(Access::Direct, file, options, *run, actor, callback, then);
        report.map_err(refused)
    }
}

/// Waits for the answer of JavaScript. Nothing is held meanwhile; where there is nobody left to answer, the import stops.
fn goes_on(ask: &Ask, progress: Progress) -> ControlFlow<()> {
    const LOOK: Duration = Duration::from_millis(100);
    let (tell, told) = channel();
    let count = |count: u64| count as f64;
    let told_about =
        FnArgs::from((count(progress.done_bytes), count(progress.total_bytes), count(progress.rows)));
    let answer = move |answer: Result<bool>, _| {
        // Where the import has ended in between, nobody waits for the answer.
        let _ = tell.send(answer.unwrap_or(false));
        Ok(())
    };
    if ask.call_with_return_value(told_about, ThreadsafeFunctionCallMode::NonBlocking, answer) != Status::Ok {
        return ControlFlow::Break(());
    }
    loop {
        match told.recv_timeout(LOOK) {
            Ok(true) => return ControlFlow::Continue(()),
            Err(RecvTimeoutError::Timeout) if !ask.aborted() => {}
            _ => return ControlFlow::Break(()),
        }
    }
}

/// An export that is still to be done.
pub struct Export {
    home: Home,
    path: Option<String>,
    filter: FilterSource,
    columns: Option<Vec<Ref<FieldId>>>,
    options: ExportOptions,
}

impl Export {
    fn write(&self, book: &tagmata::Book, text: &mut Vec<u8>) -> tagmata::Result<u64> {
        let schema = book.schema();
        let field = |name: &Ref<FieldId>| name.resolve(schema).map(tagmata::Field::id);
        let columns: Option<Vec<FieldId>> =
            self.columns.as_ref().map(|all| all.iter().map(field).collect()).transpose()?;
        book.export(text, self.filter.clone(), columns.as_deref(), self.options)
    }
}

impl Task for Export {
    type Output = (u64, Option<Vec<u8>>);
    /// The number of rows; the bytes of the file behind it, unless it was written to a path.
    type JsValue = Vec<Either<f64, Buffer>>;

    fn compute(&mut self) -> Result<(u64, Option<Vec<u8>>)> {
        // The whole text is made first: nobody waits for a slow disk.
        let mut text = Vec::new();
        let rows = self.home.read(|book| self.write(book, &mut text))?;
        match &self.path {
            Some(path) => {
                write_whole(Path::new(path), &text).map_err(|error| refused(Error::unwritable(&error)))?;
                Ok((rows, None))
            }
            None => Ok((rows, Some(text))),
        }
    }

    fn resolve(
        &mut self,
        _env: Env,
        (rows, text): (u64, Option<Vec<u8>>),
    ) -> Result<Vec<Either<f64, Buffer>>> {
        let text = text.map(|text| Either::B(text.into()));
        Ok([Some(Either::A(rows as f64)), text].into_iter().flatten().collect())
    }
}

#[napi]
impl Book {
    /// `importCsv` without what JavaScript does for it: read streams, hand on progress, and look at the signal.
    #[napi(js_name = "importCsv", skip_typescript)]
    pub fn import_csv(
        &self,
        source: SourceArg<'_>,
        options: Option<Unknown<'_>>,
        ask: Option<Function<'_, Told, bool>>,
    ) -> Result<AsyncTask<Import>> {
        const OWN: [&str; 4] = ["replaceSegments", "unknownSegments", "update", "create"];
        self.import("importCsv", source, options, &OWN, ask, |given| Ok(What::Contacts(of_contacts(given)?)))
    }

    /// `importInteractions` without what JavaScript does for it.
    #[napi(js_name = "importInteractions", skip_typescript)]
    pub fn import_interactions(
        &self,
        source: SourceArg<'_>,
        options: Option<Unknown<'_>>,
        ask: Option<Function<'_, Told, bool>>,
    ) -> Result<AsyncTask<Import>> {
        self.import("importInteractions", source, options, &[], ask, |given| {
            Ok(What::Interactions(of_interactions(given)?))
        })
    }

    fn import(
        &self,
        call: &str,
        source: SourceArg<'_>,
        options: Option<Unknown<'_>>,
        own: &[&str],
        ask: Option<Function<'_, Told, bool>>,
        what: impl FnOnce(&Options<'_>) -> Result<What>,
    ) -> Result<AsyncTask<Import>> {
        /// The options of every import, behind its own.
        const ALL: [&str; 9] = [
            "invalidValues",
            "dates",
            "decimal",
            "columns",
            "delimiter",
            "encoding",
            "dryRun",
            "signal",
            "onProgress",
        ];
        let given = Options::of_change(call, options, &[&["match"], own, &ALL].concat())?;
        let source = match source {
            Either::A(bytes) => Source::Bytes(bytes.to_vec()),
            Either::B(path) if path.get_type()? == ValueType::String => Source::Path(text(call, path)?),
            Either::B(other) => return refuse(call, "a path, bytes or a readable stream", &other),
        };
        let ask = ask.map(|ask| ask.build_threadsafe_function().build()).transpose()?;
        Ok(AsyncTask::new(Import {
            home: self.outside_batch(call)?,
            memory: self.memory.clone(),
            source,
            what: what(&given)?,
            run: if given.flag("dryRun")? { Run::Dry } else { Run::Really },
            actor: given.actor()?,
            ask,
        }))
    }

    /// `exportCsv` without what JavaScript does for it: write to streams and make texts.
    #[napi(skip_typescript)]
    pub fn export_csv(
        &self,
        path: Option<Unknown<'_>>,
        options: Option<Unknown<'_>>,
    ) -> Result<AsyncTask<Export>> {
        const CALL: &str = "exportCsv";
        let given =
            Options::of(CALL, options, &["filter", "columns", "guardFormulas", "signal", "onProgress"])?;
        let path = match present(path)? {
            Some(path) if path.get_type()? == ValueType::String => Some(text("path", path)?),
            Some(other) => return refuse(CALL, "a path or a writable stream", &other),
            None => None,
        };
        let filter = match given.get_as::<FilterArg<'_>>("filter")? {
            Some(filter) => self.filter_source("filter", filter)?,
            None => FilterSource::from("everyone"),
        };
        let columns = given.get("columns")?.map(|all| names("columns", all)).transpose()?;
        let is_guarded = given.get("guardFormulas")?.map(|guard| flag("guardFormulas", guard)).transpose()?;
        let guard = if is_guarded.unwrap_or(true) { FormulaGuard::On } else { FormulaGuard::Off };
        Ok(AsyncTask::new(Export {
            home: self.outside_batch(CALL)?,
            path,
            filter,
            columns: columns.map(|all| all.into_iter().map(Ref::from).collect()),
            options: ExportOptions::new().formula_guard(guard),
        }))
    }

    /// Notes that a callback begins: until it ends, every call of the book is refused.
    #[napi(skip_typescript)]
    pub fn begin_callback(&self) {
        self.home.shared.begin_callback();
    }

    /// Notes that a callback has ended.
    #[napi(skip_typescript)]
    pub fn end_callback(&self) {
        self.home.shared.end_callback();
    }
}

/// A CSV file to start from, with one example row: `en`, `fr`, `es` or `pt`.
#[napi]
pub fn import_template(
    #[napi(ts_arg_type = "'en' | 'fr' | 'es' | 'pt'")] language: Unknown<'_>,
) -> Result<String> {
    let language: Language = word("language", &text("language", language)?)?;
    Ok(tagmata::import_template(language))
}

/// The keys by which contacts are found, if they are said.
fn keys(given: &Options<'_>) -> Result<Option<Vec<MatchKey>>> {
    let Some(keys) = given.get("match")? else { return Ok(None) };
    names("match", keys)?.iter().map(|key| word("match", key)).collect::<Result<_>>().map(Some)
}

fn of_interactions(given: &Options<'_>) -> Result<InteractionOptions> {
    let options = InteractionOptions::new().reading(reading(given)?);
    Ok(keys(given)?.into_iter().fold(options, InteractionOptions::match_by))
}

fn of_contacts(given: &Options<'_>) -> Result<ImportOptions> {
    let reading = reading(given)?;
    let mut options = ImportOptions::new().reading(reading).replace_segments(given.flag("replaceSegments")?);
    options = keys(given)?.into_iter().fold(options, ImportOptions::match_by);
    if let Some(policy) = chosen(given, "unknownSegments")? {
        options = options.unknown_segments(policy);
    }
    if let Some(update) = chosen(given, "update")? {
        options = options.update(update);
    }
    if let Some(create) = given.get("create")? {
        options = options.create(flag("create", create)?);
    }
    Ok(options)
}

fn reading(given: &Options<'_>) -> Result<CsvOptions> {
    let mut options = CsvOptions::new();
    if let Some(columns) = given.get("columns")? {
        if !is_document(&columns)? {
            return refuse("columns", "an object of fields by header", &columns);
        }
        for (header, field) in entries(&columns.coerce_to_object()?)? {
            options = match field.get_type()? {
                ValueType::Null => options.ignore_column(header),
                _ => options.column(header, text("columns", field)?),
            };
        }
    }
    if let Some(policy) = chosen(given, "invalidValues")? {
        options = options.invalid_values(policy);
    }
    if let Some(dates) = chosen(given, "dates")? {
        options = options.dates(dates);
    }
    if let Some(decimal) = chosen(given, "decimal")? {
        options = options.decimal(decimal);
    }
    if let Some(delimiter) = chosen(given, "delimiter")? {
        options = options.delimiter(delimiter);
    }
    if let Some(label) = given.text("encoding")? {
        options = options.encoding(label);
    }
    Ok(options)
}
