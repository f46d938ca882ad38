//! How a book is opened.

use crate::progress::{FileProgress, Watch};
use std::ops::ControlFlow;
use std::str::FromStr;
use tagmata::{Error, PartialSettings, Settings, TimeZone};

/// When a change waits for the disk.
///
/// ```
/// use tagmata_sqlite::{OpenOptions, Synchronous};
/// let folder = tempfile::tempdir()?;
/// let now = "2026-11-24T09:00:00Z".parse()?;
/// assert_eq!("normal".parse::<Synchronous>()?, Synchronous::Normal);
/// let book = OpenOptions::new().synchronous(Synchronous::Normal).open(folder.path().join("crm.db"), now)?;
/// assert!(book.check()?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Synchronous {
    /// Before it is answered: no crash and no loss of power undoes what was answered.
    #[default]
    Full,
    /// Now and then: a loss of power may undo the last changes, whole ones, and the file stays sound. The crash of a program undoes
    /// nothing.
    Normal,
}

impl FromStr for Synchronous {
    type Err = Error;

    /// Reads `full` or `normal`, and nothing else.
    ///
    /// # Errors
    /// [`Code::BadSetting`](tagmata::Code::BadSetting) for every other word.
    fn from_str(word: &str) -> tagmata::Result<Self> {
        match word {
            "full" => Ok(Self::Full),
            "normal" => Ok(Self::Normal),
            _ => Err(Error::unknown_word("synchronous", word, &["full", "normal"])),
        }
    }
}

impl Synchronous {
    /// How the pragma spells it, and how it answers.
    pub(crate) fn pragma(self) -> (&'static str, &'static str) {
        match self {
            Self::Full => ("FULL", "2"),
            Self::Normal => ("NORMAL", "1"),
        }
    }
}

/// Which commits are kept, so that they can be undone, and read by readers that have not got them yet.
///
/// ```
/// use tagmata::{Code, Draft};
/// use tagmata_sqlite::{OpenOptions, Retention};
/// let folder = tempfile::tempdir()?;
/// let now = "2026-11-24T09:00:00Z".parse()?;
/// let mut book = OpenOptions::new().open(folder.path().join("crm.db"), now)?;
/// for name in ["Zoé", "Léo", "Ana"] {
///     book.create_contact(Draft::new().set("first_name", name), now)?;
/// }
/// assert_eq!(book.file().compact(Retention::Commits(1))?, 2); // two are gone
/// assert_eq!(book.file().commit(1).unwrap_err().code(), Code::CommitsGone);
/// assert_eq!(book.count("everyone")?, 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Retention {
    /// All of them.
    #[default]
    All,
    /// So many of the last ones.
    Commits(u64),
    /// Those of so many days.
    Days(u32),
}

/// How a book is opened.
///
/// ```
/// use tagmata_sqlite::{OpenOptions, Synchronous};
/// let folder = tempfile::tempdir()?;
/// let now = "2026-11-24T09:00:00Z".parse()?;
/// let options = OpenOptions::new().synchronous(Synchronous::Normal);
/// let book = options.open(folder.path().join("crm.db"), now)?;
/// assert_eq!(book.count("everyone")?, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct OpenOptions {
    pub(crate) settings: Settings,
    pub(crate) required: PartialSettings,
    pub(crate) synchronous: Synchronous,
    pub(crate) read_only: bool,
    pub(crate) only_existing: bool,
    pub(crate) materialize_segments: Option<bool>,
    pub(crate) retention: Option<Retention>,
    pub(crate) watch: Watch,
}

impl OpenOptions {
    /// For changes; a new book is made where there is no file.
    pub fn new() -> Self {
        Self::default()
    }

    /// The settings of a book that is made. One that is there already has its own, which stay.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// The zone in which the days of a book that is made begin; UTC if nothing is said.
    pub fn time_zone(mut self, zone: TimeZone) -> Self {
        self.settings.calendar.zone = zone;
        self
    }

