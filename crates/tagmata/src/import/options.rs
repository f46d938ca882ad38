//! How the rows of a file become contacts.

use crate::csv::{Ahead, CsvOptions, TableText};
use crate::model::Field;
use crate::table::cores;
use crate::text::words;
use crate::value::FieldId;

/// A field by which a row finds its contact.
///
/// ```
/// use tagmata::MatchKey;
/// assert_eq!("external_id".parse::<MatchKey>()?, MatchKey::ExternalId);
/// let error = "phone".parse::<MatchKey>().unwrap_err();
/// assert_eq!(error.to_string(), "error[E0805]: `match` does not take `phone`; \
///     help: it takes `external_id`, `email`, `mobile` or `account_number`");
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchKey {
    /// The host's own id: one contact's.
    ExternalId,
    /// The e-mail address, in any case.
    Email,
    /// The phone number, however it is written.
    Mobile,
    /// The account number. Colleagues share one, so that it has to be asked for.
    AccountNumber,
}

impl MatchKey {
    /// The keys by which rows are matched if nothing else is said, in this order.
    pub const DEFAULT: [Self; 3] = [Self::ExternalId, Self::Email, Self::Mobile];

    pub(super) const fn field(self) -> FieldId {
        match self {
            Self::ExternalId => Field::EXTERNAL_ID,
            Self::Email => Field::EMAIL,
            Self::Mobile => Field::MOBILE,
            Self::AccountNumber => Field::ACCOUNT_NUMBER,
        }
    }
}

/// What becomes of the name of a segment that the book does not have.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{Book, ImportOptions, Timestamp, UnknownSegments};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let file = "country,first name,last name,email,segments\nFR,Zoé,Martin,zoe@example.com,Nord\n";
/// let outcome = |policy| -> tagmata::Result<_> {
///     let mut book = Book::builder().build(now);
///     let options = ImportOptions::new().unknown_segments(policy);
///     let report = book.import(Cursor::new(file), &options, now)?;
///     Ok((report.created, report.problems.len(), book.schema().segments().count()))
/// };
/// assert_eq!(outcome(UnknownSegments::Skip)?, (1, 1, 0));
/// assert_eq!(outcome(UnknownSegments::Reject)?, (0, 1, 0));
/// assert_eq!(outcome(UnknownSegments::Create)?, (1, 0, 1));
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum UnknownSegments {
    /// The row is imported without it, and the name is reported (ExpertConnect: an import makes no segments).
    #[default]
    Skip,
    /// The row is rejected.
    Reject,
    /// A static segment is made.
    Create,
}

/// What a row changes at a contact that exists already.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{Book, Draft, ImportOptions, Timestamp, Update};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let file = "email,first name,source\nzoe@example.com,Zoë,fair\n";
/// for (update, first_name, source) in [
///     (Update::Always, "first_name = zoë", "source = fair"),
///     (Update::FillEmpty, "first_name = zoé", "source = fair"),
///     (Update::Never, "first_name = zoé", "source is empty"),
/// ] {
///     let mut book = Book::builder().build(now);
///     book.create_contact(Draft::new().set("email", "zoe@example.com").set("first_name", "Zoé"), now)?;
///     book.import(Cursor::new(file), &ImportOptions::new().update(update), now)?;
///     assert_eq!((book.count(first_name)?, book.count(source)?), (1, 1));
/// }
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Update {
    /// Every value that the row has.
    #[default]
    Always,
    /// Only what the contact lacks. Tags and segments are added: that overwrites nothing.
    FillEmpty,
    /// Nothing.
    Never,
}

words! {
    MatchKey "match" {
        "external_id" => ExternalId, "email" => Email, "mobile" => Mobile, "account_number" => AccountNumber,
    }
    UnknownSegments "unknown_segments" { "skip" => Skip, "reject" => Reject, "create" => Create, }
    Update "update" { "always" => Always, "fill_empty" => FillEmpty, "never" => Never, }
}

/// How a file is read, and how its rows become contacts.
///
/// ```
/// use tagmata::{CsvOptions, Dates, ImportOptions, MatchKey, UnknownSegments};
/// let options = ImportOptions::new()
///     .reading(CsvOptions::new().dates(Dates::Dmy).column("Créé le", "created_at"))
///     .match_by([MatchKey::ExternalId, MatchKey::AccountNumber])
///     .replace_segments(true)
///     .unknown_segments(UnknownSegments::Create);
/// # let _ = options;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct ImportOptions {
    pub(super) reading: CsvOptions,
    pub(super) keys: Vec<MatchKey>,
    pub(super) replace_segments: bool,
    pub(super) unknown_segments: UnknownSegments,
    pub(super) update: Update,
    pub(super) create: bool,
    pub(super) ahead: ReadAhead,
}

/// How far the rows of a file are read ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadAhead {
    threads: Option<usize>,
    batch: usize,
}

impl Default for ReadAhead {
    fn default() -> Self {
        /// How many rows go to a thread at once: enough to be worth the way, few enough to stay in a cache.
        const BATCH: usize = 256;
        Self { threads: None, batch: BATCH }
    }
}

