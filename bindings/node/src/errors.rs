//! What the core refuses, on its way to JavaScript.
//!
//! Node's own interface throws plain errors. Theirs is the text of a JSON document here; `errors.js` makes an error of the
//! right class of it.

use napi::Error;
use serde_json::{Value, json};
use tagmata::{Diagnostic, ErrorKind};

/// What the text of an error begins with that `errors.js` is to read.
const MARK: &str = "tagmata:";

/// Why a value was not read: it is none that the core takes, or Node's own interface failed.
pub(crate) enum Failure {
    Core(tagmata::Error),
    Node(Error),
}

/// What reading a value comes to.
pub(crate) type Read<T> = Result<T, Failure>;

impl From<tagmata::Error> for Failure {
    fn from(error: tagmata::Error) -> Self {
        Self::Core(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Node(error)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Core(error) => refused(error),
            Failure::Node(error) => error,
        }
    }
}

/// What was read, or why not, for the core to tell in its place.
pub(crate) fn told<T>(read: Read<T>) -> napi::Result<tagmata::Result<T>> {
    match read {
        Ok(read) => Ok(Ok(read)),
        Err(Failure::Core(error)) => Ok(Err(error)),
        Err(Failure::Node(error)) => Err(error),
    }
}

/// The error that JavaScript gets for one of the core's.
pub(crate) fn refused(error: tagmata::Error) -> Error {
    let class = match error.kind() {
        ErrorKind::Filter => "FilterError",
        ErrorKind::Value => "InvalidValueError",
        ErrorKind::NotFound => "NotFoundError",
        ErrorKind::Conflict => "ConflictError",
        ErrorKind::Csv => "CsvError",
        ErrorKind::Store => "StoreError",
        ErrorKind::Sql => "SqlError",
        _ => "TagmataError",
    };
    let problems = error.diagnostics().iter().map(|problem| diagnostic(problem, error.source_of(problem)));
    let told = json!({
        "class": class,
        "code": error.code().as_str(),
        "message": error.render(),
        "diagnostics": problems.collect::<Value>(),
        "contacts": error.contacts(),
    });
    Error::from_reason(format!("{MARK}{told}"))
}

/// Diagnostics as JavaScript shows them: the places in their source are counted as JavaScript counts, in UTF-16 units.
pub(crate) fn diagnostics(all: &[Diagnostic], source: Option<&str>) -> Value {
    all.iter().map(|each| diagnostic(each, source)).collect()
}

/// One diagnostic.
pub(crate) fn diagnostic(diagnostic: &Diagnostic, source: Option<&str>) -> Value {
    let place = diagnostic.place();
    let span = place.span().zip(source);
    let units = |at: usize, source: &str| source.get(..at).map(|before| before.encode_utf16().count());
    json!({
        "code": diagnostic.code().as_str(),
        "severity": diagnostic.severity().to_string(),
        "message": diagnostic.message(),
        "start": span.as_ref().and_then(|(span, source)| units(span.start, source)),
        "end": span.as_ref().and_then(|(span, source)| units(span.end, source)),
        "pointer": place.pointer(),
        "field": place.field(),
        "id": diagnostic.node(),
        "help": diagnostic.help_text(),
        "expected": diagnostic.expected(),
    })
}