    /// Settings that the book has to have: a new one gets them, and one that has others is refused.
    ///
    /// ```
    /// use tagmata::{Code, PartialSettings};
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let (path, now) = (folder.path().join("crm.db"), "2026-11-24T09:00:00Z".parse()?);
    /// let paris = PartialSettings { time_zone: Some("Europe/Paris".parse()?), ..PartialSettings::default() };
    /// OpenOptions::new().required(paris.clone()).open(&path, now)?.close()?;
    /// OpenOptions::new().required(paris).open(&path, now)?.close()?;
    /// let london = PartialSettings { time_zone: Some("Europe/London".parse()?), ..PartialSettings::default() };
    /// let refused = OpenOptions::new().required(london).open(&path, now).unwrap_err();
    /// assert_eq!(refused.code(), Code::OtherSettings);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn required(mut self, settings: PartialSettings) -> Self {
        self.required = settings;
        self
    }

    /// When a change waits for the disk.
    pub fn synchronous(mut self, synchronous: Synchronous) -> Self {
        self.synchronous = synchronous;
        self
    }

    /// For reading only, while another program may change the book: [`StoredBook::refresh`](crate::StoredBook::refresh) takes over
    /// what it did.
    ///
    /// ```
    /// use tagmata::{Code, Draft};
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let now = "2026-11-24T09:00:00Z".parse()?;
    /// let path = folder.path().join("crm.db");
    /// let mut writer = OpenOptions::new().open(&path, now)?;
    /// let mut reader = OpenOptions::new().read_only(true).open(&path, now)?;
    /// writer.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// reader.refresh()?;
    /// assert_eq!(reader.count("everyone")?, 1);
    /// let refused = reader.create_contact(Draft::new().set("first_name", "Léo"), now).unwrap_err();
    /// assert_eq!(refused.code(), Code::StoreReadOnly);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Whether a new book is made where there is no file.
    ///
    /// ```
    /// use tagmata::Code;
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let now = "2026-11-24T09:00:00Z".parse()?;
    /// let path = folder.path().join("crm.db");
    /// assert_eq!(OpenOptions::new().create(false).open(&path, now).unwrap_err().code(), Code::StoreFailed);
    /// OpenOptions::new().open(&path, now)?.close()?;
    /// OpenOptions::new().create(false).open(&path, now)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn create(mut self, create: bool) -> Self {
        self.only_existing = !create;
        self
    }

    /// Whether the members of dynamic segments are kept in the table `segment_members`, for programs that read the file. It is
    /// remembered by the file; a new one does not.
    ///
    /// ```
    /// use tagmata::{Draft, NewSegment};
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let now = "2026-11-24T09:00:00Z".parse()?;
    /// let path = folder.path().join("crm.db");
    /// let mut book = OpenOptions::new().materialize_segments(true).open(&path, now)?;
    /// book.create_segment(NewSegment::dynamic("French", "country = FR"), now)?;
    /// book.create_contact(Draft::new().set("country", "FR"), now)?;
    /// let file = rusqlite::Connection::open(&path)?;
    /// let count = "SELECT count(*) FROM segment_members m JOIN segments s ON s.id = m.segment_id WHERE s.name = 'French'";
    /// assert_eq!(file.query_row(count, [], |row| row.get::<_, u32>(0))?, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn materialize_segments(mut self, materialize: bool) -> Self {
        self.materialize_segments = Some(materialize);
        self
    }

    /// Which commits are kept. It is remembered by the file; a new one keeps all.
    pub fn retention(mut self, retention: Retention) -> Self {
        self.retention = Some(retention);
        self
    }

    /// Calls somebody now and then while the book is read, which a `Break` stops: the file is as it was. It is called on the thread that
    /// opens the book, about every hundredth of a second.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use tagmata::{Code, Draft};
    /// use tagmata_sqlite::OpenOptions;
    /// let folder = tempfile::tempdir()?;
    /// let (path, now) = (folder.path().join("crm.db"), "2026-11-24T09:00:00Z".parse()?);
    /// let mut book = OpenOptions::new().open(&path, now)?;
    /// book.create_contact(Draft::new().set("first_name", "Zoé"), now)?;
    /// book.close()?;
    /// let watched = OpenOptions::new().watched(|progress| {
    ///     assert!(progress.done <= progress.total);
    ///     ControlFlow::Break(())
    /// });
    /// assert_eq!(watched.open(&path, now).unwrap_err().code(), Code::Cancelled);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn watched(mut self, callback: impl FnMut(FileProgress) -> ControlFlow<()> + Send + 'static) -> Self {
        self.watch = Watch::new(callback);
        self
    }
}
