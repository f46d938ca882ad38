//! What is stored by itself begins with the version of the format.

use super::reader::Reader;
use super::wire::Wire;
use super::writer::Writer;
use crate::diagnostic::Code;
use crate::error::{Error, Result};

/// The version that is written, and the last one that is read.
const VERSION: u8 = 1;

/// The version, and what is stored.
pub(super) fn to_bytes(it: &impl Wire) -> Vec<u8> {
    let mut out = Writer::default();
    out.byte(VERSION);
    it.write(&mut out);
    out.finish()
}

/// What was stored.
///
/// # Errors
/// [`Code::StoreDamaged`] for bytes that are not those of one such thing, [`Code::NewerFormat`] for those of a later format.
pub(super) fn from_bytes<T: Wire>(what: &'static str, bytes: &[u8]) -> Result<T> {
    let mut input = Reader::new(what, bytes);
    match input.byte()? {
        VERSION => {}
        0 => return Err(input.damaged("there is no format 0")),
        newer => return Err(newer_format(what, newer)),
    }
    let it = T::read(&mut input)?;
    input.end()?;
    Ok(it)
}

fn newer_format(what: &str, version: u8) -> Error {
    let message =
        format!("the stored {what} has format {version}; this version of tagmata reads format {VERSION}");
    Error::store(
        Code::NewerFormat,
        message,
        "open it with the version of tagmata that wrote it, or a later one",
    )
}
