//! In which encoding a file is written.

use super::progress::{Pass, Watch};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{did_you_mean, nearest, quoted};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::fmt;
use std::io::{self, Read};

/// The encodings that messages propose; every label of the WHATWG Encoding Standard is accepted.
const PROPOSED: [&str; 12] = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "iso-8859-1",
    "iso-8859-15",
    "windows-1250",
    "windows-1251",
    "macintosh",
    "shift_jis",
    "gb18030",
    "big5",
];

/// The encoding of a file that is read from its start: what its mark says, else what is declared, else UTF-8 if all of it
/// is that, else Windows-1252, which spreadsheets of western Europe write.
pub(super) fn detect(
    reader: &mut impl Read,
    declared: Option<&str>,
    watch: &mut Watch<'_>,
) -> Result<&'static Encoding> {
    let declared = declared.map(by_label).transpose()?;
    let mut chunk = vec![0; 64 * 1024];
    let mut filled = fill(reader, &mut chunk, 0)?;
    let marked = Encoding::for_bom(chunk.get(..filled).unwrap_or_default()).map(|(encoding, _)| encoding);
    match (marked, declared) {
        (Some(marked), Some(declared)) if !agree(marked, declared) => {
            let message = format!(
                "the file begins with the mark of {}, and `encoding` says {}",
                marked.name(),
                declared.name()
            );
            return Err(refused(Diagnostic::new(Code::BadEncoding, message).help("leave `encoding` out")));
        }
        (Some(encoding), _) | (None, Some(encoding)) => return Ok(encoding),
        (None, None) => {}
    }
    let mut done = 0_u64;
    loop {
        watch.at(Pass::Encoding, done, 0)?;
        let text = chunk.get(..filled).unwrap_or_default();
        let valid = Encoding::utf8_valid_up_to(text);
        let is_last = filled < chunk.len();
        // A character may be cut at the end of a chunk; it is at most 4 bytes long.
        if valid < filled && (is_last || filled - valid > 3) {
            return Ok(WINDOWS_1252);
        }
        if is_last {
            return Ok(UTF_8);
        }
        done = done.saturating_add(valid as u64);
        chunk.copy_within(valid..filled, 0);
        filled = fill(reader, &mut chunk, filled - valid)?;
    }
}

/// Two encodings of UTF-16 agree: the mark says which bytes come first.
fn agree(marked: &'static Encoding, declared: &'static Encoding) -> bool {
    let is_utf_16 = |encoding| encoding == UTF_16LE || encoding == UTF_16BE;
    marked == declared || is_utf_16(marked) && is_utf_16(declared)
}

fn by_label(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(|| {
        let near = nearest(label, PROPOSED);
        let help = did_you_mean(&near)
            .unwrap_or_else(|| "use a name such as `utf-8`, `utf-16le` or `windows-1252`".to_owned());
        let message = format!("there is no encoding {}", quoted(label));
        Error::value(Diagnostic::new(Code::BadSetting, message).help(help).expecting(near))
    })
}

/// Fills a buffer from a position on, as far as the reader has bytes; where the filled part ends.
pub(super) fn fill(reader: &mut impl Read, buffer: &mut [u8], from: usize) -> Result<usize> {
    let mut filled = from;
    while let Some(space) = buffer.get_mut(filled..).filter(|space| !space.is_empty()) {
        match reader.read(space) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(&error)),
        }
    }
    Ok(filled)
}

/// The error for a file that the system does not give out.
pub(crate) fn unreadable(error: &io::Error) -> Error {
    Error::unreadable(error)
}

impl Error {
    /// The error for a file that the system does not give out: for hosts that open files themselves.
    ///
    /// ```
    /// use tagmata::{Code, Error};
    /// let error = Error::unreadable(&std::io::Error::other("no such file"));
    /// assert_eq!((error.code(), error.to_string().contains("no such file")), (Code::Unreadable, true));
    /// ```
    #[must_use]
    pub fn unreadable(error: &io::Error) -> Self {
        refused(Diagnostic::new(Code::Unreadable, format!("the file cannot be read: {error}")))
    }

    /// The error for a file that the system does not take: for hosts that open files themselves.
    ///
    /// ```
    /// use tagmata::{Code, Error};
    /// let error = Error::unwritable(&std::io::Error::other("no space left"));
    /// assert_eq!((error.code(), error.to_string().contains("no space left")), (Code::Unwritable, true));
    /// ```
    #[must_use]
    pub fn unwritable(error: &dyn fmt::Display) -> Self {
        refused(Diagnostic::new(Code::Unwritable, format!("the file cannot be written: {error}")))
    }
}

/// The error for a whole file.
pub(super) fn refused(diagnostic: Diagnostic) -> Error {
    Error::new(ErrorKind::Csv, diagnostic)
}
