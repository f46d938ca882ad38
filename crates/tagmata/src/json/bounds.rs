//! How large a document may be, by what it holds.

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind};
use crate::model::Limits;

/// The bytes of a document of definitions: enough for a hundred thousand segments.
const MOST_DEFINITIONS: usize = 64 * 1024 * 1024;

/// The values of a document of definitions, names and numbers included. With fewer than 8 bytes for each, no document is one of definitions; each
/// takes about a hundred bytes of memory.
const MOST_VALUES: usize = 8 * 1024 * 1024;

/// What to do with definitions that are too many.
const IN_PARTS: &str = "apply them in parts: what is not in a document stays as it is";

/// What a document holds, and how large filters may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bounds {
    /// One filter.
    Filter(Limits),
    /// The definitions of a book, with filters in them.
    Definitions(Limits),
}

impl Bounds {
    /// The bytes of the document.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Filter(limits) => limits.json(),
            Self::Definitions(_) => MOST_DEFINITIONS,
        }
    }

    /// The values of the document.
    pub(super) fn values(&self) -> usize {
        match self {
            Self::Filter(limits) => limits.json(),
            Self::Definitions(_) => MOST_VALUES,
        }
    }

    /// The problem of a document with more values than it may have.
    pub(super) fn too_many(&self) -> Error {
        let most = self.values();
        self.refused(match self {
            Self::Filter(limits) => Limits::filter_too_long(None, limits.json()),
            Self::Definitions(_) => {
                let message = format!("the definitions have more than {most} values");
                Diagnostic::new(Code::SourceTooLong, message).help(IN_PARTS)
            }
        })
    }

    /// The arrays and objects that may be open at once.
    pub(super) fn open(&self) -> usize {
        // A group is an object and its list of arguments; around the deepest stand the document and a value.
        let filter = |limits: &Limits| limits.nesting.saturating_mul(2).saturating_add(8);
        match self {
            Self::Filter(limits) => filter(limits),
            Self::Definitions(limits) => filter(limits).saturating_add(8),
        }
    }

    /// The problem of a document that is longer than it may be; its length, where the end was seen.
    pub(super) fn too_long(&self, length: Option<usize>) -> Error {
        let most = self.bytes();
        self.refused(match self {
            Self::Filter(_) => Limits::filter_too_long(length, most),
            Self::Definitions(_) => {
                let message = format!("the definitions have more than {most} bytes");
                Diagnostic::new(Code::SourceTooLong, message).help(IN_PARTS)
            }
        })
    }

    /// The problem of a document that is nested too deeply.
    pub(super) fn too_deep(&self) -> Diagnostic {
        match self {
            Self::Filter(limits) => limits.filter_too_deep(),
            Self::Definitions(_) => {
                let message = format!("the definitions are nested more than {} levels deep", self.open());
                Diagnostic::new(Code::NestingTooDeep, message)
                    .help("save an inner part of the filter as a segment and use `segments has`")
            }
        }
    }

    /// The problem of a string that is too long. In definitions it depends on what the string is.
    pub(super) fn string_too_long(&self, length: usize) -> Option<Diagnostic> {
        match self {
            Self::Filter(limits) if length > limits.string => Some(limits.string_too_long(length)),
            Self::Filter(_) | Self::Definitions(_) => None,
        }
    }

    /// An error about the document.
    pub(super) fn refused(&self, diagnostic: Diagnostic) -> Error {
        Error::new(self.kind(), diagnostic)
    }

    /// The kind of an error about the document.
    pub(super) fn kind(&self) -> ErrorKind {
        match self {
            Self::Filter(_) => ErrorKind::Filter,
            Self::Definitions(_) => ErrorKind::Definitions,
        }
    }
}
