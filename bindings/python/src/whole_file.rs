//! Files that are written as a whole, or not at all.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;

/// Writes a file: another one beside it, which takes its place once all of it is there. Where that fails, the file is what
/// it was. A pipe or a device is written into.
///
/// # Errors
/// What the system says.
pub(crate) fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    // What a link leads to is replaced, not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = match fs::metadata(&target) {
        Ok(before) if !before.is_file() => return fs::write(&target, content),
        Ok(before) => {
            // Who may not write into the file may not replace it.
            OpenOptions::new().write(true).open(&target)?;
            Some(before)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let (mut file, beside) = create_beside(&target)?;
    let written = file.write_all(content).and_then(|()| match &before {
        Some(before) => file.set_permissions(before.permissions()),
        None => Ok(()),
    });
    // Some systems do not rename a file that is open.
    drop(file);
    let replaced = written.and_then(|()| fs::rename(&beside, &target));
    if replaced.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    replaced
}

/// Makes a new file in the folder of another one.
fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let mut number = 0_u32;
    loop {
        let mut name = OsString::from(".");
        name.push(target.file_name().unwrap_or(OsStr::new("export")));
        name.push(format!(".{}-{number}.part", process::id()));
        let beside = target.with_file_name(name);
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            created => return created.map(|file| (file, beside)),
        }
    }
}