impl ReadAhead {
    /// With the threads that this machine has, where nothing else is said.
    pub(super) fn on_this_machine(&self) -> Ahead {
        // With more, those that read would wait for the one that takes.
        const MOST: usize = 4;
        let readers = || match cores() {
            1 => 0,
            cores => cores.min(MOST),
        };
        Ahead { threads: self.threads.unwrap_or_else(readers), batch: self.batch }
    }
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self {
            reading: CsvOptions::default(),
            keys: MatchKey::DEFAULT.to_vec(),
            replace_segments: false,
            unknown_segments: UnknownSegments::default(),
            update: Update::default(),
            create: true,
            ahead: ReadAhead::default(),
        }
    }
}

impl ImportOptions {
    /// Rows are matched by external id, e-mail address and mobile number; they update contacts and make new ones.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says how the file is to be read, where that is not found out from the file.
    pub fn reading(mut self, options: CsvOptions) -> Self {
        self.reading = options;
        self
    }

    /// Reads this table, and leaves out what is known of it. What else is said about reading stays.
    pub fn reading_table(mut self, table: &TableText) -> Self {
        self.reading = self.reading.this_table(table);
        self
    }

    /// Says by which keys a row finds its contact. A key that finds nobody gives way to the next; without keys, every row
    /// is a new contact.
    pub fn match_by(mut self, keys: impl IntoIterator<Item = MatchKey>) -> Self {
        self.keys = keys.into_iter().collect();
        self
    }

    /// Says whether a contact is in just the static segments that its row names, and no longer in others (ExpertConnect:
    /// "replace existing segment data"). Else rows add to segments.
    pub fn replace_segments(mut self, replace: bool) -> Self {
        self.replace_segments = replace;
        self
    }

    /// Says what becomes of the name of a segment that the book does not have.
    pub fn unknown_segments(mut self, policy: UnknownSegments) -> Self {
        self.unknown_segments = policy;
        self
    }

    /// Says what rows change at contacts that exist already.
    pub fn update(mut self, update: Update) -> Self {
        self.update = update;
        self
    }

    /// Says whether rows that are nobody's make contacts. Else they are rejected.
    pub fn create(mut self, create: bool) -> Self {
        self.create = create;
        self
    }

    /// Says how many threads make rows of records, besides the one that calls. Without this it is what the machine has cores,
    /// up to a few; with 0, or where there are no threads, the one that calls does all. What comes out is always the same.
    ///
    /// ```
    /// use std::io::Cursor;
    /// use tagmata::{Book, ImportOptions, Timestamp};
    /// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
    /// let file = "country,first name,last name,email\nFR,Zoé,Martin,zoe@example.com\n";
    /// let mut book = Book::builder().build(now);
    /// let report = book.import(Cursor::new(file), &ImportOptions::new().threads(0), now)?;
    /// assert_eq!(report.created, 1);
    /// # Ok::<(), tagmata::Error>(())
    /// ```
    pub fn threads(mut self, threads: usize) -> Self {
        self.ahead.threads = Some(threads);
        self
    }

    /// Says how many rows go to a thread at once, for tests.
    #[doc(hidden)]
    pub fn rows_at_once(mut self, rows: usize) -> Self {
        self.ahead.batch = rows;
        self
    }
}

/// How the rows of a file become interactions of contacts.
///
/// ```
/// use std::io::Cursor;
/// use tagmata::{Book, CsvOptions, Draft, InteractionOptions, Timestamp};
/// let now: Timestamp = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = Book::builder().build(now);
/// book.create_contact(Draft::new().set("email", "zoe@example.com"), now)?;
/// let file = "Courriel;Type;Le;Montant\nzoe@example.com;payment;24/11/2026;49,90\n";
/// let options = InteractionOptions::new().reading(CsvOptions::new().column("Le", "time"));
/// assert_eq!(book.import(Cursor::new(file), &options, now)?.created, 1);
/// assert_eq!(book.count("sum(payment today) = 49.9")?, 1);
/// # Ok::<(), tagmata::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct InteractionOptions {
    pub(super) reading: CsvOptions,
    pub(super) keys: Vec<MatchKey>,
    pub(super) ahead: ReadAhead,
}

impl Default for InteractionOptions {
    fn default() -> Self {
        Self { reading: CsvOptions::default(), keys: MatchKey::DEFAULT.to_vec(), ahead: ReadAhead::default() }
    }
}

impl InteractionOptions {
    /// The file is read as it seems to be written; contacts are found by external id, then e-mail address, then mobile number.
    pub fn new() -> Self {
        Self::default()
    }

    /// How the file is read.
    pub fn reading(mut self, options: CsvOptions) -> Self {
        self.reading = options;
        self
    }

    /// The keys by which contacts are found, one after the other.
    pub fn match_by(mut self, keys: impl IntoIterator<Item = MatchKey>) -> Self {
        self.keys = keys.into_iter().collect();
        self
    }

    /// On how many threads rows are read, besides the one that takes them.
    pub fn threads(mut self, threads: usize) -> Self {
        self.ahead.threads = Some(threads);
        self
    }
}
