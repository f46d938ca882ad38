//! How a book is opened.

use tagmata::{Settings, TimeZone};

/// When a change waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Synchronous {
    /// Before it is answered: no crash and no loss of power undoes what was answered.
    #[default]
    Full,
    /// Now and then: a loss of power may undo the last changes, whole ones, and the file stays sound. The crash of a program undoes
    /// nothing.
    Normal,
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
    pub(crate) synchronous: Synchronous,
    pub(crate) read_only: bool,
    pub(crate) only_existing: bool,
    pub(crate) materialize_segments: Option<bool>,
    pub(crate) retention: Option<Retention>,
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

    /// When a change waits for the disk.
    pub fn synchronous(mut self, synchronous: Synchronous) -> Self {
        self.synchronous = synchronous;
        self
    }

    /// For reading only, while another program may change the book: [`StoredBook::refresh`](crate::StoredBook::refresh) takes over
    /// what it did.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Whether a new book is made where there is no file.
    pub fn create(mut self, create: bool) -> Self {
        self.only_existing = !create;
        self
    }

    /// Whether the members of dynamic segments are kept in the table `segment_members`, for programs that read the file. It is
    /// remembered by the file; a new one does not.
    pub fn materialize_segments(mut self, materialize: bool) -> Self {
        self.materialize_segments = Some(materialize);
        self
    }

    /// Which commits are kept. It is remembered by the file; a new one keeps all.
    pub fn retention(mut self, retention: Retention) -> Self {
        self.retention = Some(retention);
        self
    }
}
