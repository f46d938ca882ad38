//! The one error type of the crate: one diagnostic, or all diagnostics of one source.

use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use std::fmt;

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a caller can do about an [`Error`].
///
/// ```
/// use tagmata::{Date, ErrorKind, Schema};
/// assert_eq!("2026-02-30".parse::<Date>().unwrap_err().kind(), ErrorKind::Value);
/// let mut schema = Schema::default();
/// schema.define_segment("Nord")?;
/// assert_eq!(schema.define_segment("nord").unwrap_err().kind(), ErrorKind::Conflict);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive] // kinds are added when capabilities are
pub enum ErrorKind {
    /// A filter is wrong: its author mends it with the help of the diagnostics.
    Filter,
    /// A value cannot be read: whoever typed it mends it.
    Value,
    /// Something that was named is not there.
    NotFound,
    /// What was asked contradicts what is there, such as a name that is taken.
    Conflict,
    /// A document of definitions is wrong: its author mends it with the help of the diagnostics.
    Definitions,
    /// A CSV file cannot be read or written as a whole: whoever made it mends it, or an option says what is not clear.
    Csv,
    /// A stored book cannot be read or written: whoever keeps the file or the disk mends it.
    Store,
    /// A filter cannot be asked in a database: whoever wrote the mapping mends it.
    Sql,
}

