//! Files that are written as a whole or not at all.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// Writes a file: beside its place first, so that there is never a part of it, and what was there stays if that fails.
///
/// Links are followed. What is there and no file, such as a pipe, is written into.
///
/// # Errors
/// What the system says: the file is then as it was.
pub fn write_whole(path: &Path, text: &[u8]) -> io::Result<()> {
    let place = if_there(fs::canonicalize(path))?;
    let place = place.as_deref().unwrap_or(path);
    let there = if_there(fs::metadata(place))?;
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        return fs::write(place, text);
    }
    if there.is_some() {
        // Who may not write the file may not replace it either.
        OpenOptions::new().write(true).open(place)?;
    }
    let mut part = beside(place, there)?;
    part.as_file_mut().write_all(text)?;
    part.as_file().sync_all()?;
    part.persist(place)?;
    Ok(())
}

/// Nothing, where there is nothing.
fn if_there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

/// A file in the folder of another one, which is gone again unless it is given a name. As many people may read and write it.
fn beside(place: &Path, there: Option<Metadata>) -> io::Result<NamedTempFile> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    // Opened here, so that an error is the system's and does not name a file that nobody asked for.
    let open = |path: &Path| OpenOptions::new().write(true).create_new(true).open(path);
    let part = Builder::new().prefix(".").suffix(".part").make_in(folder.unwrap_or(Path::new(".")), open)?;
    if let Some(there) = there {
        part.as_file().set_permissions(there.permissions())?;
    }
    Ok(part)
}