/// Why something was refused. Small: one pointer.
///
/// `Display` gives one line per diagnostic; `Error::render` (feature `render`) draws them over the source.
///
/// ```
/// use tagmata::{Code, Filter, Schema};
/// let text = "biled > 10 and status = laed";
/// let error = Filter::parse(text, &Schema::default()).unwrap_err();
/// assert_eq!(error.code(), Code::UnknownField);
/// assert_eq!(error.diagnostics().len(), 2);
/// assert_eq!(error.source_text(), Some(text));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    first: Diagnostic,
    /// All diagnostics in the order of the source, the first one included.
    all: Vec<Diagnostic>,
    source: Option<Box<str>>,
    /// The texts among the parts of what was given, by their JSON Pointers.
    parts: Vec<(Box<str>, Box<str>)>,
    /// The numbers of the contacts that the error is about.
    contacts: Box<[u32]>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, diagnostic: Diagnostic) -> Self {
        Self(Box::new(Inner {
            kind,
            first: diagnostic.clone(),
            all: vec![diagnostic],
            source: None,
            parts: Vec::new(),
            contacts: Box::default(),
        }))
    }

    pub(crate) fn value(diagnostic: Diagnostic) -> Self {
        Self::new(ErrorKind::Value, diagnostic)
    }

    pub(crate) fn conflict(diagnostic: Diagnostic) -> Self {
        Self::new(ErrorKind::Conflict, diagnostic)
    }

    /// What keeps a filter from being asked in a database: a problem, and maybe others behind it.
    ///
    /// ```
    /// use tagmata::{Code, Diagnostic, Error, ErrorKind};
    /// let error = Error::sql(Diagnostic::new(Code::Unmapped, "the mapping says nothing of `billed`"), []);
    /// assert_eq!((error.kind(), error.code()), (ErrorKind::Sql, Code::Unmapped));
    /// ```
    #[must_use]
    pub fn sql(first: Diagnostic, others: impl IntoIterator<Item = Diagnostic>) -> Self {
        let mut error = Self::new(ErrorKind::Sql, first);
        error.0.all.extend(others);
        error
    }

    /// What whoever stores a book tells when reading or writing it fails.
    ///
    /// ```
    /// use tagmata::{Code, Error, ErrorKind};
    /// let error = Error::store(Code::NotABook, "`photo.png` is not a book", "name the file of a book");
    /// assert_eq!((error.kind(), error.code()), (ErrorKind::Store, Code::NotABook));
    /// assert_eq!(error.to_string(), "error[E1502]: `photo.png` is not a book; help: name the file of a book");
    /// ```
    #[must_use]
    pub fn store(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(ErrorKind::Store, Diagnostic::new(code, message).help(help))
    }

    /// What every call of a book is refused with once it is closed; a stored book has the name of its file.
    ///
    /// ```
    /// use tagmata::Error;
    /// let error = Error::book_closed(Some("crm.db"));
    /// assert_eq!(error.to_string(), "error[E1508]: the book `crm.db` is closed; help: open it again");
    /// ```
    #[must_use]
    pub fn book_closed(name: Option<&str>) -> Self {
        match name {
            Some(name) => {
                Self::store(Code::StoreClosed, format!("the book `{name}` is closed"), "open it again")
            }
            None => Self::store(Code::StoreClosed, "the book is closed", "make another one"),
        }
    }

    /// What is answered where a book in memory is asked for what only a stored one has.
    ///
    /// ```
    /// use tagmata::Error;
    /// let error = Error::not_stored();
    /// assert_eq!(error.to_string(), "error[E1501]: the book is in memory, without a file; help: open a book by a path");
    /// ```
    #[must_use]
    pub fn not_stored() -> Self {
        Self::store(Code::StoreFailed, "the book is in memory, without a file", "open a book by a path")
    }

    /// Bytes that do not say what they should.
    pub(crate) fn damaged(what: &str, why: &str) -> Self {
        let message = format!("the stored {what} is damaged: {why}");
        Self::store(Code::StoreDamaged, message, "go back to a backup")
    }

    /// Problems that were found before; none without any.
    pub(crate) fn of_all(kind: ErrorKind, all: Vec<Diagnostic>, source: Option<Box<str>>) -> Option<Self> {
        let first = all.first()?.clone();
        Some(Self(Box::new(Inner { kind, first, all, source, parts: Vec::new(), contacts: Box::default() })))
    }

    /// What a caller can do about it.
    ///
    /// ```
    /// # use tagmata::{ErrorKind, Filter, Schema};
    /// let error = Filter::parse("status =", &Schema::default()).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Filter);
    /// ```
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The stable code of the first diagnostic.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.first.code()
    }

    /// All problems that were found, in the order of the source; never empty.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0.all
    }

    /// The text that the places of the diagnostics point into, if there is one: a filter text, or one that
    /// should be JSON and is not.
    #[must_use]
    pub fn source_text(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// The text that the place of a diagnostic points into, if there is one: that of a part, where several parts were given at once.
    ///
    /// ```
    /// use tagmata::{Book, NewRule, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// let rule = NewRule::when("late", "biled > 10").condition("status = laed").add_tags(["late"]);
    /// let error = book.add_rule(rule, now).unwrap_err();
    /// let [when, condition] = error.diagnostics() else { unreachable!() };
    /// assert_eq!((when.place().pointer(), condition.place().pointer()), (Some("/when"), Some("/condition")));
    /// assert_eq!(&error.source_of(condition).unwrap()[condition.place().span().unwrap()], "laed");
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn source_of(&self, diagnostic: &Diagnostic) -> Option<&str> {
        let Place::Part { pointer, .. } = diagnostic.place() else { return self.source_text() };
        self.0.parts.iter().find(|(part, _)| part == pointer).map(|(_, text)| &**text)
    }

    /// The texts among the parts of what was given, by their JSON Pointers.
    pub(crate) fn parts(&self) -> &[(Box<str>, Box<str>)] {
        &self.0.parts
    }

    /// The numbers of the contacts that the error is about, ascending: those that share a key, or that stand in the way of
    /// an undo.
    ///
    /// ```
    /// use tagmata::{Book, Draft, Field, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let mut book = Book::builder().build(now);
    /// for name in ["Zoé", "Léo"] {
    ///     book.create_contact(Draft::new().set("first_name", name).set("email", "info@example.com"), now)?;
    /// }
    /// let error = book.find(Field::EMAIL, "INFO@example.com").unwrap_err();
    /// assert_eq!(error.contacts(), [0, 1]);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    #[must_use]
    pub fn contacts(&self) -> &[u32] {
        &self.0.contacts
    }

    /// Names the contacts that the error is about.
    #[must_use]
    pub(crate) fn of_contacts(mut self, contacts: impl IntoIterator<Item = u32>) -> Self {
        self.0.contacts = contacts.into_iter().collect();
        self
    }

    /// Gives the texts among the parts of what was given, by their JSON Pointers.
    #[must_use]
    pub(crate) fn of_parts(mut self, parts: Vec<(Box<str>, Box<str>)>) -> Self {
        self.0.parts = parts;
        self
    }

    /// The same error of another kind.
    #[must_use]
    pub(crate) fn of_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// The same error with all its problems in one place.
    #[must_use]
    pub(crate) fn at(mut self, place: &Place) -> Self {
        self.0.first = self.0.first.at(place);
        self.0.all = self.0.all.into_iter().map(|diagnostic| diagnostic.at(place)).collect();
        self
    }

    pub(crate) fn not_found(diagnostic: Diagnostic) -> Self {
        Self::new(ErrorKind::NotFound, diagnostic)
    }

    pub(crate) fn into_diagnostic(self) -> Diagnostic {
        self.0.first
    }

    /// The diagnostics drawn over the source text, with carets under what is wrong.
    ///
    /// ```
    /// # use tagmata::{Filter, Schema};
    /// let error = Filter::parse("status = laed", &Schema::default()).unwrap_err();
    /// assert_eq!(error.render(), "\
    /// error[E0202]: there is no status `laed`
    ///   |
    /// 1 | status = laed
    ///   |          ^^^^
    ///   |
    ///   = help: did you mean `lead`?");
    /// ```
    #[cfg(feature = "render")]
    #[must_use]
    pub fn render(&self) -> String {
        crate::diagnostic::render(self.0.all.iter().map(|problem| (problem, self.source_of(problem))))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.0.all.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?}, ", self.0.kind)?;
        f.debug_list().entries(&self.0.all).finish()?;
        f.write_str(")")
    }
}

impl std::error::Error for Error {}

/// Collects the problems of one source while the work goes on, so that all can be reported at once.
///
/// Invariant: both lists hold the first `most` problems in the order of the source, however many were found.
#[derive(Debug)]
pub(crate) struct Report {
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    most: usize,
}

impl Report {
    pub(crate) fn new(most: usize) -> Self {
        Self { errors: Vec::new(), warnings: Vec::new(), most: most.max(1) }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let list = match diagnostic.severity() {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        let order = diagnostic.place().order();
        let at = list.partition_point(|other| other.place().order() <= order);
        if at < self.most {
            list.insert(at, diagnostic);
            list.truncate(self.most);
        }
    }

    /// Whether an error, not only a warning, was found.
    pub(crate) fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Whether errors at a position in the source (see `Place::order`), or behind it, would only be thrown away.
    pub(crate) fn is_full_at(&self, order: u32) -> bool {
        let last = self.errors.get(self.most.saturating_sub(1));
        last.is_some_and(|last| last.place().order() <= order)
    }

    /// The errors, in the order of the source.
    pub(crate) fn into_errors(self) -> Vec<Diagnostic> {
        self.errors
    }

    /// The warnings, where there was no error.
    pub(crate) fn into_lints(self) -> Vec<Diagnostic> {
        self.warnings
    }

    /// All errors as one, in the order of the source.
    pub(crate) fn into_error(self, kind: ErrorKind, source: Option<&str>) -> Error {
        let all = self.errors;
        let first = all.first().cloned().unwrap_or_else(|| Diagnostic::new(Code::BadValue, "not accepted"));
        Error(Box::new(Inner {
            kind,
            first,
            all,
            source: source.map(Into::into),
            parts: Vec::new(),
            contacts: Box::default(),
        }))
    }
}
